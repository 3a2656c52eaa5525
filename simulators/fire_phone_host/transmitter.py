"""A fire-phone host behind a GB/T 26875.3 transmitter: it calls, tells, and tells until confirmed.

What is not confirmed is sent again with the same serial. A reboot forgets it and the serials begin
at 0, as they do in the field; then the transmitter tells whatever is not as it should be.
"""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

from simulators.action import Act, Action
from simulators.fire_phone_host import gb26875
from simulators.fire_phone_host.acts import OwnLoop
from simulators.fire_phone_host.gb26875 import Confirmations, Frame
from simulators.fire_phone_host.host import BOOTS_IN, CAN, Trouble
from simulators.fire_phone_host.state import (
    OF_AN_EXTENSION,
    OF_THE_HOST,
    Call,
    Extension,
    HostState,
    Line,
)

#: Bits of a state (tables 5 and 6). "Started" is a lifted handset, "feedback" an answered one.
FAULT, STARTED, FEEDBACK, MAINS, BATTERY = 1 << 2, 1 << 5, 1 << 6, 1 << 8, 1 << 9
#: Seconds after which an unconfirmed frame is sent again, and between two tries to connect.
RESEND_AFTER = 2.0
RECONNECT_AFTER = 0.2


class Transmitter(OwnLoop):
    """Calls ``to`` and keeps telling it; from ``with`` to the end of ``with``."""

    def __init__(
        self,
        *,
        to: tuple[str, int],
        clock: Callable[[], datetime],
        extensions: int = 64,
        zone: str = "Asia/Shanghai",
        source: bytes = b"\x01\0\0\0\0\0",
        destination: bytes = b"\x02\0\0\0\0\0",
        resend_after: float = RESEND_AFTER,
        seed: int = 0,
    ) -> None:
        super().__init__()
        self._to = to
        self._clock = clock
        self._zone = ZoneInfo(zone)
        self._source, self._destination = source, destination
        self._resend_after = resend_after
        self._chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self.state = HostState.of(extensions)
        self.trouble = Trouble()
        #: Serial → frame that nobody has confirmed yet.
        self.waiting: dict[int, Frame] = {}
        self._sent_at: dict[int, float] = {}
        self.sent = 0
        #: How often it looked whether there is anything to send.
        self.turns = 0
        self.confirmed = 0
        self.connections = 0
        self._serial = 0
        self._stale = b""
        self._news: asyncio.Event | None = None
        self._calling: asyncio.Task[None] | None = None
        self._writer: asyncio.StreamWriter | None = None

    @property
    def address(self) -> str:
        """Whom it calls."""
        return "gb26875://{}:{}".format(*self._to)

    async def _begin(self) -> None:
        self._news = asyncio.Event()
        self._calling = asyncio.create_task(self._call(after=0.0))

    async def _end(self) -> None:
        if self._calling is not None:
            self._calling.cancel()
            await asyncio.gather(self._calling, return_exceptions=True)

    async def _perform(self, action: Action) -> None:
        if action.act not in CAN - {Act.DUPLICATE_UNIT}:
            raise ValueError(f"{action.act} cannot happen to a transmitter")
        if action.act is Act.REBOOT:
            await self._end()
            self.waiting.clear()
            self._serial = 0
            self.state.switch_on()
            self._calling = asyncio.create_task(self._call(after=action.number("for", BOOTS_IN)))
            self._tell_troubles()
        elif action.act in OF_AN_EXTENSION | OF_THE_HOST:
            before = self.state.version
            number = int(action.number("extension", 0))
            self.state.perform(action.act, number, now=self._clock())
            if self.state.version != before:
                self._tell(0 if action.act in OF_THE_HOST else number)
        else:
            self.trouble.perform(action)
        self._wake()

    # ---- what is told --------------------------------------------------------------------------

    def _tell_troubles(self) -> None:
        for number, extension in self.state.extensions.items():
            if _component(extension):
                self._tell(number)
        if not (self.state.mains and self.state.battery):
            self._tell(0)

    def _tell(self, number: int) -> None:
        """Queue the state of an extension, or of the host itself for 0."""
        at = self._clock().astimezone(self._zone)
        if number:
            text = f"{number}号消防电话分机"
            status = _component(self.state.extensions[number])
            address = number + self.trouble.shift
            unit = gb26875.component(address, status, text=text, at=at, stale=self._stale)
            self._stale = unit[11:42]
        else:
            power = (not self.state.mains) * MAINS | (not self.state.battery) * BATTERY
            unit = gb26875.system(power, at=at)
        self.waiting[self._serial] = Frame(
            serial=self._serial,
            command=gb26875.SEND,
            at=at,
            source=self._source,
            destination=self._destination,
            unit=unit,
        )
        self._serial = (self._serial + 1) & 0xFFFF

    # ---- how it is told ------------------------------------------------------------------------

    async def _call(self, *, after: float) -> None:
        await asyncio.sleep(after)
        while True:
            with suppress(OSError):  # nobody there, or broken off: called again
                reader, self._writer = await asyncio.open_connection(*self._to)
                self.connections += 1
                await self._converse(reader, self._writer)
            await asyncio.sleep(RECONNECT_AFTER)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hearing = asyncio.create_task(self._hear(reader))
        speaking = asyncio.create_task(self._speak(writer))
        try:
            await asyncio.wait({hearing, speaking}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (hearing, speaking):
                task.cancel()
            await asyncio.gather(hearing, speaking, return_exceptions=True)
            writer.transport.abort()

    async def _hear(self, reader: asyncio.StreamReader) -> None:
        confirmations = Confirmations()
        while data := await reader.read(4096):
            for serial in confirmations.feed(data):
                self.confirmed += self.waiting.pop(serial, None) is not None
                self._sent_at.pop(serial, None)

    async def _speak(self, writer: asyncio.StreamWriter) -> None:
        """Send what is due in one go, and again until it is confirmed."""
        assert self._news is not None
        self._sent_at.clear()
        while True:
            self._news.clear()
            await asyncio.sleep(self.trouble.slow)
            self.turns += 1
            due = [] if self.trouble.mute else self._due(self._loop.time())
            writer.write(b"".join(map(self._spoiled, due)))
            self.sent += len(due)
            await writer.drain()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), self._resend_after)

    def _due(self, now: float) -> list[Frame]:
        """Return what was not sent lately, and note that it is sent now."""
        long_ago = now - self._resend_after
        due = [one for one in self.waiting if self._sent_at.get(one, long_ago) <= long_ago]
        self._sent_at |= dict.fromkeys(due, now)
        return [self.waiting[one] for one in due]

    def _spoiled(self, frame: Frame) -> bytes:
        data = frame.encode()
        if self._chance.random() >= self.trouble.garbled:
            return data
        place = self._chance.randrange(len(data))
        other = data[place] ^ self._chance.randrange(1, 256)
        return data[:place] + bytes([other]) + data[place + 1 :]

    def _wake(self) -> None:
        assert self._news is not None
        self._news.set()


def _component(extension: Extension) -> int:
    if extension.line is not Line.GOOD:
        return FAULT
    calls = {Call.RESTING: 0, Call.CALLING: STARTED, Call.TALKING: FEEDBACK}
    return calls[extension.call]
