"""How different two aligned pictures are at one place, whatever the light did.

Not brightness is compared but structure: the local correlation of gradient vectors and of grey
values, each with a floor so that noise and bare ground count as alike. Brightness only adds: how
unevenly the light changed inside the place. Colour was tried and left out: it failed at dawn, in
infrared and under coloured lamps, and added nothing measurable elsewhere.
"""

from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields, replace
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from gateway.cctv.align import Alignment, Matrix, Plane, Plate
from gateway.cctv.cut import Window, cut, offset, seen, whole, window
from gateway.cctv.parts import Parts, parts
from gateway.cctv.picture import Pixels
from gateway.cctv.region import Region

#: Of a region at least so much must be in view in both pictures.
_LEAST_IN_VIEW = 0.6
#: A local register counts only when it leaves this share of the unlikeness, or less.
_WORTH = 0.97
#: From about so many pixels the noise of a picture is told.
_NOISE_PIXELS = 15_000
#: The whole picture is looked at this wide, in cells of a twelfth that overlap by half.
_WHOLE, _CELLS_ACROSS = 960, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What is measured at a place; all are 0 for equal pictures."""

    edges_mean: float
    edges_high: float
    edges_coarse: float
    grey_mean: float
    grey_high: float
    light_uneven: float
    #: How unlike the two pictures are nearly everywhere: weather, blur, noise.
    unrest: float

    def row(self) -> NDArray[np.float64]:
        """Return the numbers in the calibration's order: those above, then two proportions.

        On a calm pair a small difference means much, in rain it means nothing: edges count also
        against the unrest of the whole pair.
        """
        calm = self.unrest + 0.03
        mean, high = (self.edges_mean + 0.03) / calm, (self.edges_high + 0.05) / (calm + 0.02)
        return np.array([*astuple(self), np.log(mean), np.log(high)], np.float64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Place:
    """One place cut out of both pictures, with where they differ."""

    measures: Measures
    #: Where it differs most; of the whole picture's cells nobody asks.
    parts: Parts | None = None
    #: Unlikeness per pixel of the cut-out, 0 alike to about 1, in the first picture's register.
    difference: Plane
    inside: NDArray[np.bool_]
    #: Left, top of the cut-out and pixels of the first picture per pixel of it.
    left: float
    top: float
    step: float
    #: Brightness there in the first and the second picture (median).
    light: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Planes:
    """Two cut-outs and how unlike they are, pixel by pixel."""

    one: Plane
    other: Plane
    edges: Plane
    coarse: Plane
    grey: Plane
    #: Logarithm of brightness after over brightness before.
    light: Plane


class Pair:
    """Two plates in register; measures place after place at the cost of the place alone."""

    def __init__(
        self, first: Plate, second: Plate, alignment: Alignment, *, like: "Pair | None" = None
    ) -> None:
        """Take the first picture as the frame in which places are named.

        ``like`` is the same pair seen from the other side; its unrest is this one's as well.
        """
        self.first, self.second, self.alignment, self._like = first, second, alignment, like

    @cached_property
    def textures(self) -> tuple[float, float]:
        """Typical local contrast of each picture."""
        return self.first.texture, self.second.texture

    @cached_property
    def unrest(self) -> float:
        """How unlike the pictures are in their calmer part."""
        if self._like is not None:
            return self._like.unrest
        matrix = np.diag([self.second.scale] * 2 + [1.0]) @ self.alignment.matrix
        matrix = matrix @ np.diag([1 / self.first.scale] * 2 + [1.0])
        height, width = self.first.small.shape
        moved = _warp(self.second.small, matrix, width, height)
        floors = _floors((noise(self.first.small), noise(moved)), self.textures)
        unlike = _edges_unlike(self.first.small, moved, floors)
        cells = cv2.resize(unlike, (32, 18), interpolation=cv2.INTER_AREA)
        return float(np.percentile(cells, 40))

    def place(self, region: Region) -> Place | None:
        """Measure a region of the first picture; None where there is too little of it to see."""
        view = window(region, width=self.first.width, height=self.first.height)
        if view is None:
            return None
        inside = view.mask & self._seen(view)
        if inside.sum() < _LEAST_IN_VIEW * view.mask.sum():
            return None
        one = _grey(cut(self.first.pixels, view, np.eye(3)))
        planes = _planes(one, self._registered(one, view), self.textures)
        found = self._place(planes, inside, view.left, view.top, view.step)
        most = parts(
            edges=planes.edges,
            grey=planes.grey,
            coarse=planes.coarse,
            light=planes.light,
            inside=inside,
            unrest=self.unrest,
        )
        return replace(found, parts=most)

    def cells(self) -> Iterator[Place]:
        """Measure the whole picture in overlapping cells, at a working size."""
        width = min(_WHOLE, self.first.width)
        view = whole(width=self.first.width, height=self.first.height, across=width)
        one = _grey(cut(self.first.pixels, view, np.eye(3)))
        other = _grey(cut(self.second.pixels, view, self.alignment.matrix))
        planes, visible = _planes(one, other, self.textures), self._seen(view)
        side = width // _CELLS_ACROSS
        for top in range(0, view.height - side + 1, side // 2):
            for left in range(0, view.width - side + 1, side // 2):
                rows, columns = slice(top, top + side), slice(left, left + side)
                inside = visible[rows, columns]
                if inside.mean() < _LEAST_IN_VIEW:
                    continue
                part = _Planes(
                    **{
                        field.name: getattr(planes, field.name)[rows, columns]
                        for field in fields(_Planes)
                    }
                )
                yield self._place(part, inside, left * view.step, top * view.step, view.step)

    def _place(
        self, planes: _Planes, inside: NDArray[np.bool_], left: float, top: float, step: float
    ) -> Place:
        edges, grey = planes.edges[inside], planes.grey[inside]
        measures = Measures(
            edges_mean=float(edges.mean()),
            edges_high=float(np.percentile(edges, 85)),
            edges_coarse=float(planes.coarse[inside].mean()),
            grey_mean=float(grey.mean()),
            grey_high=float(np.percentile(grey, 85)),
            light_uneven=float(planes.light[inside].std()),
            unrest=self.unrest,
        )
        light = float(np.median(planes.one[inside])), float(np.median(planes.other[inside]))
        return Place(
            measures=measures,
            difference=planes.edges,
            inside=inside,
            left=left,
            top=top,
            step=step,
            light=light,
        )

    def _seen(self, view: Window) -> NDArray[np.bool_]:
        width, height = self.second.width, self.second.height
        return seen(view, self.alignment.matrix, width=width, height=height)

    def _registered(self, one: Plane, view: Window) -> Plane:
        """Return the place in the second picture, put right by itself where that helps."""
        other = _grey(cut(self.second.pixels, view, self.alignment.matrix))
        off = offset(one, other)
        if off is None:
            return other
        moved = np.eye(3)
        moved[0, 2], moved[1, 2] = off[0] * view.step, off[1] * view.step
        again = _grey(cut(self.second.pixels, view, self.alignment.matrix @ moved))
        floors = _floors((noise(one), noise(other)), self.textures)
        before, after = (float(_edges_unlike(one, each, floors).mean()) for each in (other, again))
        return again if after < _WORTH * before else other


def _warp(plane: Plane, matrix: Matrix, width: int, height: int) -> Plane:
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    moved = cv2.warpAffine(
        plane, matrix[:2], (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(moved, np.float32)


def _grey(pixels: Pixels) -> Plane:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.float32)


def _half(plane: Plane) -> Plane:
    return np.asarray(cv2.resize(plane, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))


def noise(plane: Plane) -> float:
    """Return the noise of a picture in grey levels, by what no smooth surface could be."""
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    rest = cv2.filter2D(plane, -1, kernel, borderType=cv2.BORDER_REFLECT)
    # A median of so many is known to a hundredth; more of them only cost time.
    apart = max(2, round((plane.size / _NOISE_PIXELS) ** 0.5))
    return 1.4826 * float(np.median(np.abs(rest[::apart, ::apart]))) / 6


#: From where on structure counts, as a power: for each of the two pictures.
_Floors = tuple[float, float]


def _floors(noises: tuple[float, float], textures: tuple[float, float]) -> _Floors:
    floor, other_floor = (
        (1.5 * grain) ** 2 + (0.35 * texture) ** 2 + 1
        for grain, texture in zip(noises, textures, strict=True)
    )
    return floor, other_floor


def _box(plane: Plane) -> Plane:
    return np.asarray(cv2.boxFilter(plane, -1, (9, 9)), np.float32)


def _grey_unlike(one: Plane, other: Plane, floors: _Floors) -> Plane:
    """Return 1 minus the local correlation of grey values."""
    floor, other_floor = floors
    mean, other_mean = _box(one), _box(other)
    power = np.maximum(_box(one * one) - mean * mean, 0) + floor
    other_power = np.maximum(_box(other * other) - other_mean * other_mean, 0) + other_floor
    common = _box(one * other) - mean * other_mean + np.sqrt(floor * other_floor)
    return np.asarray(1 - common / np.sqrt(power * other_power), np.float32)


def _edges_unlike(one: Plane, other: Plane, floors: _Floors) -> Plane:
    """Return 1 minus the local correlation of gradient vectors."""
    floor, other_floor = (0.12 * each for each in floors)
    (across, down), (other_across, other_down) = _gradient(one), _gradient(other)
    common = _box(across * other_across + down * other_down) + np.sqrt(floor * other_floor)
    power = _box(across * across + down * down) + floor
    other_power = _box(other_across * other_across + other_down * other_down) + other_floor
    return np.asarray(1 - common / np.sqrt(power * other_power), np.float32)


def _gradient(plane: Plane) -> tuple[Plane, Plane]:
    smooth = cv2.GaussianBlur(plane, (0, 0), 1.0)
    across = cv2.Sobel(smooth, -1, 1, 0, scale=0.25)
    return np.asarray(across, np.float32), np.asarray(cv2.Sobel(smooth, -1, 0, 1, scale=0.25))


def _planes(one: Plane, other: Plane, textures: tuple[float, float]) -> _Planes:
    halves = _half(one), _half(other)
    half = _edges_unlike(*halves, _floors((noise(halves[0]), noise(halves[1])), textures))
    floors = _floors((noise(one), noise(other)), textures)
    logs = [np.log(cv2.GaussianBlur(plane, (0, 0), 2.0) + 4) for plane in (one, other)]
    return _Planes(
        one=one,
        other=other,
        edges=_edges_unlike(one, other, floors),
        coarse=np.asarray(cv2.resize(half, one.shape[::-1]), np.float32),
        grey=_grey_unlike(one, other, floors),
        light=np.asarray(logs[1] - logs[0], np.float32),
    )
