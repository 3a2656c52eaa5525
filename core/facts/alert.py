"""Somebody near the place is asked to go there, and a copy goes to his unit (五.1(1), 五.1(2))."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.facts.catalogue import CategoryCode
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode, Role, UnitCode


class AlertState(StrEnum):
    """What became of an alert."""

    WAITING = "waiting"  # 待答复
    COMING = "coming"  # 能到场
    CANNOT = "cannot"  # 不能到场
    UNANSWERED = "unanswered"  # 未答复: the next was asked
    WITHDRAWN = "withdrawn"  # 不再需要: the issue ended meanwhile


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One person, asked about one issue."""

    id: int
    site: SiteCode
    issue: IssueNumber
    #: By whose plan he was asked.
    category: CategoryCode
    person: PersonCode
    post: Role
    asked_at: datetime
    due_at: datetime
    state: AlertState
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A report by a unit's employee, as its on-site supervisor is told of it."""

    site: SiteCode
    issue: IssueNumber
    person: PersonCode
    unit: UnitCode
    sent_at: datetime
    due_at: datetime
    read_at: datetime | None
    acknowledged_at: datetime | None
    #: When it was found unacknowledged after the limit; it stays so.
    overdue_at: datetime | None
