"""What was done by the playbook, and what a supervisor let go without (五.1(2))."""

from dataclasses import dataclass

from core.facts.journal.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDone(Entry):
    """A step of the category's playbook was done; the last answer counts."""

    step: str
    category: str
    answer: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsWaived(Entry):
    """A supervisor lets the issue end without these required steps."""

    reason: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturesWaived(Entry):
    """A supervisor lets the issue be closed without these required pictures."""

    reason: str
    labels: tuple[str, ...]
