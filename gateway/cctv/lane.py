"""One camera in a lane of its own: whatever it does, it makes nobody else wait.

The lane looks at its camera at an interval and keeps what it sees in the ring; who asks for a
picture gets it from there, or has the camera looked at out of turn.
"""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog

from gateway.cctv.asked import Asked, Label, from_ring, instead
from gateway.cctv.ring import Ring
from gateway.cctv.still import Camera, NoPicture, Still

log = structlog.get_logger(__name__)

#: A camera has so many seconds for one picture, all tries together.
LOOK_WITHIN = 8.0
#: After somebody asked, so many pictures follow quickly: what is going on is going on now.
BURST = 5
BURST_EVERY = 1.0
#: A picture this far from the wanted moment still tells of it, unless pictures are rarer, seconds.
MOST_OFF = 15.0
MOST_ASKED = 200


class Look(NamedTuple):
    """One look at a camera: a picture, or why there is none."""

    at: datetime
    seen: Still | NoPicture


class Lane:
    """Looks at one camera; ``run`` it in a thread of its own."""

    def __init__(
        self,
        camera: Camera,
        *,
        ring: Ring,
        interval: float,
        clock: Callable[[], datetime],
        tell: Callable[[Look], None],
    ) -> None:
        """Look every ``interval`` seconds, and ``tell`` each look; it must not wait."""
        self._camera = camera
        self._ring = ring
        self._interval = interval
        self._clock = clock
        self._tell = tell
        self._most_off = timedelta(seconds=max(MOST_OFF, 3 * interval))
        self._asked: list[Asked] = []
        self._burst = 0
        self._news = threading.Condition()

    def ask(self, asked: Asked) -> None:
        """Answer from the ring at once, or look for it; never waits for the camera.

        A moment that is still to come is waited for.
        """
        now = self._clock()
        if asked.moment <= now:
            try:
                still = from_ring(asked, self._ring, now=now, most_off=self._most_off)
            except NoPicture as reason:
                asked.answer(reason)
                return
            if still is not None:
                asked.answer(still)
                return
        with self._news:
            full = len(self._asked) >= MOST_ASKED
            if not full:
                self._asked.append(asked)
                self._news.notify_all()
        if full:
            asked.answer(NoPicture("too many pictures of this camera are asked for at once"))

    def run(self, stopping: threading.Event) -> None:
        """Look until told to stop."""
        next_look = time.monotonic()
        while not stopping.is_set():
            due = self._due()
            if due or time.monotonic() >= next_look:
                began = time.monotonic()
                self._answer(due, self._look())
                next_look = max(began + self._pause(), time.monotonic() + 0.05)
            self._wait(stopping, next_look)

    def wake(self) -> None:
        """Let it see that it is to stop."""
        with self._news:
            self._news.notify_all()

    def _look(self) -> Look:
        try:
            still = self._camera.look(within=LOOK_WITHIN)
        except NoPicture as reason:
            look = Look(self._clock(), reason)
        else:
            self._ring.put(still)
            look = Look(still.taken_at, still)
        self._tell(look)
        return look

    def _due(self) -> list[Asked]:
        """Take what waits for a picture of now."""
        now = self._clock()
        with self._news:
            due = [one for one in self._asked if one.moment <= now]
            self._asked = [one for one in self._asked if one.moment > now]
        if any(one.label is not Label.BEFORE for one in due):
            self._burst = BURST
        return due

    def _answer(self, due: list[Asked], look: Look) -> None:
        for asked in due:
            try:
                asked.answer(self._chosen(asked, look))
            except NoPicture as reason:
                asked.answer(reason)

    def _chosen(self, asked: Asked, look: Look) -> Still:
        """Return the best there is now, the camera having just been looked at."""
        try:
            best = from_ring(asked, self._ring, now=look.at, most_off=self._most_off)
        except NoPicture:
            if asked.label is not Label.BEFORE and isinstance(look.seen, NoPicture):
                raise look.seen from None  # what the camera did says more
            raise
        if best is not None:
            return best
        if isinstance(look.seen, Still):
            return look.seen
        return instead(asked, self._ring, look.seen, most_off=self._most_off)

    def _pause(self) -> float:
        if self._burst > 0:
            self._burst -= 1
            return min(BURST_EVERY, self._interval)
        return self._interval

    def _wait(self, stopping: threading.Event, next_look: float) -> None:
        """Sleep until the next look, or until a moment that is asked for has come."""
        with self._news:
            if stopping.is_set() or any(one.moment <= self._clock() for one in self._asked):
                return
            until = next_look - time.monotonic()
            for one in self._asked:
                until = min(until, (one.moment - self._clock()).total_seconds())
            self._news.wait(max(until, 0.01))
