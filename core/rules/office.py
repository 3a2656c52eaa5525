"""Policy, calendar and catalogue become the rules that stages are given."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.catalogue.catalogue_file import default_catalogue, parse_catalogue
from core.escalation import policy as ladders
from core.escalation.calendar_file import parse_calendar
from core.escalation.policy_file import default_policy, parse_policy
from core.facts.catalogue import CategoryCode
from core.facts.category import Category
from core.facts.days import Calendar, SiteDays
from core.facts.issue import Status, Urgency
from core.facts.ladder import Called, DayRung
from core.facts.pause import Paused
from core.facts.policy import Policy
from core.facts.rules import Edition, RuleKind, Rules


def rules(
    *,
    policy: Policy | None = None,
    calendar: Calendar | None = None,
    catalogue: Mapping[CategoryCode, Category] | None = None,
    speed: float = 1.0,
) -> Rules:
    """Return the rules of an office; what is not given is as the product ships it.

    :param speed: how much faster than real time the site's clock runs; other than 1 only in demos.
    """
    in_force = policy or default_policy()
    shipped = Rules(
        policy=in_force,
        catalogue=default_catalogue() if catalogue is None else catalogue,
        calendar=calendar,
        arm=_Arm(in_force, calendar),
        speed=speed,
        days=lambda zone: ladders.site_days(in_force, zone=zone, calendar=calendar),
        amended=lambda editions: _amended(shipped, editions),
    )
    return shipped


def _amended(shipped: Rules, editions: Sequence[Edition]) -> Rules:
    """Read a site's own texts; what it has none of stays as shipped.

    :raises BadPolicy: a stored policy or calendar that this version of the product cannot read.
    :raises BadCatalogue: likewise a catalogue.
    """
    texts = {edition.kind: edition.text for edition in editions}
    policy, calendar, catalogue = shipped.policy, shipped.calendar, shipped.catalogue
    if RuleKind.POLICY in texts:
        policy = parse_policy(texts[RuleKind.POLICY], where="policy", fallback=default_policy())
    if RuleKind.CALENDAR in texts:
        calendar = parse_calendar(texts[RuleKind.CALENDAR], where="calendar")
    if RuleKind.CATALOGUE in texts:
        catalogue = parse_catalogue(texts[RuleKind.CATALOGUE], where="catalogue")
    own = rules(policy=policy, calendar=calendar, catalogue=catalogue, speed=shipped.speed)
    versions = {edition.kind: edition.version for edition in editions}
    return replace(own, amended=shipped.amended, versions=versions)


class _Arm:
    """When a ladder climbs next. In a storm all reports of a day fall due together: asked once."""

    def __init__(self, policy: Policy, calendar: Calendar | None) -> None:
        self._policy = policy
        self._calendar = calendar
        #: Of these ladders, all reports of one day have the same first step.
        self._only_days = frozenset(
            urgency
            for urgency, rungs in policy.ladders.items()
            if all(isinstance(rung, DayRung) for rung in rungs) and not policy.clock.least
        )
        self._days: dict[ZoneInfo, SiteDays] = {}
        #: For each ladder and zone: a span of moments of report, and when their first step is due.
        self._first: dict[tuple[Urgency, ZoneInfo], tuple[datetime, datetime, datetime | None]] = {}

    def __call__(
        self,
        urgency: Urgency,
        status: Status,
        reported_at: datetime,
        zone: ZoneInfo,
        called: Collection[Called],
        paused: Sequence[Paused] = (),
    ) -> datetime | None:
        if called or paused or status is not Status.REPORTED or urgency not in self._only_days:
            return self._ask(urgency, status, reported_at, zone, called, paused)
        known = self._first.get((urgency, zone))
        if known is None or not known[0] <= reported_at < known[1]:
            due = self._ask(urgency, status, reported_at, zone, called, paused)
            days = self._site_days(zone)
            day = days.site_day(reported_at)
            begins = days.end_of(day - timedelta(days=1))
            known = self._first[urgency, zone] = (begins, days.end_of(day), due)
        return known[2]

    def _ask(
        self,
        urgency: Urgency,
        status: Status,
        reported_at: datetime,
        zone: ZoneInfo,
        called: Collection[Called],
        paused: Sequence[Paused] = (),
    ) -> datetime | None:
        climb = ladders.steps(
            urgency,
            reported_at=reported_at,
            days=self._site_days(zone),
            policy=self._policy,
            paused=paused,
        )
        return ladders.next_due_at(climb, status=status, called=called)

    def _site_days(self, zone: ZoneInfo) -> SiteDays:
        if zone not in self._days:
            self._days[zone] = ladders.site_days(self._policy, zone=zone, calendar=self._calendar)
        return self._days[zone]
