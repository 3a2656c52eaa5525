"""The duty roster (值班表): posts, shifts, who stands where, who is away, who stands in."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NewType

from core.facts.people import PersonCode, Role
from core.facts.place import PlaceCode

PostCode = NewType("PostCode", str)
ShiftCode = NewType("ShiftCode", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A place to be on duty (岗位): the control room's seat, the gate, the round of a building."""

    code: PostCode
    name: str
    #: Who stands there must be one.
    role: Role
    #: None: it answers for the whole site.
    place: PlaceCode | None = None
    #: How many should stand there at once; fewer is shown as a gap (a control room needs two).
    least: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A part of the day by the site's civil clock (班次)."""

    code: ShiftCode
    name: str
    begins: time
    #: At or before ``begins``: on the next date.
    ends: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the roster as it is written: on this date, at this post, in this shift."""

    day: date
    post: PostCode
    shift: ShiftCode
    person: PersonCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of the roster: who stands at a post in a shift on a day is written in it."""

    day: date
    post: PostCode
    shift: ShiftCode

    def holds(self, row: Row) -> bool:
        """Whether a line of the roster stands in it."""
        return (row.day, row.post, row.shift) == (self.day, self.post, self.shift)

    def row(self, person: PersonCode) -> Row:
        """Return the line that puts somebody into it."""
        return Row(day=self.day, post=self.post, shift=self.shift, person=person)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A line of the roster with its moments: from ``begins_at`` until before ``ends_at``."""

    row: Row
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """What is said of an absence when it is entered."""

    person: PersonCode
    begins_at: datetime
    ends_at: datetime
    deputy: PersonCode | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief:
    """What is said of a stand-in when it is entered."""

    post: PostCode
    instead_of: PersonCode
    person: PersonCode
    seconds: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Somebody is away (请假), and who answers for him meanwhile."""

    id: int
    person: PersonCode
    begins_at: datetime
    ends_at: datetime
    deputy: PersonCode | None
    reason: str
    by: PersonCode
    cancelled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """Somebody stands at another's post for a short while (顶岗)."""

    id: int
    post: PostCode
    instead_of: PersonCode
    person: PersonCode
    begins_at: datetime
    ends_at: datetime
    reason: str
    by: PersonCode


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDuty:
    """Somebody who is on duty at a moment, and where."""

    person: PersonCode
    role: Role
    post: PostCode
    shift: ShiftCode
    place: PlaceCode | None
    until: datetime
    #: Whose duty it is by the roster, where somebody answers for him.
    instead_of: PersonCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledIn:
    """Somebody a ladder calls in, and for whom, if he answers for somebody who is away."""

    person: PersonCode
    instead_of: PersonCode | None = None
