"""Reports: what the monitoring centre has before it, and what it does with it."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from api.schemas.caller import CallerIn, CallerOut, RelayIn, RelayOut
from api.schemas.category import CategoryOut
from api.schemas.picture import PictureOut
from api.schemas.refs import DeviceRef, PersonRef, PlaceRef
from api.schemas.storm import StormOut
from api.schemas.values import Code, In, Moment, Out, Said, Sentence, Words
from core.facts.catalogue import CategoryCode
from core.facts.device import EventType
from core.facts.issue import Status, Urgency
from core.facts.place import PlaceCode
from core.facts.report import BackWhy, CallState, Cause, Channel, Completion, ReportClass


class Claim(Out):
    """Who has the report in hand, and until when unless he renews."""

    by: PersonRef
    until: datetime
    mine: bool


class ParkedOut(Out):
    """Put aside by its holder; it returns by itself."""

    until: datetime
    by: PersonRef
    reason: str


class BackOut(Out):
    """It returned to the queue by itself."""

    why: BackWhy
    by: PersonRef
    at: datetime


class OfferOut(Out):
    """Its holder asks somebody to take it."""

    to: PersonRef
    by: PersonRef
    until: datetime
    to_me: bool


class CallOut(Out):
    """The conversation at the device."""

    key: str
    state: CallState
    rang_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None


class Method(StrEnum):
    """By what a person made himself known to a door."""

    CARD = "card"
    FACE = "face"
    FINGERPRINT = "fingerprint"
    PASSWORD = "password"  # noqa: S105 - a way to open a door, not a secret
    OTHER = "other"


class Hint(Out):
    """A card or face seen near the call: a hint, never a fact (ruling under 五.1(1))."""

    who: str | None = Field(description="Name, room or number, as the device said it.")
    method: Method
    granted: bool | None
    seconds: int = Field(description="Distance from the call; positive: before it.")
    device: DeviceRef
    at: datetime


class Returned(Out):
    """The desk did not accept it."""

    reason: str
    by: PersonRef
    at: datetime


class AgeLimits(Out):
    """From what age on a row warns, and is past its limit."""

    warn_seconds: float
    limit_seconds: float


class ToldBeforeOut(Out):
    """It is a repeat: its customer has told of the same before (一.2)."""

    of: int = Field(description="The issue of the time before.")
    times: int = Field(description="How often by now; 2 is the first repeat.")
    since: datetime = Field(description="When it was told the first time.")


class ReportOut(Out):
    """One telling of a problem."""

    number: int
    issue: int
    channel: Channel
    cls: ReportClass
    priority: int = Field(description="0 comes first.")
    event_type: EventType | None
    device: DeviceRef | None
    subject: str | None = Field(description="Which part of the device: an extension, a door.")
    place: PlaceRef | None
    told_at: datetime
    received_at: datetime
    times_told: int
    call: CallOut | None
    hints: list[Hint]
    relays: list[RelayOut]
    caller: CallerOut | None
    words: str
    category: CategoryOut | None
    urgency: Urgency
    claim: Claim | None
    parked: ParkedOut | None
    parks: int = Field(description="How often it was parked so far.")
    back: BackOut | None
    offer: OfferOut | None
    returned: Returned | None
    status: Status
    shown_at: datetime | None = Field(description="When an operator's console first showed it.")
    completed: bool
    late: bool
    age_limits: AgeLimits
    issue_sentence: Sentence
    open_here: int = Field(description="Other issues at this place that nobody has handled.")
    pictures: list[PictureOut]
    under: int | None = Field(
        description="The report of the trouble that explains this silence, under which it stands."
    )
    explains: int = Field(description="Reports that stand under this one.")
    told_before: ToldBeforeOut | None


class UnderOut(Out):
    """What stands under the trouble that explains it."""

    items: list[ReportOut]


class ShownIn(In):
    """Reports that stand before an operator's eyes."""

    reports: list[int] = Field(max_length=500)


class ShownOut(Out):
    """How many of them were shown for the first time."""

    first: int


class QueueOut(Out):
    """What stands before the operators: priority first, then the oldest."""

    items: list[ReportOut]
    next_cursor: str | None
    waiting: int = Field(description="Reports that are to be dealt with.")
    forwarded: int = Field(description="Reports that wait for the desk to accept.")
    storms: list[StormOut] = Field(
        description="Storms that go on or are not ticked; what they fold is not among `items`."
    )


class TellingIn(In):
    """A report that a person types."""

    channel: Channel
    told_at: Moment | None = Field(default=None, description="When it was first told; now if not.")
    caller: CallerIn
    relays: list[RelayIn] = Field(default_factory=list, max_length=20)
    place: Code | None = None
    category: Code | None = None
    urgency: Urgency | None = Field(default=None, description="As the category says if not given.")
    words: Words


class CompleteIn(In):
    """Who, where, what: all a report needs before it may go to the desk."""

    caller: CallerIn
    place: Code
    category: Code
    urgency: Urgency | None = None
    words: Words

    def fact(self) -> Completion:
        """Return the same as the core speaks of it."""
        return Completion(
            caller=self.caller.fact(),
            place=PlaceCode(self.place),
            category=CategoryCode(self.category),
            urgency=self.urgency,
            words=self.words,
        )


class ReasonIn(In):
    """Why."""

    reason: Said


class ParkIn(In):
    """For how long, and why."""

    minutes: int = Field(ge=1, le=480)
    reason: Said


class OfferIn(In):
    """Whom the holder asks."""

    to: Code


class OfferAnswerIn(In):
    """Whether one takes what is offered."""

    takes: bool


class HandledIn(In):
    """How the problem was dealt with."""

    how: Said


class DismissIn(In):
    """Why nothing is to be done."""

    cause: Cause
    reason: Words
