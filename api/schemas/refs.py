"""How a person, a place or a device is named wherever it is mentioned."""

from pydantic import Field

from api.schemas.values import Out
from core.facts.people import UnitKind


class UnitRef(Out):
    """The office, or a subcontractor."""

    code: str
    name: str
    kind: UnitKind


class PersonRef(Out):
    """A member of staff, and whom he works for."""

    code: str
    name: str
    unit: UnitRef


class PlaceRef(Out):
    """A spot of the site."""

    code: str
    name: str
    path: list[str] = Field(description="Names from the root of the site to this place.")


class DeviceRef(Out):
    """A device as the wiring names it; one that is not wired bears its code as name."""

    code: str
    name: str
