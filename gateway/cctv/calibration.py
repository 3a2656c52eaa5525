"""The thresholds, read once from the data file beside this module; unknown keys are refused."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

_REFUSE = ConfigDict(extra="forbid")
_FILE = Path(__file__).with_name("calibration.toml")


@dataclass(config=_REFUSE, frozen=True, slots=True, kw_only=True)
class Logistic:
    """Weights over ``Measures`` and a constant; from ``threshold`` on the answer is yes."""

    weights: tuple[float, ...]
    constant: float
    threshold: float


@dataclass(config=_REFUSE, frozen=True, slots=True, kw_only=True)
class Bands:
    """Confidence from which a verdict is sure, and under which nothing can be told."""

    sure: float
    cannot_tell: float


@dataclass(config=_REFUSE, frozen=True, slots=True, kw_only=True)
class Direction:
    """How clearly one picture must be nearer to the clean reference, in logits."""

    margin: float


@dataclass(config=_REFUSE, frozen=True, slots=True, kw_only=True)
class Gate:
    """What makes a comparison impossible."""

    dark_picture: float
    dark_place: float
    burnt: float
    shift_region: float
    shift_camera: float
    obstructed: float


@dataclass(config=_REFUSE, frozen=True, slots=True, kw_only=True)
class Health:
    """From where on a camera counts as ill."""

    black_spot: float
    covered: float
    obstructed: float
    partly: float
    moved: float
    elsewhere: float
    elsewhere_flat: float
    blurred: float
    outline: float
    blurred_alone: float
    flat: float


@dataclass(config=_REFUSE, frozen=True, slots=True, kw_only=True)
class Lamp:
    """What a lit lamp looks like."""

    core: float
    glow: float
    doubt: float


@dataclass(config=_REFUSE, frozen=True, slots=True, kw_only=True)
class Calibration:
    """Everything that was fixed beforehand."""

    fixed_on: date
    fixed_with: str
    change: Logistic
    small: Logistic
    bands: Bands
    direction: Direction
    gate: Gate
    health: Health
    lamp: Lamp


@cache
def calibration() -> Calibration:
    """Return the calibration that ships with this release."""
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return TypeAdapter(Calibration).validate_python(raw)
