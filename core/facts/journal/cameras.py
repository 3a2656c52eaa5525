"""The rules by which cameras find something: written about the site itself, under no issue."""

from dataclasses import dataclass

from core.facts.journal.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleMuted(Entry):
    """Operators rejected too much of what a camera found by a rule: it opens nothing from now."""

    camera: str
    what: str
    confirmed: int
    rejected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleUnmuted(Entry):
    """Somebody with the right lets a camera find by a rule again, and says why."""

    camera: str
    what: str
    reason: str
