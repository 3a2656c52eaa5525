"""What was left standing, and what was taken: two backgrounds that learn at different speeds.

The slow background is the place as it is; the fast one follows the scene. Where they differ for as
long as the hold time and nothing stirs there meanwhile, something was left or taken. People stir,
even when they stand; light changes everywhere at once. One alarm per place: after it the place is
learnt anew. A finding is a proposal to the operator, never a fact.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import cv2
import numpy as np
from numpy.typing import NDArray

from gateway.cctv.align import Plane
from gateway.cctv.picture import Pixels

#: How long a thing must stand before it is proposed: litter does not run away.
HOLD = timedelta(seconds=60)
_WIDTH = 480
#: Structure that differs by more than this share is another structure.
_UNLIKE = 0.45
#: Mean change of grey between two looks, in noise units, under which a pixel is still.
_STIRS = 5.0
#: Smallest and largest share of the picture that one thing fills.
_SMALLEST, _LARGEST = 0.0006, 0.2
#: Share of the whole picture that may differ before it is the light, or the camera.
_EVERYWHERE = 0.5
#: Share of the place that must have stood still all the time.
_STILL = 0.75
#: How long, in hold times, a place must have been seen as it was before anything can be new there.
_KNOWN = 0.4
#: Pieces of one thing lie nearer to each other than this share of the picture's width.
_REACH = 0.12
#: And they begin to differ within this share of the hold time.
_TOGETHER = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something left or taken; a box in pixels of the camera's picture."""

    x: int
    y: int
    width: int
    height: int
    #: When the change was first seen.
    since: datetime
    found_at: datetime


class LeftObjects:
    """Watches one camera, picture by picture; a few pictures a second are enough."""

    def __init__(self, *, hold: timedelta = HOLD) -> None:
        """Propose what has stood still for ``hold``."""
        self._hold = hold.total_seconds()
        self._slow: Plane | None = None
        self._last: Plane | None = None
        self._differs_for = np.zeros((0, 0), np.float32)
        self._still_for = np.zeros((0, 0), np.float32)
        self._known_for = np.zeros((0, 0), np.float32)
        self._told: list[Found] = []
        self._seen_at: datetime | None = None

    def look(self, pixels: Pixels, *, taken_at: datetime) -> tuple[Found, ...]:
        """Take the next picture and return what is found with it."""
        now = _small(pixels)
        if self._slow is None or self._last is None or self._slow.shape != now.shape:
            self._begin(now, taken_at)
            return ()
        assert self._seen_at is not None
        passed = min(max((taken_at - self._seen_at).total_seconds(), 0.0), self._hold / 3)
        self._seen_at = taken_at
        stirs = _stirs(self._last, now)
        self._last = now
        differs = _differs(self._slow, now)
        if differs.mean() > _EVERYWHERE:  # the light was switched, or the camera turned
            self._begin(now, taken_at)
            return ()
        self._count(differs, stirs, passed)
        self._learn(now, differs, passed)
        found = self._ripe(now, pixels.shape[1] / _WIDTH, taken_at)
        return tuple(one for one in found if self._first_told(one, pixels.shape[1]))

    def _begin(self, now: Plane, at: datetime) -> None:
        self._slow, self._last, self._seen_at = now.copy(), now, at
        self._differs_for = np.zeros(now.shape, np.float32)
        self._still_for = np.zeros(now.shape, np.float32)
        self._known_for = np.zeros(now.shape, np.float32)

    def _first_told(self, found: Found, width: int) -> bool:
        """Whether this is more than another piece of what was told just now."""
        hold = timedelta(seconds=self._hold)
        self._told = [one for one in self._told if found.found_at - one.found_at <= hold]
        piece = any(
            abs(one.since - found.since) <= _TOGETHER * hold
            and _same_place(one, found, reach=_REACH * width)
            for one in self._told
        )
        self._told.append(found)
        return not piece

    def _count(self, differs: NDArray[np.bool_], stirs: NDArray[np.bool_], passed: float) -> None:
        # Compression flickers: a pixel that is alike for a moment loses time, not everything.
        self._differs_for += np.where(differs, passed, -3 * passed)
        np.clip(self._differs_for, 0, 2 * self._hold, out=self._differs_for)
        self._known_for += np.where(self._differs_for > 0, 0, passed)
        self._still_for = np.where(stirs, 0, self._still_for + passed).astype(np.float32)

    def _learn(self, now: Plane, differs: NDArray[np.bool_], passed: float) -> None:
        assert self._slow is not None
        rate = min(passed / (2 * self._hold), 1.0)
        share = np.where(differs | (self._differs_for > 0), 0.0, rate).astype(np.float32)
        self._slow += share * (now - self._slow)

    def _ripe(self, now: Plane, scale: float, at: datetime) -> Iterator[Found]:
        assert self._slow is not None
        long = self._differs_for >= self._hold
        known = self._known_for >= _KNOWN * self._hold
        self._forget(now, long & ~known)
        ripe = long & known
        if not ripe.any():
            return
        joined = cv2.morphologyEx(ripe.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
        count, labels, boxes, _ = cv2.connectedComponentsWithStats(joined)
        for one in range(1, count):
            x, y, width, height, area = (int(number) for number in boxes[one])
            here = labels == one
            if not _SMALLEST <= area / now.size <= _LARGEST:
                continue
            if float((self._still_for[here] >= 0.8 * self._hold).mean()) < _STILL:
                continue
            since = float(np.median(self._differs_for[here & ripe]))
            self._settle(now, x, y, width, height)
            yield Found(
                x=round(x * scale),
                y=round(y * scale),
                width=round(width * scale),
                height=round(height * scale),
                since=at - timedelta(seconds=since),
                found_at=at,
            )

    def _forget(self, now: Plane, never: NDArray[np.bool_]) -> None:
        """Learn silently what differs from a background that was never seen to be the place's."""
        assert self._slow is not None
        if not never.any():
            return
        # With what lies inside its outline: a plain surface differs only at its rim.
        wide = cv2.dilate(never.astype(np.uint8), np.ones((11, 11), np.uint8))
        outlines, _ = cv2.findContours(wide, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        whole = cv2.drawContours(np.zeros_like(wide), outlines, -1, 1, cv2.FILLED) > 0
        self._slow[whole] = now[whole]
        self._differs_for[whole] = 0
        self._known_for[whole] = 0

    def _settle(self, now: Plane, x: int, y: int, width: int, height: int) -> None:
        """Learn a place as it is now, with its surroundings: it was told, once."""
        assert self._slow is not None
        rim = 12
        rows = slice(max(y - rim, 0), y + height + rim)
        columns = slice(max(x - rim, 0), x + width + rim)
        self._slow[rows, columns] = now[rows, columns]
        self._differs_for[rows, columns] = 0


def _same_place(one: Found, other: Found, *, reach: float) -> bool:
    across = max(one.x, other.x) - min(one.x + one.width, other.x + other.width)
    down = max(one.y, other.y) - min(one.y + one.height, other.y + other.height)
    return max(across, down) <= reach


def _small(pixels: Pixels) -> Plane:
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    height = round(pixels.shape[0] * _WIDTH / pixels.shape[1])
    small = cv2.resize(grey, (_WIDTH, height), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small, (0, 0), 1.0), np.float32)


def _stirs(last: Plane, now: Plane) -> NDArray[np.bool_]:
    """Return where something moved since the last picture, a change of all light set aside."""
    change = now - last
    change -= float(np.median(change))
    noise = 1.4826 * float(np.median(np.abs(change))) + 0.5
    local = cv2.blur(np.abs(change), (5, 5))
    return np.asarray(local > _STIRS * noise, np.bool_)


def _differs(slow: Plane, now: Plane) -> NDArray[np.bool_]:
    """Return where the structure is another one, or a flat surface another brightness."""
    window = (11, 11)
    mean, other_mean = cv2.blur(slow, window), cv2.blur(now, window)
    power = np.maximum(cv2.blur(slow * slow, window) - mean * mean, 0) + 16
    other_power = np.maximum(cv2.blur(now * now, window) - other_mean * other_mean, 0) + 16
    common = cv2.blur(slow * now, window) - mean * other_mean + 16
    unlike = 1 - common / np.sqrt(power * other_power)
    shift = other_mean - mean
    shift -= float(np.median(shift))
    return np.asarray(
        (unlike > _UNLIKE) & (np.abs(now - slow - np.median(now - slow)) > 8), np.bool_
    )
