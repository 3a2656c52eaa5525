"""What a line has to say, and holds back while nobody can take it."""

from collections import deque
from collections.abc import Callable
from datetime import datetime

from gateway.adapter import Delivery, LinkDown, Message

#: Changes kept while nothing can be delivered; what comes after that replaces the last of a block.
HELD = 256


class Outbox:
    """Delivers in order; while there is no room it keeps changes, so that no edge is lost."""

    def __init__(
        self,
        deliver: Callable[[Delivery], None],
        *,
        has_room: Callable[[], bool],
        clock: Callable[[], datetime],
        note: Callable[[str, str], None],
    ) -> None:
        """Deliver to ``deliver`` what ``clock`` has stamped."""
        self._deliver = deliver
        self._has_room = has_room
        self._clock = clock
        self._note = note
        self._held: deque[Message] = deque()

    def put(self, topic: str, payload: bytes) -> None:
        """Deliver a scan, or hold it."""
        message = Message(topic=topic, payload=payload, received_at=self._clock())
        if not self._held and self._has_room():
            self._hand_on(message)
        else:
            self._hold(message)
            self.flush()

    def flush(self) -> None:
        """Deliver what is held, as far as there is room."""
        while self._held and self._has_room():
            if not self._hand_on(self._held.popleft()):
                return

    def _hand_on(self, message: Message) -> bool:
        try:
            self._deliver(Delivery(message, _nothing))
        except LinkDown:  # the intake has ended; a new one will ask for everything
            self._note("modbus", "nobody takes scans")
            return False
        return True

    def _hold(self, message: Message) -> None:
        if len(self._held) < HELD:
            self._held.append(message)
            return
        self._note("modbus", "changes merged while the spool was away")
        for place in range(len(self._held) - 1, -1, -1):
            if self._held[place].topic == message.topic:
                self._held[place] = message
                return
        self._held.append(message)  # at most one more for each block


def _nothing() -> None:
    """Acknowledge nothing: a register waits for no receipt."""
