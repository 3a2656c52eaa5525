"""What people are to know, and that they do (宣贯, 五.3). Written of the site, not of one issue."""

from dataclasses import dataclass

from core.facts.journal.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingPublished(Entry):
    """A meeting, training or notice that people are to acknowledge; a new version asks again."""

    briefing: int
    version: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingAcknowledged(Entry):
    """Somebody says that he knows it."""

    briefing: int
    version: int
