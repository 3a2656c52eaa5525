"""The site's people, places and devices, as lists."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from api.schemas.category import CategoryOut
from api.schemas.refs import PlaceRef, UnitRef
from api.schemas.values import Out
from core.facts.device import System
from core.facts.people import Role


class PersonOut(Out):
    """A member of staff."""

    code: str
    name: str
    unit: UnitRef
    roles: list[Role]
    phone: str | None
    active: bool


class DeviceState(StrEnum):
    """Whether a device gives signs of life."""

    HEARD = "heard"
    SILENT = "silent"
    NEVER = "never"


class DeviceOut(Out):
    """A device and how it is."""

    code: str
    name: str
    system: System
    profile: str
    place: PlaceRef | None
    state: DeviceState
    last_heard_at: datetime | None
    on_test_until: datetime | None = Field(description="What it says meanwhile sounds nothing.")


class PlacesOut(Out):
    """All places of the site, by code."""

    items: list[PlaceRef]


class PeopleOut(Out):
    """All people of the site, by code."""

    items: list[PersonOut]


class UnitsOut(Out):
    """The office and the subcontractors, by code."""

    items: list[UnitRef]


class CategoriesOut(Out):
    """The catalogue, in its own order."""

    items: list[CategoryOut]


class DevicesOut(Out):
    """All devices of the site, by code."""

    items: list[DeviceOut]
