"""Repeats and mergers: the same problem again, and two issues that are one (一.2)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.facts.catalogue import CategoryCode
from core.facts.customer import CustomerCode
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode
from core.facts.place import PlaceCode


class RepeatRule(StrEnum):
    """By what a repeat was known."""

    CATEGORY = "category"  # 同一业主、同一类别
    WORDS = "words"  # 同一业主、说法相近
    JOINED = "joined"  # 同一业主就同一问题再次反映


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What is enough of an issue to find those that are like it."""

    #: One bit of 128 for each character and each pair of neighbours of its words.
    bits: int
    place: PlaceCode | None = None
    category: CategoryCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """An issue that its customer had told before."""

    issue: IssueNumber
    of: IssueNumber
    customer: CustomerCode
    rule: RepeatRule
    likeness: int | None
    chain: int
    found_at: datetime
    unmarked_at: datetime | None = None
    unmarked_by: PersonCode | None = None
    unmarked_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldBefore:
    """How often its customer has told of it by now, and since when."""

    of: IssueNumber
    times: int
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    """Two issues that are one, and what is needed to part them again."""

    id: int
    issue: IssueNumber
    into: IssueNumber
    at: datetime
    #: None: a rule joined them.
    by: PersonCode | None
    reason: str
    rule: str
    reports: tuple[int, ...]
    queued: tuple[int, ...]
    pictures: tuple[int, ...]
    status: str
    #: When the issue that goes on was told itself: what the older clock is measured against.
    own_reported_at: datetime
    split_at: datetime | None = None
    split_by: PersonCode | None = None
