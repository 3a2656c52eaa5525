"""Fire-alarm transmitters that connect, tell, and wait for their confirmation."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from core.facts.device import DeviceEvent, SiteCode
from gateway.adapter import Delivery
from gateway.fire_phone.gb_adapter import FirePhoneSenders
from gateway.fire_phone.gb_frame import Frame, Framer
from gateway.fire_phone.profile import load
from gateway.links.gb26875 import Gb26875Link
from simulators.fire_phone_host import gb26875 as wire
from simulators.fire_phone_host.transmitter import Transmitter

from .hosts import now, until

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass
class Listening:
    port: int = 0
    events: list[DeviceEvent] = field(default_factory=list)
    kept: list[Delivery] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    room: bool = True
    refused: int = 0
    confirms: bool = True

    def has_room(self) -> bool:
        self.refused += not self.room
        return self.room

    @property
    def said(self) -> list[str]:
        return [f"{one.type.value} {one.subject}" for one in list(self.events)]


@contextmanager
def listening() -> Iterator[Listening]:
    seen = Listening()
    adapter = FirePhoneSenders(profile=load("gb26875"), site=SiteCode("hq"), zone=ZONE, devices={})

    def deliver(delivery: Delivery) -> None:
        reading = adapter.read(delivery.message)
        seen.events += [] if reading.event is None else [reading.event, *reading.also]
        seen.kept.append(delivery)
        if seen.confirms:
            delivery.acknowledge()

    link = Gb26875Link(
        address=("127.0.0.1", 0),
        clock=now,
        has_room=seen.has_room,
        note=lambda _kind, reason: seen.notes.append(reason),
    )
    link.start(deliver)
    seen.port = link.port
    try:
        yield seen
    finally:
        link.stop()


def a_frame(number: int, status: int, *, serial: int) -> bytes:
    at = now().astimezone(ZONE)
    unit = wire.component(number, status, text="泵房", at=at)
    return wire.Frame(
        serial=serial,
        command=wire.SEND,
        at=at,
        source=b"\1\2\3\4\5\6",
        destination=b"\6\5\4\3\2\1",
        unit=unit,
    ).encode()


LIFTED, CUT = 1 << 5, 1 << 2


def test_a_transmitter_tells_and_is_confirmed() -> None:
    with (
        listening() as seen,
        Transmitter(to=("127.0.0.1", seen.port), clock=now, extensions=8) as sender,
    ):
        sender.lift(3)
        until(lambda: "fire_phone.calling 3" in seen.said)
        sender.take(3)
        until(lambda: "fire_phone.talking 3" in seen.said)
        sender.cut_line(5)
        until(lambda: "line.fault 5" in seen.said)
        until(lambda: not sender.waiting)

        assert len({one.call for one in seen.events[:2]}) == 1


def test_nothing_is_confirmed_before_it_is_kept() -> None:
    with listening() as seen:
        seen.confirms = False
        with socket.create_connection(("127.0.0.1", seen.port)) as wire_end:
            wire_end.settimeout(0.4)
            wire_end.sendall(a_frame(1, LIFTED, serial=77))
            until(lambda: bool(seen.kept))
            with suppress(TimeoutError):
                assert wire_end.recv(100) == b"something"
            seen.kept[0].acknowledge()
            wire_end.settimeout(5)
            (answer,) = Framer().feed(wire_end.recv(100))

            assert (answer.serial, answer.command) == (77, 3)
            assert (answer.source, answer.destination) == (b"\6\5\4\3\2\1", b"\1\2\3\4\5\6")


def test_frames_in_any_pieces_with_rubbish_between_are_each_confirmed() -> None:
    with listening() as seen, socket.create_connection(("127.0.0.1", seen.port)) as wire_end:
        frames = [a_frame(n, LIFTED, serial=n) for n in range(1, 6)]
        broken = bytearray(a_frame(9, LIFTED, serial=9))
        broken[30] ^= 0xFF
        stream = b"".join(frames[:2]) + bytes(broken) + b"rubbish@" + b"".join(frames[2:])
        for place in range(0, len(stream), 7):
            wire_end.sendall(stream[place : place + 7])
        until(lambda: len(seen.events) == 5)
        framer, answers = Framer(), list[Frame]()
        wire_end.settimeout(5)
        while len(answers) < 5:
            answers += framer.feed(wire_end.recv(4096))

        assert [one.serial for one in answers] == [1, 2, 3, 4, 5]
        assert seen.said == [f"fire_phone.calling {n}" for n in range(1, 6)]
        assert seen.notes


def test_without_room_nothing_is_read_and_nothing_lost() -> None:
    with listening() as seen:
        seen.room = False  # before it connects, so that no read is under way
        with socket.create_connection(("127.0.0.1", seen.port)) as wire_end:
            wire_end.sendall(a_frame(1, CUT, serial=1))
            wire_end.sendall(a_frame(2, CUT, serial=2))
            until(lambda: seen.refused >= 5)  # both wait at the door, asked for again and again
            assert not seen.kept
            seen.room = True
            until(lambda: len(seen.kept) == 2)

            assert seen.said == ["line.fault 1", "line.fault 2"]


def test_a_reboot_that_begins_its_serials_anew_doubles_nothing() -> None:
    with (
        listening() as seen,
        Transmitter(to=("127.0.0.1", seen.port), clock=now, extensions=8) as sender,
    ):
        sender.lift(3)
        until(lambda: "fire_phone.calling 3" in seen.said)
        sender.reboot(0.2)
        until(lambda: len(seen.kept) >= 2)
        until(lambda: not sender.waiting)

        assert seen.said == ["fire_phone.calling 3"]
