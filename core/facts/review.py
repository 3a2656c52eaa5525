"""Reviews: was it really handled, as somebody else sees it on the recordings (五.2(3)②)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.facts.device import DeviceCode, SiteCode
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode


class Verdict(StrEnum):
    """What the recordings show."""

    HANDLED = "handled"  # 已处理
    NOT_HANDLED = "not_handled"  # 未处理
    CANNOT_TELL = "cannot_tell"  # 看不出


class ReviewState(StrEnum):
    """Where a review stands."""

    OPEN = "open"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"  # the claim it checks does not stand any more


class Why(StrEnum):
    """Why a claim is checked."""

    RULE = "rule"  # 按规则
    SAMPLE = "sample"  # 抽查


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One claim "handled" that is checked against recordings."""

    site: SiteCode
    id: int
    issue: IssueNumber
    why: Why
    handled_at: datetime
    #: Who said or did it: their verdict does not count.
    handlers: tuple[PersonCode, ...]
    asked_at: datetime
    due_at: datetime
    #: When the first recorder overwrites what it kept of the handling.
    overwritten_at: datetime
    state: ReviewState
    #: The comparison that was asked for, once both pictures were there.
    comparison: int | None
    camera: DeviceCode | None
    verdict: Verdict | None
    reason: str | None
    decided_by: PersonCode | None
    decided_at: datetime | None
    #: Whether the machine had come to the same; None: one of the two could not tell.
    agreed: bool | None
