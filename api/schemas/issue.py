"""Issues: the register, the desk's acts, the ladder."""

from datetime import date, datetime
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from api.schemas.caller import CallerOut
from api.schemas.category import CategoryOut
from api.schemas.pause import PauseOut
from api.schemas.picture import PictureOut
from api.schemas.refs import PersonRef, PlaceRef
from api.schemas.report import ReportOut, ToldBeforeOut
from api.schemas.review import ReviewOut
from api.schemas.values import Code, In, Moment, Name, Number, Out, Said, Sentence, Words
from core.facts.device import Plain
from core.facts.issue import Outcome, Status, Urgency
from core.facts.people import Role
from core.facts.report import Channel


class FirstReporter(Out):
    """The owner of the issue (首问责任人)."""

    name: str
    person: PersonRef | None
    to_be_identified: bool


class StepState(StrEnum):
    """What became of a step of the ladder."""

    WAITING = "waiting"
    FIRED = "fired"
    CANCELLED = "cancelled"


class StepOut(Out):
    """One step of the ladder (五.1(3))."""

    key: str
    to: list[Role]
    due_at: datetime
    rule: str
    state: StepState
    fired_at: datetime | None
    late: bool = Field(description="Fired, or still waiting, later than the minute it was due.")
    people: list[PersonRef] = Field(description="Who was called in.")
    by: PersonRef | None = Field(description="Who escalated by hand (E9).")
    reason: str | None


class _Issue(Out):
    """What the register says of an issue in every view."""

    number: int
    status: Status
    category: CategoryOut | None
    urgency: Urgency
    place: PlaceRef | None
    words: str
    reported_at: datetime
    reported_on: date = Field(description="Day 1 of the ladder, at the site's civil time.")
    first_reporter: FirstReporter | None
    caller: CallerOut | None
    forwarded_at: datetime | None
    accepted_at: datetime | None
    accept_limit_at: datetime | None = Field(description="When the desk should have accepted.")
    assigned_to: PersonRef | None
    promised_at: datetime | None
    handled_at: datetime | None
    handled_how: str | None
    closed_at: datetime | None
    outcome: Outcome | None
    reopened: int
    next_due_at: datetime | None
    next_to: list[Role]
    touched_at: datetime | None = Field(description="When somebody last did something about it.")
    told_before: ToldBeforeOut | None
    came_back_at: datetime | None = Field(
        description="Accepted and untouched it came back as unhandled (E4); null: it did not."
    )
    sentence: Sentence = Field(description="Which rule, who next, when, and why not sooner.")
    version: int


class IssueRow(_Issue):
    """A line of the register (登记表)."""

    channel: Channel | None = Field(description="By which the first report came.")
    relays_count: int


class IssueOut(_Issue):
    """An issue with its ladder, its tellings and what cameras saw."""

    steps: list[StepOut]
    reports: list[ReportOut]
    pictures: list[PictureOut]
    review: ReviewOut | None = Field(description="The last one.")
    pauses: list[PauseOut] = Field(description="Asked, granted and ended, in order (E6).")


class PauseRow(Out):
    """A pause and the issue it belongs to."""

    pause: PauseOut
    issue: IssueRow


class PausesOut(Out):
    """Pauses in one state, in the order of asking."""

    items: list[PauseRow]
    next_cursor: str | None


class ReviewRow(Out):
    """A review in the queue, with its issue and the pictures."""

    review: ReviewOut
    issue: IssueRow
    pictures: list[PictureOut]


class ReviewsOut(Out):
    """Claims that wait for somebody to look, the one whose recording goes first at the top."""

    items: list[ReviewRow]
    next_cursor: str | None


class IssuesOut(Out):
    """A page of the register."""

    items: list[IssueRow]
    next_cursor: str | None


class EntryOut(Out):
    """A line of the journal (流水)."""

    seq: int
    ordinal: int
    kind: str
    at: datetime
    by: PersonRef | None
    body: dict[str, Plain | list[str]]
    hash: str


class JournalOut(Out):
    """All that happened to one issue, in order."""

    items: list[EntryOut]
    next_cursor: str | None


class EscalationOut(Out):
    """A step and the issue it belongs to."""

    issue: IssueRow
    step: StepOut


class EscalationsOut(Out):
    """Steps of many issues."""

    items: list[EscalationOut]
    next_cursor: str | None


class RegisterQuery(In):
    """What the register is narrowed by, and where the page begins."""

    status: list[Status] | None = None
    urgency: Urgency | None = None
    category: Code | None = None
    place: Code | None = None
    q: Words | None = Field(default=None, description="In words, in names, or the number.")
    came_back: bool = Field(default=False, description="Only what came back untouched (E4).")
    open: bool = Field(default=False, description="Only what nobody has handled.")
    number: list[Number] | None = Field(
        default=None, max_length=500, description="Only these, whatever else they are."
    )
    mine: bool = Field(default=False, description="Only what I found or was sent to.")
    limit: int = Field(default=50, ge=1, le=200, description="How many at most.")
    cursor: Number | None = Field(default=None, description="`next_cursor` of the page before.")


class AssignIn(In):
    """Who is sent, and what the customer was promised."""

    to: Code
    promised_at: Moment | None = None


class ReclassifyIn(In):
    """Another category, another urgency, or both."""

    category: Code
    urgency: Urgency | None = Field(default=None, description="As the category says, if null.")
    reason: Words = Field(default="", description="Needed where the urgency becomes lower.")


class CloseIn(In):
    """How it ended: the outcome is not the status."""

    outcome: Outcome
    words: Words


class NoteIn(In):
    """A remark that moves nothing."""

    words: Said


class CorrectIn(In):
    """The right first reporter: a member of staff by code, or a name (五.2(3)①)."""

    person: Code | None = None
    name: Name | None = None
    reason: Said

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.person is None) == (self.name is None):
            raise ValueError("either person or name")
        return self
