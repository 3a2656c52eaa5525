"""The duty roster as the API speaks of it."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from api.schemas.refs import PersonRef, PlaceRef
from api.schemas.values import Code, In, Moment, Name, Out, Said
from core.facts.people import Role

#: A code that stands in a path and in a table: no blanks at its ends, no slash.
Short = Annotated[str, StringConstraints(max_length=64, pattern=r"^[^\x00-\x20/\x7f]+$")]
#: A civil time of the site.
ClockTime = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class PostOut(Out):
    """Where somebody is on duty, and as what."""

    code: str
    name: str
    role: Role
    place: PlaceRef | None = Field(description="null: the whole site.")
    least: int = Field(description="How many should be there at once.")


class ShiftOut(Out):
    """A part of the day by the site's clock."""

    code: str
    name: str
    begins: str
    ends: str = Field(description="At or before `begins`: on the next date.")


class DutyOut(Out):
    """Who stands at which post in which shift."""

    day: date
    post: str
    shift: str
    person: PersonRef
    begins_at: datetime
    ends_at: datetime


class AbsenceOut(Out):
    """Who is away, and who answers for him."""

    id: int
    person: PersonRef
    begins_at: datetime
    ends_at: datetime
    deputy: PersonRef | None
    reason: str
    by: PersonRef
    cancelled_at: datetime | None


class StandInOut(Out):
    """Who stands at another's post for a short while."""

    id: int
    post: str
    instead_of: PersonRef
    person: PersonRef
    begins_at: datetime
    ends_at: datetime
    reason: str
    by: PersonRef


class GapOut(Out):
    """A post with fewer than it should have."""

    day: date
    post: str
    shift: str
    wanted: int
    there: int


class RosterOut(Out):
    """Some days of the roster with everything that belongs to them."""

    first: date
    last: date
    posts: list[PostOut]
    shifts: list[ShiftOut]
    duties: list[DutyOut]
    gaps: list[GapOut]
    absences: list[AbsenceOut]
    stand_ins: list[StandInOut]
    stand_in_seconds: int = Field(description="For at most so long somebody may stand in.")


class OnDutyOut(Out):
    """Somebody who is on duty now."""

    person: PersonRef
    role: Role
    post: str
    shift: str
    place: PlaceRef | None
    until: datetime
    instead_of: PersonRef | None


class OnDutiesOut(Out):
    """Who is on duty, the nearest first."""

    items: list[OnDutyOut]


class PostIn(In):
    """What a post is."""

    name: Name
    role: Role
    place: Code | None = None
    least: int = Field(default=1, ge=0, le=100)


class ShiftIn(In):
    """When a shift is."""

    name: Name
    begins: ClockTime
    ends: ClockTime


class RowIn(In):
    """One duty."""

    day: date
    post: Short
    shift: Short
    person: Code


class RosterIn(In):
    """What is to stand for these days; what is over stays."""

    first: date
    last: date
    rows: list[RowIn] = Field(max_length=20_000)
    dry_run: bool = Field(default=False, description="Check only; nothing is written.")


class CellIn(In):
    """Who is to stand in one cell of the roster, and who stood there when it was looked at."""

    day: date
    post: Short
    shift: Short
    people: list[Code] = Field(max_length=100)
    before: list[Code] = Field(max_length=100)


class AbsenceIn(In):
    """Who is away from when until when, why, and who answers for him."""

    person: Code
    begins_at: Moment
    ends_at: Moment
    deputy: Code | None = None
    reason: Said


class StandInIn(In):
    """Who stands in for whom, for how long, and why."""

    post: Short
    instead_of: Code
    person: Code
    seconds: int = Field(ge=1, le=86_400)
    reason: Said
