"""Floor plans: a drawing, and where on it devices hang."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NewType

from core.facts.device import DeviceCode, SiteCode

PlanCode = NewType("PlanCode", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A point of a drawing, in shares of its width and height from the upper left corner."""

    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What is drawn: bytes that a browser shows as a picture and never as a page."""

    content: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One drawing of a part of the site."""

    site: SiteCode
    code: PlanCode
    name: str
    sha256: str
    media_type: str
    width: int
    height: int
    spots: Mapping[DeviceCode, Spot] = field(default_factory=dict)
