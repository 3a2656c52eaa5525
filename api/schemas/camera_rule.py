"""The rules by which cameras find, and how they fare."""

from datetime import datetime

from pydantic import Field

from api.schemas.refs import DeviceRef
from api.schemas.values import Code, In, Out, Said
from core.facts.device import EventType


class CameraRuleOut(Out):
    """What one camera looks for, and how it fared in the last 30 days."""

    camera: DeviceRef
    what: EventType
    confirmed: int = Field(description="Passed on to the desk, or handled on the spot.")
    rejected: int = Field(description="Dismissed: a false alarm, or nothing was found.")
    precision: float | None = Field(description="The share confirmed; None: nothing was judged.")
    muted_at: datetime | None = Field(description="Since when it opens nothing; None: it does.")
    experimental: bool


class CameraRulesOut(Out):
    """The rules that were judged lately or are muted, by camera."""

    items: list[CameraRuleOut]


class UnmuteIn(In):
    """Which rule of which camera may find again, and why."""

    camera: Code
    what: EventType
    reason: Said
