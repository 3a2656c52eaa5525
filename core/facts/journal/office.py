"""What an office changes in its own rules: written about the site itself, under no issue."""

from dataclasses import dataclass

from core.facts.journal.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyChanged(Entry):
    """Another version of the policy is in force."""

    version: int
    sha256: str
    reason: str
    #: Open issues whose next step moved by it.
    moved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChanged(Entry):
    """Another version of the calendar is in force."""

    version: int
    sha256: str
    reason: str
    moved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueChanged(Entry):
    """Another version of the catalogue is in force."""

    version: int
    sha256: str
    reason: str
