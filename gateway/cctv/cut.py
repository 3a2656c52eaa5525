"""Cutting a place out of two pictures in register, at its own resolution.

A camera's mount sags and lenses bend: a register that is right over the whole picture may be some
pixels off at one place. Each cut-out is therefore put right once more by itself.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gateway.cctv.align import Matrix, Plane
from gateway.cctv.picture import Pixels
from gateway.cctv.region import Region

#: A place is looked at in its own resolution up to this many pixels on its longer side.
_LONGEST = 384
_MARGIN = 24
_RIM = 0.9
#: Under this many pixels of a place there is nothing to be judged.
_FEWEST_PIXELS = 120
#: A place off by more than this many pixels of its cut-out is not the same place.
_FARTHEST = 10.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Window:
    """A rectangle of a picture and the size in which it is looked at."""

    left: float
    top: float
    #: Pixels of the picture per pixel of the cut-out.
    step: float
    width: int
    height: int
    #: The region within the window.
    mask: NDArray[np.bool_]

    @property
    def matrix(self) -> Matrix:
        """From pixels of the cut-out to pixels of the picture."""
        rows = [[self.step, 0, self.left], [0, self.step, self.top], [0, 0, 1]]
        return np.array(rows, np.float64)


def window(region: Region, *, width: int, height: int) -> Window | None:
    """Return the window for a region of a picture of that size; None where nothing is in view."""
    inner = region.shrunk(_RIM)
    left, top, right, bottom = inner.bounds
    left, top = max(left - _MARGIN, 0.0), max(top - _MARGIN, 0.0)
    right, bottom = min(right + _MARGIN, float(width)), min(bottom + _MARGIN, float(height))
    if right - left < 8 or bottom - top < 8:
        return None
    step = max(max(right - left, bottom - top) / (_LONGEST + 2 * _MARGIN), 1.0)
    across, down = int((right - left) / step), int((bottom - top) / step)
    mask = np.zeros((down, across), np.uint8)
    corners = np.round((inner.points - [left, top]) / step).astype(np.int32)
    cv2.fillPoly(mask, [corners], 1)
    inside = np.asarray(mask > 0, np.bool_)
    if inside.sum() < _FEWEST_PIXELS:
        return None
    return Window(left=left, top=top, step=step, width=across, height=down, mask=inside)


def whole(*, width: int, height: int, across: int) -> Window:
    """Return the window that shows all of a picture, so many pixels wide."""
    step = width / across
    down = int(height / step)
    mask = np.ones((down, across), np.bool_)
    return Window(left=0, top=0, step=step, width=across, height=down, mask=mask)


def cut(pixels: Pixels, view: Window, matrix: Matrix) -> Pixels:
    """Return what the window shows of a picture; the matrix leads from its frame to the picture."""
    # Sampled at the picture's own pixels, then made smaller: warping alone would skip pixels.
    width, height = round(view.width * view.step), round(view.height * view.step)
    own = np.array([[1, 0, view.left], [0, 1, view.top], [0, 0, 1]], np.float64)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    taken = cv2.warpAffine(
        pixels,
        (matrix @ own)[:2],
        (width, height),
        flags=flags,
        borderMode=cv2.BORDER_REPLICATE,
    )
    if (width, height) != (view.width, view.height):
        taken = cv2.resize(taken, (view.width, view.height), interpolation=cv2.INTER_AREA)
    return np.asarray(taken, np.uint8)


def seen(view: Window, matrix: Matrix, *, width: int, height: int) -> NDArray[np.bool_]:
    """Return which pixels of the window lie inside the other picture as well."""
    leads = (matrix @ view.matrix)[:2]
    x, y = np.arange(view.width), np.arange(view.height)[:, None]
    across, down = (row[0] * x + row[1] * y + row[2] for row in leads)
    good = (across >= 0) & (across < width) & (down >= 0) & (down < height)
    return np.asarray(good, np.bool_)


def offset(one: Plane, other: Plane) -> tuple[float, float] | None:
    """Return by how many pixels the second cut-out is off; None where it is not, or by far."""
    height, width = one.shape
    edges = [_edges(plane) for plane in (one, other)]
    hanning = cv2.createHanningWindow((width, height), cv2.CV_32F)
    (across, down), _ = cv2.phaseCorrelate(edges[0], edges[1], hanning)
    far = float(np.hypot(across, down))
    return (across, down) if 0.3 < far <= _FARTHEST else None


def _edges(plane: Plane) -> Plane:
    smooth = cv2.GaussianBlur(plane, (0, 0), 1.0)
    strength = cv2.magnitude(
        cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    )
    local = cv2.blur(strength, (31, 31)) + 0.25 * float(strength.mean()) + 1e-3
    return np.asarray(strength / local, np.float32)
