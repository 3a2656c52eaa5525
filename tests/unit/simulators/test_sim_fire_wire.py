"""Hosts on their cables, asked by bare pymodbus, which knows nothing of how they are made."""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime

import pytest
from pymodbus import FramerType
from pymodbus.client import AsyncModbusSerialClient, AsyncModbusTcpClient
from pymodbus.exceptions import ModbusException
from pymodbus.pdu import ModbusPDU

from simulators.action import Act, Action
from simulators.fire_phone_host.frames import RtuRequests, TcpRequests
from simulators.fire_phone_host.host import Host
from simulators.fire_phone_host.maps import BitTables, DryContacts
from simulators.fire_phone_host.wire import Cable, FirePhoneHost
from tests.unit.simulators.real_broker import until

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
Client = AsyncModbusTcpClient | AsyncModbusSerialClient


@pytest.fixture(params=list(Cable))
def wired(request: pytest.FixtureRequest) -> Iterator[FirePhoneHost]:
    host = Host(map=BitTables(), extensions=64, unit=3)
    with FirePhoneHost(host, cable=request.param, clock=lambda: AT) as wired:
        yield wired


@pytest.fixture
def tcp() -> Iterator[FirePhoneHost]:
    with FirePhoneHost(Host(map=BitTables()), clock=lambda: AT) as wired:
        yield wired


def ask(
    wired: FirePhoneHost,
    question: Callable[[Client], Awaitable[ModbusPDU]],
    *,
    timeout: float = 2.0,
) -> ModbusPDU | None:
    """Ask over a connection of its own; None: no answer that can be used."""

    async def asked() -> ModbusPDU | None:
        client = _client(wired.address, timeout)
        try:
            assert await client.connect()
            return await question(client)
        except ModbusException:
            return None
        finally:
            client.close()

    return asyncio.run(asked())


def calling(wired: FirePhoneHost, *, timeout: float = 2.0) -> list[int] | None:
    """Return the registers of the call table."""
    unit = wired.host.unit
    answer = ask(
        wired,
        lambda client: client.read_input_registers(19000, count=4, device_id=unit),
        timeout=timeout,
    )
    return None if answer is None or answer.isError() else list(answer.registers)


def _client(address: str, timeout: float) -> Client:
    scheme, _, rest = address.partition("://")
    where = rest.partition("?")[0]
    if scheme == "rtu":
        return AsyncModbusSerialClient(where, baudrate=9600, timeout=timeout, retries=0)
    host, _, port = where.partition(":")
    framer = FramerType.SOCKET if scheme == "tcp" else FramerType.RTU
    return AsyncModbusTcpClient(host, port=int(port), framer=framer, timeout=timeout, retries=0)


def test_lift_shows_at_once_over_every_cable(wired: FirePhoneHost) -> None:
    assert calling(wired) == [0, 0, 0, 0]

    wired.lift(17)

    assert calling(wired) == [0, 1, 0, 0]


def test_take_and_hang_up_show(tcp: FirePhoneHost) -> None:
    tcp.lift(2)
    tcp.take(2)
    assert calling(tcp) == [0, 0, 0, 0]
    talking = ask(tcp, lambda client: client.read_input_registers(18000, count=1))
    assert talking is not None
    assert talking.registers == [2]

    tcp.hang_up(2)
    rested = ask(tcp, lambda client: client.read_input_registers(18000, count=1))
    assert rested is not None
    assert rested.registers == [0]


def test_bits_of_contacts_come_in_their_order() -> None:
    with FirePhoneHost(Host(map=DryContacts(), extensions=10), clock=lambda: AT) as contacts:
        contacts.lift(1)
        contacts.lift(10)
        answer = ask(contacts, lambda client: client.read_discrete_inputs(0, count=10))

    assert answer is not None
    assert answer.bits[:10] == [True, *[False] * 8, True]


def test_a_host_can_only_be_read_and_counts_who_tries_more(wired: FirePhoneHost) -> None:
    answer = ask(wired, lambda client: client.write_register(19000, 1, device_id=3))

    assert answer is not None
    assert (answer.isError(), answer.exception_code) == (True, 1)
    assert (wired.host.written, calling(wired)) == (1, [0, 0, 0, 0])


def test_another_unit_is_nobodys(wired: FirePhoneHost) -> None:
    answer = ask(wired, lambda client: client.read_input_registers(19000, device_id=4), timeout=0.3)

    behind_tcp = wired.address.startswith("tcp")
    assert (answer.exception_code if answer else None) == (11 if behind_tcp else None)


def test_mute_says_nothing_and_keeps_the_connection(wired: FirePhoneHost) -> None:
    wired.mute()
    assert calling(wired, timeout=0.3) is None

    wired.speak()
    assert calling(wired) == [0, 0, 0, 0]


def test_slow_takes_its_time(wired: FirePhoneHost) -> None:
    wired.slow(0.5)
    begun = time.monotonic()

    assert calling(wired) == [0, 0, 0, 0]
    assert time.monotonic() - begun >= 0.5


def test_garbled_answers_are_not_what_is_the_case(wired: FirePhoneHost) -> None:
    wired.garbled(1.0)
    answers = [calling(wired, timeout=0.1) for _ in range(5)]
    assert answers != [[0, 0, 0, 0]] * 5

    wired.sound()
    assert calling(wired) == [0, 0, 0, 0]


def test_of_two_hosts_with_one_number_each_answers_by_turns(tcp: FirePhoneHost) -> None:
    tcp.lift(1)
    tcp.duplicate_unit()

    assert [calling(tcp) for _ in range(4)] == [[0, 0, 0, 0], [1, 0, 0, 0]] * 2


def test_shifted_map_stands_elsewhere(tcp: FirePhoneHost) -> None:
    tcp.lift(1)
    tcp.shifted_map(2)

    assert calling(tcp) is None
    moved = ask(tcp, lambda client: client.read_input_registers(19002, count=4))
    assert moved is not None
    assert moved.registers == [1, 0, 0, 0]


def test_reboot_breaks_connections_and_forgets_the_talk(tcp: FirePhoneHost) -> None:
    tcp.lift(1)
    tcp.take(1)
    with socket.create_connection(("127.0.0.1", tcp.port)) as held:
        until(lambda: tcp.connections == 1)
        tcp.reboot(down_for=0.2)
        with pytest.raises(ConnectionResetError):
            held.recv(1)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", tcp.port))

    until(lambda: not tcp.host.trouble.down)
    until(lambda: _listens(tcp.port))
    assert calling(tcp) == [1, 0, 0, 0]


def test_unknown_acts_and_extensions_are_refused(tcp: FirePhoneHost) -> None:
    with pytest.raises(ValueError, match="no extension 65"):
        tcp.lift(65)
    with pytest.raises(ValueError, match="cannot happen"):
        tcp.perform(Action(act=Act.RING))


def test_a_taken_port_is_said_at_once(tcp: FirePhoneHost) -> None:
    with pytest.raises(OSError, match="in use"):
        FirePhoneHost(Host(map=BitTables()), port=tcp.port, clock=lambda: AT).__enter__()


REQUEST = bytes.fromhex("0001 0000 0006 01 04 4a38 0004")
SERIAL = bytes.fromhex("01 04 4a38 0004")


def test_requests_are_found_however_the_stream_is_cut() -> None:
    stream = REQUEST * 3
    whole = list(TcpRequests().feed(stream))
    requests = TcpRequests()
    split = [one for byte in stream for one in requests.feed(bytes([byte]))]

    assert whole == split
    assert [(one.number, one.unit, one.pdu.hex()) for one in whole] == [(1, 1, "044a380004")] * 3


def test_what_is_not_modbus_ends_the_conversation() -> None:
    with pytest.raises(ValueError, match="not a Modbus frame"):
        list(TcpRequests().feed(b"GET / HTTP/1.1\r\n"))


def test_serial_requests_are_found_behind_noise() -> None:
    requests = RtuRequests()
    whole = SERIAL + _crc(SERIAL)
    stream = b"\x00\xff\x01" + whole[:-1] + b"\x00" + whole

    found = [one for byte in stream for one in requests.feed(bytes([byte]))]

    assert [one.pdu.hex() for one in found] == ["044a380004"]


def test_request_to_write_many_is_taken_off_the_line_whole() -> None:
    body = bytes.fromhex("01 10 0000 0002 04 0001 0002")
    from_client = body + _crc(body)

    (request,) = RtuRequests().feed(from_client)

    assert request.pdu == body[1:]


def _crc(body: bytes) -> bytes:
    from pymodbus.framer.rtu import FramerRTU  # noqa: PLC0415 - another hand than ours

    return FramerRTU.compute_CRC(body).to_bytes(2, "big")


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
