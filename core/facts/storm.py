"""Storms (事件风暴): so many events a minute that eyes cannot follow them one by one (D4)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from core.facts.device import DeviceCode, EventType, SiteCode
from core.facts.people import PersonCode
from core.facts.report import ReportNumber, StormNumber

RollNumber = NewType("RollNumber", int)


class Then(StrEnum):
    """What becomes of the reports that are ticked."""

    WORK = "work"  # 逐条处理: each stands in the queue by itself
    DISMISS = "dismiss"  # 无需处理: nothing is to be done about any of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """How many events a site heard lately, in slots of a twelfth of a minute."""

    slots: tuple[tuple[int, int], ...] = ()
    #: The storm that goes on.
    storm: StormNumber | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Storm:
    """A time in which all but life safety and people's calls is folded under one row."""

    site: SiteCode
    number: StormNumber
    #: The minute that made it a storm is part of it.
    since: datetime
    began_at: datetime
    ended_at: datetime | None
    #: It ends at this moment unless as many are heard again.
    due_at: datetime
    #: The most that a minute brought.
    peak: int
    events: int
    ticked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one device said of one kind in a storm."""

    device: DeviceCode
    event_type: EventType
    events: int
    folded: int
    ticked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolled:
    """One line of the roll-call: an event of a storm, and who has ticked it."""

    number: RollNumber
    device: DeviceCode
    event_type: EventType
    occurred_at: datetime
    received_at: datetime
    #: The report it opened, or told again of; None: it changed nothing.
    report: ReportNumber | None
    #: It stood under the storm's row and nowhere else.
    folded: bool
    ticked_at: datetime | None = None
    ticked_by: PersonCode | None = None
