"""What devices said, kept until the centre has receipted it: SQLite, one writer, full sync.

The promise of the whole product starts here: once ``put`` has returned, a power cut loses nothing
of it, so the device may be acknowledged. ``(source, event_id)`` is unique: told twice, kept once.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import structlog

from core.errors import NotReadable
from core.facts import cloudevent
from core.facts.device import DeviceEvent, EventType
from gateway import quarantine, spool_file
from gateway.adapter import Unreadable
from gateway.quarantine import Quarantined
from gateway.spool_file import SpoolFailed, SpoolInUse

__all__ = [
    "Pending",
    "Quarantined",
    "Refused",
    "Spool",
    "SpoolFailed",
    "SpoolInUse",
    "State",
    "Tally",
    "Told",
    "told",
]

log = structlog.get_logger(__name__)

#: Receipted events stay this long: they absorb what is told twice and let adapters remember.
KEPT = timedelta(hours=12)
#: An adapter is reminded of no more than this: a start must not wait for a week's backlog.
REMEMBERED = 20_000

_LIFE_SAFETY = frozenset(
    {EventType.FIRE_ALARM, EventType.HELP_PRESSED}
    | {one for one in EventType if one.value.startswith("fire_phone.")}
)
_CALLS = frozenset(one for one in EventType if one.value.startswith("intercom."))
#: Life safety goes to the centre first, calls next, everything else after them.
PRIORITY = {one: 0 if one in _LIFE_SAFETY else 1 if one in _CALLS else 2 for one in EventType}

#: How often each ``(kind, reason)`` was met.
Tally = dict[tuple[str, str], int]


class Told(NamedTuple):
    """An event in the form the spool keeps."""

    source: str
    event_id: str
    priority: int
    body: bytes
    told_at: float


def told(event: DeviceEvent, *, at: datetime) -> Told:
    """Return the event as the spool keeps it.

    :raises Unreadable: it holds what no JSON document can, such as half a character.
    """
    try:
        body = cloudevent.encode(event)
        source = str(event.source)
        f"{source}{event.event_id}".encode()
    except (AttributeError, NotReadable, OverflowError, TypeError, ValueError) as problem:
        raise Unreadable(f"cannot be kept: {problem}") from None
    return Told(source, event.event_id, PRIORITY[event.type], body, at.timestamp())


@dataclass(frozen=True, slots=True)
class Pending:
    """An event that waits for the centre's receipt."""

    seq: int
    body: bytes
    #: Where it came from and its id, for those who must speak of it.
    source: str
    event_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """An event which the centre will never take, and why."""

    event: Pending
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How full the spool is."""

    spooled: int
    oldest_at: datetime | None
    quarantined: int
    counts: Tally


_INSERT = (
    "INSERT INTO event (source, event_id, priority, body, told_at) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT DO NOTHING"
)
_COUNT = (
    "INSERT INTO count (kind, reason, times) VALUES (?, ?, ?)"
    " ON CONFLICT (kind, reason) DO UPDATE SET times = times + excluded.times"
)
_PENDING = (
    "SELECT seq, body, source, event_id FROM event WHERE receipted_at IS NULL"
    " ORDER BY priority, seq LIMIT ?"
)
_RECENT = "SELECT body FROM event WHERE told_at >= ? ORDER BY seq DESC LIMIT ?"


class Spool:
    """The one writer of a spool file; safe to call from any thread."""

    def __init__(self, folder: Path) -> None:
        """Open or create the spool in ``folder``; a damaged one is set aside under a new name.

        :raises SpoolInUse: another process has it open.
        :raises SpoolFailed: the disk does not let us.
        """
        self._path = folder / "spool.sqlite"
        self._lock = spool_file.lock(folder / "spool.lock")
        self._guard = threading.Lock()
        self._reading = threading.Lock()
        self._closed = False
        self.news = threading.Condition()
        try:
            self._writer = spool_file.open_checked(self._path)
            self._reader = spool_file.reader(self._path)
        except SpoolFailed:
            self._lock.close()
            raise

    def put(
        self,
        events: Sequence[Told],
        quarantined: Sequence[Quarantined] = (),
        counts: Tally | None = None,
    ) -> None:
        """Keep all of it in one transaction; it is on the disk when this returns.

        :raises SpoolFailed: nothing of it is sure; calling again with the same is right.
        """
        with self._transaction() as connection:
            if events:
                connection.executemany(_INSERT, events)
            if quarantined:
                quarantine.keep(connection, quarantined)
            if counts:
                connection.executemany(_COUNT, [(*key, times) for key, times in counts.items()])
        if events:
            with self.news:
                self.news.notify_all()

    def pending(self, limit: int) -> list[Pending]:
        """Return what waits for a receipt: life safety first, then calls, each in order."""
        with self._read() as connection:
            return [Pending(*row) for row in connection.execute(_PENDING, (limit,))]

    def receipted(
        self, events: Iterable[Pending], *, now: datetime, refused: Sequence[Refused] = ()
    ) -> None:
        """Note that the centre has these; ``refused`` among them go to quarantine as well.

        :raises SpoolFailed: they stay pending and are posted again, which the centre absorbs.
        """
        at = now.timestamp()
        kept = [
            Quarantined(topic=one.event.source, payload=one.event.body, reason=one.reason, at=now)
            for one in refused
        ]
        with self._transaction() as connection:
            connection.executemany(
                "UPDATE event SET receipted_at = ? WHERE seq = ?", [(at, e.seq) for e in events]
            )
            if kept:
                quarantine.keep(connection, kept)

    def recent(self, since: datetime) -> list[DeviceEvent]:
        """Return what was told since then, receipted or not, in the order of telling."""
        with self._read() as connection:
            rows = connection.execute(_RECENT, (since.timestamp(), REMEMBERED)).fetchall()
        events = []
        for (body,) in reversed(rows):
            try:
                events.append(cloudevent.decode(body))
            except NotReadable as problem:
                log.warning("an event in the spool cannot be read back", reason=str(problem))
        return events

    def prune(self, *, now: datetime, step: int = 1000) -> int:
        """Drop up to ``step`` events that were receipted long ago; return how many went.

        :raises SpoolFailed: the disk does not let us.
        """
        before = (now - KEPT).timestamp()
        with self._transaction() as connection:
            return connection.execute(
                "DELETE FROM event WHERE seq IN (SELECT seq FROM event WHERE receipted_at < ?"
                " ORDER BY receipted_at LIMIT ?)",
                (before, step),
            ).rowcount

    def state(self) -> State:
        """Return how much waits, since when, and what was counted so far."""
        with self._read() as connection:
            spooled, oldest = connection.execute(
                "SELECT count(*), min(told_at) FROM event WHERE receipted_at IS NULL"
            ).fetchone()
            (quarantined,) = connection.execute("SELECT count(*) FROM quarantine").fetchone()
            counts = connection.execute("SELECT kind, reason, times FROM count").fetchall()
        return State(
            spooled=spooled,
            oldest_at=spool_file.moment(oldest),
            quarantined=quarantined,
            counts={(kind, reason): times for kind, reason, times in counts},
        )

    def in_quarantine(self, limit: int = 100) -> list[Quarantined]:
        """Return the newest messages nobody could read, newest first."""
        with self._read() as connection:
            return quarantine.newest(connection, limit)

    def close(self) -> None:
        """Let go of the file; everything put is in it."""
        with self._guard, self._reading:
            self._closed = True
            self._reader.close()
            self._writer.close()
            self._lock.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Commit what is done inside, or fail and open the file anew.

        After a failed sync nobody knows what the disk holds, so that connection is not used again.
        """
        with self._guard:
            if self._closed:
                raise SpoolFailed("the spool is closed")
            try:
                self._writer.execute("BEGIN IMMEDIATE")
                yield self._writer
                self._writer.execute("COMMIT")
            except sqlite3.Error as problem:
                self._reopen()
                raise SpoolFailed(str(problem)) from problem
            finally:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Connection]:
        with self._reading:
            if self._closed:
                raise SpoolFailed("the spool is closed")
            try:
                yield self._reader
            except sqlite3.Error as problem:
                raise SpoolFailed(str(problem)) from problem

    def _reopen(self) -> None:
        """Replace the writer; where even that fails, the next call tries again."""
        try:
            fresh = spool_file.writer(self._path)
        except SpoolFailed as problem:
            log.warning("spool cannot be opened again yet", reason=str(problem))
            return
        self._writer.close()
        self._writer = fresh
