"""What native stations keep: each event from the moment it happened until it is receipted.

One journal serves all stations of a process. With a file, an event is on the disk before it is
sent, and the file is the record against which a test compares what the product has stored.
"""

import json
import os
from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Self

from simulators.outgoing import Outgoing

#: Seconds after which an event without a receipt is sent again.
RESEND_AFTER = 2.0
#: How many events of one station may be under way; the others wait their turn.
WINDOW = 200


@dataclass(slots=True)
class _Lane:
    """One station's events: not sent yet, and sent but not receipted, oldest sending first."""

    fresh: deque[tuple[float, Outgoing]] = field(default_factory=deque)
    sent: OrderedDict[str, tuple[float, Outgoing]] = field(default_factory=OrderedDict)
    held: bool = False


class Journal:
    """Keeps events until receipted. Times are seconds of the caller's monotonic clock."""

    def __init__(self, *, window: int = WINDOW, resend_after: float = RESEND_AFTER) -> None:
        self._lanes: dict[str, _Lane] = {}
        self._waiting: dict[str, str] = {}
        self._window = window
        self._resend_after = resend_after
        self._file: BinaryIO | None = None
        self._turns = -1
        self.told = 0
        self.receipted = 0
        self.resent = 0
        #: Receipts that were no ``{"ids": […]}`` or named an event nobody waits for.
        self.unreadable_receipts = 0
        self.needless_receipts = 0

    @classmethod
    def open(cls, path: Path, *, window: int = WINDOW) -> Self:
        """Go on with the journal in this file; what it holds without a receipt is sent again.

        A last line that was torn by a power cut is cut off: nothing of it was ever sent.
        """
        journal = cls(window=window)
        path.touch()
        with path.open("r+b") as old:
            whole = journal._restore(old)
            old.truncate(whole)
        journal._file = path.open("ab")
        return journal

    @property
    def unreceipted(self) -> int:
        """How many events still wait for a receipt."""
        return len(self._waiting)

    def tell(self, events: Sequence[Outgoing], *, not_before: float = 0.0) -> None:
        """Keep new events; they are on the disk when this returns."""
        for event in events:
            self._keep(event, not_before)
        if self._file is not None and events:
            self._file.writelines(map(_line, events))
            self._file.flush()
            os.fsync(self._file.fileno())

    def due(self, now: float, *, limit: int) -> list[Outgoing]:
        """Return what is to be sent now, at most ``limit``: resends first, in order per station."""
        found: list[Outgoing] = []
        lanes = list(self._lanes.values())
        self._turns += 1
        first = self._turns % len(lanes) if lanes else 0  # nobody is always last
        for lane in lanes[first:] + lanes[:first]:
            if not lane.held:
                self._resends(lane, now, limit - len(found), found)
                self._firsts(lane, now, limit - len(found), found)
        return found

    def receipt(self, topic: str, payload: bytes) -> None:
        """Take a receipt; an event is let go only by a receipt on its own station's topic."""
        try:
            ids = json.loads(payload)["ids"]
        except (ValueError, KeyError, TypeError):
            ids = None
        if not isinstance(ids, list):
            self.unreadable_receipts += 1
            return
        lane_name = topic.rpartition("/")[0]
        done = [one for one in ids if self._let_go(lane_name, one)]
        if self._file is not None and done:
            self._file.writelines(b'{"receipt":%s}\n' % json.dumps(one).encode() for one in done)
            self._file.flush()

    def reconnected(self) -> None:
        """Make everything that is under way due at once: the cable was away."""
        for lane in self._lanes.values():
            for event_id, (_, event) in lane.sent.items():
                lane.sent[event_id] = (float("-inf"), event)

    def hold(self, topic: str) -> None:
        """Send nothing of this station until it is released."""
        self._lane(topic).held = True

    def release(self, topic: str) -> None:
        """Send this station's events again, what waited first."""
        self._lane(topic).held = False

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _lane(self, topic: str) -> _Lane:
        return self._lanes.setdefault(topic.rpartition("/")[0], _Lane())

    def _keep(self, event: Outgoing, not_before: float) -> None:
        if event.event_id is None:
            raise ValueError(f"{event.topic}: an event without an id cannot be receipted")
        self._lane(event.topic).fresh.append((not_before, event))
        self._waiting[event.event_id] = event.topic.rpartition("/")[0]
        self.told += 1

    def _resends(self, lane: _Lane, now: float, limit: int, found: list[Outgoing]) -> None:
        while limit > 0 and lane.sent:
            event_id, (sent_at, event) = next(iter(lane.sent.items()))
            if now - sent_at < self._resend_after:
                return
            lane.sent[event_id] = (now, event)
            lane.sent.move_to_end(event_id)
            self.resent += 1
            limit -= 1
            found.append(event)

    def _firsts(self, lane: _Lane, now: float, limit: int, found: list[Outgoing]) -> None:
        while limit > 0 and lane.fresh and len(lane.sent) < self._window:
            not_before, event = lane.fresh[0]
            if not_before > now:
                return
            lane.fresh.popleft()
            if event.event_id in self._waiting:  # else receipted before it was sent: a replay was
                lane.sent[event.event_id] = (now, event)
                limit -= 1
                found.append(event)

    def _let_go(self, lane_name: str, event_id: object) -> bool:
        if not isinstance(event_id, str) or self._waiting.get(event_id) != lane_name:
            self.needless_receipts += 1
            return False
        del self._waiting[event_id]
        self._lanes[lane_name].sent.pop(event_id, None)
        self.receipted += 1
        return True

    def _restore(self, old: BinaryIO) -> int:
        whole = 0
        events: dict[str, Outgoing] = {}
        for line in old:
            if not line.endswith(b"\n"):
                break
            whole += len(line)
            entry = json.loads(line)
            if "receipt" in entry:
                events.pop(entry["receipt"], None)
            else:
                event = _event(entry["topic"], line)
                events[str(event.event_id)] = event
        for event in events.values():
            self._keep(event, 0.0)
        return whole


def _line(event: Outgoing) -> bytes:
    """Return the journal's line; the event stands in it byte for byte as it is sent."""
    return b'{"topic":%s,"told":%s}\n' % (json.dumps(event.topic).encode(), event.payload)


def _event(topic: str, line: bytes) -> Outgoing:
    payload = line[line.index(b',"told":') + len(b',"told":') : -len(b"}\n")]
    return Outgoing(topic=topic, payload=payload, qos=1, event_id=json.loads(payload)["id"])
