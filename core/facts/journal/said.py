"""What pure parts need of an entry of the journal, wherever it was read from."""

from datetime import datetime
from typing import Protocol

from core.facts.issue import IssueNumber
from core.facts.people import PersonCode


class Said(Protocol):
    """An entry as it stands in the journal."""

    @property
    def seq(self) -> int:
        """Its number."""

    @property
    def issue(self) -> IssueNumber:
        """The issue it is about; 0: the site."""

    @property
    def kind(self) -> str:
        """What it tells."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def by(self) -> PersonCode | None:
        """Who did it."""

    @property
    def body(self) -> str:
        """What was said, as JSON."""
