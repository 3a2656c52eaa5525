"""The part of a place that differs most.

A bag that fills a tenth of a region hardly moves the region's mean. So windows of a third, a fifth
and an eighth of the region's side are slid over it, and of each measure the largest mean counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

_Plane = NDArray[np.float32]
_SHARES = (3, 5, 8)
#: A window of fewer pixels across would be noise.
_LEAST = 9
#: Of a window so much must lie inside the region.
_INSIDE = 0.8
#: Unrest below which pictures count as calm.
_RESTLESS = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The largest means within the windows, from the widest window to the narrowest."""

    edges: tuple[float, ...]
    grey: tuple[float, ...]
    coarse: tuple[float, ...]
    #: How far the light changed otherwise than in the rest of the region (logarithm).
    light: tuple[float, ...]
    #: How unlike the two pictures are nearly everywhere.
    unrest: float

    def row(self) -> NDArray[np.float64]:
        """Return the numbers in the calibration's order; edges also against the unrest."""
        against = [
            float(np.log((edge + _RESTLESS) / (self.unrest + _RESTLESS))) for edge in self.edges
        ]
        said = (*self.edges, *self.grey, *self.coarse, *self.light, self.unrest, *against)
        return np.array(said, np.float64)


def parts(
    *,
    edges: _Plane,
    grey: _Plane,
    coarse: _Plane,
    light: _Plane,
    inside: NDArray[np.bool_],
    unrest: float,
) -> Parts:
    """Return where a place differs most; each plane as in ``compare``, of one size."""
    windows = list(_windows(inside))
    usual = float(np.median(light[inside]))
    return Parts(
        edges=_largest(edges, windows),
        grey=_largest(grey, windows),
        coarse=_largest(coarse, windows),
        light=tuple(
            float(np.abs(cv2.boxFilter(light, -1, (side, side)) - usual)[middles].max())
            for side, middles in windows
        ),
        unrest=unrest,
    )


#: Pixels across, and where a window's middle may lie.
_Window = tuple[int, NDArray[np.bool_]]


def _windows(inside: NDArray[np.bool_]) -> Iterator[_Window]:
    across = float(np.sqrt(inside.sum()))
    for share in _SHARES:
        side = max(round(across / share), _LEAST) | 1
        filled = cv2.boxFilter(
            inside.astype(np.float32), -1, (side, side), borderType=cv2.BORDER_CONSTANT
        )
        middles = np.asarray(filled > _INSIDE, np.bool_)
        yield side, middles if middles.any() else inside  # a sliver holds no whole window


def _largest(plane: _Plane, windows: Sequence[_Window]) -> tuple[float, ...]:
    return tuple(
        float(cv2.boxFilter(plane, -1, (side, side))[middles].max()) for side, middles in windows
    )
