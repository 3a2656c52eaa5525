"""Whether this process may be sent work: database there, schema right, our own parts alive."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from api.runtime import Runtime
from api.ticker import TICKER
from core.escalation import auditor
from core.store.health import StoreFailed, is_current
from core.store.store import Store


@dataclass(slots=True)
class Health:
    """Looks at the parts of a process, and counts what waits."""

    runtime: Runtime
    _since: float = field(default_factory=time.monotonic)

    def troubles(self) -> list[str]:
        """Return everything that is not well; nothing: ready."""
        try:
            with self.runtime.database.read() as store:
                if not is_current(store):
                    return ["a migration is missing"]
                return list(self._late(store))
        except StoreFailed as problem:
            return [f"the database does not answer: {type(problem).__name__}"]

    def count(self) -> None:
        """Take the numbers that are states and not counts."""
        runtime = self.runtime
        now = runtime.clock.now()
        too_old = runtime.settings.gateway_late * runtime.clock.speed
        with runtime.database.read() as store:
            for site in store.sites.codes():
                runtime.metrics.queue.labels(site).set(store.reports.queued(site))
                late = [
                    gateway
                    for gateway in store.gateways.all(site)
                    if gateway.last_heard_at is None or now - gateway.last_heard_at > too_old
                ]
                runtime.metrics.gateways_late.labels(site).set(len(late))

    def _late(self, store: Store) -> Iterator[str]:
        settings, speed = self.runtime.settings, self.runtime.clock.speed
        limits = {TICKER: settings.ticker_late, auditor.HEARTBEAT: settings.auditor_late}
        beats, now = store.heartbeats.all(), self.runtime.clock.now()
        for name, limit in limits.items():
            beat = beats.get(name)
            if beat is None or now - beat.at > limit * speed:
                yield f"the {name} gives no sign of life"
