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
