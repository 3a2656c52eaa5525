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
