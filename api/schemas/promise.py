"""Promises as the API speaks of them."""

from datetime import datetime

from pydantic import Field

from api.schemas.refs import PersonRef
from api.schemas.values import In, Moment, Out, Said, Words
from core.facts.feedback import Told
from core.facts.promise import PromiseState


class CallBackOut(Out):
    """How a promise was kept."""

    whom: str
    how: Told
    words: str
    told_at: datetime
    by: PersonRef


class PromiseChangeOut(Out):
    """How a promise was moved, or withdrawn."""

    at: datetime
    by: PersonRef
    reason: str
    customer_told: bool = Field(
        description="Its customer was told; if not, the time before counts."
    )
    due_before: datetime
    due_at: datetime | None = Field(description="None: withdrawn.")


class PromiseOut(Out):
    """What was promised, to whom, by whom, until when, and what became of it."""

    id: int
    issue: int
    issue_words: str
    customer: str | None
    whom: str
    phone: str | None = Field(description="Of whoever told of the problem.")
    words: str = Field(description="Empty: that somebody would come.")
    due_at: datetime
    made_at: datetime
    by: PersonRef
    state: PromiseState
    broken_at: datetime | None
    kept: CallBackOut | None
    changes: list[PromiseChangeOut] = Field(description="The first change first.")


class PromisesOut(Out):
    """A page of the ledger."""

    items: list[PromiseOut]
    next_cursor: int | None


class LedgerOut(Out):
    """The promises of an issue."""

    own: list[PromiseOut]
    before: list[PromiseOut] = Field(
        description="What its customer is owed, or waited for, with other issues."
    )


class PromiseIn(In):
    """What is promised, to whom and until when."""

    words: Said
    due_at: Moment
    whom: Words = Field(default="", description="Empty: whoever told of the problem.")


class CallBackIn(In):
    """Who was called back, how, and what he was told."""

    whom: Said
    how: Told
    words: Said
    told_at: Moment | None = Field(default=None, description="Not said: now.")


class PromiseWithdrawIn(In):
    """Why a promise is withdrawn, and whether its customer knows."""

    reason: Said
    customer_told: bool = Field(description="Its customer was told; if not, he waits as before.")


class PromiseMoveIn(PromiseWithdrawIn):
    """To when a promise is moved, why, and whether its customer knows."""

    due_at: Moment
