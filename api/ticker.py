"""Two threads beside the server: one sets off what time alone sets off, one proves that it did.

The second also seals the journal now and then, and forgets answers nobody will ask for again.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from api.keeping import keep
from api.runtime import Runtime
from core import sealing
from core.escalation import auditor
from core.store.health import StoreFailed
from core.tick import tick

log = structlog.get_logger(__name__)

#: The name under which the ticker gives its sign of life.
TICKER = "ticker"
#: It looks at least so often, and leaves at least so much time to others, in real seconds.
_MOST, _LEAST = 1.0, 0.05
#: The stages behind the journal follow it at most so often: in a storm each round of a dozen
#: transactions then carries many entries, and the intake waits for few of them.
_FOLLOW = 0.5
#: It says so often that it lives.
_BEAT = 5.0


@dataclass(slots=True)
class Ticker:
    """Runs ``tick`` when something falls due, at once when woken, and once a second anyway."""

    runtime: Runtime
    _beat_at: float = 0.0
    _follow_at: float = 0.0

    def run(self, stopping: threading.Event) -> None:
        """Tick until told to stop; a database that is away is asked again."""
        while not stopping.is_set():
            self.runtime.tick_soon.clear()
            try:
                wait = self._tick()
            except StoreFailed:
                log.exception("the ticker cannot reach the database")
                wait = _MOST
            self.runtime.tick_soon.wait(wait)
            stopping.wait(_LEAST)

    def _tick(self) -> float:
        """Tick once; return for how many real seconds nothing will be due."""
        runtime, clock = self.runtime, self.runtime.clock
        now = clock.now()
        follow = time.monotonic() >= self._follow_at
        ticked = tick(runtime.database, now=now, follow=follow)
        if follow:
            self._follow_at = time.monotonic() + _FOLLOW
        runtime.metrics.escalated.inc(ticked.escalated)
        if ticked.escalated or ticked.missed or ticked.followed:
            runtime.hub.wake()
        if ticked.followed:
            runtime.wanting.wake()
        if time.monotonic() >= self._beat_at:
            self._beat_at = time.monotonic() + _BEAT
            _beat(runtime, TICKER, now)
        most = _MOST if follow else max(0.0, self._follow_at - time.monotonic())
        if ticked.next_at is None:
            return most
        ahead = (ticked.next_at - clock.now()).total_seconds() / clock.speed
        return min(most, max(0.0, ahead))


@dataclass(slots=True)
class Auditor:
    """Asks the scheme again for every unhandled issue, apart from the ticker."""

    runtime: Runtime
    _found: set[str] = field(default_factory=set)
    _seal_at: float = field(default_factory=time.monotonic)

    def run(self, stopping: threading.Event) -> None:
        """Audit in rounds until told to stop."""
        while not stopping.is_set():
            try:
                self._round(stopping)
                if time.monotonic() >= self._seal_at:
                    self._seal()
            except StoreFailed:
                log.exception("the auditor cannot reach the database")
            stopping.wait(self.runtime.settings.auditor_every.total_seconds())

    def _round(self, stopping: threading.Event) -> None:
        runtime = self.runtime
        after, found = None, set[str]()
        while not stopping.is_set():
            now = runtime.clock.now()
            with runtime.database.read() as store:
                audit = auditor.audit(store, now=now, after=after)
            found |= {f"{one.site}/{one.issue}: {one.what}" for one in audit.findings}
            after = audit.upto
            if after is None:
                break
        for one in sorted(found - self._found):
            log.critical("a ladder stands still", finding=one)
        self._found = found
        runtime.metrics.findings.set(len(found))
        now = runtime.clock.now()
        _beat(runtime, auditor.HEARTBEAT, now, findings=len(found))
        self._forget(now)

    def _seal(self) -> None:
        """Seal what was written since the last time (design, decision 7)."""
        settings = self.runtime.settings
        self._seal_at = time.monotonic() + settings.seal_every.total_seconds()
        if settings.seal_key is None:
            return
        with self.runtime.database.read() as store:
            sites = store.sites.codes()
        for site in sites:
            with self.runtime.database.begin() as store:
                sealing.seal(store, site=site, key=settings.seal_key, now=self.runtime.clock.now())

    def _forget(self, now: datetime) -> None:
        """Drop answers that nobody will ask for again."""
        kept: timedelta = self.runtime.settings.replies * self.runtime.clock.speed
        with self.runtime.database.begin() as store:
            store.replies.forget(now - kept)


def start(runtime: Runtime) -> Callable[[], None]:
    """Start both threads; return what stops them and waits for their end."""
    stopping = threading.Event()
    keepers = [
        keep(TICKER, Ticker(runtime).run, stopping),
        keep(auditor.HEARTBEAT, Auditor(runtime).run, stopping),
    ]

    def stop() -> None:
        stopping.set()
        runtime.tick_soon.set()
        for keeper in keepers:
            keeper.join(timeout=10)

    return stop


def _beat(runtime: Runtime, name: str, now: datetime, **detail: int) -> None:
    with runtime.database.begin() as store:
        store.heartbeats.beat(name, now=now, detail=detail)
