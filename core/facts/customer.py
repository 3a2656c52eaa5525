"""Customers: residents and tenants, where they live or work, and since when (业主, 租户)."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from core.facts.place import PlaceCode

CustomerCode = NewType("CustomerCode", str)


class Living(StrEnum):
    """What somebody is at a place."""

    OWNER = "owner"  # 业主
    TENANT = "tenant"  # 租户
    RESIDENT = "resident"  # 住户
    WORKER = "worker"  # 在此工作


class TiedBy(StrEnum):
    """What speaks for a customer; a proposal, never a fact."""

    PHONE = "phone"
    DOOR = "door"
    NAME = "name"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A place of a customer, from a day until a day, both included."""

    place: PlaceCode
    kind: Living
    #: The door as the station names it: ``1502``.
    door: str | None = None
    since_on: date | None = None
    until_on: date | None = None

    def holds(self, day: date) -> bool:
        """Whether he is there on this day."""
        return (self.since_on or day) <= day <= (self.until_on or day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Somebody whom the office serves."""

    code: CustomerCode
    name: str
    phones: tuple[str, ...] = ()
    homes: tuple[Home, ...] = ()
    note: str = ""
    #: Moved away for good: no longer proposed; what he said stays his.
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A customer who may be the caller, and why he is proposed."""

    customer: Customer
    by: TiedBy


def digits(phone: str | None) -> str:
    """Return a telephone number as it is compared: its digits, without China's prefix."""
    said = re.sub(r"\D", "", phone or "")
    return re.sub(r"^(0086|86)(?=1\d{10}$)", "", said)
