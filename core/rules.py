"""The one place where policy, calendar and catalogue become the rules that stages are given."""

from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.catalogue.catalogue_file import default_catalogue
from core.escalation import policy as ladders
from core.escalation.policy_file import default_policy
from core.facts.days import Calendar, SiteDays
from core.facts.issue import Status, Urgency
from core.facts.ladder import Called, DayRung
from core.facts.policy import Policy
from core.facts.rules import Rules


def rules(
    *, policy: Policy | None = None, calendar: Calendar | None = None, speed: float = 1.0
) -> Rules:
    """Return the rules of an office; what is not given is as the product ships it.

    :param speed: how much faster than real time the site's clock runs; other than 1 only in demos.
    """
    in_force = policy or default_policy()
    return Rules(
        policy=in_force,
        catalogue=default_catalogue(),
        arm=_Arm(in_force, calendar),
        speed=speed,
        days=lambda zone: ladders.site_days(in_force, zone=zone, calendar=calendar),
    )


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
    ) -> datetime | None:
        if called or status is not Status.REPORTED or urgency not in self._only_days:
            return self._ask(urgency, status, reported_at, zone, called)
        known = self._first.get((urgency, zone))
        if known is None or not known[0] <= reported_at < known[1]:
            due = self._ask(urgency, status, reported_at, zone, called)
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
    ) -> datetime | None:
        climb = ladders.steps(
            urgency, reported_at=reported_at, days=self._site_days(zone), policy=self._policy
        )
        return ladders.next_due_at(climb, status=status, called=called)

    def _site_days(self, zone: ZoneInfo) -> SiteDays:
        if zone not in self._days:
            self._days[zone] = ladders.site_days(self._policy, zone=zone, calendar=self._calendar)
        return self._days[zone]
