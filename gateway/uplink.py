"""From the spool to the centre: batches over HTTP until a 2xx, which is the receipt.

Nothing leaves the spool without one. The centre absorbs what it has already, so a batch is posted
again whenever the answer was not heard. One batch at a time keeps each device's order.
"""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from core.facts import cloudevent
from gateway.centre import Answer, Centre, Outcome
from gateway.pause import Pause
from gateway.spool import Pending, Refused, Spool, SpoolFailed

log = structlog.get_logger(__name__)

EVENTS = 500
BYTES = 512 * 1024


class Uplink:
    """Posts what the spool holds; runs in a thread of its own."""

    def __init__(self, *, spool: Spool, centre: Centre, clock: Callable[[], datetime]) -> None:
        """Carry ``spool`` to ``centre``."""
        self._spool = spool
        self._centre = centre
        self._clock = clock
        self._pause = Pause(least=0.2, most=10.0)
        self._trouble: str | None = None

    @property
    def reachable(self) -> bool:
        """Whether the last answer of the centre was a good one."""
        return self._trouble is None

    def run(self, stopping: threading.Event) -> None:
        """Post until told to stop; sleeps while nothing waits."""
        while not stopping.is_set():
            if not self.step():
                stopping.wait(self._pause.seconds())
            elif not self._spool.pending(1):
                self._sleep(stopping)

    def step(self) -> bool:
        """Post one batch. False: the centre was not to be had, try later."""
        batch = _fitting(self._spool.pending(EVENTS))
        if not batch:
            return True
        try:
            done = self._post(batch)
        except SpoolFailed as problem:
            log.warning("receipt could not be noted, posting again", reason=str(problem))
            return False
        if done:
            self._pause.reset()
        return done

    def _post(self, batch: Sequence[Pending]) -> bool:
        """Post these, in halves where the centre chokes on the whole."""
        answer = self._centre.post_events(cloudevent.encode_batch([one.body for one in batch]))
        match answer.outcome:
            case Outcome.TAKEN:
                self._note_receipt(batch, answer)
            case Outcome.TOO_LARGE | Outcome.UNREADABLE if len(batch) > 1:
                half = len(batch) // 2
                return self._post(batch[:half]) and self._post(batch[half:])
            case Outcome.TOO_LARGE | Outcome.UNREADABLE:
                self._refuse(batch[0], answer.reason)
            case Outcome.DENIED | Outcome.AWAY:
                self._say_trouble(answer)
                return False
        self._say_well()
        return True

    def _note_receipt(self, batch: Sequence[Pending], answer: Answer) -> None:
        refused = [
            Refused(batch[index], reason)
            for index, reason in answer.refused.items()
            if 0 <= index < len(batch)
        ]
        for one in refused:
            log.error("centre refuses an event", event_id=one.event.event_id, reason=one.reason)
        self._spool.receipted(batch, now=self._clock(), refused=refused)

    def _refuse(self, event: Pending, reason: str) -> None:
        log.error("centre cannot read an event", event_id=event.event_id, reason=reason)
        self._spool.receipted([event], now=self._clock(), refused=[Refused(event, reason)])

    def _say_trouble(self, answer: Answer) -> None:
        """Say once what is wrong; a different trouble is said again."""
        trouble = f"{answer.outcome}: {answer.reason}"
        if answer.outcome is Outcome.DENIED and self._trouble != trouble:
            log.critical("centre denies this gateway, events are kept", reason=answer.reason)
        elif self._trouble is None:
            log.warning("centre gone, events are kept", reason=answer.reason)
        self._trouble = trouble

    def _say_well(self) -> None:
        if self._trouble is not None:
            log.warning("centre back", gone_for=self._trouble)
            self._trouble = None

    def _sleep(self, stopping: threading.Event) -> None:
        """Wait for news; whoever stops us wakes us too."""
        with self._spool.news:
            self._spool.news.wait_for(
                lambda: stopping.is_set() or bool(self._spool.pending(1)), timeout=60.0
            )


def _fitting(events: Sequence[Pending]) -> Sequence[Pending]:
    """Return as many from the front as one request may hold, at least one."""
    size = 0
    for count, event in enumerate(events):
        size += len(event.body) + 1
        if size > BYTES and count:
            return events[:count]
    return events
