"""Storms: one row for many events, and the roll-call of each of them (D4)."""

from datetime import datetime

from pydantic import Field

from api.schemas.refs import DeviceRef, PersonRef, PlaceRef
from api.schemas.values import Code, In, Out, Words
from core.facts.device import DeviceCode, EventType
from core.facts.report import Cause
from core.facts.storm import Then
from core.monitoring.roll_call import Ticking


class KindCount(Out):
    """How often one kind of event came."""

    event_type: EventType
    events: int


class BuildingCount(Out):
    """How many events came from below one place under the root of the site."""

    name: str | None = Field(description="None: from devices that hang nowhere.")
    events: int


class StormOut(Out):
    """A storm as one row: everything but life safety and people's calls is folded under it."""

    number: int
    since: datetime
    began_at: datetime
    ended_at: datetime | None = Field(description="None: it goes on.")
    peak: int = Field(description="The most that a minute brought.")
    events: int
    ticked: int = Field(description="Events that somebody has ticked in the roll-call.")
    devices: int
    folded: int = Field(description="Reports that stand under this row now.")
    kinds: list[KindCount]
    buildings: list[BuildingCount]


class StormsOut(Out):
    """Storms, the newest first."""

    items: list[StormOut]
    next_cursor: str | None


class StormDevice(Out):
    """What one device said in a storm."""

    device: DeviceRef
    place: PlaceRef | None
    kinds: list[KindCount]
    events: int
    folded: int
    ticked: int


class StormDevicesOut(Out):
    """The devices of a storm: those with something left to tick first."""

    storm: StormOut
    items: list[StormDevice]


class RolledOut(Out):
    """One event of a storm."""

    number: int
    device: DeviceRef
    place: PlaceRef | None
    event_type: EventType
    occurred_at: datetime
    received_at: datetime
    report: int | None = Field(description="None: the event changed nothing.")
    issue: int | None
    folded: bool
    shown_to: PersonRef | None = Field(description="Before whose eyes its report first stood.")
    claimed_by: PersonRef | None = Field(description="Who took it in hand last.")
    ticked_at: datetime | None
    ticked_by: PersonRef | None


class RollOut(Out):
    """The roll-call, in the order in which the events came."""

    items: list[RolledOut]
    next_cursor: str | None


class TickIn(In):
    """What is ticked, and what becomes of it."""

    then: Then
    devices: list[Code] | None = Field(
        default=None, min_length=1, max_length=1_000, description="None: all, with a reason."
    )
    cause: Cause | None = Field(default=None, description="To dismiss: why nothing is to be done.")
    reason: Words = ""

    def fact(self) -> Ticking:
        """Return the same as the core speaks of it."""
        return Ticking(
            then=self.then,
            devices=frozenset(map(DeviceCode, self.devices)) if self.devices is not None else None,
            cause=self.cause,
            reason=self.reason,
        )
