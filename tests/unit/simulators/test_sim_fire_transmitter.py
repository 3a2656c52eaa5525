"""A GB/T 26875.3 transmitter: told until confirmed, and frames as the field has recorded them."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from simulators.action import Act, Action
from simulators.fire_phone_host import gb26875
from simulators.fire_phone_host.gb26875 import CONFIRM, SEND, Confirmations, Frame
from simulators.fire_phone_host.transmitter import Transmitter
from tests.unit.simulators.real_broker import until

AT = datetime(2026, 11, 20, 2, 0, 5, tzinfo=UTC)
#: dgiot/dgiot, dgiot_gb26875_decoder.erl at 3c354ef: "1号酒店1回路1号" says fire.
RECORDED = bytes.fromhex(
    "40 40 14 00 10 00 05 09 09 1b 07 15 2c 31 2c 32 00 00 78 4d 07 91 8e 23 30 00 02 02 01 01 01"
    "2a 01 00 01 00 02 00 31 ba c5 bd d3 bf da b0 e5 31 bb d8 c2 b7 31 ba c5 00 ba c5 d6 f7 bb fa"
    "f8 98 cf a0 00 00 00 25 11 03 01 06 0c 47 23 23"
)


@dataclass
class Ear:
    """Somebody whom a transmitter calls; confirms only while it is told to."""

    confirming: bool = True
    heard: list[tuple[int, bytes]] = field(default_factory=list)
    _ended: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.05)
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    @property
    def address(self) -> tuple[str, int]:
        host, port = self._listening.getsockname()
        return str(host), int(port)

    @property
    def serials(self) -> list[int]:
        return [serial for serial, _ in self.heard]

    def close(self) -> None:
        self._ended.set()
        self._thread.join()
        self._listening.close()

    def _listen(self) -> None:
        while not self._ended.is_set():
            with suppress(TimeoutError, OSError):
                connection, _ = self._listening.accept()
                with connection:
                    connection.settimeout(0.05)
                    self._converse(connection)

    def _converse(self, connection: socket.socket) -> None:
        buffer = b""
        while not self._ended.is_set():
            try:
                data = connection.recv(4096)
            except TimeoutError:
                continue
            if not data:
                return
            *frames, buffer = (buffer + data).split(b"##")
            for frame in frames:
                self._hear(frame, connection)

    def _hear(self, frame: bytes, connection: socket.socket) -> None:
        if sum(frame[2:-1]) & 0xFF != frame[-1]:
            return
        serial = int.from_bytes(frame[2:4], "little")
        self.heard.append((serial, frame[27:-1]))
        if self.confirming:
            answer = Frame(
                serial=serial,
                command=CONFIRM,
                at=AT,
                source=frame[18:24],
                destination=frame[12:18],
            )
            connection.sendall(answer.encode())


@pytest.fixture
def ear() -> Iterator[Ear]:
    listening = Ear()
    yield listening
    listening.close()


@pytest.fixture
def sender(ear: Ear) -> Iterator[Transmitter]:
    with Transmitter(to=ear.address, clock=lambda: AT, resend_after=0.2) as telling:
        yield telling


def test_the_recorded_frame_comes_out_byte_for_byte() -> None:
    recorded_at = datetime(2021, 7, 27, 9, 9, 5, tzinfo=UTC)
    unit = bytes.fromhex("02 01 01 01 2a 01 00 01 00 02 00") + RECORDED[38:69] + RECORDED[69:75]
    frame = Frame(
        serial=0x14,
        command=SEND,
        at=recorded_at,
        source=RECORDED[12:18],
        destination=RECORDED[18:24],
        unit=unit,
    )

    assert frame.encode() == RECORDED


def test_component_is_laid_out_like_the_recorded_one() -> None:
    told = gb26875.component(7, 0x20, text="7号", at=AT, stale=b"XXXXXXXX")

    assert len(told) == len(RECORDED[27:-3])
    assert told[:11] == bytes.fromhex("02 01 18 01 00 07000000 2000")
    assert told[11:19] == "7号".encode("gb18030") + b"\0XXXX"
    assert told[-6:] == bytes([5, 0, 2, 20, 11, 26])


def test_confirmations_are_found_however_the_stream_is_cut() -> None:
    def frame(serial: int, command: int) -> bytes:
        return Frame(
            serial=serial, command=command, at=AT, source=b"a" * 6, destination=b"b" * 6
        ).encode()

    damaged = frame(9, CONFIRM)[:-3] + b"\0##"
    stream = b"noise" + frame(1, CONFIRM) + frame(2, SEND) + damaged + frame(3, CONFIRM)
    confirmations = Confirmations()

    found = [one for byte in stream for one in confirmations.feed(bytes([byte]))]

    assert found == [1, 3]


def test_call_talk_and_end_are_told_in_order(ear: Ear, sender: Transmitter) -> None:
    sender.lift(7)
    sender.take(7)
    sender.hang_up(7)

    until(lambda: len(ear.heard) == 3)
    until(lambda: not sender.waiting)
    assert ear.serials == [0, 1, 2]
    assert [unit[5:11] for _, unit in ear.heard] == [
        bytes.fromhex(told) for told in ("07000000 2000", "07000000 4000", "07000000 0000")
    ]


def test_line_and_power_are_told(ear: Ear, sender: Transmitter) -> None:
    sender.cut_line(3)
    sender.power(mains=False, battery=False)

    until(lambda: len(ear.heard) == 3)
    assert [unit[:1] + unit[-8:-6] for _, unit in ear.heard[1:]] == [b"\x01\0\x01", b"\x01\0\x03"]
    assert ear.heard[0][1][9:11] == b"\x04\0"


def test_what_is_not_confirmed_comes_again_with_its_serial(ear: Ear, sender: Transmitter) -> None:
    ear.confirming = False
    sender.lift(1)
    until(lambda: ear.serials.count(0) >= 3)

    ear.confirming = True
    until(lambda: not sender.waiting)
    assert set(ear.serials) == {0}
    assert len({unit for _, unit in ear.heard}) == 1
    assert sender.confirmed == 1


def test_mute_keeps_it_and_tells_it_all_when_it_speaks(ear: Ear, sender: Transmitter) -> None:
    sender.mute()
    sender.lift(1)
    sender.lift(2)
    turns = sender.turns
    until(lambda: sender.turns >= turns + 3)  # chances to be sent
    assert ear.heard == []

    sender.speak()
    until(lambda: ear.serials == [0, 1])


def test_garbled_frames_are_told_until_one_arrives_whole(ear: Ear, sender: Transmitter) -> None:
    sender.garbled(0.7)
    for number in range(1, 11):
        sender.lift(number)

    until(lambda: not sender.waiting)
    assert sorted(set(ear.serials)) == list(range(10))
    assert sender.sent > 10


def test_after_a_reboot_serials_begin_at_0_and_what_is_wrong_is_told(
    ear: Ear, sender: Transmitter
) -> None:
    sender.lift(1)
    sender.cut_line(2)
    sender.hang_up(1)
    until(lambda: not sender.waiting)
    ear.heard.clear()

    sender.reboot(down_for=0.1)

    until(lambda: not sender.waiting)
    assert [(serial, unit[5:11].hex()) for serial, unit in ear.heard] == [(0, "020000000400")]
    assert sender.connections == 2


def test_it_calls_again_when_nobody_was_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        address = probe.getsockname()
    with Transmitter(to=address, clock=lambda: AT) as telling:
        telling.lift(1)
        with socket.create_server(address) as late:
            late.settimeout(5)
            connection, _ = late.accept()
            with connection:
                connection.settimeout(5)
                assert connection.recv(2) == b"@@"


def test_twins_are_for_buses_and_are_refused(sender: Transmitter) -> None:
    with pytest.raises(ValueError, match="cannot happen to a transmitter"):
        sender.duplicate_unit()
    with pytest.raises(ValueError, match="no extension"):
        sender.perform(Action(act=Act.LIFT))


def test_nothing_is_left_of_its_loop(ear: Ear) -> None:
    before = threading.active_count()
    with Transmitter(to=ear.address, clock=lambda: AT) as telling:
        telling.lift(1)
    assert threading.active_count() == before
