"""Reward and punishment (五.2): what is proposed, decided, objected to, and what then counts.

Proposals stand under issue 0: one may rest on many issues. A loss stands where it happened.
"""

from dataclasses import dataclass

from core.facts.journal.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class LossRecorded(Entry):
    """Somebody saved the site a loss, or caused one."""

    #: ``saved`` or ``caused``.
    sort: str
    #: In cents of the site's money.
    amount: int
    words: str
    person: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed(Entry):
    """A rule, or a supervisor, proposes; nothing counts yet."""

    proposal: int
    rule: str
    points: int
    consequence: str
    #: Each as ``issue:seq``: an entry of the journal.
    evidence: tuple[str, ...]
    #: Of the rules it was proposed by; None: by hand.
    version: int | None = None
    person: str | None = None
    unit: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(Entry):
    """The director approved, changed or refused."""

    proposal: int
    decision: str
    points: int
    consequence: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Objected(Entry):
    """Whom it concerns does not agree; no month closes before he is answered."""

    proposal: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionAnswered(Entry):
    """The director answered; a decision that was there may be changed by what follows."""

    proposal: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered(Entry):
    """A line was added to the ledger; a correction is one more line."""

    line: int
    proposal: int
    points: int
    consequence: str
    person: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ManipulationFlagged(Entry):
    """What somebody did looks as if it was done for the points; people judge, never the machine."""

    sort: str
    issues: tuple[str, ...]
    person: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeritRulesChanged(Entry):
    """Other rules propose from now on; what was proposed before stays."""

    version: int
    sha256: str
    reason: str
