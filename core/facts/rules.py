"""What the stages are told of the office's rules, so that none of them needs to know another."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from core.errors import NotFound
from core.facts.catalogue import CategoryCode
from core.facts.category import Category
from core.facts.days import SiteDays
from core.facts.issue import Status, Urgency
from core.facts.ladder import Called
from core.facts.policy import Policy
from core.facts.report import ReportClass

#: ``(urgency, status, reported_at, zone, called)`` → when the ladder climbs next.
Arm = Callable[[Urgency, Status, datetime, ZoneInfo, Collection[Called]], datetime | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The policy in force, the catalogue, and when a ladder climbs."""

    policy: Policy
    catalogue: Mapping[CategoryCode, Category]
    arm: Arm
    #: How a site in this zone counts its days.
    days: Callable[[ZoneInfo], SiteDays]
    #: How many seconds of the site's clock pass in a real one: leases last as long in real time.
    speed: float = 1.0

    def category(self, code: CategoryCode) -> Category:
        """Return one category.

        :raises NotFound: the catalogue has no such category.
        """
        try:
            return self.catalogue[code]
        except KeyError:
            raise NotFound(f"the catalogue has no category {code!r}") from None

    def claim_seconds(self, cls: ReportClass) -> float:
        """Return how long a claim on a report of this class holds, by the site's clock."""
        times = self.policy.monitoring
        lease = times.life_safety_claim if cls is ReportClass.LIFE_SAFETY else times.claim
        return lease.total_seconds() * self.speed
