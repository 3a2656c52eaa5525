"""The last pictures of one camera, so that there is one from before anything happened.

In memory only, and bounded in time and in bytes: a second recorder is not what this is.
"""

import threading
from collections import deque
from datetime import datetime, timedelta

from gateway.cctv.still import Still

MOST_BYTES = 8 * 1024 * 1024


class Ring:
    """Pictures of the last seconds, oldest first; safe to ask from any thread."""

    def __init__(self, *, seconds: float, most_bytes: int = MOST_BYTES) -> None:
        """Keep pictures for so many seconds, and no more bytes than that; the newest always."""
        self._lasts = timedelta(seconds=seconds)
        self._most_bytes = most_bytes
        self._stills: deque[Still] = deque()
        self._bytes = 0
        self._guard = threading.Lock()

    def put(self, still: Still) -> None:
        """Keep the newest picture; the oldest go."""
        with self._guard:
            if self._stills and still.taken_at < self._stills[-1].taken_at:
                self._stills.clear()  # our clock was set back: what it said before is no order
                self._bytes = 0
            self._stills.append(still)
            self._bytes += len(still.content)
            self._shed(still.taken_at)

    def before(self, moment: datetime) -> Still | None:
        """Return the last picture that was taken by then."""
        with self._guard:
            earlier = [one for one in self._stills if one.taken_at <= moment]
        return earlier[-1] if earlier else None

    def nearest(self, moment: datetime) -> Still | None:
        """Return the picture whose moment is nearest, on either side."""
        with self._guard:
            stills = tuple(self._stills)
        return min(stills, key=lambda one: abs(one.taken_at - moment), default=None)

    @property
    def oldest_at(self) -> datetime | None:
        """How far back it reaches."""
        with self._guard:
            return self._stills[0].taken_at if self._stills else None

    @property
    def size(self) -> int:
        """Bytes held."""
        return self._bytes

    def _shed(self, now: datetime) -> None:
        while len(self._stills) > 1 and (
            self._bytes > self._most_bytes or now - self._stills[0].taken_at > self._lasts
        ):
            self._bytes -= len(self._stills.popleft().content)
