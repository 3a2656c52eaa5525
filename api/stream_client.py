"""One console that follows the stream: what it has been sent, and what waits for it."""

import asyncio
from collections import deque
from collections.abc import Sequence

from api.stream_frames import Frame, Parcel
from api.stream_wire import Wire, chunk
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
        #: The last entry that was sent.
        self.seen = 0
        #: The socket; None: everything goes through the client's own task.
        self.wire: Wire | None = None
        self._veiled = veiled
        self._frames: deque[Frame] = deque()
        self._clock: bytes | None = None
        self._news = asyncio.Event()
        #: The task waits for news and has nothing half sent.
        self._idle = False

    def hand(self, parcel: Parcel) -> None:
        """Send entries, or let them wait; too many are fetched from the journal later."""
        frames = parcel.frames
        if (wire := self._free) is not None and frames[0].seq > self.seen:
            wire.write(parcel.veiled if self._veiled else parcel.open)
            self.seen = frames[-1].seq
            return
        if self.behind or len(self._frames) + len(frames) > WAITING:
            self._frames.clear()
            self.behind = True
        else:
            self._frames.extend(frames)
        self._news.set()

    def hand_clock(self, frame: bytes) -> None:
        """Send a heartbeat, or let the newest wait; an older one is no use any more."""
        if (wire := self._free) is not None:
            wire.write(chunk(frame))
            return
        self._clock = frame
        self._news.set()

    def end(self) -> None:
        """Finish the stream."""
        self.ended = True
        self._news.set()

    async def news(self) -> None:
        """Wait until something is to be done by the client's task."""
        self._idle = True
        await self._news.wait()
        self._idle = False
        self._news.clear()

    def take(self) -> bytes:
        """Take all that waits and was not sent."""
        frames = [frame for frame in self._frames if frame.seq > self.seen]
        self._frames.clear()
        said = self.bytes_of(frames)
        if self._clock is not None:
            said += self._clock
            self._clock = None
        if frames:
            self.seen = frames[-1].seq
        return said

    def bytes_of(self, frames: Sequence[Frame]) -> bytes:
        """Return frames as this client may see them."""
        return b"".join(frame.veiled if self._veiled else frame.open for frame in frames)

    @property
    def _free(self) -> Wire | None:
        """The socket, if nothing waits before what comes now and the client takes it."""
        if not self._idle or self._news.is_set() or self.wire is None or not self.wire.flows:
            return None
        return self.wire
