"""Wall displays."""

from dataclasses import dataclass

from core.facts.journal.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class WallGranted(Entry):
    """A display was given a link that shows counts and nothing else."""

    wall: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WallRevoked(Entry):
    """A display's link no longer works."""

    wall: int
    name: str
