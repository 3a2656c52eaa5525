"""Days by the calendar on the wall, walked one after the other: the ladders' independent model.

It is written from the scheme and knows nothing of the product but ``zoneinfo``: it looks at the
site's clock half hour by half hour, then minute by minute, and counts on its fingers.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY, MINUTE, HALF_HOUR = timedelta(days=1), timedelta(minutes=1), timedelta(minutes=30)
#: No zone's clock is farther behind than twelve hours.
FARTHEST_BEHIND = timedelta(hours=12)

Span = tuple[datetime, datetime]


@lru_cache(maxsize=200_000)
def passed(wall: datetime, zone: ZoneInfo) -> datetime:
    """From when on the clock on the wall never again shows less than ``wall``.

    Walked backwards from where every clock on earth has passed it. Clocks are changed by half an
    hour at least, at whole minutes: that holds of the years and zones which are asked about.
    """

    def before(at: datetime) -> bool:
        return at.astimezone(zone).replace(tzinfo=None) < wall

    at = wall.replace(tzinfo=UTC) + FARTHEST_BEHIND
    while not before(at - HALF_HOUR):
        at -= HALF_HOUR
    while not before(at - MINUTE):
        at -= MINUTE
    return at


def ends(day: date, zone: ZoneInfo, ends_at: time) -> datetime:
    """When a day is over: by a clock before noon on the next date there is, else on its own.

    A day whose date never was is over with the day before it: it has no length.
    """
    step = DAY if ends_at.hour < 12 else -DAY
    date_of_end = day + DAY if ends_at.hour < 12 else day
    while never_was(date_of_end, zone):
        date_of_end += step
    return passed(datetime.combine(date_of_end, ends_at), zone)


def day_of(at: datetime, zone: ZoneInfo, ends_at: time) -> date:
    """The day that is running: the first from the day before yesterday on that is not over."""
    day = at.astimezone(zone).date() - 2 * DAY
    while ends(day, zone, ends_at) <= at:
        day += DAY
    return day


@lru_cache(maxsize=10_000)
def never_was(day: date, zone: ZoneInfo) -> bool:
    """Whether the zone went from one date to the next but one."""
    noon = datetime.combine(day, time(12))
    return passed(noon, zone).astimezone(zone).date() != day


def nth_end(
    told_at: datetime,
    n: int,
    *,
    zone: ZoneInfo,
    ends_at: time,
    works: Callable[[date], bool],
    paused: Sequence[Span],
) -> datetime:
    """When the n-th day ends, counting from the day on which it was told."""
    day = day_of(told_at, zone, ends_at)
    while True:
        end = ends(day, zone, ends_at)
        in_pause = any(begin < end <= until for begin, until in paused)
        if works(day) and not never_was(day, zone) and not in_pause:
            n -= 1
        if n == 0:
            return end
        day += DAY


def waited(told_at: datetime, minutes: int, paused: Sequence[Span]) -> datetime:
    """When somebody with a stop-watch has counted so many minutes; in a pause it stands."""
    edges = sorted({edge for span in paused for edge in span if edge > told_at})
    at, left = told_at, timedelta(minutes=minutes)
    for edge in edges:
        stands = any(begin <= at < until for begin, until in paused)
        if not stands and at + left <= edge:
            return at + left
        left -= timedelta(0) if stands else edge - at
        at = edge
    return at + left


def every_day(_day: date) -> bool:
    """The scheme's own way: each day counts."""
    return True


def works_in(holidays: set[date], made_up: set[date]) -> Callable[[date], bool]:
    """An office's calendar: a make-up day is worked whatever else is said of it (调休)."""

    def works(day: date) -> bool:
        if day in made_up:
            return True
        if day in holidays:
            return False
        return day.strftime("%w") not in "06"

    return works
