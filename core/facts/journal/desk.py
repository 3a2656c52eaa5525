"""What happens at the service desk."""

from dataclasses import dataclass

from core.facts.journal.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Entry):
    """The desk has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack(Entry):
    """The desk returned it to the centre."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(Entry):
    """Somebody was sent, and a time was promised."""

    to: str
    promised_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reclassified(Entry):
    """Another category, or another urgency: the ladder climbs by it from the day of report."""

    category: str
    category_before: str | None
    urgency: str
    urgency_before: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled(Entry):
    """The problem was dealt with, as somebody says."""

    how: str
    on_the_spot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Entry):
    """The issue ended; the outcome is not the status."""

    outcome: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Entry):
    """It was not solved; the old clock goes on."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Entry):
    """A remark that moves nothing."""

    words: str
