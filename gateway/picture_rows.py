"""The rows of the spool of pictures: one connection, opened anew after a sync that failed."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from gateway.spool_file import SpoolFailed

log = structlog.get_logger(__name__)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS picture (
    sha256 TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    kept_at REAL NOT NULL,
    receipted_at REAL,
    refused TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS picture_pending ON picture (kept_at) WHERE receipted_at IS NULL;
CREATE TABLE IF NOT EXISTS answer (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    event_id TEXT NOT NULL,
    priority INTEGER NOT NULL,
    body BLOB NOT NULL,
    told_at REAL NOT NULL,
    sha256 TEXT,
    released_at REAL,
    UNIQUE (source, event_id)
);
CREATE INDEX IF NOT EXISTS answer_held ON answer (seq) WHERE released_at IS NULL;
"""


class PictureRows:
    """The one writer of that file; safe to call from any thread."""

    def __init__(self, path: Path) -> None:
        """Open or create it.

        :raises sqlite3.Error: the disk does not let us
        """
        self._path = path
        self._closed = False
        #: Held while several questions and answers belong together.
        self.guard = threading.RLock()
        self._connection = self._open()

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Give the connection, to look.

        :raises SpoolFailed: it is closed, or the disk does not let us
        """
        with self.guard:
            if self._closed:
                raise SpoolFailed("the spool of pictures is closed")
            try:
                yield self._connection
            except sqlite3.Error as problem:
                raise SpoolFailed(str(problem)) from problem

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Commit what is done inside, or fail and open the file anew.

        :raises SpoolFailed: nothing is sure
        """
        with self.read() as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            except sqlite3.Error as problem:
                self._reopen()
                raise SpoolFailed(str(problem)) from problem
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Let go of the file; everything kept is in it."""
        with self.guard:
            self._closed = True
            self._connection.close()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        self._path.chmod(0o600)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.executescript(_SCHEMA)
        return connection

    def _reopen(self) -> None:
        """Replace the connection after a failed sync; where even that fails, next time."""
        try:
            fresh = self._open()
        except (OSError, sqlite3.Error) as problem:
            log.warning("spool of pictures cannot be opened again yet", reason=str(problem))
            return
        self._connection.close()
        self._connection = fresh
