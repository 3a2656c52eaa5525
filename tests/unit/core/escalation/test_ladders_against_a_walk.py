"""五.1(3): ladders, pauses and daily cards against a walk through the days that knows no product.

Ten thousand cases each, drawn by a generator that starts alike in every run: a failure names its
case, and it is the same tomorrow.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.escalation import pause_policy, policy
from core.escalation.policy_file import default_policy
from core.facts.days import Calendar, SiteDays
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber, Status, Urgency
from core.facts.ladder import Called
from core.facts.pause import Pause, Paused, PauseState
from core.facts.people import PersonCode, Role
from core.facts.policy import Clock, DayCount, Policy
from core.followup import policy as followup
from tests.unit.core.escalation import civil_walk as walk

CASES = 10_000
SCHEME = default_policy()
#: What the scheme says, said again: of which days' ends who is called in (五.1(3)②③).
LADDERS = {
    Urgency.URGENT: ((1, Role.GENERAL_GROUP_SUPERVISOR), (2, Role.DIRECTOR)),
    Urgency.ORDINARY: ((2, Role.GENERAL_GROUP_SUPERVISOR), (3, Role.DIRECTOR)),
}
#: Each with a day, since 2005, on which its clock did something.
ODD = [
    ("Asia/Shanghai", date(2026, 10, 1)),
    ("Europe/London", date(2026, 3, 29)),
    ("Europe/London", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("America/Sao_Paulo", date(2018, 2, 17)),
    ("America/Havana", date(2026, 11, 1)),
    ("Asia/Beirut", date(2026, 3, 29)),
    ("Africa/Cairo", date(2026, 10, 30)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Pacific/Chatham", date(2026, 4, 5)),
]
ENDS = [time(0), time(2), time(6), time(11, 59), time(12), time(18), time(23, 30)]
#: Minutes of a day at which things are told oftener than at others.
EDGES = [0, 1, 119, 120, 121, 360, 1080, 1439]
Drawn = random.Random


@dataclass(frozen=True, kw_only=True)
class Site:
    """A site near a day on which its clock or its calendar is odd."""

    zone: ZoneInfo
    around: date
    ends_at: time
    holidays: set[date]
    made_up: set[date]
    working: bool
    least: int

    @property
    def rules(self) -> Policy:
        clock = Clock(
            day_ends_at=self.ends_at,
            days=DayCount.WORKING if self.working else DayCount.CALENDAR,
            least=timedelta(minutes=self.least),
        )
        return replace(SCHEME, clock=clock)

    @property
    def days(self) -> SiteDays:
        calendar = Calendar(holidays=frozenset(self.holidays), working=frozenset(self.made_up))
        return policy.site_days(self.rules, zone=self.zone, calendar=calendar)

    def nth_end(self, at: datetime, n: int, paused: Sequence[walk.Span] = ()) -> datetime:
        works = walk.works_in(self.holidays, self.made_up) if self.working else walk.every_day
        return walk.nth_end(at, n, zone=self.zone, ends_at=self.ends_at, works=works, paused=paused)


def a_site(drawn: Drawn) -> Site:
    name, around = drawn.choice(ODD)
    near = [around + n * walk.DAY for n in range(-4, 12)]
    return Site(
        zone=ZoneInfo(name),
        around=around,
        ends_at=drawn.choice(ENDS),
        holidays=set(drawn.sample(near, drawn.randint(0, 6))),
        made_up=set(drawn.sample(near, drawn.randint(0, 3))),
        working=drawn.random() < 0.5,
        least=drawn.choice([0, 0, 0, 1, 720, 1_440, 4_000]),
    )


def a_telling(drawn: Drawn, site: Site) -> datetime:
    """Return a moment some days off the odd one; a microsecond before a minute, or on it."""
    minute = drawn.choice(EDGES) if drawn.random() < 0.5 else drawn.randint(0, 1439)
    day = site.around + drawn.randint(-3, 2) * walk.DAY
    civil = datetime.combine(day, time(minute // 60, minute % 60))
    at = civil.replace(tzinfo=site.zone, fold=drawn.randint(0, 1)).astimezone(UTC)
    return at - timedelta(microseconds=drawn.randint(0, 1))


def stands(drawn: Drawn, at: datetime) -> list[walk.Span]:
    """Return up to three spans, in which a ladder stands still; they may overlap, or be empty."""
    begins = [at + drawn.randint(-600, 6_000) * walk.MINUTE for _ in range(drawn.randint(0, 3))]
    return [(begin, begin + drawn.randint(0, 5_000) * walk.MINUTE) for begin in begins]


def test_steps_fall_due_when_a_walk_through_the_days_says_so() -> None:
    drawn = Drawn("steps")
    for case in range(CASES):
        site = a_site(drawn)
        at = a_telling(drawn, site)
        said = stands(drawn, at)
        urgency = drawn.choice(list(LADDERS))

        found = policy.steps(
            urgency,
            reported_at=at,
            days=site.days,
            policy=site.rules,
            paused=[Paused(begins_at=begin, ends_at=until) for begin, until in said],
        )

        waited = walk.waited(at, site.least, said)
        assert [(step.to, step.due_at) for step in found] == [
            ((who,), max(site.nth_end(at, n, said), waited)) for n, who in LADDERS[urgency]
        ], (case, site, at, said, urgency)


def test_who_is_called_in_at_each_look_is_whom_the_scheme_calls() -> None:
    """Urgency changes, it is handled and re-opened; whom the scheme owes a call has one, once."""
    drawn = Drawn("looks")
    for case in range(CASES):
        site = a_site(drawn)
        at, days = a_telling(drawn, site), site.days
        climbs = {
            one: policy.steps(one, reported_at=at, days=days, policy=SCHEME) for one in LADDERS
        }
        ends = {n: site.nth_end(at, n) for n in (1, 2, 3)}
        called: list[Called] = []
        owed: list[Role] = []
        for now in sorted(at + drawn.randint(0, 9_000) * walk.MINUTE for _ in range(5)):
            urgency = drawn.choice(list(LADDERS))
            handled = drawn.random() < 0.25
            status = Status.HANDLED if handled else Status.ASSIGNED
            fired = policy.due(climbs[urgency], status=status, called=called, now=now)
            called += [Called(key=step.key, to=step.to, at=now) for step in fired]
            if not handled:
                past = [who for n, who in LADDERS[urgency] if ends[n] <= now]
                owed += [who for who in past if who not in owed]
            assert [who for call in called for who in call.to] == owed, (case, site, at, now)


def test_each_day_that_was_is_asked_about_once_at_its_hour() -> None:
    """五.1(3)①: the card of a day comes at the hour, or with the day where it has no such hour."""
    drawn = Drawn("cards")
    for case in range(CASES):
        site, hour = a_site(drawn), drawn.randint(0, 23)
        day = site.around + drawn.randint(-3, 2) * walk.DAY

        asked = followup.next_day(site.days, day, hour=hour)

        on = day + walk.DAY
        while walk.never_was(on, site.zone):
            on += walk.DAY
        begins, over = (walk.ends(one, site.zone, site.ends_at) for one in (on - walk.DAY, on))
        struck = [
            walk.passed(datetime.combine(date_of_hour, time(hour)), site.zone)
            for date_of_hour in (on - walk.DAY, on, on + walk.DAY)
            if not walk.never_was(date_of_hour, site.zone)
        ]
        within = [at for at in struck if begins <= at < over]
        assert asked == (on, (within or [begins])[0]), (case, site, day, hour)


HOUR = timedelta(hours=1)
START = datetime(2026, 11, 30, 12, tzinfo=UTC)


def test_pauses_together_last_no_longer_than_the_limit() -> None:
    """E6: each is granted from its ask on; what another covers already costs nothing again."""
    drawn = Drawn("pauses")
    for case in range(CASES):
        limit = drawn.randint(1, 96)
        asks = sorted((drawn.randint(0, 120), drawn.randint(1, 90)) for _ in range(4))
        known: list[Pause] = []
        stood: set[int] = set()
        for begin, long in asks:
            now = START + begin * HOUR
            # Told off on the fingers, until the end that was asked for or nothing is left.
            hours, end = set(stood), begin
            while end < begin + long and (end in hours or len(hours) < limit):
                hours.add(end)
                end += 1

            until = pause_policy.ends_at(
                known, until=now + long * HOUR, limit=limit * HOUR, now=now
            )

            assert max(until, now) == START + end * HOUR, (case, limit, asks)
            if end > begin:
                stood = hours
                known.append(_granted(len(known), begins_at=now, ends_at=until))
        assert len(stood) <= limit


def _granted(number: int, *, begins_at: datetime, ends_at: datetime) -> Pause:
    return Pause(
        id=number,
        site=SiteCode("garden"),
        issue=IssueNumber(1),
        state=PauseState.GRANTED,
        asked_by=PersonCode("agent"),
        asked_at=begins_at,
        until=ends_at,
        reason="等配件",
        decided_by=PersonCode("supervisor"),
        decided_at=begins_at,
        decision="同意",
        begins_at=begins_at,
        ends_at=ends_at,
    )
