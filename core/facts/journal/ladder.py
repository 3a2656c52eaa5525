"""What the ladders set off."""

from dataclasses import dataclass

from core.facts.journal.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated(Entry):
    """A step of the ladder fell due; these people were called in (五.1(3))."""

    step: str
    to: tuple[str, ...]
    people: tuple[str, ...]
    due_at: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyCalledIn(Entry):
    """Somebody was called in for another who is away; both are named (E11)."""

    step: str
    deputy: str
    absent: str
    #: Why he is away and until when; None: his post is taken for a short while.
    reason: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalatedByHand(Entry):
    """Somebody who holds the issue called others in by himself; the policy's clock goes on (E9)."""

    step: str
    to: tuple[str, ...]
    people: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeAcknowledged(Entry):
    """Whoever was called in says that he has read it."""

    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseAsked(Entry):
    """Somebody asks that the ladder stand still for a while, and why (E6)."""

    pause: int
    until: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseGranted(Entry):
    """Somebody other than the asker granted it; it ends then by itself."""

    pause: int
    asked_by: str
    until: str
    #: The policy's limit, or who granted it, made it shorter than was asked.
    shortened: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRefused(Entry):
    """It was not granted, and why."""

    pause: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseEnded(Entry):
    """The ladder goes on; for so long it stood still."""

    pause: int
    seconds: float
    #: Why it ended before its time.
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack(Entry):
    """Accepted or assigned and then untouched: it counts as unhandled since its report (E4)."""

    status: str
    untouched_since: str
    reported_at: str
