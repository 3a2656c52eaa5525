"""A faulty cable: a TCP proxy whose faults are set while it runs.

It serves MQTT, Modbus, HTTP and RTSP alike and needs no privileges. Bytes are passed on in the
order in which they came, unless a fault says otherwise.
"""

import asyncio
import json
import random
import signal
import socket
import struct
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from typing import Self, TextIO

READ = 65536


@dataclass(frozen=True, slots=True, kw_only=True)
class CableFaults:
    """What the cable does to each piece of bytes. Shares are between 0 and 1."""

    #: Seconds each piece waits, and up to how many more.
    delay: float = 0.0
    jitter: float = 0.0
    #: Nothing passes either way and nothing is closed: the far end is mute.
    half_open: bool = False
    #: Pieces are passed on byte by byte.
    split: bool = False
    #: Share of pieces in which one byte is changed.
    garble: float = 0.0
    #: Share of pieces that vanish.
    drop: float = 0.0
    #: Share of pieces that come again, late, after the next one.
    late_duplicate: float = 0.0
    #: New connections are refused.
    refuse: bool = False

    def changed(self, told: Mapping[str, object]) -> "CableFaults":
        """Return these faults with some set anew.

        :raises ValueError: an unknown name or a value of the wrong kind.
        """
        kinds = {field.name: type(getattr(self, field.name)) for field in fields(self)}
        values: dict[str, float | bool] = {}
        for name, value in told.items():
            if name not in kinds:
                raise ValueError(f"unknown fault {name!r}; known are {', '.join(kinds)}")
            if not isinstance(value, bool | int | float) or (kinds[name] is bool) != (
                type(value) is bool
            ):
                raise ValueError(f"{name} is a {kinds[name].__name__}")
            values[name] = value
        return replace(self, **values)  # type: ignore[arg-type]  # checked above, name by name


class FaultProxy:
    """Passes bytes between whoever connects and the target; use it as an async context."""

    def __init__(
        self, to: tuple[str, int], *, listen: tuple[str, int] = ("127.0.0.1", 0), seed: int = 0
    ) -> None:
        self._to = to
        self._listen = listen
        self._chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self._server: asyncio.Server | None = None
        self._ways: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._faults = CableFaults()
        self._passable = asyncio.Event()
        self._passable.set()
        #: How many connections were made, bytes passed, and pieces dropped.
        self.connections = 0
        self.passed = 0
        self.dropped = 0

    @property
    def port(self) -> int:
        """The port it listens on."""
        if self._server is None:
            raise RuntimeError("the proxy is not started")
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def faults(self) -> CableFaults:
        """What the cable does; set anew at any time, it holds from the next piece on."""
        return self._faults

    @faults.setter
    def faults(self, faults: CableFaults) -> None:
        self._faults = faults
        if faults.half_open:
            self._passable.clear()
        else:
            self._passable.set()

    async def __aenter__(self) -> Self:
        host, port = self._listen
        self._server = await asyncio.start_server(self._accept, host, port)
        return self

    async def __aexit__(self, *_exception: object) -> None:
        if self._server is not None:
            self._server.close()
        await self._end_all()

    async def reset(self) -> None:
        """Cut all connections with RST, as a rebooting device does."""
        for writer in self._ways.values():
            linger = struct.pack("ii", 1, 0)
            sock = writer.get_extra_info("socket")
            with suppress(OSError):  # it may be closed already, and then it is cut
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        await self._end_all()

    async def _end_all(self) -> None:
        for writer in self._ways.values():
            writer.transport.abort()
        ways = list(self._ways)
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.faults.refuse:
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection(*self._to)
        except OSError:
            writer.transport.abort()
            return
        self.connections += 1
        for one, other in ((reader, far_writer), (far_reader, writer)):
            way = asyncio.create_task(self._pass(one, other))
            self._ways[way] = other
            way.add_done_callback(self._ways.pop)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        late: list[bytes] = []
        try:
            while piece := await reader.read(READ):
                await self._passable.wait()
                await self._wait()
                for part in self._faulty(piece, late):
                    writer.write(part)
                    await writer.drain()
                    self.passed += len(part)
        except OSError:
            return  # an end broke off; the other one is told below
        finally:
            writer.close()

    async def _wait(self) -> None:
        seconds = self.faults.delay + self._chance.random() * self.faults.jitter
        if seconds > 0:
            await asyncio.sleep(seconds)

    def _faulty(self, piece: bytes, late: list[bytes]) -> list[bytes]:
        """Return what is passed on for this piece; what comes again later is put into ``late``."""
        faults, again = self.faults, list(late)
        late.clear()
        if self._chance.random() < faults.drop:
            self.dropped += 1
            return again
        if self._chance.random() < faults.late_duplicate:
            late.append(piece)
        if self._chance.random() < faults.garble:
            place = self._chance.randrange(len(piece))
            other = piece[place] ^ self._chance.randrange(1, 256)
            piece = piece[:place] + bytes([other]) + piece[place + 1 :]
        parts = [bytes([byte]) for byte in piece] if faults.split else [piece]
        return parts + again


def endpoint(text: str) -> tuple[str, int]:
    """Read ``host:port``.

    :raises ValueError: of another form.
    """
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdecimal():
        raise ValueError(f"{text!r} is not host:port")
    return host, int(port)


async def serve_by_hand(listen: str, to: str, orders: TextIO) -> int:
    """Run until SIGTERM or SIGINT. Each line of ``orders`` is JSON: faults to set, or a reset."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    async with FaultProxy(endpoint(to), listen=endpoint(listen)) as proxy:
        print(json.dumps({"listening": proxy.port}), flush=True)

        def listen_to_orders() -> None:
            for line in orders:
                answer = asyncio.run_coroutine_threadsafe(_obey(proxy, line), loop).result()
                print(json.dumps(answer), flush=True)

        threading.Thread(target=listen_to_orders, daemon=True).start()
        await ended.wait()
    return 0


async def _obey(proxy: FaultProxy, line: str) -> dict[str, object]:
    """Set what ``{"delay": 0.5, "reset": true}`` and the like tell; return what came of it."""
    try:
        told = dict(json.loads(line))
        reset = told.pop("reset", False)
        proxy.faults = proxy.faults.changed(told)
    except (ValueError, TypeError) as problem:
        return {"refused": str(problem)}
    if reset:
        await proxy.reset()
    return {"connections": proxy.connections, "passed": proxy.passed}
