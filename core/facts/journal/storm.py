"""Storms, and what stands under another trouble."""

from dataclasses import dataclass

from core.facts.journal.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class StormBegan(Entry):
    """More events came than eyes can follow: all but life safety and calls is folded."""

    storm: int
    since_at: str
    #: How many the minute brought, and how many are allowed.
    events: int
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StormEnded(Entry):
    """It has been calm for long enough; what is folded stays so until it is ticked."""

    storm: int
    since_at: str
    events: int
    devices: int
    #: Events that stood under the storm's row, and those that stood elsewhere.
    folded: int
    single: int
    peak: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StormTicked(Entry):
    """An operator called the roll: of some devices, or of all with a reason."""

    storm: int
    events: int
    reports: int
    then: str
    #: The devices; left out: all.
    devices: tuple[str, ...] | None = None
    cause: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCalled(Entry):
    """A report of a storm was ticked: it stands in the queue by itself."""

    report: int
    storm: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PutUnder(Entry):
    """The trouble of what feeds the device explains its silence; it stands under that."""

    report: int
    #: The report of the trouble, and the device it speaks of.
    cause: int
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandsAlone(Entry):
    """The trouble above is over and the device is still silent: it stands by itself again."""

    report: int
    cause: int
