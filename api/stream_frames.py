"""Journal entries as server-sent events: encoded once, whoever listens.

The wire format is that of the HTML standard, chapter 9.2 (server-sent events).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from api.stream_wire import chunk
from core.facts import moment
from core.store.journal import Written

#: Seconds between two signs of life.
BEAT = 15.0
#: A console that lost the stream comes back after so many milliseconds.
RETRY = b"retry: 1000\n\n"


@dataclass(frozen=True, slots=True)
class Frame:
    """One entry, open and veiled: who may not read every issue learns only that something moved."""

    seq: int
    open: bytes
    veiled: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries of one site, in order, without a gap."""

    frames: Sequence[Frame]

    @property
    def last(self) -> int:
        """The newest entry's number; 0 if there is none."""
        return self.frames[-1].seq if self.frames else 0

    def after(self, seq: int) -> "Batch":
        """Return what is newer than ``seq``."""
        if not self.frames or self.frames[0].seq > seq:
            return self
        return Batch([frame for frame in self.frames if frame.seq > seq])


@dataclass(frozen=True, slots=True)
class Parcel:
    """What all clients of a site are handed: the frames, and their bytes once for everybody."""

    frames: Sequence[Frame]
    open: bytes
    veiled: bytes

    @classmethod
    def of(cls, batch: Batch) -> "Parcel":
        """Join a batch's bytes, as chunks of an answer."""
        return cls(
            batch.frames,
            chunk(b"".join(frame.open for frame in batch.frames)),
            chunk(b"".join(frame.veiled for frame in batch.frames)),
        )


def encode(entries: Sequence[Written]) -> Batch:
    """Return entries as frames."""
    return Batch([_frame(entry) for entry in entries])


def encode_clock(
    *, now: datetime, speed: float, auditor_late: bool, gateways_late: Sequence[str]
) -> bytes:
    """Return the heartbeat."""
    data = {
        "now": moment.text(now),
        "speed": speed,
        "auditor_late": auditor_late,
        "gateways_late": list(gateways_late),
    }
    return b"event: clock\ndata: " + _json(data) + b"\n\n"


def _frame(entry: Written) -> Frame:
    report = json.loads(entry.body).get("report")
    told = {
        "seq": entry.seq,
        "kind": entry.kind,
        "issue": entry.issue or None,
        "report": report if isinstance(report, int) else None,
        "at": moment.text(entry.at),
        "by": entry.by,
    }
    veiled = {**told, "kind": "changed", "issue": None, "report": None, "by": None}
    return Frame(entry.seq, _event(entry.seq, told), _event(entry.seq, veiled))


def _event(seq: int, data: dict[str, object]) -> bytes:
    return b"id: %d\nevent: entry\ndata: %b\n\n" % (seq, _json(data))


def _json(data: dict[str, object]) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
