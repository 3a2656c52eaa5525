"""Sketches of open issues as a process has read them, in arrays that are walked from end to end.

Two short texts are alike as far as the bits of their sketches are the same; to count them in a
million sketches takes two milliseconds.
"""

import threading
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
#: Sketches of which the bits are counted in one step: they stay in the processor's cache.
_STEP = 65_536
#: Of more sketches than these only the hundredth with most bits in common is looked at in full, as
#: far as a sample of some of them tells, and whatever was told of the same place.
_FEW, _SOME, _NEARLY_ALL = 50_000, 8_192, 0.99


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
        at = self._worth_a_look(asked)
        seem = self._seem(at, asked)
        if len(at) > limit:
            best = np.argpartition(-seem, limit - 1)[:limit]
            at, seem = at[best], seem[best]
        found = self._of["number"][at]
        order = np.lexsort((-found, -seem))
        return [int(found[one]) for one in order if seem[one] > 0]

    def _worth_a_look(self, asked: Sketched) -> NDArray[np.intp]:
        """Return where those are of which more is read than bits, or all if they are few.

        To fetch the rest of a million sketches from memory takes longer than to count their bits.
        """
        used = self._used * MANY
        if used < _FEW:
            return np.arange(used)
        common = np.empty(used, dtype=np.uint8)
        for start in range(0, used, _STEP):
            step = slice(start, min(start + _STEP, used))
            np.bitwise_count(self._of["low"][step] & asked["low"], out=common[step])
            common[step] += np.bitwise_count(self._of["high"][step] & asked["high"])
        # More in common than nearly all have; of a few words any that lacks two bits at most.
        some = common[:: used // _SOME]
        rank = int(len(some) * _NEARLY_ALL)
        nearly_all = int(np.partition(some, rank)[rank])
        worth = common >= max(1, min(nearly_all + 1, int(_bits(asked)) - 2))
        if asked["place"]:
            worth |= self._of["place"][:used] == asked["place"]
        return np.flatnonzero(worth)

    def _seem(self, at: NDArray[np.intp], asked: Sketched) -> NDArray[np.float32]:
        """Return how much alike these seem: twice their common bits by the sum of both."""
        common = np.bitwise_count(self._of["low"][at] & asked["low"])
        common += np.bitwise_count(self._of["high"][at] & asked["high"])
        both = np.maximum(self._of["bits"][at] + np.float32(_bits(asked)), 1)
        seem: NDArray[np.float32] = common * np.float32(2) / both
        for name, weight in _MORE.items():
            if asked[name]:
                # Only of what has any bit in common: else all of a place would stand before it.
                seem += ((self._of[name][at] == asked[name]) & (common > 0)) * np.float32(weight)
        return seem

    def _next(self) -> int:
        if (self._used + 1) * MANY > len(self._of["low"]):
            self._of = {
                name: np.concatenate([kept, np.zeros_like(kept)]) for name, kept in self._of.items()
            }
        self._used += 1
        return self._used - 1


def _bits(sketches: Any) -> Any:
    return np.bitwise_count(sketches["low"]) + np.bitwise_count(sketches["high"])
