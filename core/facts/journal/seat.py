"""What happens at the centre besides the reports: devices on test, notes, the seat itself."""

from dataclasses import dataclass

from core.facts.journal.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTestBegun(Entry):
    """Devices were put on test: what they say meanwhile sounds nothing."""

    on_test: int
    devices: tuple[str, ...]
    reason: str
    until_at: str
    device: str | None = None
    place: str | None = None
    life_safety: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTestEnded(Entry):
    """The test is over, by hand or by time."""

    on_test: int
    #: What the devices said meanwhile.
    events: int
    #: What was raised meanwhile and still stands, and becomes a report now.
    standing: int
    by_time: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftNoted(Entry):
    """Somebody wrote down what the next shift shall know."""

    note: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Entry):
    """Both signed the sheet; it is known by its hash."""

    handover: int
    outgoing: str
    incoming: str
    sha256: str
    #: The numbers of the reports that passed over.
    passed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatDeserted(Entry):
    """No console of the centre had a sign of presence for too long; they all ask."""

    since_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatTaken(Entry):
    """Somebody is there again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatCalled(Entry):
    """Somebody else was called, because a call might reach nobody."""

    trouble: str
    people: tuple[str, ...]
    workstation: str | None = None
    #: The numbers of their summons, in the order of the people.
    summons: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundMuted(Entry):
    """Somebody muted his console for a moment."""

    workstation: str
    seconds: int
