"""The problem itself: its number, how urgent it is, where it stands (问题)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from core.facts.catalogue import CategoryCode
from core.facts.customer import CustomerCode
from core.facts.device import SiteCode
from core.facts.people import PersonCode
from core.facts.place import PlaceCode

IssueNumber = NewType("IssueNumber", int)


class Urgency(StrEnum):
    """Which ladder an issue climbs (五.1(3))."""

    LIFE_SAFETY = "life_safety"  # 生命安全: at once, in parallel, no calendar
    URGENT = "urgent"  # 急修及现场问题: ②
    ORDINARY = "ordinary"  # 一般: ③


class Status(StrEnum):
    """Where an issue stands. ``core/facts/lifecycle.py`` says what may follow what."""

    REPORTED = "reported"  # 待转: at the monitoring centre
    FORWARDED = "forwarded"  # 已转待受理: the desk has not accepted yet
    ACCEPTED = "accepted"  # 已受理
    ASSIGNED = "assigned"  # 已派工
    HANDLED = "handled"  # 已处理: stops the ladder
    CLOSED = "closed"  # 已结
    DISMISSED = "dismissed"  # 无需处理: by an operator, with a reason
    MERGED = "merged"  # 已并入: it is another issue, which goes on for both


#: The ladder climbs while an issue is in one of these.
UNHANDLED = frozenset({Status.REPORTED, Status.FORWARDED, Status.ACCEPTED, Status.ASSIGNED})


class Outcome(StrEnum):
    """How an issue ended: apart from its status, for closed is not solved."""

    SOLVED = "solved"  # 已解决
    HANDLED_ON_THE_SPOT = "handled_on_the_spot"  # 当场处理
    PASSED_ON = "passed_on"  # 已转他处
    NOT_OURS = "not_ours"  # 非本项目职责
    CANNOT = "cannot"  # 无法解决


class CallerKind(StrEnum):
    """Who told us; decides who the first reporter is (ruling under 五.1(1))."""

    STAFF = "staff"  # himself
    CUSTOMER = "customer"  # the member of staff who took the call
    DEVICE = "device"  # the operator who confirmed it
    UNKNOWN = "unknown"  # the operator, to be identified


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who told us of the problem."""

    kind: CallerKind
    person: PersonCode | None = None
    name: str | None = None
    phone: str | None = None
    place: PlaceCode | None = None
    #: Which customer he is: said by a person, never by the machine alone.
    customer: CustomerCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """The problem, its owner and where it stands."""

    site: SiteCode
    number: IssueNumber
    status: Status
    urgency: Urgency
    category: CategoryCode | None
    place: PlaceCode | None
    words: str
    reported_at: datetime
    reported_on: date
    #: The first reporter (首问责任人); nobody as long as no person has confirmed the report.
    owner: PersonCode | None
    #: The caller is unknown; the issue cannot be closed so.
    to_be_identified: bool
    caller: Caller | None
    forwarded_at: datetime | None
    accepted_at: datetime | None
    assigned_to: PersonCode | None
    promised_at: datetime | None
    handled_at: datetime | None
    handled_how: str | None
    closed_at: datetime | None
    outcome: Outcome | None
    reopened: int
    next_due_at: datetime | None
    version: int
    #: The issue that goes on for it.
    merged_into: IssueNumber | None = None
    #: When somebody last did something about it, and when it came back because nobody did (E4).
    touched_at: datetime | None = None
    came_back_at: datetime | None = None
