"""What holds of pauses, at any moment, in any zone, with any calendar (五.1(3), E6)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given, settings
from hypothesis import strategies as st

from core.escalation import policy
from core.escalation.policy_file import default_policy
from core.facts.days import Calendar, SiteDays
from core.facts.issue import Urgency
from core.facts.pause import Paused, after, merged, total
from core.facts.policy import Clock

SCHEME = default_policy()
_DAY = timedelta(days=1)

zones = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
dates = st.dates(date(1990, 1, 2), date(2040, 1, 1))
moments = st.builds(datetime.combine, dates, st.times()).map(lambda at: at.replace(tzinfo=UTC))
#: Pauses as they begin after the report and last.
spans = st.lists(
    st.tuples(
        st.timedeltas(timedelta(hours=-2), timedelta(days=6)),
        st.timedeltas(timedelta(0), timedelta(days=4)),
    ),
    max_size=3,
)
#: Days that are not as the week says, from the report on.
odd_days = st.sets(st.integers(0, 12), max_size=5)
day_ends = st.sampled_from([time(0), time(6), time(18)])


def pauses(at: datetime, said: list[tuple[timedelta, timedelta]]) -> tuple[Paused, ...]:
    return tuple(Paused(begins_at=at + begin, ends_at=at + begin + long) for begin, long in said)


def calendar(at: datetime, off: set[int], worked: set[int]) -> Calendar:
    days = [at.date() + n * _DAY for n in range(-1, 13)]
    return Calendar(
        holidays=frozenset(days[n] for n in off), working=frozenset(days[n] for n in worked)
    )


@settings(max_examples=10_000, deadline=None)
@given(
    at=moments,
    zone=zones,
    said=spans,
    ends=day_ends,
    working=st.none() | st.tuples(odd_days, odd_days),
    urgency=st.sampled_from([Urgency.URGENT, Urgency.ORDINARY]),
)
def test_a_step_falls_due_at_the_end_of_its_nth_day_that_works_and_ends_in_no_pause(
    at: datetime,
    zone: ZoneInfo,
    said: list[tuple[timedelta, timedelta]],
    ends: time,
    working: tuple[set[int], set[int]] | None,
    urgency: Urgency,
) -> None:
    paused = pauses(at, said)
    works = calendar(at, *working) if working is not None else None
    days = SiteDays(zone=zone, day_ends_at=ends, working=works)

    steps = policy.steps(urgency, reported_at=at, days=days, policy=SCHEME, paused=paused)

    for step in steps:
        assert step.ends_on is not None
        assert step.day is not None
        assert step.due_at == days.end_of(step.ends_on)
        assert not any(one.begins_at < step.due_at <= one.ends_at for one in paused)
        # Counted anew, day by day, by what a day is.
        counted, day, last = 0, days.site_day(at), days.end_of(days.site_day(at) - _DAY)
        while day <= step.ends_on:
            end = days.end_of(day)
            stands = any(one.begins_at < end <= one.ends_at for one in paused)
            counted += end > last and not stands and (works is None or works.works_on(day))
            day, last = day + _DAY, end
        assert counted == step.day
    plain = policy.steps(urgency, reported_at=at, days=days, policy=SCHEME)
    for step, without in zip(steps, plain, strict=True):
        assert step.due_at >= without.due_at
        assert step.unpaused_on == (without.ends_on if step.due_at > without.due_at else None)


@settings(max_examples=1_000, deadline=None)
@given(at=moments, zone=zones, said=spans, more=spans)
def test_another_pause_never_makes_a_step_come_sooner(
    at: datetime,
    zone: ZoneInfo,
    said: list[tuple[timedelta, timedelta]],
    more: list[tuple[timedelta, timedelta]],
) -> None:
    days = SiteDays(zone=zone)
    few, many = (
        policy.steps(
            Urgency.URGENT, reported_at=at, days=days, policy=SCHEME, paused=pauses(at, one)
        )
        for one in (said, [*said, *more])
    )
    assert all(later.due_at >= step.due_at for step, later in zip(few, many, strict=True))


@settings(max_examples=1_000, deadline=None)
@given(at=moments, zone=zones, said=spans)
def test_life_safety_knows_no_pause(
    at: datetime, zone: ZoneInfo, said: list[tuple[timedelta, timedelta]]
) -> None:
    days = SiteDays(zone=zone)
    with_, without = (
        policy.steps(Urgency.LIFE_SAFETY, reported_at=at, days=days, policy=SCHEME, paused=paused)
        for paused in (pauses(at, said), ())
    )
    assert with_ == without


@settings(max_examples=2_000, deadline=None)
@given(at=moments, said=spans, span=st.timedeltas(timedelta(0), timedelta(days=5)))
def test_unpaused_time_is_counted_once_and_whole(
    at: datetime, said: list[tuple[timedelta, timedelta]], span: timedelta
) -> None:
    paused = pauses(at, said)
    end = after(at, span, paused)
    stood_still = total(
        [
            Paused(begins_at=max(one.begins_at, at), ends_at=min(one.ends_at, end))
            for one in paused
            if one.ends_at > at and one.begins_at < end
        ]
    )
    assert end - at == span + stood_still
    apart = merged(paused)
    assert total(apart) == total(paused)
    assert all(a.ends_at < b.begins_at for a, b in pairwise(apart))


@settings(max_examples=1_000, deadline=None)
@given(
    at=moments,
    said=spans,
    least=st.timedeltas(timedelta(0), timedelta(days=6)),
)
def test_the_least_time_counts_unpaused_time(
    at: datetime, said: list[tuple[timedelta, timedelta]], least: timedelta
) -> None:
    paused = pauses(at, said)
    rules = replace(SCHEME, clock=Clock(least=least))
    days = policy.site_days(rules, zone=ZoneInfo("Asia/Shanghai"))
    for step in policy.steps(
        Urgency.URGENT, reported_at=at, days=days, policy=rules, paused=paused
    ):
        assert step.due_at >= after(at, least, paused)
