"""How the gateway is, told to the centre every few seconds: what waits, and who was heard."""

import json
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime

import structlog

from core.facts import moment
from core.facts.device import DeviceCode
from gateway.centre import Centre
from gateway.spool import Spool, State

log = structlog.get_logger(__name__)

EVERY = 15.0
DEVICES_TOLD = 10_000

Moments = Callable[[], Mapping[DeviceCode, datetime]]


class Heartbeat:
    """Tells the centre that we live; runs in a thread of its own."""

    def __init__(
        self, *, gateway: str, spool: Spool, centre: Centre, heard: Moments, silent: Moments
    ) -> None:
        """Speak for ``gateway``; ``heard`` and ``silent`` tell of its devices."""
        self._gateway = gateway
        self._spool = spool
        self._centre = centre
        self._heard = heard
        self._silent = silent
        self._missed = False

    def run(self, stopping: threading.Event) -> None:
        """Beat until told to stop."""
        while not stopping.is_set():
            self.beat()
            stopping.wait(EVERY)

    def beat(self) -> None:
        """Tell once how it is; what cannot be told now is told next time."""
        state = self._spool.state()
        document = _document(self._gateway, state, self._heard(), self._silent())
        taken = self._centre.post_heartbeat(json.dumps(document).encode())
        if taken is self._missed:  # only a change is worth a line
            self._missed = not taken
            log.warning("heartbeat taken again" if taken else "heartbeat not taken")


def _document(
    gateway: str,
    state: State,
    heard: Mapping[DeviceCode, datetime],
    silent: Mapping[DeviceCode, datetime],
) -> dict[str, object]:
    counts: Counter[str] = Counter()
    for (kind, _), times in state.counts.items():
        counts[kind] += times
    return {
        "gateway": gateway,
        "spooled": state.spooled,
        "oldest_at": None if state.oldest_at is None else moment.text(state.oldest_at),
        "quarantined": state.quarantined,
        "counts": counts,
        "heard": _texts(heard),
        "silent": _texts(silent),
    }


def _texts(moments: Mapping[DeviceCode, datetime]) -> dict[str, str]:
    newest = sorted(moments.items(), key=lambda one: one[1], reverse=True)[:DEVICES_TOLD]
    return {device: moment.text(at) for device, at in newest}
