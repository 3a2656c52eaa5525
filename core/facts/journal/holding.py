"""Who has a report at the centre, when it leaves his hands otherwise than by an act on it."""

from dataclasses import dataclass

from core.facts.journal.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked(Entry):
    """Its holder put the report aside until a moment."""

    report: int
    until_at: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkOver(Entry):
    """The moment came: the report returned to the queue by itself."""

    report: int
    #: Who had parked it.
    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimAbandoned(Entry):
    """The holder gave no sign of presence, or logged off: it returned to the queue by itself."""

    report: int
    holder: str
    logged_off: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferOffered(Entry):
    """The holder asked somebody to take it."""

    report: int
    person: str
    until_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferTaken(Entry):
    """Who was asked agreed, and holds it from now on."""

    report: int
    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferDeclined(Entry):
    """Who was asked did not agree; it stays with its holder."""

    report: int
    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferLapsed(Entry):
    """Who was asked did not answer in time; it stays with its holder."""

    report: int
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPassed(Entry):
    """At the change of shift it went over to the reliever."""

    report: int
    holder: str
    person: str
