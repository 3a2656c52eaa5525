"""The month is closed, and who answers for the five panels (五.2(3)); written under issue 0."""

from dataclasses import dataclass

from core.facts.journal.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthClosed(Entry):
    """A month's statistics are frozen; whatever comes later is a correction."""

    month: str
    #: Of the canonical bytes that were frozen.
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelAssigned(Entry):
    """Somebody answers for one of the five panels from now on."""

    panel: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelReviewed(Entry):
    """The owner of a panel has gone through it, and what he says of it."""

    panel: str
    words: str
