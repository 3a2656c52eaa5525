"""A host on a real cable: Modbus TCP, RTU over TCP, RTU over a serial line. Own thread, own loop.

with FirePhoneHost(Host(map=BitTables())) as host:
    host.lift(17)
    ...  # host.address is what a site file writes
"""

import asyncio
import os
import socket
import struct
import tty
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum

from simulators.action import Act, Action
from simulators.fire_phone_host.acts import OwnLoop
from simulators.fire_phone_host.frames import RtuRequests, TcpRequests
from simulators.fire_phone_host.host import BOOTS_IN, Host

READ = 4096


class Cable(StrEnum):
    """How the host is reached."""

    TCP = "tcp"
    RTU_OVER_TCP = "rtuovertcp"
    #: A pseudo-terminal stands for the RS-485 line.
    RTU = "rtu"


class FirePhoneHost(OwnLoop):
    """One host that can be asked, from ``with`` to the end of ``with``."""

    def __init__(
        self,
        host: Host,
        *,
        cable: Cable = Cable.TCP,
        port: int = 0,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        super().__init__()
        self.host = host
        self._cable = cable
        self._port = port
        self._clock = clock or _now
        self._server: asyncio.Server | None = None
        self._serving: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._line: _SerialLine | None = None
        self._booting: asyncio.Task[None] | None = None
        #: How many connections were made.
        self.connections = 0

    @property
    def address(self) -> str:
        """Where it is, as a site file writes it."""
        if self._line is not None:
            return f"rtu://{self._line.path}?baudrate=9600&unit={self.host.unit}"
        return f"{self._cable}://127.0.0.1:{self._port}?unit={self.host.unit}"

    @property
    def port(self) -> int:
        """The port on which it listens."""
        return self._port

    async def _begin(self) -> None:
        if self._cable is Cable.RTU:
            self._line = _SerialLine(self.host)
        else:
            await self._listen()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self._port)
        self._port = int(self._server.sockets[0].getsockname()[1])

    async def _end(self) -> None:
        if self._booting is not None:
            self._booting.cancel()
            await asyncio.gather(self._booting, return_exceptions=True)
        if self._line is not None:
            await self._line.close()
        await self._hang_up_on_all()

    async def _perform(self, action: Action) -> None:
        self.host.perform(action, now=self._clock())
        if action.act is Act.REBOOT:
            await self._hang_up_on_all()
            self._booting = asyncio.create_task(self._boot(action.number("for", BOOTS_IN)))

    async def _boot(self, down_for: float) -> None:
        await asyncio.sleep(down_for)
        self.host.switch_on()
        if self._line is None:
            await self._listen()

    async def _hang_up_on_all(self) -> None:
        """Break off with RST, as whoever loses its power does."""
        if self._server is not None:
            self._server.close()
        for task, writer in tuple(self._serving.items()):
            sock = writer.get_extra_info("socket")
            with suppress(OSError):  # closed already, and then it is broken off
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.create_task(self._serve(reader, writer))
        self._serving[task] = writer
        task.add_done_callback(self._serving.pop)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        requests = TcpRequests() if self._cable is Cable.TCP else RtuRequests()
        try:
            while data := await reader.read(READ):
                for request in requests.feed(data):
                    frame = self.host.answer(request)
                    if self.host.trouble.slow:
                        await asyncio.sleep(self.host.trouble.slow)
                    if frame is not None:
                        writer.write(frame)
                        await writer.drain()
        except (OSError, ValueError):
            return  # the other end broke off, or does not speak Modbus
        finally:
            writer.close()


class _SerialLine:
    """A pseudo-terminal: the host at one end, whoever opens ``path`` at the other."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._requests = RtuRequests()
        self._end, self._far_end = os.openpty()  # kept open: closing the last one is an error here
        for end in (self._end, self._far_end):
            tty.setraw(end)
        os.set_blocking(self._end, False)
        self.path = os.ttyname(self._far_end)
        self._answers: set[asyncio.Task[None]] = set()
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._end, self._read)

    async def close(self) -> None:
        """Cut the line."""
        self._loop.remove_reader(self._end)
        for task in tuple(self._answers):
            task.cancel()
        await asyncio.gather(*self._answers, return_exceptions=True)
        os.close(self._end)
        os.close(self._far_end)

    def _read(self) -> None:
        for request in self._requests.feed(os.read(self._end, READ)):
            frame = self._host.answer(request)
            if frame is not None:
                task = self._loop.create_task(self._write(frame))
                self._answers.add(task)
                task.add_done_callback(self._answers.discard)

    async def _write(self, frame: bytes) -> None:
        await asyncio.sleep(self._host.trouble.slow)
        with suppress(BlockingIOError):  # nobody reads: on a real line it is gone as well
            os.write(self._end, frame)


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a device has a clock of its own
