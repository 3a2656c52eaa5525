"""Whom no message reached."""

from dataclasses import dataclass

from core.facts.journal.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFailed(Entry):
    """Somebody was called and his telephone could be reached by none of his ways (J3)."""

    message: int
    to: str
    #: The way that was tried last.
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSentAgain(Entry):
    """Somebody let a message that had failed begin anew."""

    message: int
    to: str
