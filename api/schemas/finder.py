"""What a finder tells by his own telephone, and what he is answered."""

from datetime import datetime

from pydantic import Field

from api.schemas.values import Code, In, Moment, Out, Said
from core.facts.issue import Outcome, Status


class FoundIn(In):
    """A problem I found myself."""

    told_at: Moment | None = Field(
        default=None, description="When it was written; sent later, it counts from then."
    )
    place: Code
    category: Code
    words: Said
    how: Said | None = Field(
        default=None, description="How I dealt with it on the spot; None: it is still there."
    )


class FoundOut(Out):
    """It is here."""

    issue: int
    report: int
    status: Status
    outcome: Outcome | None
    told_at: datetime = Field(description="The moment that counts.")
    received_at: datetime
