"""How often something may be tried: a token bucket, which forgives with time."""

import threading
from collections import OrderedDict
from collections.abc import Hashable


class Buckets:
    """One bucket for each key: ``burst`` tries at once, then one each ``every`` seconds.

    Nobody is locked out for ever: a bucket that is left alone fills again. Memory is bounded: the
    key that was tried longest ago is forgotten first.
    """

    def __init__(self, *, burst: int, every: float, keys: int = 10_000) -> None:
        """Keep at most ``keys`` buckets."""
        self._burst = float(burst)
        self._every = every
        self._keys = keys
        self._levels: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: Hashable, *, now: float) -> float:
        """Take one try; return 0, or for how many seconds the next one has to wait.

        :param now: seconds of a clock that never goes back.
        """
        with self._lock:
            level, since = self._levels.pop(key, (self._burst, now))
            level = min(self._burst, level + (now - since) / self._every)
            granted = level >= 1
            self._levels[key] = (level - 1 if granted else level, now)
            while len(self._levels) > self._keys:
                self._levels.popitem(last=False)
            return 0.0 if granted else (1 - level) * self._every

    def forgive(self, key: Hashable) -> None:
        """Fill a bucket at once."""
        with self._lock:
            self._levels.pop(key, None)
