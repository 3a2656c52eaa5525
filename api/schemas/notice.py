"""Notices: who was told that he has to step in."""

from datetime import datetime

from api.schemas.refs import PersonRef
from api.schemas.values import Out, Sentence


class NoticeOut(Out):
    """One call to step in, to one person."""

    id: int
    issue: int
    step: str
    to: PersonRef
    reason: Sentence
    at: datetime
    acknowledged_at: datetime | None


class NoticesOut(Out):
    """My notices, newest first."""

    items: list[NoticeOut]
    next_cursor: str | None
