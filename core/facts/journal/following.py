"""The daily check of open issues (五.1(3)①④)."""

from dataclasses import dataclass

from core.facts.journal.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpAsked(Entry):
    """Who answers for the issue was asked what became of it that day."""

    of: str
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedUp(Entry):
    """He has looked, and says how it stands; that clears the day."""

    of: str
    on: str
    state: str
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpMissed(Entry):
    """The day ended without his word; it stays missed."""

    of: str
    on: str
    #: False: the product was not there to ask him.
    asked: bool = True
