"""People, units and places as an administrator sees and changes them."""

from typing import Annotated

from pydantic import Field, StringConstraints

from api.schemas.values import In, Name, Out, Phone
from core.facts.people import Role, UnitKind

#: A code as the site file has it: short, and safe in an address and a file's name.
OwnCode = Annotated[
    str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.-]{1,64}$")
]


class PersonIn(In):
    """What a person is to be."""

    name: Name
    unit: OwnCode
    roles: Annotated[list[Role], Field(min_length=1, max_length=len(Role))]
    phone: Phone | None = None
    active: bool = True


class UnitIn(In):
    """What a unit is to be."""

    name: Name
    kind: UnitKind
    retired: bool = False


class PlaceIn(In):
    """What a place is to be, and below which other it lies."""

    name: Name
    parent: OwnCode | None = None
    retired: bool = False


class StaffOut(Out):
    """A member of staff in full."""

    code: str
    name: str
    unit: str
    roles: list[Role]
    phone: str | None
    active: bool
    login: str | None = Field(description="The name by which he logs in; null: he cannot.")
    edited: bool = Field(description="Changed here: the site file no longer writes it.")


class UnitFullOut(Out):
    """A unit in full."""

    code: str
    name: str
    kind: UnitKind
    retired: bool
    edited: bool = Field(description="Changed here: the site file no longer writes it.")


class PlaceFullOut(Out):
    """A place in full."""

    code: str
    name: str
    parent: str | None
    retired: bool
    edited: bool = Field(description="Changed here: the site file no longer writes it.")


class AdministrationOut(Out):
    """Everything an administrator changes, each by code."""

    people: list[StaffOut]
    units: list[UnitFullOut]
    places: list[PlaceFullOut]


class LogInOut(Out):
    """A log-in and its password, told this once and never again."""

    login: str
    password: str
