"""Moments: always aware, always kept in UTC."""

from datetime import UTC, datetime

from core.errors import NotReadable


def utc(moment: datetime) -> datetime:
    """Return the same moment in UTC.

    :raises NotReadable: the moment says no offset, so nobody can know which one it is.
    """
    if moment.utcoffset() is None:
        raise NotReadable(f"{moment.isoformat()} has no offset")
    return moment.astimezone(UTC)


def parse(text: str) -> datetime:
    """Return the UTC moment that an ISO 8601 / RFC 3339 text with an offset names.

    :raises NotReadable: not a time, or a time without an offset.
    """
    try:
        return utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        raise NotReadable(f"{text!r} is not a time with an offset") from None


def text(moment: datetime) -> str:
    """Return RFC 3339 in UTC: ``2026-11-20T20:12:02.5Z`` with as many decimals as needed."""
    return utc(moment).isoformat().replace("+00:00", "Z")
