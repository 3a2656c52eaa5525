"""Inspections: planned samples, and what somebody found on the spot (五.2(3)⑤)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from core.facts.catalogue import CategoryCode
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.month import MonthCode
from core.facts.people import PersonCode, UnitCode
from core.facts.place import PlaceCode

InspectionNumber = NewType("InspectionNumber", int)


class Result(StrEnum):
    """What the inspector found."""

    IN_ORDER = "in_order"  # 正常
    FOUND = "found"  # 发现问题
    NOT_HANDLED = "not_handled"  # 未处理


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which samples are drawn for a month, and who inspects them."""

    month: MonthCode
    places: tuple[PlaceCode, ...]
    categories: tuple[CategoryCode, ...] = ()
    many: int
    inspector: PersonCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the inspector found, and whose it is."""

    result: Result
    words: str = ""
    person: PersonCode | None = None
    unit: UnitCode | None = None
    category: CategoryCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """One sample: a place, or an issue that is said to be handled."""

    site: SiteCode
    number: InspectionNumber
    month: MonthCode
    place: PlaceCode
    category: CategoryCode | None
    #: The claim that is checked; None: the place itself.
    issue: IssueNumber | None
    inspector: PersonCode
    planned_at: datetime
    planned_by: PersonCode
    result: Result | None
    person: PersonCode | None
    unit: UnitCode | None
    words: str | None
    #: What was opened by what he found.
    opened: IssueNumber | None
    done_at: datetime | None
    done_by: PersonCode | None
