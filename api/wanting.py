"""Gateways that wait for something to do: woken at once, and looking now and then anyway."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

#: A waiting gateway looks again after so many seconds: another process may have written, and a
#: moment that lay ahead may have come.
_LOOK = 1.0

Found = TypeVar("Found")


@dataclass(slots=True)
class Wanting:
    """Who waits is held by the event loop; no thread and no connection waits with him."""

    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _loop: asyncio.AbstractEventLoop | None = None
    _stopping: bool = False

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Wake in ``loop``."""
        self._loop = loop

    def wake(self) -> None:
        """Let everybody look at once. Called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    def stop(self) -> None:
        """Let everybody go with what there is. Called from any thread, and from a signal."""
        self._stopping = True
        self.wake()

    async def until(
        self,
        look: Callable[[], Awaitable[list[Found]]],
        *,
        gone: Callable[[], Awaitable[bool]],
        seconds: float,
    ) -> list[Found]:
        """Return what ``look`` finds, as soon as it finds something, or nothing in the end."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + seconds
        while True:
            news = self._news
            found = await look()
            left = ends - loop.time()
            if found or left <= 0 or self._stopping or await gone():
                return found
            try:
                async with asyncio.timeout(min(left, _LOOK)):
                    await news.wait()
            except TimeoutError:
                continue

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()
