"""The stream's hub: every journal entry is read once, encoded once, and shared by all consoles.

One thread reads: at once after a commit of this process, and now and then where other processes
write too. The event loop hands the same bytes to every client of the site, past the client's own
task where its socket takes them. A client that falls behind is served from the journal again, so
its memory is bounded and it misses nothing.
"""

import asyncio
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import structlog

from api.clock import Clock
from api.keeping import keep
from api.lateness import late
from api.metrics import Metrics
from api.settings import Settings
from api.stream_client import Client
from api.stream_frames import BEAT, Batch, Parcel, encode, encode_clock
from core.facts.device import SiteCode
from core.store.database import Database
from core.store.health import StoreFailed
from core.store.store import Store

log = structlog.get_logger(__name__)

#: How often other processes' entries are looked for, in seconds.
POLL = 0.2
#: Entries one look takes.
PAGE = 500


@dataclass(slots=True)
class _Channel:
    """The clients of one site, and what they have been handed."""

    delivered: int
    clients: set[Client] = field(default_factory=set)


class Hub:
    """Reads the journal for everybody."""

    def __init__(
        self, *, database: Database, clock: Clock, settings: Settings, metrics: Metrics
    ) -> None:
        """Stand still until ``start``."""
        self._database = database
        self._clock = clock
        self._settings = settings
        self._metrics = metrics
        self._channels: dict[SiteCode, _Channel] = {}
        self._count = 0
        self._positions: dict[SiteCode, int] = {}
        self._lock = threading.Lock()
        self._news = threading.Event()
        self._stopping = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._wait = POLL if database.dialect == "postgresql" else BEAT

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to read, and hand on in ``loop``."""
        self._loop = loop
        self._thread = keep("stream-hub", self._run, self._stopping)

    def stop(self) -> None:
        """End all clients; called from any thread, and from a signal."""
        self._stopping.set()
        self._news.set()
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._end_all)

    def wait_until_stopped(self) -> None:
        """Wait for the reading thread."""
        if self._thread is not None:
            self._thread.join(timeout=5)

    def wake(self) -> None:
        """Look at once: something was committed. Called from any thread."""
        self._news.set()

    def end_session(self, token_hash: str) -> None:
        """End the streams of a session at once. Called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._end_those, {token_hash})

    # --- in the event loop ----------------------------------------------------------------------

    @property
    def full(self) -> bool:
        """Whether no further client is taken."""
        return self._stopping.is_set() or self._count >= self._settings.stream_clients

    async def join(self, client: Client) -> int:
        """Let a client hear of everything from now on; return what was delivered before."""
        if client.site not in self._channels:
            last = await asyncio.to_thread(self._last_seq, client.site)
            if client.site not in self._channels:
                self._channels[client.site] = _Channel(delivered=last)
                with self._lock:
                    self._positions[client.site] = last
                self._news.set()
        channel = self._channels[client.site]
        channel.clients.add(client)
        self._counted(1)
        return channel.delivered

    def leave(self, client: Client) -> None:
        """Forget a client; a site nobody follows is not read any more."""
        channel = self._channels.get(client.site)
        if channel is None or client not in channel.clients:
            return
        channel.clients.discard(client)
        self._counted(-1)
        if not channel.clients:
            del self._channels[client.site]
            with self._lock:
                self._positions.pop(client.site, None)

    def delivered(self, site: SiteCode) -> int:
        """Return the last entry that was handed to a site's clients."""
        channel = self._channels.get(site)
        return channel.delivered if channel is not None else 0

    def dropped(self, client: Client) -> None:
        """Note that a client did not read and was given up."""
        self._metrics.stream_dropped.inc()
        log.warning("console does not read and is dropped", site=client.site)

    def _counted(self, by: int) -> None:
        self._count += by
        self._metrics.stream_clients.set(self._count)

    def _deliver(self, site: SiteCode, batch: Batch) -> None:
        channel = self._channels.get(site)
        if channel is None:
            return
        fresh = batch.after(channel.delivered)
        if not fresh.frames:
            return
        channel.delivered = fresh.last
        parcel = Parcel.of(fresh)
        for client in channel.clients:
            client.hand(parcel)

    def _beat(self, site: SiteCode, frame: bytes) -> None:
        channel = self._channels.get(site)
        for client in channel.clients if channel is not None else ():
            client.hand_clock(frame)

    def _end_those(self, token_hashes: Iterable[str]) -> None:
        ending = frozenset(token_hashes)
        for channel in self._channels.values():
            for client in channel.clients:
                if client.token_hash in ending:
                    client.end()

    def _end_all(self) -> None:
        for channel in self._channels.values():
            for client in channel.clients:
                client.end()

    # --- in worker threads ----------------------------------------------------------------------

    def page(self, site: SiteCode, after: int, *, upto: int) -> Batch:
        """Read again what a client has missed, up to what the others were handed."""
        with self._database.read() as store:
            entries = store.journal.after(site, after, limit=PAGE)
        return encode([entry for entry in entries if entry.seq <= upto])

    def clock_frame(self, site: SiteCode) -> bytes:
        """Return the present moment, and which of our parts are late."""
        with self._database.read() as store:
            return self._clock_frame(store, site)

    def _last_seq(self, site: SiteCode) -> int:
        with self._database.read() as store:
            return store.journal.last_seq(site)

    def _clock_frame(self, store: Store, site: SiteCode) -> bytes:
        now, speed = self._clock.now(), self._clock.speed
        parts = late(store, site, settings=self._settings, now=now, speed=speed)
        return encode_clock(
            now=now, speed=speed, auditor_late=parts.auditor, gateways_late=parts.gateways
        )

    # --- in the reading thread ------------------------------------------------------------------

    def _run(self, stopping: threading.Event) -> None:
        beat_at = time.monotonic() + BEAT
        while not stopping.is_set():
            self._news.wait(min(self._wait, max(0.0, beat_at - time.monotonic())))
            self._news.clear()
            try:
                self._read()
                if time.monotonic() >= beat_at:
                    beat_at = time.monotonic() + BEAT
                    self._check()
            except StoreFailed:
                log.exception("the stream cannot read the journal")
                stopping.wait(1.0)  # clients see that no heartbeat comes

    def _read(self) -> None:
        with self._lock:
            positions = dict(self._positions)
        for site, position in positions.items():
            seq = position
            while not self._stopping.is_set():
                with self._database.read() as store:
                    entries = store.journal.after(site, seq, limit=PAGE)
                if not entries:
                    break
                seq = entries[-1].seq
                with self._lock:
                    if site in self._positions:
                        self._positions[site] = seq
                self._hand_on(site, encode(entries))
                if len(entries) < PAGE:
                    break

    def _check(self) -> None:
        """Tell the time to everybody, and end the streams of sessions that are over."""
        with self._lock:
            sites = list(self._positions)
        with self._database.read() as store:
            for site in sites:
                self._hand_on(site, self._clock_frame(store, site))
            shown = self._sessions()
            over = shown - store.sessions.alive(shown, now=self._clock.now()) if shown else set()
        if over and self._loop is not None:
            self._loop.call_soon_threadsafe(self._end_those, over)

    def _sessions(self) -> set[str]:
        """Collect whose streams are open; asked of the loop, which owns them."""
        assert self._loop is not None
        asked = asyncio.run_coroutine_threadsafe(self._hashes(), self._loop)
        try:
            return asked.result(timeout=2)
        except (TimeoutError, asyncio.CancelledError):
            return set()  # the loop is busy or ending; the next heartbeat asks again

    async def _hashes(self) -> set[str]:
        return {
            client.token_hash for channel in self._channels.values() for client in channel.clients
        }

    def _hand_on(self, site: SiteCode, what: Batch | bytes) -> None:
        if self._loop is None or self._loop.is_closed():
            return
        if isinstance(what, bytes):
            self._loop.call_soon_threadsafe(self._beat, site, what)
        else:
            self._loop.call_soon_threadsafe(self._deliver, site, what)
