"""Places and devices of a site, as the wiring tells them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NewType

from core.facts.device import DeviceCode, SiteCode, System

PlaceCode = NewType("PlaceCode", str)
#: A polygon in a picture, in shares of its width and height.
Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A spot of the site: a building, an entrance, a pump room. Places form a tree."""

    code: PlaceCode
    name: str
    parent: PlaceCode | None = None
    #: Nothing new happens there; what happened there keeps it.
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A device and where it hangs."""

    code: DeviceCode
    system: System
    name: str
    #: The profile's name: which dialect it speaks.
    profile: str
    #: How the dialect names this device: a topic prefix, a serial, a station's name.
    address: str
    place: PlaceCode
    #: Silence longer than this many seconds is an event; None: the profile's own limit.
    silent_after: float | None = None
    #: What a camera sees; whatever lies below such a place in the tree is seen with it.
    covers: tuple[PlaceCode, ...] = ()
    #: Where in a camera's picture a place lies, as corners in shares of width and height.
    regions: Mapping[PlaceCode, Corners] = field(default_factory=dict)
    #: What feeds it: a riser's supply, a switch. Its trouble explains this device's silence.
    parent: DeviceCode | None = None
    #: After so many days the recorder overwrites what this camera showed; None: nobody said.
    keep_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One property with its own office, clock and people (项目)."""

    code: SiteCode
    name: str
    #: IANA zone: days end and local times are read by it.
    zone: str
    places: Mapping[PlaceCode, Place] = field(default_factory=dict)
    devices: Mapping[DeviceCode, Device] = field(default_factory=dict)
