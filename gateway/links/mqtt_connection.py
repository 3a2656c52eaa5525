"""One MQTT connection, from its CONNECT to its end. The only import of paho.

paho's public ``loop_read``/``loop_write``/``loop_misc`` run in a thread of ours. Before paho reads,
we look at what has come: whole PUBLISH packets are taken out by ``mqtt_frames``, hundreds at a
time, and paho gets all the rest; the acknowledgements of a batch leave in one write.
Acknowledgements belong to their connection: after a reconnect the same packet id may name another
message, so what was delivered before stays unacknowledged and comes again.
"""

import contextlib
import select
import socket
import ssl
from collections import deque
from functools import partial

import paho.mqtt.client as paho
import structlog
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions

from gateway.adapter import Delivery, LinkDown, Message
from gateway.links.address import BrokerAddress
from gateway.links.mqtt_acks import Acks
from gateway.links.mqtt_frames import publishes, whole
from gateway.links.mqtt_wire import Version, Wire

log = structlog.get_logger(__name__)

KEEPALIVE = 15
#: Without an expiry the session, and what waits in it, would end with the connection (MQTT 5).
SESSION_EXPIRY = 7 * 86400
#: In flight at once: as many as two batches, so that reading goes on while one is synced.
RECEIVE_MAXIMUM = 1000
#: Looked at in one go; a larger packet is left to paho from its first byte.
LOOK = 64 * 1024
#: Where mosquitto and its likes say how many messages they threw away, a full queue's for one.
THROWN_AWAY = "$SYS/broker/publish/messages/dropped"


class Connection:
    """One connection from its CONNECT to its end; only its thread touches the socket."""

    def __init__(
        self,
        broker: BrokerAddress,
        *,
        client_id: str,
        topics: tuple[str, ...],
        version: Version,
        wire: Wire,
    ) -> None:
        """Prepare to subscribe to ``topics`` as ``client_id``."""
        self._broker = broker
        self._topics = topics
        self._version = version
        self._wire = wire
        self._client = self._prepared(client_id)
        self._waker, self._wakes = socket.socketpair()
        self._waker.setblocking(False)
        self._wakes.setblocking(False)
        self._awake = False
        self._closing = False
        #: The subscription to the broker's own counter, until the broker has answered it.
        self._asked: int | None = None
        self._acks = Acks()
        self._outbox: deque[tuple[str, bytes]] = deque(maxlen=1000)
        self._count = 0
        #: Set while paho is in the middle of a PUBLISH: how many had come before it.
        self._in_paho: int | None = None
        #: The broker holds us for connected; once it did, it was ``taken``.
        self.accepted = False
        self.taken = False
        #: It was we who ended it.
        self.dropped = False
        #: TCP stood, but the broker said nothing at all.
        self.mute = False
        #: The broker sent a packet that paho cannot read.
        self.garbled = False
        #: The broker's last word, and its number.
        self.code = 0
        self._word = ""

    def live(self) -> str:
        """Connect, deliver until it is over, and return why it is."""
        try:
            if not self._closing:
                self._open()
                self.mute = True
            while not self._closing and self._client.socket() is not None:
                self._turn()
            self._flush()
            self._client.disconnect()
            self._client.loop_write()
        except (OSError, ValueError) as problem:
            self._word = str(problem)
        finally:
            self.accepted = False
            self._waker.close()
            self._wakes.close()
        return self._word or "connection lost"

    def send(self, topic: str, payload: bytes) -> None:
        """Publish with QoS 0, soon; for any thread."""
        self._outbox.append((topic, payload))
        self._wake()

    def acknowledge(self, mid: int) -> None:
        """Acknowledge one message, soon and in the order of the calls; for any thread."""
        self._acks.add(mid)
        if not self._awake:
            self._wake()

    def close(self) -> None:
        """End it, after what was acknowledged so far; for any thread."""
        self._closing = self.dropped = True
        self._wake()

    def _wake(self) -> None:
        self._awake = True
        with contextlib.suppress(OSError):  # full: it wakes anyway; closed: nobody is there
            self._wakes.send(b"\0")

    def _prepared(self, client_id: str) -> paho.Client:
        client = paho.Client(
            CallbackAPIVersion.VERSION2,
            client_id=client_id,
            clean_session=None if self._version is Version.V5 else False,
            protocol=MQTTProtocolVersion(self._version),
            manual_ack=True,
        )
        client.connect_timeout = 3.0
        if self._broker.username is not None:
            client.username_pw_set(self._broker.username, self._broker.password)
        if self._broker.secure:
            client.tls_set(ca_certs=str(self._broker.ca_file) if self._broker.ca_file else None)
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_subscribe = self._on_subscribe
        client.on_message = self._on_message
        client.on_socket_open = _without_delay
        client.on_socket_register_write = lambda *_: None  # we write when select lets us
        return client

    def _open(self) -> None:
        host, port = self._broker.host, self._broker.port
        if self._version is Version.V5:
            properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
            properties.SessionExpiryInterval = SESSION_EXPIRY
            properties.ReceiveMaximum = RECEIVE_MAXIMUM
            self._client.connect(host, port, KEEPALIVE, clean_start=False, properties=properties)
        else:
            self._client.connect(host, port, KEEPALIVE)

    def _turn(self) -> None:
        """Wait for something to do, and do it."""
        wire = self._client.socket()
        if wire is None:
            return
        reading = [self._waker, wire] if self._wire.has_room() else [self._waker]
        writing = [wire] if self._acks.begun or self._client.want_write() else []
        pending = isinstance(wire, ssl.SSLSocket) and wire.pending() > 0
        ready, _, _ = select.select(reading, writing, [], 0.0 if pending else 0.5)
        if self._waker in ready:
            self._waker.recv(4096)
            self._awake = False
        if wire in ready or pending:
            self._wire.heard()
            self._read(wire)
        while self._outbox and self.accepted:
            self._client.publish(*self._outbox.popleft())
        self._flush()
        self._client.loop_misc()

    def _read(self, wire: object) -> None:
        """Take whole PUBLISH packets; leave everything else to paho, packet by packet.

        paho may begin a packet only if it will finish it at once, or tells us when it has: else
        nobody knew where the next one begins. TLS cannot be looked at, so there paho reads all.
        """
        if not isinstance(wire, socket.socket) or isinstance(wire, ssl.SSLSocket):
            self._leave_to_paho()
            return
        if self._in_paho is not None:
            self._leave_to_paho()
            if self._in_paho != self._count:
                self._in_paho = None
            return
        seen = wire.recv(LOOK, socket.MSG_PEEK)
        found, size = publishes(seen, properties=self._version is Version.V5)
        for one in found:
            self._take(one.topic, one.payload, one.mid, retained=one.retained)
        if size:
            wire.recv(size)
            return
        if seen and len(seen) < whole(seen):
            # Half a packet must not lie in the socket until the rest is there: the kernel charges
            # the whole segment it came in, may have no room for more, and nothing comes any more.
            self._in_paho = self._count
        self._leave_to_paho()

    def _leave_to_paho(self) -> None:
        code = self._client.loop_read()
        if code is MQTTErrorCode.MQTT_ERR_PROTOCOL and self.accepted:
            self.garbled = True

    def _flush(self) -> None:
        """Write paho's packets whole, then the acknowledgements; each in one piece."""
        if not self._acks.begun:
            self._client.loop_write()
            if self._client.want_write():
                return
        wire = self._client.socket()
        if isinstance(wire, socket.socket):
            self._acks.write(wire)

    def _on_connect(
        self,
        client: paho.Client,
        _data: object,
        flags: paho.ConnectFlags,
        reason: ReasonCode,
        _properties: object,
    ) -> None:
        self.mute = False
        if reason.is_failure:
            self._hear(reason)
            return
        self.accepted = self.taken = True
        if self._version is Version.V5:
            # Retained messages only with a new subscription: old alarms must not come as new.
            options = SubscribeOptions(qos=1, retainHandling=1)
            client.subscribe([(topic, options) for topic in self._topics])
        else:
            client.subscribe([(topic, 1) for topic in self._topics])
        if self._wire.bears_counter():
            # By itself: some brokers cut off whoever asks for a topic of theirs.
            _, self._asked = client.subscribe(THROWN_AWAY, 0)
        self._wire.welcomed(flags.session_present)

    def _on_disconnect(
        self, _client: paho.Client, _data: object, _flags: object, reason: ReasonCode, *_: object
    ) -> None:
        if self._asked is not None:
            self._wire.never_count()
        if not self._word:
            self._hear(reason)

    def _on_subscribe(
        self, _client: paho.Client, _data: object, mid: int, codes: list[ReasonCode], *_: object
    ) -> None:
        if mid == self._asked:
            self._asked = None
            return
        refused = [
            topic for topic, code in zip(self._topics, codes, strict=False) if code.is_failure
        ]
        for topic in refused:
            self._wire.note("mqtt", "subscription refused")
            log.critical("broker refuses a subscription, its devices stay unheard", topic=topic)

    def _on_message(self, _client: paho.Client, _data: object, message: paho.MQTTMessage) -> None:
        try:
            topic = message.topic.encode()
        except UnicodeDecodeError as problem:
            topic = problem.object
        self._take(topic, bytes(message.payload), message.mid, retained=message.retain)

    def _take(self, topic: bytes, payload: bytes, mid: int, *, retained: bool) -> None:
        """Hand on one message, with the way to acknowledge it."""
        self._count += 1
        if topic == THROWN_AWAY.encode():
            if payload.isdigit():
                self._wire.thrown_away(int(payload))
            return
        told = Message(
            topic=topic.decode("utf-8", "backslashreplace"),
            payload=payload,
            received_at=self._wire.clock(),
            retained=retained,
        )
        kept = partial(self.acknowledge, mid) if mid else _nothing
        try:
            self._wire.deliver(Delivery(told, kept, comes_again=bool(mid)))
        except LinkDown:
            self._closing = True

    def _hear(self, reason: ReasonCode) -> None:
        self.code, self._word = reason.value, str(reason)


def _nothing() -> None:
    """Acknowledge QoS 0, which asks for nothing."""


def _without_delay(_client: paho.Client, _data: object, wire: object) -> None:
    if isinstance(wire, socket.socket):
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
