"""MQTT: the cable to door stations and bridges; keeps one session with the broker for ever.

The broker tells unacknowledged messages again only after a reconnect. So whoever cannot keep what
came breaks the connection off, and the link comes back with growing pauses.
"""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from gateway.adapter import Delivery, LinkDown
from gateway.links.address import BrokerAddress
from gateway.links.mqtt_connection import KEEPALIVE, Connection
from gateway.links.mqtt_wire import Version, Wire
from gateway.pause import Pause

__all__ = ["BrokerAddress", "MqttLink"]

log = structlog.get_logger(__name__)

#: A connection that lived so long was a good one, seconds.
GOOD_AFTER = 10.0
#: So many short lives in a row are no accident: somebody else takes our place each time.
SHORT_LIVES = 3
#: Then we come back this rarely, seconds: two that fight must not wear the broker out.
TRUCE = 30.0
#: Nothing heard for so long, not even the answer to a ping: no progress.
SILENT_AFTER = timedelta(seconds=3 * KEEPALIVE)

_TAKEN_OVER = 0x8E
_BAD_VERSION = 0x84


class MqttLink:
    """One persistent session with one broker, for all topics of the site."""

    def __init__(
        self,
        *,
        broker: BrokerAddress,
        client_id: str,
        topics: tuple[str, ...],
        clock: Callable[[], datetime],
        has_room: Callable[[], bool],
        note: Callable[[str, str], None],
    ) -> None:
        """Subscribe to ``topics`` at ``broker`` as ``client_id``, which nobody else may use.

        Nothing is read while there is no room; ``note`` counts what is worth knowing.
        """
        self._broker = broker
        self._client_id = client_id
        self._topics = topics
        self._clock = clock
        self._has_room = has_room
        self._note = note
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._connection: Connection | None = None
        self._version = Version.V5
        self._proven = False
        self._short_lives = 0
        self._thrown_away: int | None = None
        self._bears_counter = broker.counts_losses
        self._gone: str | None = None
        self._progress_at = clock()
        #: Why the link has ended for good: to start it again would do harm.
        self.ended: str | None = None

    @property
    def connected(self) -> bool:
        """Whether the broker has accepted us; only ``alive`` says what that is worth."""
        return self._connection is not None and self._connection.accepted

    def start(self, deliver: Callable[[Delivery], None]) -> None:
        """Begin delivering; returns at once, reconnects by itself."""
        wire = Wire(
            clock=self._clock,
            deliver=deliver,
            has_room=self._has_room,
            note=self._note,
            heard=self._heard,
            welcomed=self._welcome,
            thrown_away=self._hear_of_loss,
            bears_counter=lambda: self._bears_counter,
            never_count=self._never_count,
        )
        self._thread = threading.Thread(target=self._run, args=(wire,), name="mqtt", daemon=True)
        self._thread.start()

    def send(self, topic: str, payload: bytes) -> None:
        """Send a receipt back to a device; a lost one is made good by the device's resend.

        :raises LinkDown: there is no connection to send it on.
        """
        connection = self._connection
        if connection is None or not connection.accepted:
            raise LinkDown(f"not connected to {self._broker.url}")
        connection.send(topic, payload)

    def drop(self) -> None:
        """Break off at once: only a reconnect makes the broker tell again."""
        connection = self._connection
        if connection is not None:
            connection.close()

    def stop(self) -> None:
        """End cleanly; what is not acknowledged comes again."""
        self._stopping.set()
        self.drop()
        if self._thread is not None:
            self._thread.join(2.0)

    def alive(self, now: datetime) -> bool:
        """Whether bytes came in lately, or a connection was tried."""
        if self.ended is not None or self._thread is None or not self._thread.is_alive():
            return False
        return not self._has_room() or now - self._progress_at < SILENT_AFTER

    def _run(self, wire: Wire) -> None:
        pause = Pause(least=1.0, most=10.0)
        while not self._stopping.is_set() and self.ended is None:
            if self._has_room():
                self._heard()
                if self._connect(wire) >= GOOD_AFTER:
                    pause.reset()
            truce = TRUCE if self._short_lives >= SHORT_LIVES else 0.0
            self._stopping.wait(truce + pause.seconds())

    def _connect(self, wire: Wire) -> float:
        """Live through one connection, draw the lesson from its end, return how long it lived."""
        began = time.monotonic()
        connection = Connection(
            self._broker,
            client_id=self._client_id,
            topics=self._topics,
            version=self._version,
            wire=wire,
        )
        self._connection = connection
        if self._stopping.is_set():
            connection.close()
        why = connection.live()
        self._connection = None
        lived = time.monotonic() - began
        if not self._stopping.is_set():
            self._judge(connection, why)
            self._suspect(connection, lived)
        return lived

    def _judge(self, connection: Connection, why: str) -> None:
        other = Version.V311 if self._version is Version.V5 else Version.V5
        if connection.code == _TAKEN_OVER:
            self.ended = f"another gateway uses the client id {self._client_id}"
            self._note("mqtt", "session taken over")
            log.critical("link ended", reason=self.ended, broker=self._broker.url)
            return
        if connection.garbled and self._version is Version.V5:
            # MQTT 3.1.1 carries no properties: what cannot be read in them cannot come again.
            self._version = other
            self._note("mqtt", "unreadable packet")
            log.error("broker sent what cannot be read, going on with MQTT 3.1.1", reason=why)
        elif connection.code == _BAD_VERSION or (connection.mute and not self._proven):
            self._version = other
        if self._gone is None:
            self._gone = why
            log.warning("broker gone", broker=self._broker.url, reason=why)

    def _suspect(self, connection: Connection, lived: float) -> None:
        """Count lives cut short by the broker: not every broker says that we were taken over."""
        cut_short = connection.taken and not connection.dropped and lived < GOOD_AFTER
        self._short_lives = self._short_lives + 1 if cut_short else 0
        if self._short_lives == SHORT_LIVES:
            self._note("mqtt", "cut off again and again")
            log.critical(
                "broker accepts us and cuts us off, again and again: "
                "does another gateway use our client id?",
                client_id=self._client_id,
                broker=self._broker.url,
            )

    def _welcome(self, session_present: bool) -> None:  # noqa: FBT001 - the broker's flag
        if self._gone is not None:
            log.warning("broker back", broker=self._broker.url, gone_for=self._gone)
            self._gone = None
        if self._proven and not session_present:
            self._note("mqtt", "session lost")
            log.error("broker forgot our session and what waited in it", broker=self._broker.url)
        self._proven = True

    def _hear_of_loss(self, total: int) -> None:
        """Say that the broker throws messages away: it tells nobody else."""
        before, self._thrown_away = self._thrown_away, total
        if before is not None and total > before:
            self._note("broker", "messages thrown away")
            log.error("broker throws messages away", more=total - before, broker=self._broker.url)

    def _never_count(self) -> None:
        self._bears_counter = False
        log.info("broker has no counter of what it throws away", broker=self._broker.url)

    def _heard(self) -> None:
        self._progress_at = self._clock()
