"""Times as devices write them, and what to make of clocks that are wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gateway.access_control.fields import Document, Lookup, clean

#: A call older than this cannot be answered any more (Contracts, "Old news").
LATE_AFTER = timedelta(seconds=120)
#: A clock that runs ahead by more is wrong: nothing has happened in the future.
_AHEAD = timedelta(seconds=120)
#: Clocks with an empty battery start at 1970 or 2000; nothing real is older than this.
_ABSURD = datetime(2010, 1, 1, tzinfo=UTC)

_EPOCH = re.compile(r"[+-]?\d{1,20}(?:\.\d{1,20})?")
_NAMED = re.compile(r"(\d{4}.{6,26}?\d)\s+([A-Za-z]{1,6}|[A-Za-z]+/[A-Za-z_/]+|[+-]\d{2})")
_DAY_FIRST = re.compile(r"(\d{2})[-/.](\d{2})[-/.](\d{4})([ T]\d{2}:\d{2}(?::\d{2})?.*)")
_SLASHES = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")
#: Hours from UTC. A name that the site's own zone uses means the site's (CST is Shanghai's too).
_ZONES: Mapping[str, float] = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "SAST": 2, "IST": 5.5, "WIB": 7, "ICT": 7, "HKT": 8, "SGT": 8, "PHT": 8,
    "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
    "NST": -3.5, "AST": -4, "ADT": -3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7,
    "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10, "BRT": -3,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The time a device gave: as a moment, if it is one, and as it was written."""

    at: datetime | None
    text: str | None


NOT_GIVEN = Given(at=None, text=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When something happened, as far as can be known."""

    at: datetime
    estimated: bool
    late: bool
    too_old: bool


def given(lookups: tuple[Lookup, ...], document: Document, zone: ZoneInfo) -> Given:
    """Return the first time in a body that can be believed, or else the first there is."""
    seen: Given | None = None
    for lookup in lookups:
        value = lookup.find(document)
        if value is None or value == "" or isinstance(value, bool):
            continue
        one = Given(at=parse(value, zone), text=clean(str(value)[:100]))
        if one.at is not None and one.at >= _ABSURD:
            return one
        seen = seen or one
    return seen or NOT_GIVEN


def judge(said: Given, *, received_at: datetime, late_limit: timedelta) -> When:
    """Return when it happened: by the device's clock unless that is absurd, else on arrival."""
    at = said.at
    if at is None or at < _ABSURD or at - received_at > _AHEAD:
        return When(at=received_at, estimated=True, late=False, too_old=False)
    age = received_at - at
    too_old = age > late_limit
    return When(at=at, estimated=False, late=age > LATE_AFTER and not too_old, too_old=too_old)


def parse(value: object, zone: tzinfo) -> datetime | None:
    """Return the UTC moment of an epoch number or a written time; None if it is neither.

    A written time without offset is local time of ``zone``.
    """
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _epoch(float(value))
        if isinstance(value, str):
            text = value.strip()
            return _epoch(float(text)) if _EPOCH.fullmatch(text) else _written(text, zone)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def _epoch(number: float) -> datetime:
    """Seconds, or milli- or microseconds: told apart by size, right for any year since 1973."""
    size = abs(number)
    if size > 1e14:
        number /= 1e6
    elif size > 1e11:
        number /= 1e3
    return datetime.fromtimestamp(number, tz=UTC)


def _written(text: str, zone: tzinfo) -> datetime | None:
    named = _NAMED.fullmatch(text)
    if named:
        text, zone_or_none = named.group(1), _named_zone(named.group(2), zone)
        if zone_or_none is None:
            return None
        zone = zone_or_none
    else:
        backwards = _DAY_FIRST.fullmatch(text)
        if backwards:
            day, month, year, rest = backwards.groups()
            text = f"{year}-{month}-{day}{rest}"
    moment = datetime.fromisoformat(_SLASHES.sub(r"\1-\2-\3", text))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(UTC)


def _named_zone(name: str, site: tzinfo) -> tzinfo | None:
    if name[0] in "+-":
        return timezone(timedelta(hours=int(name)))
    if "/" in name:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None
    used_here = {datetime(2024, month, 1, tzinfo=site).tzname() for month in (1, 7)}
    if name.upper() in used_here:
        return site
    hours = _ZONES.get(name.upper())
    return None if hours is None else timezone(timedelta(hours=hours))
