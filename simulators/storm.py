"""A storm: many stations pressed at a steady rate, and the count of what was receipted.

Native events are in the journal, on the disk, before they are sent, and are sent again until
receipted, whatever is killed meanwhile. The other dialects have no receipt: what they say while
there is no broker is gone, as with the real bridges.
"""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from simulators.action import Act, Action
from simulators.building import Building, Spec
from simulators.journal import Journal
from simulators.mqtt import Publisher

#: Most presses made at once when the storm is behind its rate.
BURST = 500
#: Seconds between two looks at the clock.
NAP = 0.01

RING = Action(act=Act.RING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The storm's count. Dialects without receipts leave the last two open."""

    #: Presses made.
    sent: int
    receipted: int | None
    unreceipted: int | None
    #: Messages that went over the cable, resends and all.
    messages: int
    resent: int
    #: Seconds from the first press to the last receipt, or to giving up.
    took: float

    def as_json(self) -> dict[str, int | float | None]:
        """Return the outcome as it is printed."""
        return asdict(self)


def stations(dialect: str, count: int, *, site: str) -> Building:
    """Return a building of ``count`` stations named ``storm-01`` and so on.

    A Dahua station's prefix is ``DahuaVTO-storm-01``; the others are addressed by their code.
    """
    specs = {}
    for number in range(1, count + 1):
        code = f"storm-{number:02d}"
        address = f"DahuaVTO-{code}" if dialect == "dahua-vto" else code
        specs[code] = Spec(code=code, dialect=dialect, address=address)
    return Building(site=site, zone=ZoneInfo("Asia/Shanghai"), heartbeat=60.0, stations=specs)


class Storm:
    """One storm over one connection."""

    def __init__(
        self,
        building: Building,
        publisher: Publisher,
        journal: Journal,
        *,
        boot: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._stations = [
            station for station in building.set_up(boot).values() if Act.RING in station.can
        ]
        self._publisher = publisher
        self._journal = journal
        self._clock = clock
        self._connections = 0
        self._pressed = 0
        self._messages = 0

    def rage(self, *, rate: float, seconds: float, drain: float, stop: threading.Event) -> Outcome:
        """Press ``rate`` times a second for ``seconds``, then wait ``drain`` s for receipts."""
        begun = time.monotonic()
        presses = int(rate * seconds)
        ends = begun + seconds + drain
        while not stop.is_set() and (now := time.monotonic()) < ends:
            behind = min(presses, int((now - begun) * rate) + 1) - self._pressed
            self._press(min(behind, BURST))
            sent = self._turn(now)
            if self._pressed >= presses and not self._journal.unreceipted:
                break
            if sent == 0 and behind <= BURST:
                stop.wait(NAP)
        self._publisher.flush(timeout=5.0)
        return self._outcome(time.monotonic() - begun)

    def _press(self, count: int) -> None:
        if count <= 0:
            return
        now = self._clock()
        said = [
            message
            for number in range(self._pressed, self._pressed + count)
            for message in self._stations[number % len(self._stations)].say(RING, now=now)
        ]
        self._pressed += count
        self._journal.tell([message for message in said if message.event_id is not None])
        for message in said:
            if message.event_id is None:
                self._messages += self._publisher.publish(message)

    def _turn(self, now: float) -> int:
        """Take receipts, then send what is due; returns how many were sent."""
        while True:
            try:
                self._journal.receipt(*self._publisher.inbox.get_nowait())
            except queue.Empty:
                break
        if not self._publisher.connected:
            return 0
        if self._publisher.connections != self._connections:
            self._connections = self._publisher.connections
            self._journal.reconnected()
        due = self._journal.due(now, limit=min(BURST, self._publisher.room))
        for event in due:
            self._messages += self._publisher.publish(event)
        return len(due)

    def _outcome(self, took: float) -> Outcome:
        kept = self._journal.told > 0
        return Outcome(
            sent=self._pressed,
            receipted=self._journal.receipted if kept else None,
            unreceipted=self._journal.unreceipted if kept else None,
            messages=self._messages,
            resent=self._journal.resent,
            took=round(took, 3),
        )
