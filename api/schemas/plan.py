"""Floor plans as they are asked for and answered."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from api.schemas.directory import DeviceState
from api.schemas.refs import PlaceRef
from api.schemas.values import Code, In, Name, Out
from core.facts.device import System

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class SpotIn(In):
    """A device and where on the drawing it hangs, in shares of width and height."""

    device: Code
    x: Share
    y: Share


class PlanIn(In):
    """A plan's name, and all devices that hang on it."""

    name: Name
    spots: list[SpotIn] = Field(max_length=2_000)


class CallOut(Out):
    """A report from a device that stands before the operators."""

    report: int
    issue: int
    life_safety: bool


class SpotOut(Out):
    """A device on the drawing, and how it is."""

    device: str
    name: str
    system: System
    place: PlaceRef | None
    x: float
    y: float
    state: DeviceState
    silent_since: datetime | None
    on_test_until: datetime | None = Field(description="What it says meanwhile sounds nothing.")
    calls: list[CallOut] = Field(description="Its reports that stand in the queue, oldest first.")


class BlindOut(Out):
    """A spot of the site of which nobody would hear or see: why, and since when."""

    place: PlaceRef
    device: str
    name: str
    since: datetime | None


class PlanOut(Out):
    """A plan with its devices."""

    code: str
    name: str
    sha256: str
    media_type: str
    width: int
    height: int
    spots: list[SpotOut]


class PlansOut(Out):
    """All plans of the site, and where the site is blind."""

    items: list[PlanOut]
    blind: list[BlindOut] = Field(
        description="Places whose device is silent, or whose every camera is."
    )
