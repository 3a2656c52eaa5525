"""Site days: when the day of report ends, at the site's civil clock (五.1(3), ruling on days).

A day has ended once the site's clock has passed ``day_ends_at`` **for good**. So a midnight that
the clock jumps over ends the day at the jump; of a midnight that comes twice the first counts,
unless the old date comes back after it, for then the day is not over. A date that a zone never had
is no day and is not counted.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.errors import NotReadable
from core.facts import moment as moments
from core.facts.pause import Paused

#: 24:00: the end of a date is 00:00 of the next one.
MIDNIGHT = time(0)

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_INSTANT = timedelta(microseconds=1)
_NOON = time(12)
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Which days the office works: Monday to Friday, but for holidays and make-up days (调休)."""

    holidays: frozenset[date] = frozenset()
    #: Days worked although they fall on a weekend; they win over ``holidays``.
    working: frozenset[date] = frozenset()

    def works_on(self, day: date) -> bool:
        """Say whether the office works that day."""
        if day in self.working:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays

    def knows(self, year: int) -> bool:
        """Say whether anything is entered for the year; if not, it is Monday to Friday by guess."""
        return any(day.year == year for day in self.holidays | self.working)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDays:
    """How one site counts its days.

    An end before noon closes the date before it: with ``day_ends_at`` 06:00, the day of the 20th
    ends at 06:00 on the 21st, as 24:00 on the 20th is 00:00 on the 21st.
    """

    zone: ZoneInfo
    day_ends_at: time = MIDNIGHT
    #: None: every day counts, as the scheme has it. Otherwise only working days do.
    working: Calendar | None = None

    def site_day(self, moment: datetime) -> date:
        """Return the day a moment belongs to: the first whose end is strictly after it.

        :raises NotReadable: a moment without offset, or at the very end of the calendar.
        """
        with _countable(moment):
            at = moments.utc(moment)
            day = at.astimezone(self.zone).date()
            while self.end_of(day - _DAY) > at:
                day -= _DAY
            while self.end_of(day) <= at:
                day += _DAY
            return day

    def end_of(self, day: date) -> datetime:
        """Return the moment, in UTC, at which a day has ended for good.

        :raises NotReadable: at the very end of the calendar.
        """
        with _countable(day):
            early = self.day_ends_at < _NOON
            wall = datetime.combine(day + _DAY if early else day, self.day_ends_at)
            if self._never_was(wall):
                # It ends on the next date there is; a lost day itself, with the one before it.
                wall += _DAY if early else -_DAY
            return self._passed(wall)

    def at_hour(self, day: date, hour: int) -> datetime:
        """Return the moment within a day at which the site's clock strikes an hour.

        An hour that the clock jumps over is struck at the jump, one that comes twice the first
        time, unless the clock falls back before it. A day without that hour strikes it at its
        beginning.

        :raises NotReadable: at the very end of the calendar.
        """
        with _countable(day):
            begins, ends = self.end_of(day - _DAY), self.end_of(day)
            for on in (day - _DAY, day, day + _DAY):
                wall = datetime.combine(on, time(hour))
                at = self._passed(wall)
                if begins <= at < ends and not self._never_was(wall):
                    return at
            return begins

    def nth_day(self, moment: datetime, n: int, paused: Sequence[Paused] = ()) -> date:
        """Return day ``n``; the day of report, or the first working day from it on, is day 1.

        A day that ends in a pause is not counted: so nothing ever falls due in one.

        :raises NotReadable: as ``site_day``.
        """
        with _countable(moment):
            day = self.site_day(moment)
            counted = int(self._counts(day, paused))
            while counted < n:
                day += _DAY
                counted += int(self._counts(day, paused))
            return day

    def day_end(self, moment: datetime, n: int, paused: Sequence[Paused] = ()) -> datetime:
        """Return the moment, in UTC, at which day ``n`` ends: always after ``moment``.

        :raises NotReadable: as ``site_day``.
        """
        return self.end_of(self.nth_day(moment, n, paused))

    def local(self, moment: datetime) -> datetime:
        """Return the same moment with the site's offset.

        :raises NotReadable: as ``site_day``.
        """
        with _countable(moment):
            return moments.utc(moment).astimezone(self.zone)

    def text(self, moment: datetime) -> str:
        """Return the civil time people read: ``2026-11-20 24:00`` where a day ends at midnight.

        :raises NotReadable: as ``site_day``.
        """
        if self.day_ends_at == MIDNIGHT:
            with _countable(moment):
                ending = self.site_day(moments.utc(moment) - _INSTANT)
            if self.end_of(ending) == moment:
                return f"{ending.isoformat()} 24:00"
        return self.clock_text(moment)

    def clock_text(self, moment: datetime) -> str:
        """Return the civil time of something that happens at midnight and ends no day: ``00:00``.

        :raises NotReadable: as ``site_day``.
        """
        local = self.local(moment).replace(tzinfo=None)
        return local.isoformat(" ", "seconds" if local.second else "minutes")

    def _counts(self, day: date, paused: Sequence[Paused]) -> bool:
        """Pass over a date that the zone never had (Apia, 30 December 2011): it has no length."""
        if self.working is not None and not self.working.works_on(day):
            return False
        ends = self.end_of(day)
        if any(pause.begins_at < ends <= pause.ends_at for pause in paused):
            return False
        return ends > self.end_of(day - _DAY)

    def _never_was(self, wall: datetime) -> bool:
        """Whether the zone had no such date: its clock was set forward over a day or more."""
        first, second = self._both(wall)
        return first - second >= _DAY

    def _both(self, wall: datetime) -> tuple[datetime, datetime]:
        """Return when the clock shows ``wall``, by the offset before a change and after it."""
        return (
            wall.replace(tzinfo=self.zone).astimezone(UTC),
            wall.replace(tzinfo=self.zone, fold=1).astimezone(UTC),
        )

    def _passed(self, wall: datetime) -> datetime:
        """When the site's clock is at or past ``wall`` and never goes back before it."""
        first, second = self._both(wall)
        if second < first:
            return self._jump(wall, before=second, after=first)
        if first < second and self._clock(second - _INSTANT) < wall:
            return second
        return first

    def _jump(self, wall: datetime, *, before: datetime, after: datetime) -> datetime:
        """When the clock jumped over ``wall``: halve until one second is left; zones keep whole."""
        while after - before > _SECOND:
            middle = before + (after - before) // _SECOND // 2 * _SECOND
            if self._clock(middle) < wall:
                before = middle
            else:
                after = middle
        return after

    def _clock(self, at: datetime) -> datetime:
        return at.astimezone(self.zone).replace(tzinfo=None)


@contextmanager
def _countable(what: date) -> Iterator[None]:
    """Python's calendar has years 1 to 9999; say so instead of overflowing."""
    try:
        yield
    except OverflowError:
        raise NotReadable(
            f"{what.isoformat()} lies too near the end of the calendar to count days from it"
        ) from None
