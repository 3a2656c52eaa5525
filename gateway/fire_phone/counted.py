"""Counters that a host latches: they tell of what came and went between two scans."""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: What is counted and what is seen may come in two scans; compare when both have rested so long.
RESTS = timedelta(seconds=1)
#: A greater jump is a host that began to count anew, not so many calls.
_MOST = 1000
_MODULUS = 0x10000


@dataclass(slots=True)
class Counted:
    """One counter beside the number of beginnings that were seen."""

    value: int | None = None
    _missed: int = 0
    _seen: int = 0
    _moved_at: datetime | None = None

    def see(self, value: int, seen: int, at: datetime) -> int:
        """Take a new look; return how many beginnings nobody has seen, each told once.

        :param seen: how many beginnings were seen so far.
        """
        if self.value is None:
            self.value, self._seen = value, seen
            return 0
        more = (value - self.value) % _MODULUS
        self.value = value
        if more > _MOST:
            self._missed, self._seen, self._moved_at = 0, seen, None
            return 0
        if more or seen != self._seen:
            self._missed += more - (seen - self._seen)
            self._seen, self._moved_at = seen, at
        return self.rest(at)

    def rest(self, at: datetime) -> int:
        """Return how many were missed, once both have rested."""
        if self._moved_at is None or at - self._moved_at < RESTS:
            return 0
        missed, self._missed, self._moved_at = max(0, self._missed), 0, None
        return missed
