"""Between cable and writer: deliveries wait here, few enough to fit in memory."""

import threading
from collections import Counter, deque

from gateway.adapter import Delivery, LinkDown

#: Enough to keep the writer busy through one slow sync; a broker keeps the rest.
DELIVERIES = 4000
BYTES = 32 * 1024 * 1024


class Inbox:
    """A queue of deliveries, bounded by number and by bytes.

    The bound is kept by the cables: each asks ``has_room`` before it reads on, so that a full
    inbox becomes back-pressure on the wire. One delivery too many is taken rather than lost.
    """

    def __init__(self, *, deliveries: int = DELIVERIES, size: int = BYTES) -> None:
        """Hold at most so many deliveries and so many bytes of payload."""
        self._most = deliveries
        self._room = size
        self._waiting: deque[Delivery] = deque()
        self._filled = threading.Event()
        self._guard = threading.Lock()
        self._bytes = 0
        self._shut = False
        self._closed = False
        self._notes: Counter[tuple[str, str]] = Counter()

    def put(self, delivery: Delivery) -> None:
        """Take one delivery; never waits.

        :raises LinkDown: nobody will take it out any more.
        """
        if self._closed:
            raise LinkDown("the intake has ended")
        with self._guard:
            self._bytes += len(delivery.message.payload)
            self._waiting.append(delivery)
        if not self._filled.is_set():
            self._filled.set()

    def has_room(self) -> bool:
        """Whether a cable may read on."""
        return not self._shut and self._bytes < self._room and len(self._waiting) < self._most

    def shut(self) -> None:
        """Have no room at all for now, because nothing can be kept."""
        self._shut = True

    def reopen(self) -> None:
        """Have room again."""
        self._shut = False

    def note(self, kind: str, reason: str) -> None:
        """Count something that happened on a cable."""
        with self._guard:
            self._notes[kind, reason] += 1

    def notes(self) -> Counter[tuple[str, str]]:
        """Return what was counted since this was last asked."""
        with self._guard:
            notes, self._notes = self._notes, Counter()
        return notes

    def take(self, most: int, *, timeout: float) -> list[Delivery]:
        """Return what waits, oldest first; wait up to ``timeout`` seconds for the first."""
        if not self._waiting and not self._closed:
            self._filled.wait(timeout)
        self._filled.clear()
        with self._guard:
            count = min(most, len(self._waiting))
            taken = [self._waiting.popleft() for _ in range(count)]
            self._bytes -= sum(len(one.message.payload) for one in taken)
        if self._waiting or self._closed:
            self._filled.set()
        return taken

    def let_go(self) -> None:
        """Forget what its cable will tell again, so that it comes in its order, not before.

        A writer that died took the oldest with it: what waits behind must not overtake that.
        """
        with self._guard:
            kept = [one for one in self._waiting if not one.comes_again]
            self._waiting.clear()
            self._waiting.extend(kept)
            self._bytes = sum(len(one.message.payload) for one in kept)

    def wake(self) -> None:
        """Let whoever waits look around."""
        self._filled.set()

    def close(self) -> None:
        """Take nothing more and wake whoever waits."""
        self._closed = True
        self._filled.set()
