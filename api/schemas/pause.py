"""Pauses and steps by hand, as the API speaks of them."""

from datetime import datetime

from pydantic import Field

from api.schemas.refs import PersonRef
from api.schemas.values import Code, In, Moment, Out, Said
from core.facts.pause import PauseState
from core.facts.people import Role


class PauseOut(Out):
    """One ask for a pause, and what became of it (E6)."""

    id: int
    issue: int
    state: PauseState
    asked_by: PersonRef
    asked_at: datetime
    until: datetime = Field(description="The end that was asked for.")
    reason: str
    decided_by: PersonRef | None
    decided_at: datetime | None
    decision: str | None
    begins_at: datetime | None
    ends_at: datetime | None = Field(description="As granted; sooner than asked at the limit.")
    mine: bool = Field(description="This person asked, so somebody else decides.")


class PauseIn(In):
    """Until when the ladder shall stand still, and why."""

    until: Moment
    reason: Said


class GrantIn(In):
    """A sooner end than was asked, if any."""

    until: Moment | None = None


class EscalateIn(In):
    """Whom somebody who holds the issue calls in, and why (E9)."""

    reason: Said
    roles: list[Role] = Field(default=[], max_length=11)
    people: list[Code] = Field(default=[], max_length=50)
