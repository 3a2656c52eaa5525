"""What can be written into the journal (流水): past participles, one class each, never changed.

Fields are plain JSON values, so that what was hashed can be read again in ten years.
"""

import re
from dataclasses import dataclass, fields

from core.facts.device import Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that happened; who and when stand beside it in the journal."""

    @property
    def kind(self) -> str:
        """Return the entry's name on the wire and in the table: ``sent_back``."""
        return _kind(type(self))

    def body(self) -> dict[str, Plain | list[str]]:
        """Return what is to be kept, without what was not said."""
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values
            if value is not None
        }


_kind_of: dict[type[Entry], str] = {}


def _kind(entry: type[Entry]) -> str:
    known = _kind_of.get(entry)
    if known is None:
        known = _kind_of[entry] = re.sub(r"(?<!^)(?=[A-Z])", "_", entry.__name__).lower()
    return known


# --- at the monitoring centre -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Entry):
    """A device's event opened a report."""

    report: int
    channel: str
    urgency: str
    event: str
    device: str
    told_at: str
    subject: str | None = None
    place: str | None = None
    late: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Entry):
    """A person told of a problem and another typed it."""

    report: int
    channel: str
    urgency: str
    told_at: str
    words: str
    caller: str
    caller_person: str | None = None
    caller_name: str | None = None
    caller_phone: str | None = None
    caller_place: str | None = None
    place: str | None = None
    category: str | None = None
    #: Each hop as ``name → name, at``, in order.
    relays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallMoved(Entry):
    """The call was answered, missed or ended at the device."""

    report: int
    state: str
    #: Nobody said so: it had rung for longer than a call can be answered.
    by_time: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared(Entry):
    """The device took back what it had reported."""

    report: int
    event: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown(Entry):
    """An operator's console showed it for the first time."""

    report: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed(Entry):
    """An operator took the report in hand."""

    report: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Released(Entry):
    """The operator let go of it."""

    report: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver(Entry):
    """Somebody with the right took it from its holder."""

    report: int
    reason: str
    holder: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed(Entry):
    """Who, where, what and how urgent were filled in."""

    report: int
    caller: str
    place: str
    category: str
    urgency: str
    words: str
    caller_person: str | None = None
    caller_name: str | None = None
    caller_phone: str | None = None
    caller_place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstReporterNamed(Entry):
    """The owner of the issue is fixed (首问责任人)."""

    person: str
    to_be_identified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstReporterCorrected(Entry):
    """The name was wrong; both names and the reason stay (五.2(3)①)."""

    before: str
    after: str
    reason: str
    caller_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forwarded(Entry):
    """The centre passed it to the service desk."""

    report: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissed(Entry):
    """Nothing is to be done, and why."""

    report: int
    cause: str
    reason: str


# --- at the service desk ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Entry):
    """The desk has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack(Entry):
    """The desk returned it to the centre."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(Entry):
    """Somebody was sent, and a time was promised."""

    to: str
    promised_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled(Entry):
    """The problem was dealt with, as somebody says."""

    how: str
    on_the_spot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Entry):
    """The issue ended; the outcome is not the status."""

    outcome: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Entry):
    """It was not solved; the old clock goes on."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Entry):
    """A remark that moves nothing."""

    words: str


# --- by time alone ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated(Entry):
    """A step of the ladder fell due; these people were called in (五.1(3))."""

    step: str
    to: tuple[str, ...]
    people: tuple[str, ...]
    due_at: str
    rule: str


# --- pictures and recordings --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureAttached(Entry):
    """A camera's picture belongs to the issue from now on; it is known by its hash."""

    sha256: str
    label: str
    camera: str
    taken_at: str
    media_type: str
    bytes: int
    #: Privacy masks were burnt in before it was stored.
    masked: bool
    report: int | None = None
    #: Seconds from the moment that was asked for; positive: later.
    offset: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureMissing(Entry):
    """A picture that was asked for does not exist, and why."""

    label: str
    camera: str
    reason: str
    report: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureDeleted(Entry):
    """A picture was deleted; its hash and the reason stay."""

    sha256: str
    label: str
    camera: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureViewed(Entry):
    """Somebody looked at a picture, and what for."""

    sha256: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturesExported(Entry):
    """Pictures left the product in a package, and what for."""

    purpose: str
    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared(Entry):
    """The machine compared two pictures: an aid, never the verdict."""

    #: Both by their hashes.
    picture_before: str
    picture_after: str
    camera: str
    verdict: str
    band: str
    machine: str
    score: float | None = None
    confidence: float | None = None
    reasons: str | None = None
    #: The hash of the picture that shows what changed.
    evidence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAsked(Entry):
    """Somebody is to look at the recordings: was it really handled (五.2(3)②)."""

    why: str
    due_at: str
    overwritten_at: str
    handlers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed(Entry):
    """Somebody other than the handler has looked, and says so."""

    verdict: str
    reason: str
    #: What the machine had made of it, and whether both agree; None: it could not tell.
    by_machine: str | None = None
    agreed: bool | None = None
