"""Feedback, return visits, and the customer's own verdict."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from api.schemas.refs import PersonRef
from api.schemas.values import Code, In, Name, Number, Out, Said
from core.facts.feedback import FeedbackKind, Told

Rating = Annotated[int, Field(ge=1, le=5)]


class FeedbackIn(In):
    """What a customer praises, complains of, or bears."""

    kind: FeedbackKind
    words: Said
    issue: Number | None = None
    person: Code | None = None
    unit: Code | None = None
    customer: Code | None = None
    name: Name | None = None


class AnswerIn(In):
    """What the customer was answered."""

    how: Told
    words: Said


class FeedbackOut(Out):
    """A line of the register of feedback."""

    number: int
    kind: FeedbackKind
    words: str
    issue: int | None
    person: PersonRef | None
    unit: str | None
    unit_name: str | None
    customer: str | None
    name: str | None = Field(description="As was said; else as the customer is registered.")
    given_at: datetime
    by: PersonRef | None = Field(description="Who entered it; nobody: the customer himself.")
    due_at: datetime | None
    late: bool
    answered_at: datetime | None
    answered_by: PersonRef | None
    how: Told | None
    answer: str | None


class FeedbacksOut(Out):
    """A page of feedback, the newest first."""

    items: list[FeedbackOut]
    next_cursor: str | None


class ToldIn(In):
    """A return visit: who was told, how, what, and what he made of it."""

    whom: Name
    how: Told
    words: Said
    solved: bool | None = None
    rating: Rating | None = None


class VisitOut(Out):
    """A return visit."""

    whom: str
    how: Told
    words: str
    told_at: datetime
    by: PersonRef
    solved: bool | None
    rating: int | None


class VerdictOut(Out):
    """What became of a link; the link itself is shown once, to whoever made it."""

    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    solved: bool | None
    rating: int | None
    words: str | None


class VoicesOut(Out):
    """What was said to the customer of an issue, and by him."""

    visits: list[VisitOut]
    verdicts: list[VerdictOut]
    feedback: list[FeedbackOut]


class LinkOut(Out):
    """A link for the customer: shown once."""

    path: str
    expires_at: datetime
