"""Messages nobody could read, and events the centre refused: kept to be looked at, within bounds.

What repeats itself is kept once and counted. What had to go for want of room is counted too.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

#: Of a longer payload this much is kept; its true size stands beside it.
PAYLOAD_KEPT = 64 * 1024
ROWS_KEPT = 10_000
BYTES_KEPT = 64 * 1024 * 1024

_KEEP = (
    "INSERT INTO quarantine (topic, digest, payload, size, reason, received_at, times)"
    " VALUES (?, ?, ?, ?, ?, ?, 1)"
    " ON CONFLICT (topic, digest) DO UPDATE SET times = times + 1, reason = excluded.reason,"
    " received_at = excluded.received_at"
)
_LOST = (
    "INSERT INTO count (kind, reason, times) VALUES ('quarantine', 'dropped for want of room', ?)"
    " ON CONFLICT (kind, reason) DO UPDATE SET times = times + excluded.times"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """One unreadable message, and how often it came."""

    topic: str
    payload: bytes
    reason: str
    at: datetime
    times: int = 1
    #: How long the payload was when it came.
    size: int | None = None


def keep(connection: sqlite3.Connection, messages: Sequence[Quarantined]) -> None:
    """Keep the messages; the oldest go where there is no room, and are counted."""
    connection.executemany(
        _KEEP,
        [
            (
                _storable(one.topic)[:1000],
                sha256(one.payload).digest(),
                one.payload[:PAYLOAD_KEPT],
                len(one.payload),
                _storable(one.reason)[:500],
                one.at.timestamp(),
            )
            for one in messages
        ],
    )
    _make_room(connection)


def newest(connection: sqlite3.Connection, limit: int) -> list[Quarantined]:
    """Return the newest first."""
    rows = connection.execute(
        "SELECT topic, payload, reason, received_at, times, size FROM quarantine"
        " ORDER BY received_at DESC, seq DESC LIMIT ?",
        (limit,),
    )
    return [
        Quarantined(
            topic=topic,
            payload=payload,
            reason=reason,
            at=datetime.fromtimestamp(at, UTC),
            times=times,
            size=size,
        )
        for topic, payload, reason, at, times, size in rows
    ]


def _storable(text: str) -> str:
    """Return the text in a form that UTF-8 can hold: a lone surrogate becomes its escape."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _make_room(connection: sqlite3.Connection) -> None:
    rows, size = connection.execute(
        "SELECT count(*), coalesce(sum(length(payload)), 0) FROM quarantine"
    ).fetchone()
    dropped = 0
    while rows > ROWS_KEPT or size > BYTES_KEPT:
        seq, length = connection.execute(
            "SELECT seq, length(payload) FROM quarantine ORDER BY seq LIMIT 1"
        ).fetchone()
        connection.execute("DELETE FROM quarantine WHERE seq = ?", (seq,))
        rows, size, dropped = rows - 1, size - length, dropped + 1
    if dropped:
        connection.execute(_LOST, (dropped,))
