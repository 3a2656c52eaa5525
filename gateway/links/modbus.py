"""Modbus: the cable to fire-phone hosts. One event loop in one thread polls them all.

Nothing but the read functions 1 to 4 is ever sent. Each line (one socket or serial port) has a
task of its own, so that nobody waits for anybody else's answer.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import structlog

from gateway.adapter import Delivery
from gateway.links.loop import BEATS, Loop
from gateway.links.modbus_line import Line
from gateway.links.modbus_outbox import Outbox
from gateway.links.modbus_plan import LinePlan
from gateway.links.modbus_turnstile import Turnstile
from gateway.pause import Pause

log = structlog.get_logger(__name__)

#: Fresh connections after failures, a second: at least so many, and so many for each line, so
#: that nobody waits longer than a second for his turn though all are lost (ADR 0034).
_CONNECTS = 10.0
#: Lines that begin in a second.
_STARTS = 200.0
_CONNECTS_PER_LINE = 1.0


class ModbusLink:
    """Polls every host of a site."""

    def __init__(
        self,
        *,
        lines: Sequence[LinePlan],
        clock: Callable[[], datetime],
        has_room: Callable[[], bool],
        note: Callable[[str, str], None],
    ) -> None:
        """Poll ``lines``; scans wait here while there is no room for them."""
        self._plans = tuple(lines)
        self._clock = clock
        self._has_room = has_room
        self._note = note
        self._lines: list[Line] = []
        self._loop = Loop("modbus")
        #: A poller never ends for good.
        self.ended: str | None = None

    def start(self, deliver: Callable[[Delivery], None]) -> None:
        """Begin to poll; returns at once."""
        self._loop.start(partial(self._run, deliver))

    def send(self, topic: str, payload: bytes) -> None:
        """Do nothing: nothing is ever written to a host."""

    def drop(self) -> None:
        """Tell everything anew, because what was told may not have been kept."""
        self._loop.call(self._forget)

    def stop(self) -> None:
        """End, and close every line."""
        self._loop.stop()

    def alive(self, now: datetime) -> bool:
        """Whether the loop runs; that a host is mute is the host's doing, not ours."""
        del now
        return self._loop.alive

    async def _run(self, deliver: Callable[[Delivery], None]) -> None:
        asyncio.get_running_loop().set_exception_handler(_said_by_the_driver)
        turnstile = Turnstile(per_second=max(_CONNECTS, _CONNECTS_PER_LINE * len(self._plans)))
        tasks: set[asyncio.Task[None]] = set()
        for number, plan in enumerate(self._plans):
            outbox = Outbox(deliver, has_room=self._has_room, clock=self._clock, note=self._note)
            line = Line(plan, outbox=outbox, turnstile=turnstile, note=self._note)
            self._lines.append(line)
            offset = number / _STARTS  # hosts are not all asked in the same moment
            self._begin(line, tasks, Pause(least=1.0, most=30.0), after=offset)
        await self._loop.beating()
        while tasks:  # a cancellation that meets the very answer is lost (CPython 3.11, wait_for)
            for task in tuple(tasks):
                task.cancel()
            await asyncio.wait(tuple(tasks), timeout=BEATS)

    def _begin(
        self, line: Line, tasks: set[asyncio.Task[None]], pause: Pause, *, after: float
    ) -> None:
        task = asyncio.create_task(line.run(after=after))
        tasks.add(task)
        task.add_done_callback(partial(self._ended, line, tasks, pause))

    def _ended(
        self, line: Line, tasks: set[asyncio.Task[None]], pause: Pause, task: asyncio.Task[None]
    ) -> None:
        """Begin a line again that broke: a mistake with one host must not cost the others."""
        tasks.discard(task)
        if task.cancelled() or self._loop.ending:
            return
        problem = task.exception()
        log.error("line broke", line=line.name, reason=f"{type(problem).__name__}: {problem}")
        self._begin(line, tasks, pause, after=pause.seconds())

    def _forget(self) -> None:
        for line in self._lines:
            line.forget()


def _said_by_the_driver(loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    """Say in one line what a garbled answer did to the driver; the line is opened anew anyway."""
    del loop
    log.info("driver gave up on an answer", reason=str(context.get("exception") or context))
