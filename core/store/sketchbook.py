"""Sketches of open issues as a process has read them, in arrays that are walked from end to end.

Two short texts are alike as far as the bits of their sketches are the same; to count them in a
million sketches takes two milliseconds.
"""

import threading
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.facts.device import SiteCode

#: Sketches in one row of the table.
MANY = 256
Sketched = NDArray[Any]

#: Little-endian on every machine: it is stored so.
_RECORD = np.dtype([("low", "<u8"), ("high", "<u8"), ("place", "<u4"), ("category", "<u4")])
#: What is kept of each sketch, a column each.
_KEPT = {
    "low": np.uint64,
    "high": np.uint64,
    "place": np.uint32,
    "category": np.uint32,
    "bits": np.uint8,
    "number": np.int64,
}
#: How much more alike issues of the same place and of the same category seem: as the service
#: weighs them, of one instead of a hundred, and a little more, for sketches see less than words.
_MORE = {"place": 0.2, "category": 0.13}
#: Sketches looked at in one step: what they need stays in the processor's cache.
_STEP = 131_072
#: Of more sketches than these only the nearest thirtieth by the lower half is looked at in full,
#: as far as a sample of some of them tells.
_FEW, _SOME, _NEARLY_ALL = 50_000, 4_096, 0.97


def empty(many: int = 1) -> Sketched:
    """Return so many sketches of nothing."""
    return np.zeros(many, dtype=_RECORD)


class Sketchbook:
    """A shelf for each site; a process has one book."""

    def __init__(self) -> None:
        """Know no sketch yet."""
        self._shelves: dict[SiteCode, Shelf] = {}
        self._lock = threading.Lock()

    def shelf(self, site: SiteCode) -> "Shelf":
        """Return what is known of a site."""
        with self._lock:
            return self._shelves.setdefault(site, Shelf())


class Shelf:
    """The sketches of one site. Who uses it holds its ``lock``."""

    def __init__(self) -> None:
        """Know no sketch yet."""
        self.lock = threading.Lock()
        #: The newest change that has been read.
        self.seen = 0
        self._slots: dict[int, int] = {}
        self._free: list[int] = []
        self._used = 0
        self._of: dict[str, NDArray[Any]] = {
            name: np.zeros(MANY, dtype=kind) for name, kind in _KEPT.items()
        }

    def put(self, part: int, sketches: Sketched) -> None:
        """Keep the sketches of a row, in the place of those it had before."""
        slot = self._slots.get(part)
        if slot is None:
            slot = self._slots[part] = self._free.pop() if self._free else self._next()
        at = slice(slot * MANY, (slot + 1) * MANY)
        for name in _RECORD.names or ():
            self._of[name][at] = sketches[name]
        bits = self._of["bits"][at] = _bits(sketches)
        self._of["number"][at] = np.arange(part * MANY, (part + 1) * MANY)
        if not bits.any():
            self._free.append(self._slots.pop(part))

    def nearest(self, asked: Sketched, *, limit: int) -> list[int]:
        """Return the numbers of the issues that seem most alike, the most alike first."""
        found = np.empty(0, dtype=np.int64)
        alike = np.empty(0, dtype=np.float32)
        fewest = self._fewest(asked)
        for step in self._steps():
            # What is no better than the worst of enough others is passed over.
            least = alike.min() if len(alike) == limit else np.float32(0)
            at, seem = _seem(step, asked, least, fewest)
            found = np.concatenate([found, step["number"][at]])
            alike = np.concatenate([alike, seem])
            if len(alike) > limit:
                best = np.argpartition(-alike, limit - 1)[:limit]
                found, alike = found[best], alike[best]
        order = np.lexsort((-found, -alike))
        return [int(number) for number in found[order]]

    def _fewest(self, asked: Sketched) -> int:
        """Return how many bits of the lower half only one in thirty has in common.

        Of few sketches all are looked at.
        """
        used = self._used * MANY
        if used < _FEW:
            return 0
        some = self._of["low"][: used : used // _SOME]
        return int(np.quantile(np.bitwise_count(some & asked["low"]), _NEARLY_ALL))

    def _steps(self) -> Iterator[Mapping[str, NDArray[Any]]]:
        used = self._used * MANY
        for at in range(0, used, _STEP):
            yield {name: kept[at : min(at + _STEP, used)] for name, kept in self._of.items()}

    def _next(self) -> int:
        if (self._used + 1) * MANY > len(self._of["low"]):
            self._of = {
                name: np.concatenate([kept, np.zeros_like(kept)]) for name, kept in self._of.items()
            }
        self._used += 1
        return self._used - 1


def _bits(sketches: Any) -> Any:
    return np.bitwise_count(sketches["low"]) + np.bitwise_count(sketches["high"])


def _seem(
    step: Mapping[str, NDArray[Any]], asked: Sketched, least: np.float32, fewest: int
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return which sketches seem more alike than ``least``, and how much.

    Alike are two sketches by their common bits as a part of all: twice ``common`` by the sum of
    both. Of those with less than ``fewest`` common bits in the lower half nothing else is read: to
    fetch a million sketches from memory takes longer than to count their bits.
    """
    at = np.flatnonzero(np.bitwise_count(step["low"] & asked["low"]) >= fewest)
    common = np.bitwise_count(step["low"][at] & asked["low"])
    common += np.bitwise_count(step["high"][at] & asked["high"])
    seem = common * np.float32(2) / np.maximum(step["bits"][at] + np.float32(_bits(asked)), 1)
    for name, weight in _MORE.items():
        if asked[name]:
            # Only of what has any bit in common: else all of a place would stand before it.
            seem += ((step[name][at] == asked[name]) & (common > 0)) * np.float32(weight)
    better = seem > least
    return at[better], seem[better]
