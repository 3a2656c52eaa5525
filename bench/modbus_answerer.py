"""Hosts that answer at once: the other end of the Modbus figures. Raw frames, nothing of ours.

Every connection is a host of 125 registers. One handset of each is lifted and put down again every
few seconds. Each line on stdin asks for a report: how late the requests came, and how many.
"""

import asyncio
import json
import struct
import sys
import threading
import time

REGISTERS = 125
#: Seconds between two changes of a host, spread over the hosts.
CHANGES_EVERY = 20.0
_REQUEST = 12


class Answerer(asyncio.Protocol):
    """One host."""

    def __init__(self, book: "Book") -> None:
        self._book = book
        self._number = book.hosts
        book.hosts += 1
        self._asked_at = 0.0
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember whom to answer."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        self._buffer += data
        while len(self._buffer) >= _REQUEST:
            request, self._buffer = self._buffer[:_REQUEST], self._buffer[_REQUEST:]
            self._answer(request)

    def _answer(self, request: bytes) -> None:
        now = time.monotonic()
        if self._asked_at:
            self._book.apart.append(now - self._asked_at)
        self._asked_at = now
        # Which handset is lifted depends on nothing but the time and the host.
        turn = int(now / CHANGES_EVERY + self._number * 0.37)
        lifted = (self._number % REGISTERS) if turn % 2 else -1
        self._book.asked += 1
        assert self._transport is not None
        count = request[11]
        head = request[:4] + struct.pack(">H", 3 + 2 * count) + request[6:8] + bytes([2 * count])
        self._transport.write(head + (_LIFTED[lifted] if lifted >= 0 else _AT_REST))


class Book:
    """What the answerer has seen."""

    def __init__(self) -> None:
        self.hosts = 0
        self.asked = 0
        self.apart: list[float] = []

    def report(self) -> dict[str, object]:
        """Return what was seen since the last report, and begin anew."""
        apart, self.apart = sorted(self.apart), []
        asked, self.asked = self.asked, 0
        p99 = apart[int(len(apart) * 0.99)] if apart else 0.0
        median = apart[len(apart) // 2] if apart else 0.0
        return {"asked": asked, "p50": median, "p99": p99}


_AT_REST = bytes(2 * REGISTERS)
_LIFTED = [bytes(2 * n) + b"\0\1" + bytes(2 * (REGISTERS - n - 1)) for n in range(REGISTERS)]


class Mute(asyncio.Protocol):
    """A dead host: it takes the connection, and that is all."""


async def main() -> None:
    """Answer until stdin ends."""
    loop, ended, book = asyncio.get_running_loop(), asyncio.Event(), Book()
    server = await loop.create_server(lambda: Answerer(book), "127.0.0.1", 0, backlog=4096)
    mute = await loop.create_server(Mute, "127.0.0.1", 0, backlog=4096)
    ports = [one.sockets[0].getsockname()[1] for one in (server, mute)]
    print(json.dumps(ports), flush=True)

    def listen() -> None:
        for _ in sys.stdin:
            print(json.dumps(book.report()), flush=True)
        loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=listen, daemon=True).start()
    await ended.wait()


if __name__ == "__main__":
    asyncio.run(main())
