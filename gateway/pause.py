"""Pauses that grow while something fails, with jitter so that a street of gateways never agrees."""

import random


class Pause:
    """The next pause, in seconds: doubled each time, between two bounds, ±25 %."""

    def __init__(self, *, least: float, most: float) -> None:
        """Begin at ``least`` and never exceed ``most`` (before the jitter)."""
        self._least = least
        self._most = most
        self._next = least

    def seconds(self) -> float:
        """Return how long to wait now; the next one is longer."""
        pause, self._next = self._next, min(self._next * 2, self._most)
        return pause * random.uniform(0.75, 1.25)  # noqa: S311 - jitter is no secret

    def reset(self) -> None:
        """Begin anew: it worked."""
        self._next = self._least
