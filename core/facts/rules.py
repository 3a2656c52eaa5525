"""What the stages are told of the office's rules, so that none of them needs to know another."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.errors import NotFound
from core.facts.catalogue import CategoryCode
from core.facts.category import Category
from core.facts.days import Calendar, SiteDays
from core.facts.issue import Status, Urgency
from core.facts.ladder import Called
from core.facts.pause import Paused
from core.facts.people import PersonCode
from core.facts.policy import Policy
from core.facts.report import ReportClass

#: ``(urgency, status, reported_at, zone, called, paused)`` → when the ladder climbs next.
Arm = Callable[
    [Urgency, Status, datetime, ZoneInfo, Collection[Called], Sequence[Paused]], datetime | None
]


class RuleKind(StrEnum):
    """What an office writes down for itself, each in versions."""

    POLICY = "policy"  # 制度参数
    CATALOGUE = "catalogue"  # 问题类别
    CALENDAR = "calendar"  # 工作日历


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One version of a site's policy, catalogue or calendar, as it was given."""

    kind: RuleKind
    version: int
    #: TOML, to the byte.
    text: str
    sha256: str
    since: datetime
    by: PersonCode | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The policy in force, the catalogue, the calendar, and when a ladder climbs."""

    policy: Policy
    catalogue: Mapping[CategoryCode, Category]
    #: None: nobody entered one; working days are Monday to Friday.
    calendar: Calendar | None
    arm: Arm
    #: How a site in this zone counts its days.
    days: Callable[[ZoneInfo], SiteDays]
    #: The same rules with these texts in force instead of the shipped ones.
    amended: Callable[[Sequence[Edition]], "Rules"]
    #: Which version of each is the site's own; what is missing is as the product ships it.
    versions: Mapping[RuleKind, int] = field(default_factory=dict)
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
