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


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterChanged(Entry):
    """Posts, shifts or duties were written; what stands there now is known by its hash."""

    #: ``post``, ``shift``, ``duties``, or of these only a ``cell``.
    what: str
    sha256: str
    #: The text that was hashed, where it is not too long.
    said: str | None = None
    first_on: str | None = None
    last_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceEntered(Entry):
    """Somebody is away, and who answers for him."""

    absence: int
    person: str
    begins_at: str
    ends_at: str
    deputy: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceCancelled(Entry):
    """He is back sooner, or it was a mistake."""

    absence: int
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandInEntered(Entry):
    """Somebody stands at another's post for a short while."""

    post: str
    person: str
    instead_of: str
    ends_at: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged(Entry):
    """Somebody was entered, or is something else from now on; each side is JSON text."""

    person: str
    #: None: nobody of this code was known.
    before: str | None = None
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogInRenewed(Entry):
    """Somebody was given a log-in with another password, which nobody wrote down."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChanged(Entry):
    """A unit was entered, renamed or retired; each side is JSON text."""

    unit: str
    before: str | None = None
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChanged(Entry):
    """A place was entered, renamed, moved in the tree or retired; each side is JSON text."""

    place: str
    before: str | None = None
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChanged(Entry):
    """A floor plan was drawn, its devices were hung, or it was taken down; JSON text."""

    plan: str
    before: str | None = None
    #: None: it was taken down.
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported(Entry):
    """A table was read in whole; each row that changed something has its own entry as well."""

    #: ``people``, ``units``, ``places``, ``customers``; and of the roster its kinds.
    of: str
    rows: int
    #: Rows that changed something.
    changed: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTaken(Entry):
    """Somebody took a table with people's telephones home."""

    #: ``customers``.
    of: str
    rows: int
