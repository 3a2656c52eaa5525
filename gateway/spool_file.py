"""The spool's file: its tables, its lock, and what happens when it is damaged.

SQLite before 3.51.3 may damage a WAL that two connections write and checkpoint. Here exactly one
connection writes; readers are opened read-only and never checkpoint; a lock keeps others out.
"""

import fcntl
import os
import sqlite3
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    event_id TEXT NOT NULL,
    priority INTEGER NOT NULL,
    body BLOB NOT NULL,
    told_at REAL NOT NULL,
    receipted_at REAL,
    UNIQUE (source, event_id)
);
CREATE INDEX IF NOT EXISTS event_pending ON event (priority, seq) WHERE receipted_at IS NULL;
CREATE INDEX IF NOT EXISTS event_receipted ON event (receipted_at) WHERE receipted_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS quarantine (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    topic TEXT NOT NULL,
    digest BLOB NOT NULL,
    payload BLOB NOT NULL,
    size INTEGER NOT NULL,
    reason TEXT NOT NULL,
    received_at REAL NOT NULL,
    times INTEGER NOT NULL,
    UNIQUE (topic, digest)
);
CREATE TABLE IF NOT EXISTS count (
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (kind, reason)
) WITHOUT ROWID;
"""


class SpoolFailed(Exception):
    """The disk did not take it: nothing may be acknowledged."""


class SpoolInUse(Exception):
    """Another process has this spool open; two writers would damage it."""


def lock(path: Path) -> FileIO:
    """Hold the spool's lock until the returned file is closed, also by our death.

    :raises SpoolInUse: somebody else holds it.
    :raises SpoolFailed: the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        held = FileIO(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "r+")
    except OSError as problem:
        raise SpoolFailed(str(problem)) from problem
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.close()
        raise SpoolInUse(f"{path.parent} is in use by another gateway") from None
    return held


def open_checked(path: Path) -> sqlite3.Connection:
    """Open the spool for writing once it has proved sound; a damaged one is set aside.

    :raises SpoolFailed: the disk does not let us.
    """
    damage = _damage(path)
    if damage:
        aside = _set_aside(path)
        log.critical("spool is damaged, set aside, begun anew", reason=damage, kept_as=str(aside))
    return writer(path)


def writer(path: Path) -> sqlite3.Connection:
    """Open the one connection that writes, with full sync and its tables in place.

    :raises SpoolFailed: the disk does not let us.
    """
    try:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        path.chmod(0o600)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA cache_size=-16000")
        connection.execute("PRAGMA journal_size_limit=67108864")
        connection.executescript(_SCHEMA)
    except (sqlite3.Error, OSError) as problem:
        raise SpoolFailed(str(problem)) from problem
    return connection


def reader(path: Path) -> sqlite3.Connection:
    """Open a connection that can only read.

    :raises SpoolFailed: the disk does not let us.
    """
    try:
        return sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
        )
    except sqlite3.Error as problem:
        raise SpoolFailed(str(problem)) from problem


def moment(seconds: float | None) -> datetime | None:
    """Return the UTC moment that a column holds."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _damage(path: Path) -> str | None:
    """Return what SQLite finds wrong with the file, or None."""
    if not path.exists():
        return None
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.OperationalError as problem:
        raise SpoolFailed(str(problem)) from problem
    except sqlite3.DatabaseError as problem:
        return str(problem)
    finally:
        connection.close()
    return None if found == "ok" else found


def _set_aside(path: Path) -> Path:
    """Rename the file and its companions; nothing is ever deleted."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    for companion in ("-wal", "-shm", ""):
        part = path.with_name(path.name + companion)
        if part.exists():
            part.rename(aside.with_name(aside.name + companion))
    return aside
