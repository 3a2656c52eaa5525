"""A place drawn with numpy: paving, a wall, a door, a lamp, and what people leave there.

The same place and the same moment give the same picture, but for the sensor's noise, which is
what tells a living camera from a frozen one.
"""

import time
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

#: Rows of red, green, blue.
Pixels = NDArray[np.uint8]
_Light = NDArray[np.float32]

_HORIZON = 0.38
#: Where the time is burnt in, in shares of width and height, of a picture of 16 to 9.
CLOCK = ((0.02, 0.03), (0.34, 0.03), (0.34, 0.17), (0.02, 0.17))
#: The bars of each digit, and each bar's row, column, height and width.
_BARS = ("abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcfgd")
_BAR_AT = {
    "a": (0, 0, 1, 3),
    "b": (0, 2, 3, 1),
    "c": (2, 2, 3, 1),
    "d": (4, 0, 1, 3),
    "e": (2, 0, 3, 1),
    "f": (0, 0, 3, 1),
    "g": (2, 0, 1, 3),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How a place looks now."""

    #: Light of the sky: 1 noon, 0 night.
    daylight: float = 1.0
    lamp_lit: bool = True
    litter: bool = False
    walkers: int = 0
    rain: bool = False
    #: At night the camera looks in infrared: no colour, its own light.
    infrared: bool = False
    #: A picture that no sensor took: it has no noise.
    drawn: bool = False
    #: The time is burnt into the upper left corner, in UTC.
    clock: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place as one camera sees it; ``seed`` makes it unlike any other."""

    seed: int = 1
    width: int = 640
    height: int = 360

    def draw(self, view: View, *, at: float) -> Pixels:
        """Return the place as it looks ``at`` seconds of any clock."""
        light = _empty(self).copy()
        if view.litter:
            self._litter(light)
        light *= 0.08 + 0.92 * view.daylight
        self._lamp(light, lit=view.lamp_lit, dark=1.0 - view.daylight)
        for walker in range(view.walkers):
            self._walker(light, walker, at)
        if view.infrared:
            light[:] = (light.mean(axis=2, keepdims=True) * 0.6 + 0.25) * self._spot()
        chance = np.random.default_rng([self.seed, int(at * 1000) & 0x7FFFFFFF])
        if view.rain:
            self._rain(light, chance)
        grain = 0.012 + 0.02 * (1.0 - view.daylight)
        if not view.drawn:
            light += chance.standard_normal(light.shape, dtype=np.float32) * np.float32(grain)
        if view.clock:
            self._clock(light, at)
        return (np.clip(light, 0.0, 1.0) * 255).astype(np.uint8)

    def empty(self) -> _Light:
        """Return the place by day without anything that comes and goes."""
        light = self._ground()
        self._furnish(light)
        return light

    def _ground(self) -> _Light:
        fixed = np.random.default_rng(self.seed)
        light = np.empty((self.height, self.width, 3), np.float32)
        edge = int(self.height * _HORIZON)
        light[:edge] = fixed.uniform(0.45, 0.65, 3)
        light[edge:] = fixed.uniform(0.35, 0.5, 3)
        coarse = fixed.normal(0.0, 0.06, (self.height // 6 + 1, self.width // 6 + 1, 1))
        light += np.kron(coarse, np.ones((6, 6, 1)))[: self.height, : self.width]
        light[edge : edge + 3] = 0.15
        for row in np.linspace(edge, self.height - 1, 7).astype(int):
            light[row : row + 1] *= 0.6
        for column in np.linspace(0, self.width - 1, 11).astype(int):
            light[edge:, column : column + 2] *= 0.7
        return light

    def _furnish(self, light: _Light) -> None:
        """Stand a door, two windows and a bin where this place has them."""
        fixed = np.random.default_rng([self.seed, 7])
        edge = int(self.height * _HORIZON)
        for share, width, colour in (
            (fixed.uniform(0.1, 0.3), 0.10, (0.25, 0.15, 0.10)),
            (fixed.uniform(0.45, 0.55), 0.08, (0.55, 0.70, 0.85)),
            (fixed.uniform(0.65, 0.75), 0.08, (0.50, 0.65, 0.80)),
        ):
            left = int(share * self.width)
            light[edge // 4 : edge, left : left + int(width * self.width)] = colour
        left, top = int(fixed.uniform(0.05, 0.8) * self.width), int(0.45 * self.height)
        light[top : top + self.height // 8, left : left + self.width // 20] = (0.1, 0.35, 0.15)

    def _litter(self, light: _Light) -> None:
        """Leave a bag and paper on the paving, right of the middle."""
        left, top = int(0.62 * self.width), int(0.72 * self.height)
        high, wide = self.height // 9, self.width // 14
        light[top : top + high, left : left + wide] = (0.92, 0.90, 0.84)
        light[top : top + high // 4, left + wide // 3 : left + 2 * wide // 3] = (0.6, 0.1, 0.1)
        chance = np.random.default_rng([self.seed, 11])
        for _ in range(6):
            x, y = chance.uniform(0.58, 0.76), chance.uniform(0.68, 0.86)
            row, column = int(y * self.height), int(x * self.width)
            light[row : row + self.height // 45, column : column + self.width // 50] = 0.95

    def _lamp(self, light: _Light, *, lit: bool, dark: float) -> None:
        row, column = int(0.12 * self.height), int(0.86 * self.width)
        light[row:, column : column + 3] *= 0.3
        size = max(3, self.height // 40)
        light[row - size : row + size, column - size : column + size] = 1.0 if lit else 0.12
        if lit:
            down, across = np.ogrid[: self.height, : self.width]
            away = ((down - row) / self.height) ** 2 + ((across - column) / self.width) ** 2
            light += (0.55 * dark * np.exp(-away * 5)[..., None]).astype(np.float32)

    def _walker(self, light: _Light, number: int, at: float) -> None:
        """Let somebody cross the paving: a head and a body, one lap in twenty seconds."""
        way = (at / 20 + number * 0.37) % 1.0
        foot = int((0.75 + 0.08 * number % 0.2) * self.height)
        tall, wide = self.height // 4, self.width // 26
        left = int(way * (self.width + wide)) - wide
        body = light[max(0, foot - tall) : foot, max(0, left) : max(0, left + wide)]
        body[:] = (0.15, 0.18, 0.45) if number % 2 == 0 else (0.5, 0.12, 0.15)
        body[: tall // 5] = (0.75, 0.55, 0.45)

    def _clock(self, light: _Light, at: float) -> None:
        """Burn in hours, minutes and seconds within ``CLOCK``: bars of a digit, seven for each."""
        size = self.height // 45
        left = size * 2
        for sign in time.strftime("%H%M%S", time.gmtime(at)):
            light[size * 2 : size * 7, left : left + size * 3] = 0.0
            for bar in _BARS[int(sign)]:
                row, column, high, wide = _BAR_AT[bar]
                top, side = size * (2 + row), left + size * column
                light[top : top + size * high, side : side + size * wide] = 1.0
            left += size * 4

    def _spot(self) -> _Light:
        """Return the cone of the camera's own light."""
        down, across = np.ogrid[: self.height, : self.width]
        away = (down / self.height - 0.5) ** 2 + (across / self.width - 0.5) ** 2
        return np.exp(-away * 3.0)[..., None].astype(np.float32)

    def _rain(self, light: _Light, chance: np.random.Generator) -> None:
        for _ in range(self.width // 4):
            row = int(chance.integers(0, self.height - 12))
            column = int(chance.integers(0, self.width))
            light[row : row + int(chance.integers(5, 12)), column] += 0.18


@lru_cache(maxsize=64)
def _empty(place: Place) -> _Light:
    """Drawn once: a demonstration looks at half a dozen places all day."""
    return place.empty()
