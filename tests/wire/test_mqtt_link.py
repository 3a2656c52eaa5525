"""The MQTT link against a broker of a few lines, which does what no real one does on demand."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from gateway.adapter import Delivery, LinkDown
from gateway.links import mqtt
from gateway.links.address import BrokerAddress
from gateway.links.mqtt import MqttLink
from gateway.links.mqtt_connection import LOOK
from tests.wire.rig import eventually

NOW = datetime(2026, 11, 20, 20, 12, tzinfo=UTC)


class Wire:
    """A broker's end of one connection."""

    def __init__(self, wire: socket.socket) -> None:
        self._wire = wire
        self._wire.settimeout(10)
        self._buffer = b""
        #: Packets that came: first byte and body.
        self.connect = self.read()
        self.version = self.connect[1][6]

    def read(self) -> tuple[int, bytes]:
        """Return the next packet."""
        kind = self._take(1)[0]
        size = shift = 0
        while True:
            byte = self._take(1)[0]
            size |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return kind, self._take(size)

    def _take(self, count: int) -> bytes:
        while len(self._buffer) < count:
            more = self._wire.recv(65536)
            if not more:
                raise EOFError
            self._buffer += more
        taken, self._buffer = self._buffer[:count], self._buffer[count:]
        return taken

    def send(self, data: bytes) -> None:
        self._wire.sendall(data)

    def welcome(self, *, session: bool = False, reason: int = 0) -> None:
        flags = bytes([int(session), reason])
        self.send(b"\x20\x03" + flags + b"\0" if self.version == 5 else b"\x20\x02" + flags)
        if reason == 0:
            _, body = self.read()
            answer = body[:2] + (b"\0\1\x87" if self.version == 5 else b"\1\x80")
            self.send(bytes([0x90, len(answer)]) + answer)

    def acknowledged(self) -> int:
        """Return the id of the next PUBACK, answering pings on the way."""
        while True:
            kind, body = self.read()
            if kind == 0x40:
                return int(struct.unpack("!H", body)[0])
            if kind == 0xC0:
                self.send(b"\xd0\0")

    def close(self) -> None:
        self._wire.close()


class FakeBroker:
    """Accepts connections one by one, so that the test can play the broker."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(15)
        self.port = self._server.getsockname()[1]
        self._wires: list[Wire] = []

    def accept(self) -> Wire:
        wire = Wire(self._server.accept()[0])
        self._wires.append(wire)
        return wire

    def close(self) -> None:
        self._server.close()
        for wire in self._wires:
            wire.close()


def publish(mid: int, payload: bytes, *, version: int = 5, properties: bytes = b"\0") -> bytes:
    """Return a PUBLISH packet of QoS 1 (0 if it has no id)."""
    body = b"\0\3a/b" + (struct.pack("!H", mid) if mid else b"")
    body += (properties if version == 5 else b"") + payload
    size, length = len(body), b""
    while True:
        size, digit = divmod(size, 128)
        length += bytes([digit | (0x80 if size else 0)])
        if not size:
            return bytes([0x32 if mid else 0x30]) + length + body


@pytest.fixture
def broker() -> Iterator[FakeBroker]:
    broker = FakeBroker()
    yield broker
    broker.close()


class Rig:
    """A link under test and what came out of it."""

    def __init__(self, broker: FakeBroker) -> None:
        self.deliveries: list[Delivery] = []
        self.notes: list[tuple[str, str]] = []
        self.room = True
        self.refused = 0
        self.now = NOW
        self.link = MqttLink(
            broker=BrokerAddress(url=f"mqtt://127.0.0.1:{broker.port}"),
            client_id="gateway",
            topics=("a/+",),
            clock=lambda: self.now,
            has_room=self._has_room,
            note=lambda kind, reason: self.notes.append((kind, reason)),
        )

    def start(self, deliver: Callable[[Delivery], None] | None = None) -> None:
        self.link.start(deliver or self.deliveries.append)

    def is_refused(self) -> None:
        """Wait until it asked for room in vain again and again: no read is under way then."""
        before = self.refused
        assert eventually(lambda: self.refused >= before + 3)

    def _has_room(self) -> bool:
        self.refused += not self.room
        return self.room

    def payloads(self) -> list[bytes]:
        return [one.message.payload for one in self.deliveries]


@pytest.fixture
def rig(broker: FakeBroker, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    monkeypatch.setattr(mqtt, "TRUCE", 3.0)
    rig = Rig(broker)
    yield rig
    rig.link.stop()


def test_it_asks_for_a_session_that_outlives_the_connection(broker: FakeBroker, rig: Rig) -> None:
    rig.start()
    wire = broker.accept()

    _, connect = wire.connect
    assert wire.version == 5
    assert connect[7] & 0x02 == 0  # not a clean start
    assert b"\x11" + struct.pack("!I", 7 * 86400) in connect  # session expiry
    assert b"\x21" + struct.pack("!H", 1000) in connect  # receive maximum
    assert connect[8:10] == struct.pack("!H", 15)  # keepalive


def test_acknowledgements_follow_the_writer_in_its_order(broker: FakeBroker, rig: Rig) -> None:
    rig.start()
    wire = broker.accept()
    wire.welcome()
    wire.send(b"".join(publish(mid, b"%d" % mid) for mid in range(1, 301)) + publish(0, b"q0"))
    assert eventually(lambda: len(rig.deliveries) == 301)

    for delivery in rig.deliveries:
        delivery.acknowledge()

    assert [wire.acknowledged() for _ in range(300)] == list(range(1, 301))
    assert [one.message.retained for one in rig.deliveries[:2]] == [False, False]


def test_an_acknowledgement_of_an_older_connection_is_never_sent(
    broker: FakeBroker, rig: Rig
) -> None:
    rig.start()
    first = broker.accept()
    first.welcome()
    first.send(publish(1, b"old"))
    assert eventually(lambda: rig.deliveries)
    first.close()
    second = broker.accept()
    second.welcome(session=False)
    second.send(publish(1, b"new") + publish(2, b"newer"))
    assert eventually(lambda: len(rig.deliveries) == 3)

    rig.deliveries[0].acknowledge()  # bears the id that another message has now
    rig.deliveries[2].acknowledge()

    assert second.acknowledged() == 2
    assert ("mqtt", "session lost") in rig.notes


@pytest.mark.parametrize("step", [1, 7, 1000])
def test_packets_may_come_in_pieces_of_any_size(broker: FakeBroker, rig: Rig, step: int) -> None:
    rig.start()
    wire = broker.accept()
    wire.welcome()
    data = publish(1, b"one") + b"\xd0\0" + publish(2, b"x" * 300) + publish(3, b"")

    for at in range(0, len(data), step):
        wire.send(data[at : at + step])

    assert eventually(lambda: rig.payloads() == [b"one", b"x" * 300, b""])


def test_packets_larger_than_a_look_are_read_and_so_is_what_follows(
    broker: FakeBroker, rig: Rig
) -> None:
    rig.start()
    wire = broker.accept()
    wire.welcome()
    large = b"y" * (LOOK * 16)

    wire.send(publish(1, b"a") + publish(2, large) + publish(3, b"b"))
    wire.send(b"\xd0\0" + publish(4, large) + publish(5, b"c"))

    assert eventually(lambda: rig.payloads() == [b"a", large, b"b", large, b"c"])


def test_a_packet_that_never_becomes_whole_ends_with_its_connection(
    broker: FakeBroker, rig: Rig
) -> None:
    rig.start()
    wire = broker.accept()
    wire.welcome()
    wire.send(publish(1, b"begun")[:6])
    wire.close()

    second = broker.accept()
    second.welcome()
    second.send(publish(1, b"whole"))

    assert eventually(lambda: rig.payloads() == [b"whole"])


def test_a_broker_that_refuses_version_5_is_spoken_to_in_3_1_1(
    broker: FakeBroker, rig: Rig
) -> None:
    rig.start()
    first = broker.accept()
    first.welcome(reason=0x84)

    second = broker.accept()
    second.welcome()
    second.send(publish(7, b"old way", version=4))

    assert (first.version, second.version) == (5, 4)
    assert eventually(lambda: rig.payloads() == [b"old way"])
    rig.deliveries[0].acknowledge()
    assert second.acknowledged() == 7


def test_a_broker_that_hangs_up_on_version_5_is_tried_with_3_1_1(
    broker: FakeBroker, rig: Rig
) -> None:
    rig.start()
    broker.accept().close()

    assert broker.accept().version == 4


def test_taken_over_it_stops_and_does_not_come_back(broker: FakeBroker, rig: Rig) -> None:
    rig.start()
    wire = broker.accept()
    wire.welcome()

    wire.send(b"\xe0\x02\x8e\x00")

    assert eventually(lambda: rig.link.ended is not None)
    assert not rig.link.alive(NOW)
    assert ("mqtt", "session taken over") in rig.notes
    broker._server.settimeout(1.5)
    with pytest.raises(TimeoutError):
        broker.accept()


def test_what_cannot_be_parsed_sends_it_to_the_older_version(broker: FakeBroker, rig: Rig) -> None:
    rig.start()
    wire = broker.accept()
    wire.welcome()
    wire.send(b"\x32\x07\x00\x03a/b\x00\x01")  # no room for its properties

    second = broker.accept()

    assert second.version == 4
    assert ("mqtt", "unreadable packet") in rig.notes


def test_odd_properties_are_passed_over(broker: FakeBroker, rig: Rig) -> None:
    rig.start()
    wire = broker.accept()
    wire.welcome()
    bom = b"\x03\x00\x04\xef\xbb\xbfx"  # a content type with a byte order mark, which paho refuses

    wire.send(publish(1, b"odd", properties=bytes([len(bom)]) + bom) + publish(2, b"next"))

    assert eventually(lambda: rig.payloads() == [b"odd", b"next"])


def test_without_room_nothing_is_read(broker: FakeBroker, rig: Rig) -> None:
    rig.start()
    wire = broker.accept()
    wire.welcome()
    assert eventually(lambda: rig.link.connected)
    rig.room = False
    wire.send(publish(1, b"a"))
    rig.is_refused()
    read = len(rig.deliveries)
    assert read <= 1  # what was being read when there was no room any more
    wire.send(publish(2, b"b") * 100)
    rig.is_refused()
    assert len(rig.deliveries) == read

    rig.room = True

    assert eventually(lambda: len(rig.deliveries) == 101)


def test_an_intake_that_has_ended_ends_the_connection(broker: FakeBroker, rig: Rig) -> None:
    def refuse(_: Delivery) -> None:
        raise LinkDown("ended")

    rig.start(refuse)
    wire = broker.accept()
    wire.welcome()
    wire.send(publish(1, b"a"))

    assert wire.read()[0] == 0xE0  # goodbye, and no acknowledgement before it


def test_dropped_it_says_goodbye_and_comes_again(broker: FakeBroker, rig: Rig) -> None:
    rig.start()
    wire = broker.accept()
    wire.welcome()
    wire.send(publish(1, b"kept") + publish(2, b"not kept"))
    assert eventually(lambda: len(rig.deliveries) == 2)
    rig.deliveries[0].acknowledge()

    rig.link.drop()

    assert wire.acknowledged() == 1
    assert wire.read()[0] == 0xE0
    assert broker.accept().version == 5


def test_receipts_are_sent_or_said_to_be_impossible(broker: FakeBroker, rig: Rig) -> None:
    with pytest.raises(LinkDown):
        rig.link.send("r", b"x")
    rig.start()
    wire = broker.accept()
    wire.welcome()
    assert eventually(lambda: rig.link.connected)

    rig.link.send("r", b"x")

    kind, body = wire.read()
    assert (kind, body[:3], body[-1:]) == (0x30, b"\0\1r", b"x")


def test_a_broker_that_throws_messages_away_does_not_do_so_silently(
    broker: FakeBroker, rig: Rig
) -> None:
    def thrown_away(total: bytes) -> bytes:
        name = b"$SYS/broker/publish/messages/dropped"
        body = len(name).to_bytes(2) + name + b"\0" + total
        return bytes([0x31, len(body)]) + body

    rig.start()
    wire = broker.accept()
    wire.welcome()

    wire.send(thrown_away(b"7") + thrown_away(b"7") + thrown_away(b"9") + thrown_away(b"many"))
    wire.send(publish(1, b"a"))

    assert eventually(lambda: rig.payloads() == [b"a"])
    assert rig.notes == [("broker", "messages thrown away")]


def test_a_refused_subscription_is_said(broker: FakeBroker, rig: Rig) -> None:
    rig.start()
    wire = broker.accept()
    wire.send(b"\x20\x03\0\0\0")
    _, body = wire.read()
    wire.send(b"\x90\x05" + body[:2] + b"\0\x87\0")

    assert eventually(lambda: rig.notes == [("mqtt", "subscription refused")])


def test_silence_longer_than_three_pings_is_no_life(broker: FakeBroker, rig: Rig) -> None:
    rig.start()
    wire = broker.accept()
    wire.welcome()
    assert eventually(lambda: rig.link.connected)

    assert rig.link.alive(rig.now + timedelta(seconds=44))
    assert not rig.link.alive(rig.now + timedelta(seconds=46))

    rig.now += timedelta(seconds=60)
    wire.send(publish(1, b"a"))
    assert eventually(lambda: rig.link.alive(rig.now))


def test_a_thread_that_died_is_no_life(broker: FakeBroker, rig: Rig) -> None:
    def fail(_: Delivery) -> None:
        raise MemoryError

    seen: list[threading.ExceptHookArgs] = []
    hook, threading.excepthook = threading.excepthook, seen.append
    try:
        rig.start(fail)
        wire = broker.accept()
        wire.welcome()
        assert rig.link.alive(NOW)
        wire.send(publish(1, b"a"))
        assert eventually(lambda: not rig.link.alive(NOW))
    finally:
        threading.excepthook = hook
    assert seen


def test_stopping_takes_no_time_even_where_nobody_answers(broker: FakeBroker, rig: Rig) -> None:
    rig.start()
    broker.accept()  # and says nothing

    rig.link.stop()

    assert rig.link._thread is not None
    assert not rig.link._thread.is_alive()
