"""The ladders of 五.1(3): which steps an issue faces, which are due, which comes next.

Everything is a function of the moment of report, which never changes: an issue that is re-opened
climbs by its old clock, and steps already past due fire at once. "Handled" stops the ladder.

Who has been called in is matched by key and, across ladders, by role. When an issue becomes urgent,
the steps of the new ladder that are past due fire at once, but whom a ladder of days has called in
already is not called in again for the same height: the first call of a role answers for the first
step to that role, the second for the second. The same rule carries calls over a change of policy.
Life safety stands apart, both ways: to hear of an alarm is not to hear that nobody handled it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.errors import NotReadable
from core.facts import moment
from core.facts.days import Calendar, SiteDays
from core.facts.issue import UNHANDLED, Status, Urgency
from core.facts.ladder import AfterRung, Called, Rung, Step
from core.facts.pause import Paused, after
from core.facts.people import Role
from core.facts.policy import DayCount, Policy

#: Which ladders answer for one another.
_FAMILY = {
    Urgency.URGENT.value: "days",
    Urgency.ORDINARY.value: "days",
    Urgency.LIFE_SAFETY.value: "life safety",
}


def site_days(policy: Policy, *, zone: ZoneInfo, calendar: Calendar | None = None) -> SiteDays:
    """Return how a site counts days; without a calendar, working days are Monday to Friday."""
    working = calendar or Calendar()
    return SiteDays(
        zone=zone,
        day_ends_at=policy.clock.day_ends_at,
        working=working if policy.clock.days is DayCount.WORKING else None,
    )


def steps(
    urgency: Urgency,
    *,
    reported_at: datetime,
    days: SiteDays,
    policy: Policy,
    paused: Sequence[Paused] = (),
) -> tuple[Step, ...]:
    """Return every step of the issue's ladder, in the order in which they fall due.

    A policy's ladders climb: no rung stands before the one above it, or the file is refused.
    Pauses move steps that count days and the least time before them; life safety knows none.

    :raises NotReadable: the report has no offset, or lies at the very end of the calendar.
    """
    at = moment.utc(reported_at)
    seen: Counter[Role] = Counter()
    count = _Count(days=days, least=policy.clock.least, paused=paused)
    climb: list[Step] = []
    for number, rung in enumerate(policy.ladders[urgency], start=1):
        seen.update(rung.to)
        nth = tuple(seen[role] for role in rung.to)
        key = f"{urgency}.{number}@v{policy.version}"
        try:
            climb.append(_step(rung, key=key, nth=nth, at=at, count=count))
        except OverflowError:
            raise NotReadable(f"{moment.text(at)} lies too near the end of the calendar") from None
    return tuple(climb)


def due(
    climb: Sequence[Step], *, status: Status, called: Collection[Called], now: datetime
) -> tuple[Step, ...]:
    """Return the steps to fire now, earliest first, each with only the roles not yet called in.

    However far apart the moments of asking are, nobody is skipped and nobody is called in twice.
    """
    return tuple(
        step for step in waiting(climb, status=status, called=called) if step.due_at <= now
    )


def next_due_at(
    climb: Sequence[Step], *, status: Status, called: Collection[Called]
) -> datetime | None:
    """Return when the ladder climbs next, which may be past; None: it stands still."""
    return next((s.due_at for s in waiting(climb, status=status, called=called)), None)


def waiting(
    climb: Iterable[Step], *, status: Status, called: Collection[Called]
) -> tuple[Step, ...]:
    """Return the steps that will yet fire if nobody handles the issue, in order."""
    if status not in UNHANDLED:
        return ()
    left = ((step, _not_called(step, called)) for step in climb)
    return tuple(step if to == step.to else replace(step, to=to) for step, to in left if to)


def answered(step: Step, called: Collection[Called]) -> Called | None:
    """Return the call that answers for a step, its own or one carried over; None: still open."""
    own = next((call for call in called if call.key == step.key), None)
    if own or _not_called(step, called):
        return own
    kin = sorted((call for call in called if _kin(step, call)), key=lambda call: call.at)
    pairs = zip(step.to, step.nth, strict=True)
    calls = ([call for call in kin if role in call.to][nth - 1] for role, nth in pairs)
    return max(calls, key=lambda call: call.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    """By what an issue's days are counted."""

    days: SiteDays
    least: timedelta
    paused: Sequence[Paused]


def _step(rung: Rung, *, key: str, nth: tuple[int, ...], at: datetime, count: _Count) -> Step:
    if isinstance(rung, AfterRung):
        return Step(
            key=key,
            to=rung.to,
            nth=nth,
            due_at=at + rung.after,
            rule=rung.rule,
            day=None,
            ends_on=None,
            after=rung.after,
        )
    ends_on = count.days.nth_day(at, rung.day, count.paused)
    unpaused_on = count.days.nth_day(at, rung.day) if count.paused else ends_on
    ends = count.days.end_of(ends_on)
    least = after(at, count.least, count.paused)
    return Step(
        key=key,
        to=rung.to,
        nth=nth,
        due_at=max(ends, least),
        rule=rung.rule,
        day=rung.day,
        ends_on=ends_on,
        after=None,
        held=least > ends,
        unpaused_on=unpaused_on if unpaused_on != ends_on else None,
    )


def _not_called(step: Step, called: Collection[Called]) -> tuple[Role, ...]:
    if any(call.key == step.key for call in called):
        return ()
    times = Counter(role for call in called if _kin(step, call) for role in call.to)
    pairs = zip(step.to, step.nth, strict=True)
    return tuple(role for role, nth in pairs if times[role] < nth)


def _kin(step: Step, call: Called) -> bool:
    """Say whether a call can answer for a step; one made by hand bears no ladder's key."""
    return _FAMILY[_ladder(step.key)] == _FAMILY.get(_ladder(call.key))


def _ladder(key: str) -> str:
    return key.partition(".")[0]
