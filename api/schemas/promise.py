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
