"""From a register's change to a console's stream: lifted handsets of polled fire-phone hosts.

Gateway, centre and stream are real, the hosts answer raw frames from this process, so one clock
times the whole way. Beside it stands bare pymodbus, which polls the same hosts at the same period
and only notes when it sees the change.
"""

import asyncio
import logging
import struct
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

import sqlalchemy as sa
from pymodbus.client import AsyncModbusTcpClient

from bench.figure import Figure
from bench.publish_to_stream import Times, console
from tests.prove import oracle
from tests.prove.children import until
from tests.prove.installation import Installation

HOSTS, EXTENSIONS = 40, 125
#: The default of a profile, seconds.
PERIOD = 0.25
#: Seconds between two handsets that are lifted somewhere.
APART = 0.1
MOST, NEVER_ABOVE = 1000.0, 3000.0
_REQUEST = 12
_PROFILE = f"""
name = "bench"
[[unit]]
[[unit.block]]
name = "phones"
table = "holding"
[[unit.block.point]]
kind = "enum"
address = 0
count = {EXTENSIONS}
states = {{ 0 = "idle", 1 = "calling" }}
"""
_DEVICE = """
[[device]]
code = "host-{n}"
kind = "fire_phone"
profile = "bench.toml"
address = "tcp://127.0.0.1:{port}"
place = "gate"
"""


@dataclass(slots=True)
class Building:
    """The hosts, and when each handset was lifted and seen: a handset is a host and its number."""

    hosts: list[list[int]] = field(default_factory=lambda: [[0] * EXTENSIONS for _ in range(HOSTS)])
    ports: list[int] = field(default_factory=list)
    asked: list[int] = field(default_factory=lambda: [0] * HOSTS)
    lifted: dict[tuple[int, int], float] = field(default_factory=dict)
    noticed: dict[tuple[int, int], float] = field(default_factory=dict)

    def lift(self, number: int) -> None:
        """Lift a handset that was not lifted before."""
        host, extension = number % HOSTS, number // HOSTS
        self.lifted[host, extension] = time.perf_counter()
        self.hosts[host][extension] = 1


def measure(folder: Path, *, lifts: int) -> tuple[Sequence[Figure], Sequence[str]]:
    """Return the 99th percentile of ``lifts`` in milliseconds, and the worst of them."""
    with _hosts() as building:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "bench.toml").write_text(_PROFILE, "utf-8")
        devices = "".join(_DEVICE.format(n=n, port=port) for n, port in enumerate(building.ports))
        place = Installation(folder, stations={"native": 1}, more_devices=devices)
        place.provide()
        times = Times()
        try:
            place.start()
            with console(place, times), _bare(building):
                _lift(building, times, lifts)
            seen = _seen(place, times)
        finally:
            place.end()
    return _figures(building, seen)


def _lift(building: Building, times: Times, lifts: int) -> None:
    if not until(lambda: min(building.asked) > 2 * 4, within=60):
        raise TimeoutError("the hosts are not polled")
    for number in range(lifts):
        building.lift(number)
        time.sleep(APART)
    until(lambda: min(len(times.seen), len(building.noticed)) >= lifts, within=10)


def _figures(
    building: Building, seen: dict[tuple[int, int], float]
) -> tuple[Sequence[Figure], Sequence[str]]:
    ours = _took(building, seen)
    bare = _took(building, building.noticed)
    value, worst = quantiles(ours, n=100)[98], max(ours)
    figure = Figure(
        name="modbus_change_to_stream_p99_ms",
        value=value,
        unit="ms",
        beside=quantiles(bare, n=100)[98],
        peer="bare pymodbus sees the register's change, same hosts and period",
        goal=f"p99 at most {MOST:.0f} ms at the default period, none above {NEVER_ABOVE:.0f}",
        kept=value <= MOST and worst <= NEVER_ABOVE,
    )
    return [figure], [f"{len(ours)} handsets lifted, the slowest after {worst:.0f} ms"]


def _took(building: Building, seen: dict[tuple[int, int], float]) -> list[float]:
    """Return the milliseconds of each; one that never came counts as a minute."""
    return [1000 * (seen.get(one, at + 60) - at) for one, at in building.lifted.items()]


def _seen(place: Installation, times: Times) -> dict[tuple[int, int], float]:
    """Return when the stream told of each handset."""
    database = oracle.read_only(place.url)
    with database.connect() as connection:
        rows = connection.execute(sa.text("SELECT number, device, subject FROM report")).all()
    database.dispose()
    return {
        (int(str(row[1]).rpartition("-")[2]), int(row[2]) - 1): times.seen[row[0]]
        for row in rows
        if row[0] in times.seen
    }


@contextmanager
def _hosts() -> Iterator[Building]:
    """Let hosts answer, each on a port of its own, until the end of ``with``."""
    building = Building()
    with _loop() as loop:
        for n in range(HOSTS):
            port = asyncio.run_coroutine_threadsafe(_host(building, n), loop).result(10)
            building.ports.append(port)
        yield building


async def _host(building: Building, n: int) -> int:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Host(building, n), "127.0.0.1", 0)
    return int(server.sockets[0].getsockname()[1])


class _Host(asyncio.Protocol):
    """One connection to a host."""

    def __init__(self, building: Building, number: int) -> None:
        self._building = building
        self._number = number
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        assert self._transport is not None
        while len(self._buffer) >= _REQUEST:
            request, self._buffer = self._buffer[:_REQUEST], self._buffer[_REQUEST:]
            self._building.asked[self._number] += 1
            head = request[:4] + struct.pack(">H", 3 + 2 * EXTENSIONS) + request[6:8]
            values = struct.pack(f">{EXTENSIONS}H", *self._building.hosts[self._number])
            self._transport.write(head + bytes([2 * EXTENSIONS]) + values)


@contextmanager
def _bare(building: Building) -> Iterator[None]:
    """Poll with pymodbus alone, and note when a register has changed."""
    logging.getLogger("pymodbus.logging").setLevel(logging.CRITICAL)

    async def one(n: int) -> None:
        await asyncio.sleep(n * PERIOD / HOSTS)
        port = building.ports[n]
        client = AsyncModbusTcpClient("127.0.0.1", port=port, timeout=0.8, retries=0)
        await client.connect()
        due = time.monotonic()
        while True:
            answer = await client.read_holding_registers(0, count=EXTENSIONS, device_id=1)
            at = time.perf_counter()
            for extension, value in enumerate(answer.registers):
                if value:
                    building.noticed.setdefault((n, extension), at)
            due = max(due + PERIOD, time.monotonic())
            await asyncio.sleep(due - time.monotonic())

    with _loop() as loop:
        for n in range(HOSTS):
            asyncio.run_coroutine_threadsafe(one(n), loop)
        yield


@contextmanager
def _loop() -> Iterator[asyncio.AbstractEventLoop]:
    """Run a loop in a thread of its own until the end of ``with``."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        asyncio.run_coroutine_threadsafe(_end_all(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


async def _end_all() -> None:
    others = [one for one in asyncio.all_tasks() if one is not asyncio.current_task()]
    for one in others:
        one.cancel()
    await asyncio.gather(*others, return_exceptions=True)
