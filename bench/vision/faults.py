"""Faults put on pictures: what light, weather, lens and network do, and what befalls a camera.

They are synthetic, whatever picture they are put on, and every figure on them must say so.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import cv2
import numpy as np

from gateway.cctv.picture import Pixels

if TYPE_CHECKING:
    from numpy.typing import NDArray

Chance = np.random.Generator
Fault = Callable[[Pixels, Chance], Pixels]


def _clipped(values: "NDArray[np.floating] | NDArray[np.integer]") -> Pixels:
    return np.asarray(np.clip(values, 0, 255), np.uint8)


def gain(factor: float) -> Fault:
    """Multiply brightness."""
    return lambda pixels, _: _clipped(pixels.astype(np.float32) * factor)


def noise(sigma: float) -> Fault:
    """Add sensor noise."""
    return lambda pixels, chance: _clipped(pixels + chance.normal(0, sigma, pixels.shape))


def blur(sigma: float) -> Fault:
    """Put the lens out of focus; sigma in pixels of a picture 1280 wide."""
    return lambda pixels, _: np.asarray(
        cv2.GaussianBlur(pixels, (0, 0), sigma * pixels.shape[1] / 1280), np.uint8
    )


def jpeg(quality: int) -> Fault:
    """Compress hard."""

    def fault(pixels: Pixels, _: Chance) -> Pixels:
        data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)

    return fault


def turned(degrees: float, zoom: float, *, across: float = 0, down: float = 0) -> Fault:
    """Turn and shift the camera; shifts as shares of the width."""

    def fault(pixels: Pixels, _: Chance) -> Pixels:
        height, width = pixels.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, zoom)
        matrix[:, 2] += (across * width, down * width)
        moved = cv2.warpAffine(pixels, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(moved, np.uint8)

    return fault


def shadow(pixels: Pixels, chance: Chance) -> Pixels:
    """Lay one hard band of shade across the view."""
    height, width = pixels.shape[:2]
    angle, middle = chance.uniform(0, np.pi), chance.uniform(-0.2, 0.2) * width
    half = chance.uniform(0.04, 0.125) * width
    down, across = np.mgrid[:height, :width]
    away = (across - width / 2) * np.cos(angle) + (down - height / 2) * np.sin(angle) - middle
    shade = 1 / (1 + np.exp(np.clip((np.abs(away) - half) / 1.5, -50, 50)))
    return _clipped(pixels * (1 - 0.55 * shade)[..., None])


def infrared(pixels: Pixels, chance: Chance) -> Pixels:
    """Switch to infrared: grey, another gamma, noise."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY).astype(np.float32) / 255
    lit = np.repeat((255 * grey**0.7)[..., None], 3, axis=2)
    return _clipped(lit + chance.normal(0, 6, pixels.shape))


def _caption(pixels: Pixels, _: Chance) -> Pixels:
    drawn = pixels.copy()
    cv2.putText(drawn, "2026-11-23 15:10:09 CAM 05", (20, 40), 0, 1, (255, 255, 255), 2)
    return drawn


def _cast(pixels: Pixels, _: Chance) -> Pixels:
    return _clipped(pixels * np.array([1.25, 1.0, 0.8]))


def board(share: float) -> Fault:
    """Hold a flat board before so much of the view."""

    def fault(pixels: Pixels, chance: Chance) -> Pixels:
        covered = pixels.astype(np.float32)
        covered[:, : int(pixels.shape[1] * share)] = (95, 105, 120)
        return _clipped(covered + chance.normal(0, 3, pixels.shape))

    return fault


def _chain(*faults: Fault) -> Fault:
    def fault(pixels: Pixels, chance: Chance) -> Pixels:
        for one in faults:
            pixels = one(pixels, chance)
        return pixels

    return fault


def _gamma(pixels: Pixels, _: Chance) -> Pixels:
    return _clipped(255 * (pixels / 255.0) ** 1.3)


#: What must not make "changed" out of "unchanged".
COMPARING: dict[str, Fault] = {
    "none": lambda pixels, _: pixels,
    "gain x1.5": gain(1.5),
    "dark x0.3 + noise": _chain(gain(0.3), noise(4)),
    "hard shadow": shadow,
    "infrared": infrared,
    "JPEG q15": jpeg(15),
    "2 degrees + zoom": turned(2, 1.02),
    "3 degrees + 40 px": turned(3, 1.02, across=0.031),
    "shift 12 px": turned(0, 1, across=0.0094, down=-0.0055),
    "blur 2": blur(2),
    "noise 12": noise(12),
    "clock in the picture": _caption,
    "colour cast": _cast,
    "shadow + 1 degree + gamma + noise + q30": _chain(
        shadow, turned(1, 1), _gamma, noise(5), jpeg(30)
    ),
}
#: Where nothing can be told, and that must be said.
VERY_DARK = _chain(gain(0.06), noise(4))

#: What befalls a camera, with what it must be called.
ILL: dict[str, tuple[Fault, frozenset[str]]] = {
    "black": (_chain(gain(0.02), noise(2)), frozenset({"black"})),
    "over-exposed": (gain(6), frozenset({"over_exposed"})),
    "moved by 30 %": (turned(0, 1, across=0.3), frozenset({"moved"})),
    "board over 60 %": (board(0.6), frozenset({"obstructed", "covered"})),
    "board over all": (board(1.0), frozenset({"covered", "black"})),
    "blur 6": (blur(6), frozenset({"blurred"})),
}
#: What a healthy camera sends too.
WELL: dict[str, Fault] = {
    "plain": lambda pixels, _: pixels,
    "noise 8": noise(8),
    "x0.6": gain(0.6),
    "x1.4": gain(1.4),
    "infrared": infrared,
}
