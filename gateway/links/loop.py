"""One event loop in one thread of its own, which shows that it runs and can be told to end."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine

#: The loop shows that it runs so often, seconds; so much older is no progress.
BEATS = 0.2
STALLED_AFTER = 5.0
#: Whoever ends it waits so long, seconds.
_ENDING = 2.0


class Loop:
    """Runs what is given it; every other method may be called from any thread."""

    def __init__(self, name: str) -> None:
        """Not running yet; ``name`` is the thread's."""
        self._name = name
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending: asyncio.Event | None = None
        self._thread: threading.Thread | None = None
        self._beat_at = time.monotonic()

    def start(self, run: Callable[[], Coroutine[object, object, None]]) -> None:
        """Begin to run; returns at once. What runs calls ``beating`` before it ends."""
        self._beat_at = time.monotonic()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._run(run)), name=self._name, daemon=True
        )
        self._thread.start()

    def call(self, act: Callable[[], object]) -> None:
        """Let the loop do something soon; nothing if it does not run."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(act)

    def stop(self) -> None:
        """Let ``beating`` return, and wait a while for the end."""
        if self._ending is not None:
            self.call(self._ending.set)
        if self._thread is not None:
            self._thread.join(_ENDING)

    @property
    def ending(self) -> bool:
        """Whether it does not run yet, or was told to end."""
        return self._ending is None or self._ending.is_set()

    @property
    def alive(self) -> bool:
        """Whether it runs, by its own beat, which tells more than any wall clock."""
        running = self._thread is not None and self._thread.is_alive()
        return running and time.monotonic() - self._beat_at < STALLED_AFTER

    async def beating(self) -> None:
        """Show that the loop runs, until it is told to end; awaited in the loop."""
        assert self._ending is not None  # set before anything runs
        while not self._ending.is_set():
            self._beat_at = time.monotonic()
            try:
                await asyncio.wait_for(self._ending.wait(), BEATS)
            except TimeoutError:
                continue

    async def _run(self, run: Callable[[], Coroutine[object, object, None]]) -> None:
        self._loop = asyncio.get_running_loop()
        self._ending = asyncio.Event()
        await run()
