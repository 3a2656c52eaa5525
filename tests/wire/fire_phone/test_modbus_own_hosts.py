"""Hosts with habits of their own: what they mean is told once, and nothing else is."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.fire_phone.profile import Profile, load

from .hosts import Polled, polled, until
from .own_hosts import (
    OwnHost,
    Pieces,
    byte_by_byte,
    functions,
    rtu_frame,
    tcp_frame,
)

CABLES = ["tcp", "rtuovertcp", "rtu"]
#: Normally closed contacts: 1 is at rest.
CONTACTS = """
name = "own"
period = 0.05
timeout = 0.3
[[unit]]
[[unit.block]]
name = "contacts"
table = "{table}"
[[unit.block.point]]
kind = "bit"
address = 0
count = 13
extension = "{{n:03}}"
invert = true
"""
WORDS = """
name = "own"
period = 0.05
timeout = 0.3
[[unit]]
[[unit.block]]
name = "first"
table = "holding"
[[unit.block.point]]
kind = "enum"
address = 0
count = 4
extension = "{n}"
states = { 0 = "idle", 1 = "calling", 2 = "talking" }
[[unit.block]]
name = "second"
table = "holding"
[[unit.block.point]]
kind = "enum"
address = 8
count = 4
extension = "{n}"
first = 5
states = { 0 = "idle", 1 = "calling", 2 = "talking" }
"""


@pytest.fixture
def profile(tmp_path: Path) -> Callable[[str], Profile]:
    def made(text: str) -> Profile:
        file = tmp_path / "own.toml"
        file.write_text(text, "utf-8")
        return load(str(file))

    return made


def calls(seen: Polled) -> list[str]:
    return [one for one in seen.of() if not one.startswith("device.")]


def lifts_and_hangs_up(
    host: OwnHost, seen: Polled, *, function: int, place: int, name: str
) -> None:
    """Change one value and back; each change is one event, and there is no other."""
    until(seen.heard)
    rest = host.tables[function][place]
    host.tables[function][place] = 1 - rest
    until(lambda: f"fire_phone.calling {name}" in seen.of())
    host.tables[function][place] = rest
    until(lambda: f"fire_phone.ended {name}" in seen.of())
    assert calls(seen) == [f"fire_phone.calling {name}", f"fire_phone.ended {name}"]


@pytest.mark.parametrize("cable", CABLES)
@pytest.mark.parametrize(("table", "function"), [("coil", 1), ("discrete", 2)])
def test_normally_closed_contacts_on_each_cable(
    profile: Callable[[str], Profile], cable: str, table: str, function: int
) -> None:
    own = profile(CONTACTS.format(table=table))
    with (
        OwnHost(cable=cable, tables={function: [1] * 13}) as host,
        polled(own, {"fp-1": host.address}) as seen,
    ):
        lifts_and_hangs_up(host, seen, function=function, place=12, name="013")

        assert functions(host.asked, cable) == {function}


@pytest.mark.parametrize("unit", [0, 247, 255])
def test_any_unit_number_over_tcp(profile: Callable[[str], Profile], unit: int) -> None:
    with (
        OwnHost(tables={3: [0] * 12}, unit=unit) as host,
        polled(profile(WORDS), {"fp-1": host.address}) as seen,
    ):
        lifts_and_hangs_up(host, seen, function=3, place=2, name="3")

        assert {one[6] for one in host.asked} == {unit}


def _halves(frame: bytes) -> Pieces:
    return [(0.0, frame[:5]), (0.05, frame[5:])]


def _late(frame: bytes) -> Pieces:
    return [(0.15, frame)]


def _noise_before(frame: bytes) -> Pieces:
    return [(0.0, b"\x00" + frame)]


def _noise_behind(frame: bytes) -> Pieces:
    return [(0.0, frame + b"\x00")]


@pytest.mark.parametrize(
    ("cable", "sends"),
    [
        *((cable, way) for cable in CABLES for way in (byte_by_byte, _halves, _late)),
        ("rtuovertcp", _noise_before),
        ("rtu", _noise_before),
        ("rtuovertcp", _noise_behind),
        ("rtu", _noise_behind),
    ],
)
def test_answers_in_pieces_late_and_in_noise(
    profile: Callable[[str], Profile], cable: str, sends: Callable[[bytes], Pieces]
) -> None:
    with (
        OwnHost(cable=cable, tables={3: [0] * 12}, sends=sends) as host,
        polled(profile(WORDS), {"fp-1": host.address}) as seen,
    ):
        lifts_and_hangs_up(host, seen, function=3, place=9, name="6")


@pytest.mark.parametrize(
    ("cable", "code"),
    [*(("tcp", code) for code in range(1, 12)), ("rtuovertcp", 6), ("rtu", 2), ("rtu", 11)],
)
def test_an_exception_of_any_kind_invents_nothing_and_is_survived(
    profile: Callable[[str], Profile], cable: str, code: int
) -> None:
    refuses = [True]

    def answers(host: OwnHost, request: bytes) -> bytes:
        if refuses[0]:
            return bytes([request[0], request[1] | 0x80, code])
        return host.honest(request)

    with (
        OwnHost(cable=cable, tables={3: [0] * 12}, answers=answers) as host,
        polled(profile(WORDS), {"fp-1": host.address}) as seen,
    ):
        until(lambda: len(host.asked) >= 3)
        host.tables[3][1] = 1
        assert seen.of() == []
        refuses[0] = False
        until(lambda: "fire_phone.calling 2" in seen.of())
        assert calls(seen) == ["fire_phone.calling 2"]


@pytest.mark.parametrize("cable", CABLES)
@pytest.mark.parametrize("code", [2, 4, None])
def test_a_block_that_is_refused_or_not_answered_costs_the_others_nothing(
    profile: Callable[[str], Profile], cable: str, code: int | None
) -> None:
    """The two blocks are read together at first, and the host knows only one of them."""

    def answers(host: OwnHost, request: bytes) -> bytes | None:
        _, _, address, count = struct.unpack(">BBHH", request)
        if address + count <= 4:
            return host.honest(request)
        return None if code is None else bytes([request[0], request[1] | 0x80, code])

    with (
        OwnHost(cable=cable, tables={3: [0] * 12}, answers=answers) as host,
        polled(profile(WORDS), {"fp-1": host.address}) as seen,
    ):
        until(lambda: seen.elapsed() or "host.fault 1-second" in seen.of())
        host.tables[3][0] = 1
        until(lambda: "fire_phone.calling 1" in seen.of())

        assert calls(seen) == ["host.fault 1-second", "fire_phone.calling 1"]
        assert "device.silent None" not in seen.of()


def _length(by: int) -> Callable[[bytes, bytes], bytes]:
    def make(request: bytes, said: bytes) -> bytes:
        return request[:4] + struct.pack(">H", max(0, len(said) + by)) + said

    return make


LIES: dict[str, tuple[str, Callable[[bytes, bytes], bytes]]] = {
    "length too great": ("tcp", _length(5)),
    "length too small": ("tcp", _length(-9)),
    "length nothing": ("tcp", _length(-1000)),
    "another transaction": (
        "tcp",
        lambda request, said: struct.pack(">H", 999) + tcp_frame(request, said)[2:],
    ),
    "another protocol": (
        "tcp",
        lambda request, said: request[:2] + b"\0\1" + tcp_frame(request, said)[4:],
    ),
    "another unit": ("tcp", lambda request, said: tcp_frame(request, b"\x09" + said[1:])),
    "another function": (
        "tcp",
        lambda request, said: tcp_frame(request, said[:1] + b"\x04" + said[2:]),
    ),
    "unknown function": (
        "tcp",
        lambda request, said: tcp_frame(request, said[:1] + b"\x63" + said[2:]),
    ),
    "a write's answer": (
        "tcp",
        lambda request, said: tcp_frame(request, said[:1] + b"\x06" + said[2:6]),
    ),
    "fewer values": (
        "tcp",
        lambda request, said: tcp_frame(request, said[:2] + bytes([2]) + said[3:5]),
    ),
    "more values": (
        "tcp",
        lambda request, said: tcp_frame(
            request, said[:2] + bytes([said[2] + 2]) + said[3:] + b"\0\1"
        ),
    ),
    "rtu, another unit": (
        "rtuovertcp",
        lambda request, said: rtu_frame(request, b"\x09" + said[1:]),
    ),
    "rtu, another function": (
        "rtuovertcp",
        lambda request, said: rtu_frame(request, said[:1] + b"\x04" + said[2:]),
    ),
    "rtu, wrong checksum": ("rtuovertcp", lambda _, said: said + b"\0\0"),
    "rtu, fewer values": (
        "rtuovertcp",
        lambda request, said: rtu_frame(request, said[:2] + bytes([2]) + said[3:5]),
    ),
    "rtu, tcp's frame": (
        "rtuovertcp",
        lambda _, said: b"\0\1" + tcp_frame(b"\0\0\0\0", said),
    ),
    "the request's echo": ("rtuovertcp", lambda request, _: request),
}


@pytest.mark.parametrize("lie", sorted(LIES))
def test_a_host_that_lies_invents_nothing_and_is_believed_when_it_stops(
    profile: Callable[[str], Profile], lie: str
) -> None:
    cable, frames = LIES[lie]
    with (
        OwnHost(cable=cable, tables={3: [1] * 12}, frames=frames) as host,
        polled(profile(WORDS), {"fp-1": host.address}) as seen,
    ):
        until(lambda: len(host.asked) >= 3)
        assert calls(seen) == []
        host.tables[3] = [0] * 12
        host.frames = None
        until(seen.heard)
        host.tables[3][2] = 1
        until(lambda: "fire_phone.calling 3" in seen.of())

        assert [one for one in calls(seen) if one.startswith("fire")] == ["fire_phone.calling 3"]
        assert functions(host.asked, cable) == {3}


@pytest.mark.parametrize("cable", CABLES)
def test_nothing_but_reads_is_sent_whatever_happens(
    profile: Callable[[str], Profile], cable: str
) -> None:
    """Values, refusals, silence and rubbish by turns; each request is a read of eight bytes."""
    turn = iter(range(10**6))

    def answers(host: OwnHost, request: bytes) -> bytes | None:
        said = host.honest(request)
        return [said, said[:1] + b"\x83\x02", None, b"\xff" * 9, said, said][next(turn) % 6]

    whole = profile("\n".join(_block(table) for table in ("coil", "discrete", "holding", "input")))
    tables = {one: [0] * 8 for one in (1, 2, 3, 4)}
    with (
        OwnHost(cable=cable, tables=tables, answers=answers) as host,
        polled(whole, {"fp-1": host.address}),
    ):
        until(lambda: functions(host.asked, cable) == {1, 2, 3, 4})
        until(lambda: len(host.asked) >= 12)

        assert functions(host.asked, cable) == {1, 2, 3, 4}
        if cable == "tcp":
            assert {one[2:6] for one in host.asked} == {b"\0\0\0\6"}
        spans = {one[8:12] if cable == "tcp" else one[2:6] for one in host.asked}
        assert spans <= {b"\0\0\0\x08", b"\0\0\0\x01"}


def _block(table: str) -> str:
    head = (
        'name = "own"\nlost_after = 60\nperiod = 0.05\ntimeout = 0.3\n[[unit]]\n'
        if table == "coil"
        else ""
    )
    bit = "" if table in {"coil", "discrete"} else "bit = 0\n"
    return f"""{head}[[unit.block]]
name = "{table}"
table = "{table}"
[[unit.block.point]]
kind = "bit"
{bit}address = 0
count = 8
extension = "{table}-{{n}}"
"""
