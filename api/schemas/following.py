"""Cards of the daily check, alerts and copies."""

from datetime import date, datetime

from pydantic import Field

from api.schemas.category import CategoryOut
from api.schemas.refs import PersonRef, PlaceRef, UnitRef
from api.schemas.values import In, Number, Out, Sentence, Words
from core.facts.alert import AlertState
from core.facts.followup import CardState, FollowUpWord
from core.facts.issue import Status, Urgency
from core.facts.people import Role


class IssueBrief(Out):
    """What somebody needs to know of an issue that he is asked about."""

    number: int
    status: Status
    urgency: Urgency
    category: CategoryOut | None
    place: PlaceRef | None
    words: str
    reported_at: datetime
    first_reporter: PersonRef | None


class CardOut(Out):
    """One open issue on one day (五.1(3)①)."""

    issue: IssueBrief
    on: date
    of: PersonRef
    asked_at: datetime | None
    ends_at: datetime
    state: CardState
    never_asked: bool = Field(description="Missed, but the product was not there to ask.")
    answered_at: datetime | None
    words: str | None


class MyFollowUpsOut(Out):
    """What I am asked today, what I missed, and what I dealt with on the spot."""

    cards: list[CardOut]
    missed: list[CardOut] = Field(description="The last ones; they stay.")
    missed_days: int = Field(description="All of them.")
    on_the_spot: int = Field(description="Found by me this month and handled on the spot.")


class CardsOut(Out):
    """Cards of many people."""

    items: list[CardOut]
    next_cursor: str | None


class FollowUpIn(In):
    """How an issue stands, as whoever answers for it says."""

    word: FollowUpWord
    words: Words = ""


class AlertOut(Out):
    """Somebody is asked to go there."""

    id: int
    issue: IssueBrief
    person: PersonRef
    post: Role
    asked_at: datetime
    due_at: datetime
    state: AlertState
    answered_at: datetime | None
    first_actions: Sentence | None = Field(description="What he does first.")


class AlertsOut(Out):
    """My alerts, the last first."""

    items: list[AlertOut]
    next_cursor: str | None


class AlertAnswerIn(In):
    """Whether I come."""

    coming: bool


class CopyOut(Out):
    """A report by an employee of a unit, for its on-site supervisor (五.1(1))."""

    issue: IssueBrief
    person: PersonRef
    unit: UnitRef
    sent_at: datetime
    due_at: datetime
    read_at: datetime | None
    acknowledged_at: datetime | None
    overdue_at: datetime | None


class CopiesOut(Out):
    """Copies."""

    items: list[CopyOut]
    next_cursor: str | None


class CopiesReadIn(In):
    """Copies that stand before my eyes."""

    issues: list[Number] = Field(max_length=500)


class CopiesReadOut(Out):
    """How many of them were shown for the first time."""

    first: int


class FollowingOut(Out):
    """Everything that was asked and told because of one issue."""

    cards: list[CardOut]
    alerts: list[AlertOut]
    copies: list[CopyOut]
