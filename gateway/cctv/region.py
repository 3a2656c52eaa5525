"""A region of a picture: the place that the question is about."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gateway.adapter import Unreadable

_MOST_CORNERS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A polygon in pixels of the picture it was drawn on."""

    corners: tuple[tuple[float, float], ...]

    @classmethod
    def parse(cls, text: str) -> "Region":
        """Read ``"x,y x,y x,y …"``, as the command line and the tables write it.

        :raises Unreadable: fewer than three corners, too many, or not numbers
        """
        try:
            pairs = [tuple(map(float, corner.split(","))) for corner in text.split()]
            corners = tuple((x, y) for x, y in pairs)
        except ValueError as failure:
            raise Unreadable(f"a region is written x,y x,y x,y: not {text[:80]!r}") from failure
        if not 3 <= len(corners) <= _MOST_CORNERS:
            raise Unreadable(f"a region has 3 to {_MOST_CORNERS} corners, not {len(corners)}")
        if not all(math.isfinite(number) for corner in corners for number in corner):
            raise Unreadable("a region's corners are numbers")
        return cls(corners=corners)

    @classmethod
    def box(cls, *, x: float, y: float, width: float, height: float) -> "Region":
        """Return a rectangle as a region."""
        right, bottom = x + width, y + height
        return cls(corners=((x, y), (right, y), (right, bottom), (x, bottom)))

    def scaled(self, *, across: float, down: float) -> "Region":
        """Return the same region on a picture of another size."""
        return Region(corners=tuple((x * across, y * down) for x, y in self.corners))

    def moved(self, matrix: NDArray[np.float64]) -> "Region":
        """Return the region where a 3x3 matrix puts it."""
        there = np.c_[self.points, np.ones(len(self.corners))] @ matrix.T
        return Region(corners=tuple((float(x / w), float(y / w)) for x, y, w in there))

    def shrunk(self, share: float) -> "Region":
        """Return the region drawn towards its centre: what stands at the rim belongs elsewhere."""
        points = self.points
        middle = points.mean(0)
        moved = middle + (points - middle) * share
        return Region(corners=tuple((float(x), float(y)) for x, y in moved))

    @property
    def points(self) -> NDArray[np.float64]:
        """The corners as rows."""
        return np.array(self.corners, np.float64)

    @property
    def area(self) -> float:
        """Square pixels inside."""
        x, y = self.points.T
        return float(abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        low, high = self.points.min(0), self.points.max(0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])
