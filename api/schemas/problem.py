"""What the API answers when it does not do what was asked."""

from api.schemas.issue import IssueOut
from api.schemas.report import ReportOut
from api.schemas.values import Out


class Problem(Out):
    """A refusal: ``error`` is for machines and never changes, ``detail`` is for people."""

    error: str
    detail: str
    #: After a lost race (409): how things stand now.
    present: ReportOut | IssueOut | None
