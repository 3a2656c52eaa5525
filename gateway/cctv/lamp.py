"""Is the lamp lit? One lamp, in a box that somebody drew once, on a camera that stands still.

A lit lamp burns out a compact core and spreads a glow around it. Low sun and a white car burn out
pixels too, but the glow is missing; a lamp by day is neither. Whether it *should* be lit is asked
elsewhere, of a schedule.
"""

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np

from gateway.cctv.calibration import calibration
from gateway.cctv.picture import Pixels
from gateway.cctv.region import Region

_BURNT = 250


class Lamp(StrEnum):
    """What is to be seen in a lamp's box."""

    LIT = "lit"
    UNLIT = "unlit"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Glow:
    """A look at a lamp."""

    lamp: Lamp
    #: Share of the box whose brightest channel is burnt out.
    core: float
    #: Brightness of the glow above the surroundings, 0 to 255.
    glow: float


def look(pixels: Pixels, box: Region) -> Glow:
    """Return whether the lamp in the box is lit; a box out of view tells nothing."""
    left, top, right, bottom = (round(edge) for edge in box.bounds)
    left, top = max(left, 0), max(top, 0)
    inside = pixels[top:bottom, left:right]
    if min(inside.shape[:2]) < 4:
        return Glow(lamp=Lamp.CANNOT_TELL, core=0.0, glow=0.0)
    height, width = inside.shape[:2]
    around = pixels[max(top - height, 0) : bottom + height, max(left - width, 0) : right + width]
    core = float((inside.max(2) >= _BURNT).mean())
    grey = inside.mean(2).astype(np.float32)
    spread = cv2.GaussianBlur(grey, (0, 0), max(min(height, width) / 12, 1.0))
    glow = float(spread.max()) - float(np.median(around.mean(2)))
    return Glow(lamp=_said(core, glow), core=round(core, 5), glow=round(glow, 1))


def _said(core: float, glow: float) -> Lamp:
    limits = calibration().lamp
    if core >= limits.core * limits.doubt and glow >= limits.glow:
        return Lamp.LIT
    if core <= limits.core / limits.doubt or glow < limits.glow / limits.doubt:
        return Lamp.UNLIT
    return Lamp.CANNOT_TELL
