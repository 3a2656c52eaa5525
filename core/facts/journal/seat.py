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
