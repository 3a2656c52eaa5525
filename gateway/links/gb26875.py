"""GB/T 26875.3: the cable to fire-alarm transmitters, which connect to us and say what happens.

Each frame is confirmed only after the spool's commit; what is not confirmed is sent again.
"""

import asyncio
import socket
from collections.abc import Callable
from datetime import datetime
from functools import partial

import structlog

from gateway.adapter import Delivery, LinkDown, Message
from gateway.fire_phone.gb_adapter import PREFIX
from gateway.fire_phone.gb_frame import CONFIRMED, Frame, Framer
from gateway.links.loop import Loop

log = structlog.get_logger(__name__)

#: More transmitters than this are no site's doing.
CONNECTIONS = 1000
#: A transmitter that says nothing for so long has gone without telling us, seconds.
IDLE = 1800.0
_READ = 4096
_NO_ROOM = 0.1


class Gb26875Link:
    """Listens for transmitters."""

    def __init__(
        self,
        *,
        address: tuple[str, int],
        clock: Callable[[], datetime],
        has_room: Callable[[], bool],
        note: Callable[[str, str], None],
    ) -> None:
        """Listen on ``address``; while there is no room nothing is read, and nothing confirmed."""
        self._address = address
        self._clock = clock
        self._has_room = has_room
        self._note = note
        self._listening: socket.socket | None = None
        self._loop = Loop("gb26875")
        self._writers: dict[asyncio.StreamWriter, asyncio.Task[object] | None] = {}
        self._deliver: Callable[[Delivery], None] | None = None
        #: A listener never ends for good.
        self.ended: str | None = None

    @property
    def port(self) -> int:
        """The port in use, once started."""
        listening = self._listening
        return self._address[1] if listening is None else int(listening.getsockname()[1])

    def start(self, deliver: Callable[[Delivery], None]) -> None:
        """Begin listening; returns at once.

        :raises LinkDown: the address is not to be had.
        """
        family = socket.AF_INET6 if ":" in self._address[0] else socket.AF_INET
        try:
            self._listening = socket.create_server(self._address, family=family, backlog=128)
        except OSError as problem:
            raise LinkDown(f"cannot listen on {self._address}: {problem}") from None
        self._deliver = deliver
        self._loop.start(self._run)

    def send(self, topic: str, payload: bytes) -> None:
        """Do nothing: a confirmation goes with each message's acknowledgement."""

    def drop(self) -> None:
        """Break all connections off: what is not confirmed is sent again."""
        self._loop.call(self._break_off)

    def stop(self) -> None:
        """End, and close every connection."""
        self._loop.stop()
        if self._listening is not None:
            self._listening.close()

    def alive(self, now: datetime) -> bool:
        """Whether the loop runs; a transmitter may well be silent for hours."""
        del now
        return self._loop.alive

    async def _run(self) -> None:
        server = await asyncio.start_server(self._accept, sock=self._listening)
        await self._loop.beating()
        server.close()
        talks = [task for task in self._writers.values() if task is not None]
        self._break_off()
        await asyncio.gather(*talks, return_exceptions=True)

    def _break_off(self) -> None:
        for writer in tuple(self._writers):
            writer.transport.abort()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._writers) >= CONNECTIONS:
            self._note(PREFIX, "too many connections")
            writer.transport.abort()
            return
        self._writers[writer] = asyncio.current_task()
        try:
            await self._listen(reader, writer)
        except (OSError, TimeoutError) as problem:
            log.info("transmitter gone", reason=str(problem) or "silent for too long")
        finally:
            self._writers.pop(writer, None)
            writer.close()

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        framer, skipped = Framer(), 0
        while True:
            while not self._has_room():  # noqa: ASYNC110 - a thread makes room
                await asyncio.sleep(_NO_ROOM)
            data = await asyncio.wait_for(reader.read(_READ), IDLE)
            if not data:
                return
            for frame in framer.feed(data):
                self._hand_on(frame, writer)
            if framer.skipped != skipped:
                skipped = framer.skipped
                self._note(PREFIX, "bytes that belong to no frame")

    def _hand_on(self, frame: Frame, writer: asyncio.StreamWriter) -> None:
        assert self._deliver is not None  # set before the loop began
        message = Message(
            topic=f"{PREFIX}/{frame.source.hex()}", payload=frame.raw, received_at=self._clock()
        )
        kept = partial(self._confirm, frame, writer)
        try:
            self._deliver(Delivery(message, kept, comes_again=True))
        except LinkDown:  # the intake has ended: not confirmed, so it comes again
            writer.transport.abort()

    def _confirm(self, frame: Frame, writer: asyncio.StreamWriter) -> None:
        """Confirm a frame that is safe now; called from the intake's thread."""
        if frame.command not in CONFIRMED:
            return
        answer = frame.confirmation()

        def write() -> None:
            if not writer.is_closing():
                writer.write(answer)

        self._loop.call(write)
