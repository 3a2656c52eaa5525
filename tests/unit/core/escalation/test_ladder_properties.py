"""What holds of every ladder, at any moment of report, in any zone (五.1(3))."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given, settings
from hypothesis import strategies as st

from core.escalation import policy
from core.escalation.policy_file import default_policy
from core.facts.days import SiteDays
from core.facts.issue import Status, Urgency
from core.facts.ladder import Called, Step
from core.facts.people import Role
from core.facts.policy import Clock, DayCount

SCHEME = default_policy()
BY_DAYS = [Urgency.URGENT, Urgency.ORDINARY]

zones = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
dates = st.dates(date(1970, 1, 2), date(2120, 1, 1))
anywhen = st.builds(datetime.combine, dates, st.times())
#: Most mistakes live within two hours of midnight.
near_midnight = st.builds(
    lambda day, off: datetime.combine(day, time(0)) + off,
    dates,
    st.timedeltas(timedelta(hours=-2), timedelta(hours=2)),
)
civil_times = anywhen | near_midnight


def climb(urgency: Urgency, at: datetime, days: SiteDays) -> tuple[Step, ...]:
    return policy.steps(urgency, reported_at=at, days=days, policy=SCHEME)


def existed(day: date, zone: ZoneInfo) -> bool:
    noon = datetime.combine(day, time(12), zone)
    return noon.astimezone(UTC).astimezone(zone).date() == day


@settings(max_examples=10_000, deadline=None)
@given(
    zone=zones, civil=civil_times, fold=st.sampled_from([0, 1]), urgency=st.sampled_from(BY_DAYS)
)
def test_each_step_falls_due_when_its_own_day_ends(
    zone: ZoneInfo, civil: datetime, fold: int, urgency: Urgency
) -> None:
    at = civil.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    days = SiteDays(zone=zone)
    supervisor, director = climb(urgency, at, days)

    assert (supervisor.to, director.to) == ((Role.GENERAL_GROUP_SUPERVISOR,), (Role.DIRECTOR,))
    assert at < supervisor.due_at < director.due_at
    for step in (supervisor, director):
        assert step.ends_on is not None
        before = (step.due_at - timedelta(microseconds=1)).astimezone(zone)
        assert before.date() <= step.ends_on < step.due_at.astimezone(zone).date()
        told_on = days.site_day(at)
        span = [told_on + timedelta(days=n) for n in range((step.ends_on - told_on).days + 1)]
        assert sum(existed(day, zone) for day in span) == step.day


@settings(max_examples=1_000, deadline=None)
@given(
    zone=zones,
    civil=civil_times,
    urgency=st.sampled_from(Urgency),
    offset=st.integers(-23 * 60, 23 * 60),
)
def test_the_same_instant_climbs_the_same_ladder_in_whatever_offset_it_is_told(
    zone: ZoneInfo, civil: datetime, urgency: Urgency, offset: int
) -> None:
    at, days = civil.replace(tzinfo=UTC), SiteDays(zone=zone)
    told = at.astimezone(timezone(timedelta(minutes=offset)))
    assert climb(urgency, told, days) == climb(urgency, at, days)


@settings(max_examples=1_000, deadline=None)
@given(
    zone=zones,
    civil=civil_times,
    urgency=st.sampled_from(BY_DAYS),
    ends=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    least=st.timedeltas(timedelta(0), timedelta(days=10)),
    count=st.sampled_from(DayCount),
)
def test_options_only_move_a_step_later_and_never_out_of_order(
    zone: ZoneInfo,
    civil: datetime,
    urgency: Urgency,
    ends: time,
    least: timedelta,
    count: DayCount,
) -> None:
    at = civil.replace(tzinfo=UTC)
    clock = Clock(day_ends_at=ends, days=count, least=least)
    rules = replace(SCHEME, clock=clock)
    days = policy.site_days(rules, zone=zone)
    plain = SiteDays(zone=zone, day_ends_at=ends)

    found = policy.steps(urgency, reported_at=at, days=days, policy=rules)

    assert [step.to for step in found] == [step.to for step in climb(urgency, at, plain)]
    assert found[0].due_at <= found[1].due_at
    for step, scheme in zip(found, climb(urgency, at, plain), strict=True):
        assert step.due_at >= max(scheme.due_at, at + least)
        assert step.due_at > at


@settings(max_examples=1_000, deadline=None)
@given(
    zone=zones,
    civil=civil_times,
    urgency=st.sampled_from(Urgency),
    ticks=st.lists(st.timedeltas(timedelta(0), timedelta(days=6)), max_size=12),
)
def test_however_far_apart_the_ticks_everybody_is_called_in_once_and_none_early(
    zone: ZoneInfo, civil: datetime, urgency: Urgency, ticks: list[timedelta]
) -> None:
    at = civil.replace(tzinfo=UTC)
    steps = climb(urgency, at, SiteDays(zone=zone))
    nows = sorted(at + tick for tick in [*ticks, *ticks, timedelta(days=6)])
    called: list[Called] = []
    for now in nows:
        for step in policy.due(steps, status=Status.ACCEPTED, called=called, now=now):
            assert step.due_at <= now
            called.append(Called(key=step.key, to=step.to, at=now))
        upcoming = policy.next_due_at(steps, status=Status.ACCEPTED, called=called)
        assert upcoming is None or upcoming > now

    assert [call.key for call in called] == [step.key for step in steps]
    assert [call.at for call in called] == [
        min(now for now in nows if now >= step.due_at) for step in steps
    ]


@settings(max_examples=1_000, deadline=None)
@given(
    civil=civil_times,
    changes=st.lists(
        st.tuples(
            st.timedeltas(timedelta(0), timedelta(days=5)),
            st.sampled_from(Urgency),
            st.sampled_from([Status.REPORTED, Status.ASSIGNED, Status.HANDLED]),
        ),
        max_size=8,
    ),
    finally_=st.sampled_from(BY_DAYS),
)
def test_however_the_urgency_changes_nobody_is_called_twice_or_forgotten(
    civil: datetime, changes: list[tuple[timedelta, Urgency, Status]], finally_: Urgency
) -> None:
    at, days = civil.replace(tzinfo=UTC), SiteDays(zone=ZoneInfo("Asia/Shanghai"))
    called: list[Called] = []
    last = (timedelta(days=5), finally_, Status.ASSIGNED)
    for since, urgency, status in [*sorted(changes, key=lambda one: one[0]), last]:
        steps, now = climb(urgency, at, days), at + since
        fired = policy.due(steps, status=status, called=called, now=now)
        called += [Called(key=step.key, to=step.to, at=now) for step in fired]
        assert not policy.due(steps, status=status, called=called, now=now)

    by_days = Counter(role for c in called if "life" not in c.key for role in c.to)
    assert by_days == {Role.GENERAL_GROUP_SUPERVISOR: 1, Role.DIRECTOR: 1}
    assert len({call.key for call in called}) == len(called)
