"""What a person writes as a time, at a site's civil clock → the moment that is meant."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from core.errors import NotReadable

#: ISO 8601 writes the end of a date as 24:00, which Python's reader does not know.
_END_OF_DATE = re.compile(r"(\d{4}-\d{2}-\d{2}[T ])24:00((?::00(?:[.,]0+)?)?.*)")
#: China has one zone, and the list names it after Shanghai.
_SHANGHAI = frozenset({"beijing", "asia/beijing", "china", "asia/shenzhen", "asia/guangzhou"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CivilTime:
    """A moment, and whether its civil time came twice that day."""

    at: datetime
    #: The clock was set back over it: the first of the two is meant.
    twice: bool = False


def zone_named(name: str) -> ZoneInfo:
    """Return an IANA zone.

    :raises NotReadable: there is none of that name; says which one may be meant.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise NotReadable(f"there is no time zone {name[:100]!r}{_meant(name)}") from None


def read(text: str, zone: ZoneInfo) -> CivilTime:
    """Read a time with any offset, or a civil time of the zone without one.

    :raises NotReadable: not a time, a date alone, or a civil time that the zone's clock skipped.
    """
    said = _moment(text.strip().upper(), text)
    if said.utcoffset() is not None:
        return CivilTime(at=_utc(said, text))
    first, second = (_utc(said.replace(tzinfo=zone, fold=fold), text) for fold in (0, 1))
    if first > second:
        raise NotReadable(f"{text!r} never was in {zone.key}: the clock was set forward over it")
    return CivilTime(at=first, twice=first < second)


def _moment(text: str, as_written: str) -> datetime:
    if _is_date(text):
        raise NotReadable(f"{as_written!r} is a date: the time of day is missing")
    ending = _END_OF_DATE.fullmatch(text)
    try:
        if ending is None:
            return datetime.fromisoformat(text)
        return datetime.fromisoformat(f"{ending[1]}00:00{ending[2]}") + timedelta(days=1)
    except (ValueError, OverflowError):
        raise NotReadable(f"{as_written[:100]!r} is not a time as in 2026-11-20T10:00") from None


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _utc(moment: datetime, as_written: str) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise NotReadable(f"{as_written!r} lies outside the calendar") from None


def _meant(name: str) -> str:
    if name.casefold() in _SHANGHAI:
        return "; China's is Asia/Shanghai"
    known = {zone.casefold(): zone for zone in available_timezones()}
    near = get_close_matches(name.casefold(), known, n=1)
    return f"; {known[near[0]]} may be meant" if near else ""
