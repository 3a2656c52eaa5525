"""The daily check: one card a day for each open issue (每日跟踪, 五.1(3)①④)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode


class FollowUpWord(StrEnum):
    """How whoever answers for an issue says that it stands."""

    STILL_OPEN = "still_open"  # 仍未解决
    SOLVED = "solved"  # 已解决: the desk is asked to close it
    CANNOT_SEE = "cannot_see"  # 看不到现场


class CardState(StrEnum):
    """What became of a card."""

    ASKED = "asked"  # 待跟踪
    STILL_OPEN = "still_open"
    SOLVED = "solved"
    CANNOT_SEE = "cannot_see"
    MISSED = "missed"  # 漏跟踪: the day ended without a word; it stays so
    DROPPED = "dropped"  # 已处理: the issue ended before the day did


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One open issue on one day, and who says how it stands."""

    site: SiteCode
    issue: IssueNumber
    on: date
    of: PersonCode
    #: None: he said it before he was asked, or the product was not there to ask.
    asked_at: datetime | None
    ends_at: datetime
    state: CardState
    answered_at: datetime | None
    words: str | None
    #: How often the issue had been re-opened by then.
    reopened: int

    @property
    def never_asked(self) -> bool:
        """The day was missed, but the product was not there to ask."""
        return self.state is CardState.MISSED and self.asked_at is None
