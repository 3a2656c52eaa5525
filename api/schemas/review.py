"""Reviews of recordings: was it really handled (五.2(3)②)."""

from datetime import datetime

from pydantic import Field

from api.schemas.picture import ComparisonOut
from api.schemas.refs import DeviceRef, PersonRef
from api.schemas.values import In, Out, Said
from core.facts.review import ReviewState, Verdict, Why


class ReviewOut(Out):
    """One claim that is checked, and what was seen."""

    id: int
    issue: int
    why: Why
    handled_at: datetime
    handlers: list[PersonRef] = Field(description="Whose verdict does not count.")
    may_decide: bool = Field(description="I am none of them.")
    asked_at: datetime
    due_at: datetime
    overwritten_at: datetime = Field(description="When the first recorder overwrites.")
    late: bool
    state: ReviewState
    camera: DeviceRef | None = Field(description="Whose pictures are compared.")
    comparison: ComparisonOut | None
    verdict: Verdict | None
    reason: str | None
    decided_by: PersonRef | None
    decided_at: datetime | None
    agreed: bool | None = Field(description="Whether the machine had come to the same.")


class VerdictIn(In):
    """What the recordings show, and why one thinks so."""

    verdict: Verdict
    reason: Said
