"""A trouble that explains the silence of what hangs below it (D5)."""

from dataclasses import dataclass
from datetime import datetime

from core.facts.issue import IssueNumber
from core.facts.report import ReportNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A report under which others stand, until it is over and some of them are not."""

    report: ReportNumber
    issue: IssueNumber
    #: It is over: what is still silent at this moment stands by itself again.
    back_at: datetime | None = None
