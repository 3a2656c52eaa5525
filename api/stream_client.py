"""One console that follows the stream: what it has been sent, and what waits for it."""

import asyncio
from collections import deque
from collections.abc import Sequence

from api.stream_frames import Frame
from core.facts.device import SiteCode

#: Entries that may wait for one client; beyond, it is served from the journal again.
WAITING = 1_000


class Client:
    """Owned by the event loop. The bytes that wait are shared with all others."""

    def __init__(self, *, site: SiteCode, token_hash: str, veiled: bool) -> None:
        """Begin with nothing waiting."""
        self.site = site
        self.token_hash = token_hash
        self.ended = False
        #: There is more in the journal than what waits here.
        self.behind = False
        self._veiled = veiled
        self._frames: deque[Frame] = deque()
        self._clock: bytes | None = None
        self._news = asyncio.Event()

    def hand(self, frames: Sequence[Frame]) -> None:
        """Let entries wait for being sent; too many are fetched from the journal later."""
        if self.behind or len(self._frames) + len(frames) > WAITING:
            self._frames.clear()
            self.behind = True
        else:
            self._frames.extend(frames)
        self._news.set()

    def hand_clock(self, frame: bytes) -> None:
        """Let the newest heartbeat wait; an older one is no use any more."""
        self._clock = frame
        self._news.set()

    def end(self) -> None:
        """Finish the stream."""
        self.ended = True
        self._news.set()

    async def news(self) -> None:
        """Wait until something is to be done."""
        await self._news.wait()
        self._news.clear()

    def take(self, *, after: int) -> tuple[bytes, int]:
        """Take all that waits and is newer than ``after``; return it and its last number."""
        frames = [frame for frame in self._frames if frame.seq > after]
        self._frames.clear()
        said = self.bytes_of(frames)
        if self._clock is not None:
            said += self._clock
            self._clock = None
        return said, frames[-1].seq if frames else after

    def bytes_of(self, frames: Sequence[Frame]) -> bytes:
        """Return frames as this client may see them."""
        return b"".join(frame.veiled if self._veiled else frame.open for frame in frames)
