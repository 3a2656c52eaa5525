"""A thousand consoles follow one process at 20 events a second: from commit to each socket.

Beside it stands the least that such a process can do: asyncio alone, writing shared bytes to as
many sockets. Both serve from one process; the consoles are sockets of this one.
"""

import json
import re
import selectors
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import quantiles

import psutil

from api.auth import COOKIE
from bench.children import Child, child
from bench.figure import Figure, medians
from bench.stream_server import RATE

CONSOLES = 1_000
#: Consoles that read nothing, besides.
STALLED = 20
#: Events before the first one that counts, and those that stalled consoles miss in the end.
WARMING, BURST = 40, 300
MOST, AIM = 3.0, 2.0

_ID = re.compile(rb"id: (\d+)\n")


def measure(*, seconds: float, rounds: int) -> tuple[Sequence[Figure], Sequence[str]]:
    """Return the 99th percentile from commit to console in ms, beside the bare server's."""
    measured, remarks = [], []
    for _ in range(rounds):
        bare, _grown = _round("bare", seconds)
        ours, grown = _round("ours", seconds)
        measured.append((ours, bare))
        remarks.append(
            f"{STALLED} consoles that read nothing, {BURST} events: {grown:+.1f} MB of the process"
        )
    value, beside = medians(measured)
    figure = Figure(
        name="stream_fan_out_p99_ms",
        value=value,
        unit="ms",
        beside=beside,
        peer=f"bare asyncio sharing bytes: {CONSOLES} consoles, {RATE} events/s",
        goal=f"at most {MOST:.0f} times bare asyncio, aim {AIM:.0f}",
        kept=value <= MOST * beside,
        rounds=measured,
    )
    return [figure], remarks[-1:]


def _round(which: str, seconds: float) -> tuple[float, float]:
    """Return p99 in ms, and by how many MB the process grew while some did not read."""
    with _serving(which) as (server, port, token), _Consoles.open(port, token) as consoles:
        _events(server, WARMING)
        consoles.hear(WARMING)
        many = int(RATE * seconds)
        at = _events(server, many)
        consoles.hear(WARMING + many)
        took = [
            1000 * (heard - at[seq])
            for one in consoles.heard.values()
            for seq, heard in one.items()
            if seq in at
        ]
        if len(took) != many * CONSOLES:
            raise AssertionError(f"{len(took)} of {many * CONSOLES} events came")
        grown = 0.0
        if which == "ours":
            stalled = [_connect(port, token, stalled=True) for _ in range(STALLED)]
            before = _megabytes(server)
            _events(server, -BURST)
            consoles.hear(WARMING + many + BURST)
            grown = _megabytes(server) - before
            for one in stalled:
                one.close()
    return quantiles(took, n=100)[98], grown


@contextmanager
def _serving(which: str) -> Iterator[tuple[Child, int, str]]:
    with child("bench.stream_server", which, quiet=True) as server:
        port, token = server.line().split()
        yield server, int(port), token


def _events(server: Child, many: int) -> dict[int, float]:
    """Let the server make events; return when each was committed."""
    return {int(seq): at for seq, at in json.loads(server.ask(str(many))).items()}


@dataclass
class _Consoles:
    """Sockets that note when they heard of each event."""

    selector: selectors.DefaultSelector
    heard: dict[int, dict[int, float]] = field(default_factory=dict)
    ending: threading.Event = field(default_factory=threading.Event)

    @classmethod
    @contextmanager
    def open(cls, port: int, token: str) -> Iterator["_Consoles"]:
        """Let all of them follow."""
        consoles = cls(selectors.DefaultSelector())
        for number in range(CONSOLES):
            connection = _connect(port, token, stalled=False)
            consoles.heard[number] = {}
            consoles.selector.register(connection, selectors.EVENT_READ, (number, bytearray()))
        thread = threading.Thread(target=consoles._follow, daemon=True)  # its own
        thread.start()
        try:
            yield consoles
        finally:
            consoles.ending.set()
            thread.join(10)
            for key in list(consoles.selector.get_map().values()):
                key.fileobj.close()  # type: ignore[union-attr] # sockets
            consoles.selector.close()

    def hear(self, many: int) -> None:
        """Wait until each has heard of so many events."""
        deadline = time.monotonic() + 60
        while any(len(one) < many for one in self.heard.values()):
            if time.monotonic() > deadline:
                raise TimeoutError("some console does not hear")
            time.sleep(0.05)

    def _follow(self) -> None:
        while not self.ending.is_set():
            for key, _ in self.selector.select(0.2):
                said = key.fileobj.recv(65536)  # type: ignore[union-attr] # sockets
                at = time.perf_counter()
                number, rest = key.data
                rest += said
                for seq in _ID.findall(rest):
                    self.heard[number].setdefault(int(seq), at)
                del rest[: rest.rfind(b"\n\n") + 1]


def _connect(port: int, token: str, *, stalled: bool) -> socket.socket:
    """Follow the stream; return once the first of it has come."""
    connection = socket.socket()
    if stalled:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(30)
    connection.connect(("127.0.0.1", port))
    head = f"GET /api/v1/stream HTTP/1.1\r\nHost: x\r\nCookie: {COOKIE}={token}\r\n\r\n"
    connection.sendall(head.encode())
    said = b""
    while b"event: clock" not in said:
        said += connection.recv(1024)
    return connection


def _megabytes(server: Child) -> float:
    return float(psutil.Process(server.pid).memory_info().rss) / 1e6
