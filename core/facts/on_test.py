"""Devices on test (测试中): what they say meanwhile is kept in the log and sounds nothing (A11)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.facts.device import DeviceCode, SiteCode
from core.facts.people import PersonCode
from core.facts.place import PlaceCode

#: Nothing is on test for longer than a shift.
MOST_ON_TEST = timedelta(hours=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTest:
    """One test: of a device, or of all devices that hang at a place."""

    id: int
    site: SiteCode
    #: Exactly one of both is said.
    device: DeviceCode | None
    place: PlaceCode | None
    #: Which devices that was when it began, by code.
    devices: tuple[DeviceCode, ...]
    #: One of them tells of life and death: consoles say so loudly.
    life_safety: bool
    reason: str
    begun_by: PersonCode
    begun_at: datetime
    #: When it ends by itself.
    until: datetime
    #: None: it goes on.
    ended_at: datetime | None
    #: None: it goes on, or time ended it.
    ended_by: PersonCode | None
