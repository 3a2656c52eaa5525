"""Inspections: planned samples and their results."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from api.schemas.refs import PersonRef, PlaceRef
from api.schemas.values import Code, In, Out, Words
from core.facts.inspection import Result

Month = Annotated[str, StringConstraints(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")]


class PlanIn(In):
    """Which samples are drawn for a month, and who inspects them."""

    month: Month
    places: Annotated[list[Code], Field(min_length=1, max_length=500)]
    categories: Annotated[list[Code], Field(default_factory=list, max_length=100)]
    many: Annotated[int, Field(ge=1, le=200)]
    inspector: Code


class ResultIn(In):
    """What the inspector found, and whose it is."""

    result: Result
    words: Words = ""
    person: Code | None = None
    unit: Code | None = None
    category: Code | None = None


class InspectionOut(Out):
    """One sample."""

    number: int
    month: str
    place: PlaceRef
    category: str | None
    issue: int | None = Field(description="The claim that is checked; none: the place itself.")
    inspector: PersonRef
    planned_at: datetime
    result: Result | None
    person: PersonRef | None
    unit: str | None
    words: str | None
    opened: int | None = Field(description="The issue that was opened by what was found.")
    done_at: datetime | None
    done_by: PersonRef | None


class InspectionsOut(Out):
    """A page of inspections, the newest first."""

    items: list[InspectionOut]
    next_cursor: str | None
