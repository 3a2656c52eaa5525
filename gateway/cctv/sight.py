"""What one picture alone tells of its own fitness: dark, burnt out, without structure."""

from dataclasses import dataclass

import cv2
import numpy as np

from gateway.cctv.align import Plane, Plate
from gateway.cctv.compare import noise

_CELL = 20
#: Power of gradients that white noise of variance 1 leaves after smoothing by 0.7 and by 2.5.
_FINE_NOISE, _COARSE_NOISE = 0.4, 0.0072


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Measures of one picture. Brightness from 0 to 255."""

    #: Brightness that the brightest 5 % and the brightest 0.5 % reach, noise smoothed away.
    bright: float
    spot: float
    mean: float
    #: Share of pixels that are burnt out.
    burnt: float
    #: Share of cells that bear no structure above the noise.
    flat: float
    #: How fine the strongest structure is: about 2 in focus, under 1 far out of it.
    fineness: float


def sight(plate: Plate) -> Sight:
    """Measure a picture."""
    # Smoothed, neighbours say the same: every other one is enough.
    smooth = cv2.GaussianBlur(plate.small, (0, 0), 2.0)[::2, ::2]
    grain = noise(plate.small) ** 2
    fine = np.maximum(_energy(plate.small, 0.7) - _FINE_NOISE * grain, 0)
    coarse = np.maximum(_energy(plate.small, 2.5) - _COARSE_NOISE * grain, 0)
    floor = 0.1 * grain + 0.5
    strong = fine >= np.percentile(fine, 80)
    return Sight(
        bright=float(np.percentile(smooth, 95)),
        spot=float(np.percentile(smooth, 99.5)),
        mean=float(smooth.mean()),
        burnt=float((plate.small >= 250).mean()),
        flat=float((fine < floor).mean()),
        fineness=float(np.median(np.sqrt(fine[strong] / (coarse[strong] + 0.05)))),
    )


def _energy(plane: Plane, sigma: float) -> Plane:
    """Return the power of gradients per cell, after smoothing by ``sigma``."""
    smooth = cv2.GaussianBlur(plane, (0, 0), sigma)
    across = cv2.Sobel(smooth, -1, 1, 0, scale=0.25)
    down = cv2.Sobel(smooth, -1, 0, 1, scale=0.25)
    size = (plane.shape[1] // _CELL, plane.shape[0] // _CELL)
    return np.asarray(
        cv2.resize(across**2 + down**2, size, interpolation=cv2.INTER_AREA), np.float32
    )
