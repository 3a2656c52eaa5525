"""Plays a plan on the wall clock: stations speak, the line fails them, receipts come back.

Fire-phone hosts say nothing of their own accord: whoever asks them finds out what happened.
"""

import heapq
import itertools
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from simulators.action import OF_COLLEAGUES, Act, Action
from simulators.journal import Journal
from simulators.mqtt import Publisher
from simulators.outgoing import Outgoing
from simulators.schedule import Planned
from simulators.stage import Said, Stage, log_line, log_lines

#: Longest nap of the loop, s: receipts and resends are looked after at least this often.
NAP = 0.05
#: Most events sent in one turn of the loop.
BATCH = 500


class Performer(Protocol):
    """A host or camera: it speaks when it is asked, and shows then what happened to it."""

    def perform(self, action: Action) -> None:
        """Let something happen to it."""
        ...


class Player:
    """Runs one plan; ``clock`` gives the moment that messages bear.

    ``hosts`` are fire-phone hosts and cameras that somebody can ask; what happens to others is only
    written down. ``colleagues`` are told what people do with what a station said.
    """

    def __init__(
        self,
        stage: Stage,
        publisher: Publisher,
        journal: Journal,
        *,
        heartbeat: float,
        clock: Callable[[], datetime],
        log: Callable[[str], None],
        hosts: Mapping[str, Performer] = MappingProxyType({}),
        colleagues: Callable[[str, Action], None] = lambda _station, _action: None,
    ) -> None:
        self._stage = stage
        self._publisher = publisher
        self._journal = journal
        self._heartbeat = heartbeat
        self._clock = clock
        self._log = log
        self._hosts = hosts
        self._colleagues = colleagues
        #: What waits for its moment: (monotonic s, order, message).
        self._waiting: list[tuple[float, int, Outgoing]] = []
        self._order = itertools.count()
        self._beats: list[tuple[float, str]] = []
        self._connections = 0
        self.sent = 0
        #: Sent while there was no connection: gone, unless a journal keeps it.
        self.gone = 0

    def play(self, plan: Sequence[Planned], *, lasts: float, stop: threading.Event) -> None:
        """Perform the plan, and go on beating at least until ``lasts`` real seconds are over."""
        begun = time.monotonic()
        if not self._beats:
            self._come_up(begun)
        ahead = deque(plan)
        while not stop.is_set():
            now = time.monotonic()
            while ahead and ahead[0].at_s <= now - begun:
                self._perform(ahead.popleft(), now)
            self.turn(now)
            ends = begun + (ahead[0].at_s if ahead else lasts)
            if not ahead and now >= ends:
                return
            stop.wait(max(0.0, min(NAP, ends - now)))

    def drain(self, *, within: float, stop: threading.Event) -> bool:
        """Go on until every event is receipted; tells whether that was reached in time."""
        ends = time.monotonic() + within
        while (self._journal.unreceipted or self._waiting) and time.monotonic() < ends:
            if stop.is_set():
                break
            self.turn(time.monotonic())
            stop.wait(NAP)
        return not self._journal.unreceipted

    def turn(self, now: float) -> None:
        """Do all that is due at this monotonic moment."""
        self._take_receipts()
        if self._publisher.connections != self._connections:
            self._connections = self._publisher.connections
            self._journal.reconnected()
        while self._waiting and self._waiting[0][0] <= now:
            self._publish(heapq.heappop(self._waiting)[2])
        while self._beats and self._beats[0][0] <= now:
            at, code = heapq.heappop(self._beats)
            heapq.heappush(self._beats, (at + self._heartbeat, code))
            self._send(self._stage.heartbeat(code, now=self._clock()), now)
        if self._publisher.connected:
            for event in self._journal.due(now, limit=min(BATCH, self._publisher.room)):
                self._publish(event)

    def _come_up(self, now: float) -> None:
        self._send(self._stage.start(now=self._clock()), now)
        gap = self._heartbeat / max(1, len(self._stage.stations))
        for number, code in enumerate(self._stage.stations, start=1):
            heapq.heappush(self._beats, (now + number * gap, code))  # not all at once

    def _perform(self, planned: Planned, now: float) -> None:
        if planned.action.act in OF_COLLEAGUES:
            self._colleagues(planned.station, planned.action)
            self._log(log_line(planned))
            return
        if planned.station not in self._stage.stations:
            if planned.station in self._hosts:
                self._hosts[planned.station].perform(planned.action)
            self._log(log_line(planned))
            return
        said = self._stage.perform(planned, now=self._clock())
        match planned.action.act:
            case Act.SILENCE:
                self._journal.hold(self._stage.topic_of(planned.station))
            case Act.BACK:
                self._journal.release(self._stage.topic_of(planned.station))
        self._send(said, now, again=planned.action.act is Act.REPLAY)
        for line in log_lines(planned, said):
            self._log(line)

    def _send(self, said: Sequence[Said], now: float, *, again: bool = False) -> None:
        for each in said:
            copies = each.delays
            if each.message.event_id is not None and not again:
                self._journal.tell([each.message], not_before=now + (copies[0] if copies else 0.0))
                copies = copies[1:]
            for delay in copies:
                heapq.heappush(self._waiting, (now + delay, next(self._order), each.message))

    def _publish(self, message: Outgoing) -> None:
        if self._publisher.publish(message):
            self.sent += 1
        else:
            self.gone += 1

    def _take_receipts(self) -> None:
        while True:
            try:
                topic, payload = self._publisher.inbox.get_nowait()
            except queue.Empty:
                return
            self._journal.receipt(topic, payload)
