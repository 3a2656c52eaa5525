"""From deliveries to the spool: read, keep, and only then acknowledge.

One thread does it all, so adapters need no locks. What waited during the last sync is committed
by the next one together (group commit); acknowledgements follow in the order of arrival.
"""

import json
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

import structlog

from core.facts.device import DeviceCode, DeviceEvent, EventId, EventType
from gateway.adapter import Link, LinkDown, Message, Receipt, Unreadable, Verdict
from gateway.inbox import Inbox
from gateway.routing import Routes
from gateway.spool import Quarantined, Spool, SpoolFailed, Told, told

log = structlog.get_logger(__name__)

BATCH = 500
#: Time alone is asked this often, seconds.
TICK = 1.0
#: Between two tries to write to a spool that failed, seconds.
RETRY = 1.0
#: A gateway that is told ever new reasons must not fill its memory with them.
REASONS_KEPT = 500


class Cable(Link, Protocol):
    """A link that can be told that the spool failed."""

    def drop(self) -> None:
        """Break off at once: what is not acknowledged comes again, later."""
        ...


@dataclass(slots=True)
class _Batch:
    """What one transaction shall keep, and what follows it."""

    events: list[Told] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    receipts: list[Receipt] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.events or self.quarantined or self.counts)


class Intake:
    """The writer of one inbox; runs in a thread of its own."""

    def __init__(
        self,
        *,
        inbox: Inbox,
        routes: Routes,
        spool: Spool,
        cables: Callable[[], Sequence[Cable]],
        clock: Callable[[], datetime],
    ) -> None:
        """Read by ``routes`` into ``spool``; ``cables`` get receipts, and hear of a failure."""
        self._inbox = inbox
        self._routes = routes
        self._spool = spool
        self._cables = cables
        self._clock = clock
        self._reasons: set[tuple[str, str]] = set()
        self._ticked_at: datetime | None = None
        self._heard: dict[DeviceCode, datetime] = {}
        self._silent: dict[DeviceCode, datetime] = {}
        self._failing = False

    def heard(self) -> Mapping[DeviceCode, datetime]:
        """Return when each device last said anything; for any thread."""
        return dict(self._heard)

    def silent(self) -> Mapping[DeviceCode, datetime]:
        """Return since when each silent device is silent; for any thread."""
        return dict(self._silent)

    def run(self, stopping: threading.Event) -> None:
        """Work until told to stop; what is in hand then is still kept."""
        while not stopping.is_set():
            self.step(stopping, timeout=TICK)

    def step(self, stopping: threading.Event, *, timeout: float) -> None:
        """Take what waits, keep it, acknowledge it."""
        deliveries = self._inbox.take(BATCH, timeout=timeout)
        batch = _Batch()
        for delivery in deliveries:
            self._read(delivery.message, batch)
        self._tick(batch)
        for (kind, reason), times in self._inbox.notes().items():
            self._count(batch, kind, reason, times=times)
        if batch and not self._keep(batch, stopping):
            return
        for delivery in deliveries:
            delivery.acknowledge()
        self._send_receipts(batch.receipts)

    def _read(self, message: Message, batch: _Batch) -> None:
        reading = self._routes.read(message)
        if reading.device is not None:
            self._heard[reading.device] = message.received_at
        if reading.event is not None:
            try:
                for event in (reading.event, *reading.also):
                    self._add(event, batch, at=message.received_at)
            except Unreadable as problem:
                reading = replace(reading, verdict=Verdict.UNREADABLE, reason=str(problem))
        if reading.verdict is Verdict.UNREADABLE:
            batch.quarantined.append(_quarantined(message, reading.reason))
        if reading.receipt is not None:
            batch.receipts.append(reading.receipt)
        self._count(batch, reading.verdict.value, reading.reason)

    def _add(self, event: DeviceEvent, batch: _Batch, *, at: datetime) -> None:
        batch.events.append(told(event, at=at))
        if event.type is EventType.DEVICE_SILENT:
            self._silent[event.source.device] = event.occurred_at
        elif event.type is EventType.DEVICE_BACK:
            self._silent.pop(event.source.device, None)

    def _tick(self, batch: _Batch) -> None:
        """Ask the adapters what time alone has brought about."""
        now = self._clock()
        last = self._ticked_at
        if last is not None and 0 <= (now - last).total_seconds() < TICK:
            return
        self._ticked_at = now
        for event in self._routes.elapsed(now):
            try:
                self._add(event, batch, at=now)
            except Unreadable as problem:
                log.critical("an adapter's own event is lost", reason=str(problem))
            self._count(batch, "elapsed", event.type.value)

    def _count(self, batch: _Batch, kind: str, reason: str, *, times: int = 1) -> None:
        key = (kind, reason)
        if key not in self._reasons:
            if len(self._reasons) >= REASONS_KEPT:
                key = (kind, "other reasons")
            self._reasons.add(key)
        batch.counts[key] += times

    def _keep(self, batch: _Batch, stopping: threading.Event) -> bool:
        """Put the batch until it is kept; the links let go meanwhile. False: we were stopped.

        The batch is not given up: adapters have read it and may not say the same again.
        """
        while True:
            try:
                self._spool.put(batch.events, batch.quarantined, batch.counts)
            except SpoolFailed as problem:
                self._say_failed(str(problem))
            else:
                self._say_kept()
                return True
            if stopping.wait(RETRY):
                return False

    def _say_failed(self, reason: str) -> None:
        if self._failing:
            return
        self._failing = True
        log.critical("spool cannot be written, nothing is acknowledged", reason=reason)
        self._inbox.shut()
        for cable in self._cables():
            cable.drop()

    def _say_kept(self) -> None:
        if self._failing:
            self._failing = False
            self._inbox.reopen()
            log.warning("spool can be written again")

    def _send_receipts(self, receipts: Sequence[Receipt]) -> None:
        """Tell devices of the native profile that they may forget; grouped by topic."""
        grouped: dict[str, dict[EventId, None]] = {}
        for receipt in receipts:
            grouped.setdefault(receipt.topic, {})[receipt.event_id] = None
        for topic, ids in grouped.items():
            payload = json.dumps({"ids": list(ids)}, separators=(",", ":")).encode()
            for cable in self._cables():
                try:
                    cable.send(topic, payload)
                except LinkDown as problem:
                    log.info("receipt not sent, the device asks again", reason=str(problem))


def _quarantined(message: Message, reason: str) -> Quarantined:
    return Quarantined(
        topic=message.topic, payload=message.payload, reason=reason, at=message.received_at
    )
