"""What happens at the monitoring centre."""

from dataclasses import dataclass

from core.facts.journal.entry import Entry


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
    #: The customer, once somebody has said which he is.
    customer: str | None = None
    #: Each hop as ``name → name, at``, in order.
    relays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockDoubted(Entry):
    """The finder's telephone named a time that cannot be; the time of receipt counts."""

    report: int
    said_at: str


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
    customer: str | None = None


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
