"""Starts the gateway's parts, watches their progress, and starts again what died.

The one place that survives any mistake of a part: it is said once that a part is gone, once that
it is back, and a message on which an adapter fails goes to quarantine.
"""

import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime

import structlog

from core.facts.device import DeviceEvent
from gateway.adapter import Adapter, Message, Reading, Verdict
from gateway.links.broker import Broker
from gateway.parts import Parts, Running
from gateway.pause import Pause
from gateway.settings import Settings
from gateway.spool import Spool, SpoolFailed

log = structlog.get_logger(__name__)

WATCH_EVERY = 1.0
STARTS_WITHIN = 20.0
STOPS_WITHIN = 2.8
#: A part that lived so long was sound, seconds; the next pause is a short one again.
SOUND_AFTER = 60.0


class Gateway:
    """A whole gateway in this process: ``start`` it, ``stop`` it."""

    def __init__(self, settings: Settings, *, clock: Callable[[], datetime]) -> None:
        """Prepare a gateway; nothing happens before ``start``."""
        self._settings = settings
        self._clock = clock
        self._stopping = threading.Event()
        self._started = threading.Event()
        self._parts: Parts | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start all parts; those that fail are tried again and again.

        :raises SpoolInUse: another gateway works in this folder.
        :raises SpoolFailed: the folder cannot be written.
        """
        spool = Spool(self._settings.data)
        parts = self._parts = Parts(
            self._settings, spool=spool, clock=self._clock, guarded=_Guarded, guard=_guard
        )
        self._thread = threading.Thread(
            target=self._watch, args=(parts, spool), name="supervisor", daemon=True
        )
        self._thread.start()
        self._started.wait(STARTS_WITHIN)

    def stop(self) -> None:
        """End cleanly within three seconds: what is in hand is kept, the rest comes again."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(STOPS_WITHIN)

    @property
    def broker(self) -> Broker | None:
        """Our own broker, where there is one: what simulators connect to."""
        return self._parts.broker if self._parts is not None else None

    @property
    def http_port(self) -> int | None:
        """The port on which devices may post, where there is one."""
        return self._parts.http_port if self._parts is not None else None

    def _watch(self, parts: Parts, spool: Spool) -> None:
        """Live through it all; the broker dies with the thread that started it, which is this."""
        watched = [_Part(name, make) for name, make in parts.planned()]
        while not self._stopping.is_set():
            for part in watched:
                part.watch(self._clock())
            self._started.set()
            try:
                spool.prune(now=self._clock())
            except SpoolFailed as problem:
                log.info("nothing pruned", reason=str(problem))
            self._stopping.wait(WATCH_EVERY)
        for part in sorted(watched, key=lambda part: parts.stop_order.index(part.name)):
            part.stop()
        parts.inbox.close()
        parts.close()
        spool.close()


class _Part:
    """One part over all its lives."""

    def __init__(self, name: str, make: Callable[[], Running]) -> None:
        self.name = name
        self._make = make
        self._running: Running | None = None
        self._pause = Pause(least=1.0, most=10.0)
        self._began = 0.0
        self._retry_at = 0.0
        self._gone: str | None = None

    def watch(self, now: datetime) -> None:
        """Start what does not run, unless it has just been tried, or has ended for good."""
        if self._running is not None and self._running.ended is not None:
            self._say_gone(self._running.ended)
        elif self._running is not None and self._running.alive(now):
            self._say_back()
        elif time.monotonic() >= self._retry_at:
            if self._running is not None:
                self._say_gone("no progress")
            self._start()

    def stop(self) -> None:
        running, self._running = self._running, None
        if running is None:
            return
        try:
            running.stop()
        except Exception:
            log.exception("part did not stop cleanly", part=self.name)

    def _start(self) -> None:
        self.stop()
        self._began = time.monotonic()
        self._retry_at = self._began + self._pause.seconds()
        try:
            self._running = self._make()
        except Exception as problem:  # noqa: BLE001 - whatever it is, it is said and tried again
            self._say_gone(f"{type(problem).__name__}: {problem}")

    def _say_gone(self, why: str) -> None:
        if self._gone is None:
            log.error("part gone", part=self.name, reason=why)
        self._gone = why

    def _say_back(self) -> None:
        if self._gone is not None:
            log.warning("part back", part=self.name, gone_for=self._gone)
            self._gone = None
        if time.monotonic() - self._began > SOUND_AFTER:
            self._pause.reset()


class _Guarded:
    """An adapter whose mistakes cost one message, not the intake."""

    def __init__(self, name: str, adapter: Adapter) -> None:
        self._name = name
        self._adapter = adapter
        self.topics = adapter.topics

    def read(self, message: Message) -> Reading:
        try:
            return self._adapter.read(message)
        except Exception as problem:
            log.exception("adapter failed on a message", profile=self._name, topic=message.topic)
            reason = f"the adapter failed: {type(problem).__name__}"
            return Reading(verdict=Verdict.UNREADABLE, reason=reason)

    def elapsed(self, now: datetime) -> tuple[DeviceEvent, ...]:
        try:
            return self._adapter.elapsed(now)
        except Exception:
            log.exception("adapter failed on the time", profile=self._name)
            return ()

    def resume(self, events: Iterable[DeviceEvent]) -> None:
        try:
            self._adapter.resume(events)
        except Exception:
            log.exception("adapter failed to remember", profile=self._name)


def _guard(
    name: str,
    run: Callable[[threading.Event], None],
    ends: Callable[[], None],
    stopping: threading.Event,
) -> None:
    """Run it, and say why it died if it does; the watch starts it again."""
    try:
        run(stopping)
    except Exception:
        if not stopping.is_set():
            log.exception("part died", part=name)
    finally:
        ends()
