"""Devices on test, as they are asked for and answered."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from api.schemas.refs import DeviceRef, PersonRef, PlaceRef
from api.schemas.values import Code, In, Out, Words


class OnTestIn(In):
    """Which device, or the devices of which place, for how long and why."""

    device: Code | None = None
    place: Code | None = None
    minutes: Annotated[int, Field(ge=1, le=100_000, description="At most 480: eight hours.")]
    reason: Words


class HeardOut(Out):
    """Something a device said while it was on test."""

    device: DeviceRef
    type: str
    occurred_at: datetime


class OnTestOut(Out):
    """A test."""

    number: int
    device: DeviceRef | None
    place: PlaceRef | None
    devices: list[DeviceRef]
    life_safety: bool = Field(description="One of them tells of life and death.")
    reason: str
    begun_by: PersonRef
    begun_at: datetime
    until: datetime
    ended_at: datetime | None
    events: int = Field(description="How much the devices have said meanwhile.")
    heard: list[HeardOut] = Field(description="The latest of it, newest first.")


class OnTestsOut(Out):
    """The tests that go on, in the order in which they end."""

    items: list[OnTestOut]
