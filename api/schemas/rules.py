"""A site's own policy, catalogue and calendar, as the API speaks of them."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from api.schemas.refs import PersonRef, PlaceRef
from api.schemas.values import In, Out, Said
from core.facts.issue import Urgency
from core.facts.people import Role
from core.facts.rules import RuleKind

#: A policy, a catalogue or a calendar as TOML.
Toml = Annotated[str, StringConstraints(max_length=400_000, pattern=r"^[^\x00]*$")]


class EditionOut(Out):
    """One version of the policy, the catalogue or the calendar."""

    kind: RuleKind
    version: int = Field(description="0: as the product ships it.")
    text: str = Field(description="TOML, to the byte as it was given.")
    sha256: str
    since: datetime | None
    by: PersonRef | None
    reason: str | None


class RulesOut(Out):
    """What is in force at the site, one of each kind."""

    items: list[EditionOut]


class EditionsOut(Out):
    """All versions of one kind, the newest first."""

    items: list[EditionOut]
    next_cursor: str | None


class TextIn(In):
    """A text to be looked at before it is saved."""

    text: Toml


class ChangeIn(In):
    """A text to be put in force, and why."""

    text: Toml
    base: int = Field(ge=0, le=2**31 - 1, description="The version in force that was changed.")
    reason: Said


class WaitingStep(Out):
    """A step an issue waits for."""

    to: list[Role]
    due_at: datetime


class MoveOut(Out):
    """An open issue whose ladder would move: from when to when."""

    issue: int
    words: str
    place: PlaceRef | None
    urgency: Urgency
    reported_at: datetime
    before: list[WaitingStep]
    after: list[WaitingStep]
    at_once: bool = Field(description="A step would be due already and fire at once.")


class PreviewOut(Out):
    """What a text would change (E7)."""

    version: int = Field(description="Which the text would bear.")
    base: int = Field(description="The version in force it was compared with; 0: as shipped.")
    looked_at: int = Field(description="Open issues.")
    moved: int
    items: list[MoveOut] = Field(description="The first of those that move.")


class SeededDayOut(Out):
    """A day that is not as the week says."""

    day: date
    working: bool
    name: str


class SeedOut(Out):
    """A year's days off and make-up working days (调休)."""

    year: int
    items: list[SeededDayOut]
    text: str = Field(description="The same as a calendar's lines.")
