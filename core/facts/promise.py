"""Promises: what a customer was told would be, by whom, and until when (承诺)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from core.facts.customer import CustomerCode
from core.facts.device import SiteCode
from core.facts.feedback import Told
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode

PromiseNumber = NewType("PromiseNumber", int)


class PromiseState(StrEnum):
    """How a promise stands."""

    OWED = "owed"  # 待兑现
    KEPT = "kept"  # 已兑现
    BROKEN = "broken"  # 逾期未兑现
    KEPT_LATE = "kept_late"  # 逾期后兑现: broken stays broken
    WITHDRAWN = "withdrawn"  # 已撤回, with its customer's knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBack:
    """How a promise was kept: who was told, how, what, and when."""

    whom: str
    how: Told
    words: str
    told_at: datetime
    by: PersonCode


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseChange:
    """That a promise was moved or withdrawn before it fell due; changes are never taken back."""

    promise: PromiseNumber
    at: datetime
    by: PersonCode
    reason: str
    #: Whether its customer was told: if not, he waits for what he was told last, and it counts.
    customer_told: bool
    due_before: datetime
    #: To when it was moved; None: withdrawn.
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promise, from when it was made until its customer was called back."""

    site: SiteCode
    id: PromiseNumber
    issue: IssueNumber
    customer: CustomerCode | None
    whom: str
    #: Empty: that somebody would come, as it was said when he was sent.
    words: str
    #: The last time that its customer was told.
    due_at: datetime
    made_at: datetime
    by: PersonCode
    #: When it fell due and nobody had called back.
    broken_at: datetime | None
    kept: CallBack | None
    #: When it was withdrawn with its customer's knowledge: nobody waits for it, and it counts not.
    withdrawn_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether its customer still waits."""
        return self.kept is None and self.withdrawn_at is None

    @property
    def state(self) -> PromiseState:
        """How it stands."""
        if self.withdrawn_at is not None:
            return PromiseState.WITHDRAWN
        if self.kept is None:
            return PromiseState.OWED if self.broken_at is None else PromiseState.BROKEN
        return PromiseState.KEPT if self.broken_at is None else PromiseState.KEPT_LATE
