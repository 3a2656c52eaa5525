"""What was promised to customers, and whether it was kept."""

from dataclasses import dataclass

from core.facts.journal.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMade(Entry):
    """A customer was told what would be, and until when."""

    promise: int
    whom: str
    #: Empty: that somebody would come.
    words: str
    due_at: str
    customer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseKept(Entry):
    """Its customer was called back; who was told, how and when."""

    promise: int
    #: Who had promised.
    person: str
    whom: str
    how: str
    told_at: str
    #: It was broken before.
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseBroken(Entry):
    """It fell due and nobody had called back; that stays so."""

    promise: int
    person: str
    #: The site day on which it fell due.
    on: str
    due_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMoved(Entry):
    """It was moved to another time before it fell due."""

    promise: int
    person: str
    due_before: str
    due_at: str
    reason: str
    #: The customer was told; if not, the time before counts.
    customer_told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseWithdrawn(Entry):
    """It was withdrawn before it fell due."""

    promise: int
    person: str
    due_before: str
    reason: str
    #: The customer was told; if not, he waits for it as before.
    customer_told: bool
