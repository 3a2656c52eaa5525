"""Who near the place was alerted, and who was sent a copy (五.1(1), 五.1(2))."""

from dataclasses import dataclass

from core.facts.journal.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerted(Entry):
    """Somebody on duty near the place was asked to go there."""

    person: str
    #: As what he was asked: a guard, a squad leader.
    post: str
    due_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertAnswered(Entry):
    """He says whether he comes."""

    person: str
    coming: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertUnanswered(Entry):
    """He did not answer in time; the next is asked."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertExhausted(Entry):
    """Everybody was asked, and nobody comes: the operator has to find somebody himself."""

    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopySent(Entry):
    """The unit's on-site supervisor was sent a copy of his employee's report."""

    to: str
    unit: str
    due_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyUndeliverable(Entry):
    """The unit has nobody who could be sent a copy."""

    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRead(Entry):
    """The copy was shown to him."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyAcknowledged(Entry):
    """He says that he knows."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyOverdue(Entry):
    """He has not acknowledged it in time."""

    to: str
