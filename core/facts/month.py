"""What the month knows of an issue: facts folded from the journal, one row each (五.2(3))."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, NewType

from core.facts.catalogue import CategoryCode
from core.facts.device import DeviceCode
from core.facts.issue import IssueNumber, Outcome
from core.facts.people import PersonCode, UnitCode
from core.facts.place import PlaceCode
from core.facts.report import Cause, Channel, ReportClass

#: ``2026-11``: the month of a site's civil calendar.
MonthCode = NewType("MonthCode", str)


class FoundBy(StrEnum):
    """Who found the problem: decides the found-first rate (一.1)."""

    STAFF = "staff"  # 员工发现
    DEVICE = "device"  # 设备发现
    CUSTOMER = "customer"  # 客户反映
    UNKNOWN = "unknown"  # 未识别: not found first until somebody says who it was


class Panel(StrEnum):
    """The five control panels of the scheme (五.2(3))."""

    FEEDBACK = "feedback"  # ① 客户反馈
    RECORDINGS = "recordings"  # ② 监控录像
    COUNTS = "counts"  # ③ 统计
    COMPLAINTS = "complaints"  # ④ 投诉数据
    INSPECTIONS = "inspections"  # ⑤ 检查


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFact:
    """One issue as statistics see it; everything in it was read from the journal."""

    issue: IssueNumber
    #: The month of ``reported_on``; the issue is counted in it for ever.
    month: MonthCode
    reported_at: datetime
    reported_on: date
    channel: Channel
    cls: ReportClass
    found_by: FoundBy
    #: The first reporter, and the unit he belonged to when he was named.
    person: PersonCode | None = None
    unit: UnitCode | None = None
    category: CategoryCode | None = None
    place: PlaceCode | None = None
    device: DeviceCode | None = None
    #: Who raised it, as one key: a customer's code, else his telephone, else name and place.
    customer: str | None = None
    hops: int = 0
    #: What each hop added, in seconds: from the telling to the next one, or to the register.
    hop_seconds: tuple[int, ...] = ()
    to_be_identified: bool = False
    repeat: bool = False
    #: It turned out to be another issue, which is counted instead.
    merged: bool = False
    #: Who found it by its own first telling, while an older one that was merged into it counts.
    own_found_by: FoundBy | None = None
    #: When it came to the centre; the other moments are the first of their kind.
    arrived_at: datetime
    shown_at: datetime | None = None
    claimed_at: datetime | None = None
    operator: PersonCode | None = None
    answered_at: datetime | None = None
    acted_at: datetime | None = None
    forwarded_at: datetime | None = None
    accepted_at: datetime | None = None
    #: When it was handled, closed or dismissed, as it stands.
    ended_at: datetime | None = None
    on_the_spot: bool = False
    dismissed: Cause | None = None
    outcome: Outcome | None = None
    reopened: int = 0
    #: The last entry that was read into it.
    seq: int

    @property
    def problem(self) -> bool:
        """Whether it is a problem of its own: neither dismissed nor part of another issue."""
        return self.dismissed is None and not self.merged


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """Something that happened and is counted in the month in which it happened."""

    #: The journal entry that tells it.
    seq: int
    #: 0: it is about the site, not one issue.
    issue: IssueNumber
    measure: str
    at: datetime
    month: MonthCode
    person: PersonCode | None = None
    unit: UnitCode | None = None
    channel: Channel | None = None
    category: CategoryCode | None = None
    place: PlaceCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Somebody objects to a proposal; no month closes before he is answered (五.2)."""

    proposal: str
    #: The issue under which it was written; 0: the site.
    issue: IssueNumber
    raised_at: datetime


class Row(NamedTuple):
    """One row of a month's sums: of all of it, of one person, of one unit."""

    month: MonthCode
    dimension: str
    #: Empty: nobody, nowhere, not said.
    key: str


class Values(NamedTuple):
    """One set of values of a month: a measure, and of which group."""

    month: MonthCode
    measure: str
    group: str


#: What one issue adds to the month in which it was reported.
OF_ISSUES = (
    "told",
    "merged",
    "dismissed",
    "problems",
    "found_staff",
    "found_device",
    "found_customer",
    "found_unknown",
    "unidentified",
    "on_the_spot",
    "accepted",
    "ended",
    "standing",
    "stale",
    "reopened",
    "repeats",
)
#: What one occurrence adds to the month in which it happened.
OF_OCCURRENCES = (
    "escalations",
    "escalations_by_hand",
    "missed",
    "copies_overdue",
    "alerts_unanswered",
    "complaints",
    "grievances",
    "praises",
    "told_back",
    "judged_solved",
    "judged_not_solved",
    "reviews_handled",
    "reviews_not_handled",
    "reviews_cannot_tell",
    "inspected_in_order",
    "inspected_found",
    "inspected_not_handled",
)
#: Customers who told of anything, and those of them who had to tell again: each counted once.
OF_CUSTOMERS = ("customers", "repeaters")
#: Occurrences too: months that were closed before there were any have sums of the others only.
OF_PROMISES = ("promises_kept", "promises_broken")
#: What is new goes to the end, see ``MonthReport.of``.
MEASURES = (*OF_ISSUES, *OF_OCCURRENCES, *OF_CUSTOMERS, *OF_PROMISES)
