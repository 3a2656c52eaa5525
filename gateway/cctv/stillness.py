"""Whether a camera stands still: clock, transport and picture together, never one of them alone.

A lit, empty corridor looks the same all night, but its sensor's noise does not. So a camera is
frozen when it goes on answering and hands out the same bytes, which no sensor ever does; or when
the picture stands still and a clock besides it: the one burnt into it, or the moment at which the
camera says that it took the picture. A clock that runs proves life, however still the scene.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

import cv2
import numpy as np
from numpy.typing import NDArray

from gateway.cctv.masking import Polygon
from gateway.cctv.picture import Pixels
from gateway.cctv.still import Still

#: The same bytes for so long, in so many looks: sensors are never that quiet.
_SAME_FOR = timedelta(seconds=30)
_SAME_LOOKS = 4
#: A burnt-in clock that shows no seconds moves once a minute.
_CLOCK_FOR = timedelta(seconds=90)
#: Picture and clock are judged from so many pictures on.
_CLOCK_LOOKS = 4
#: Mean difference, of 255: a codec writes a still picture anew with less, a sensor's noise is more.
_QUIET = 0.6
#: A digit that changes turns this share of the clock's pixels by more than this, of 255.
_TURNED, _TURN = 0.004, 40
_WIDTH = 640


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Since:
    """The picture since which nothing has moved."""

    at: datetime
    made_at: datetime | None
    picture: NDArray[np.float32]
    clock: NDArray[np.uint8] | None


class Stillness:
    """What has stood still at one camera, and since when."""

    def __init__(self, clock_region: Polygon | None = None) -> None:
        """Look for the burnt-in clock there, in shares of width and height; None: it has none."""
        self._region = clock_region
        self._digest = b""
        self._same_since: datetime | None = None
        self._same = 0
        self._since: _Since | None = None
        self._quiet = 0

    def bytes_frozen(self, still: Still) -> str | None:
        """Take each picture as it came; return why its bytes say frozen, or None."""
        digest = hashlib.sha256(still.content).digest()
        if digest != self._digest or self._same_since is None:
            self._digest, self._same_since, self._same = digest, still.taken_at, 0
        self._same += 1
        if self._same < _SAME_LOOKS or still.taken_at - self._same_since < _SAME_FOR:
            return None
        return "it answers, and hands out one and the same picture"

    def frozen(self, still: Still, pixels: Pixels) -> str | None:
        """Take a decoded picture before masks; return why clock and picture say frozen, or None."""
        now = self._seen(still, pixels)
        since = self._since
        if since is None or not _quiet(since.picture, now.picture):
            self._since, self._quiet = now, 1
            return None
        if since.clock is not None and now.clock is not None and _turned(since.clock, now.clock):
            self._since, self._quiet = now, 1
            return None
        self._quiet += 1
        if self._quiet < _CLOCK_LOOKS or now.at - since.at < _CLOCK_FOR:
            return None
        if since.clock is not None:
            return "it answers, and the clock in its picture and all else in it stand still"
        if since.made_at is not None and now.made_at == since.made_at:
            return "it answers with a picture that by its own word was taken long ago"
        return None

    def _seen(self, still: Still, pixels: Pixels) -> _Since:
        grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
        clock = None
        height, width = grey.shape
        if self._region is not None:
            across = [x * width for x, _ in self._region]
            down = [y * height for _, y in self._region]
            left, right = int(min(across)), int(np.ceil(max(across)))
            top, bottom = int(min(down)), int(np.ceil(max(down)))
            clock = np.asarray(grey[top:bottom, left:right], np.uint8).copy()
            grey[top:bottom, left:right] = 0
        step = max(1, width // _WIDTH)  # taken, not averaged: the mean of four has half the noise
        picture = np.asarray(grey[::step, ::step], np.float32)
        return _Since(at=still.taken_at, made_at=still.made_at, picture=picture, clock=clock)


def _quiet(one: NDArray[np.float32], other: NDArray[np.float32]) -> bool:
    return one.shape == other.shape and float(np.abs(one - other).mean()) < _QUIET


def _turned(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> bool:
    if one.shape != other.shape:
        return True
    return float((cv2.absdiff(one, other) > _TURN).mean()) > _TURNED
