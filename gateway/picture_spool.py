"""Pictures until the centre has receipted them, and the events that speak of them meanwhile.

The bytes lie in files named by their SHA-256; what each is and how far it has come are rows. The
order is the promise: first the file is on the disk, then in one transaction the row of the picture
and the event that tells of it. The event goes on to the ordinary spool when the centre has the
picture, so nobody ever hears of a picture that may still be lost, and nothing told twice is kept
twice. ``(source, event_id)`` is unique: an answer that was given is not given again.
"""

import hashlib
import shutil
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from gateway import picture_files
from gateway.picture_rows import PictureRows
from gateway.spool import Told
from gateway.spool_file import SpoolFailed

log = structlog.get_logger(__name__)

#: Receipted pictures stay so long, for comparisons; the centre is the one who keeps them.
KEPT = timedelta(hours=24)
#: Answers stay longer than the centre may ask again.
ANSWERS_KEPT = timedelta(days=8)
MOST_BYTES = 2 * 1024 * 1024 * 1024
#: Pictures leave this much of the disk to events, which must be the last to fail.
RESERVE = 256 * 1024 * 1024

_KEEP_PICTURE = (
    "INSERT INTO picture (sha256, media_type, size, kept_at) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (sha256) DO UPDATE SET refused = NULL,"
    " receipted_at = CASE WHEN refused IS NULL THEN receipted_at END"
)
_KEEP_ANSWER = (
    "INSERT INTO answer (source, event_id, priority, body, told_at, sha256)"
    " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_PENDING = (
    "SELECT sha256, media_type, size FROM picture WHERE receipted_at IS NULL"
    " ORDER BY kept_at, sha256 LIMIT 1"
)
_RELEASABLE = (
    "SELECT seq, source, event_id, priority, body, told_at, refused FROM answer"
    " LEFT JOIN picture USING (sha256)"
    " WHERE released_at IS NULL AND (sha256 IS NULL OR receipted_at IS NOT NULL)"
    " ORDER BY seq LIMIT ?"
)


class NoRoom(Exception):
    """A picture cannot be kept; the reason, in words that may stand on a report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A picture to keep, or one that waits."""

    sha256: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An event whose picture the centre has, or will never take."""

    seq: int
    told: Told
    #: Why the centre does not take the picture.
    refused: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureState:
    """How full it is."""

    waiting: int
    waiting_bytes: int
    held_answers: int


class PictureSpool:
    """The one writer of a gateway's pictures; safe to call from any thread."""

    def __init__(
        self, folder: Path, *, most_bytes: int = MOST_BYTES, reserve: int = RESERVE
    ) -> None:
        """Open or create it in ``folder``, whose lock the event spool holds.

        :raises SpoolFailed: the disk does not let us
        """
        self._folder = folder / "pictures"
        self._most_bytes = most_bytes
        self._reserve = reserve
        #: Something waits to be sent or released.
        self.news = threading.Condition()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._rows = PictureRows(folder / "pictures.sqlite")
            self._tidy()
        except (OSError, sqlite3.Error) as problem:
            raise SpoolFailed(str(problem)) from problem

    def keep(
        self, told: Told, *, picture: bytes | None = None, media_type: str = "image/jpeg"
    ) -> bool:
        """Keep an event, and before it its picture; it is on the disk when this returns.

        False: this event was kept before, and nothing is changed.

        :raises NoRoom: the picture does not fit; nothing is kept
        :raises SpoolFailed: nothing is sure; calling again with the same is right
        """
        with self._rows.guard:
            if self.answered(told.source, told.event_id):
                return False
            sha256 = None
            if picture is not None:
                sha256 = hashlib.sha256(picture).hexdigest()
                self._write(sha256, picture)
            with self._rows.transaction() as connection:
                if picture is not None:
                    row = (sha256, media_type, len(picture), told.told_at)
                    connection.execute(_KEEP_PICTURE, row)
                connection.execute(_KEEP_ANSWER, (*told, sha256))
        self.wake()
        return True

    def answered(self, source: str, event_id: str) -> bool:
        """Whether this event was kept before, also before a restart."""
        with self._rows.read() as connection:
            found = connection.execute(
                "SELECT 1 FROM answer WHERE source = ? AND event_id = ?", (source, event_id)
            )
            return found.fetchone() is not None

    def pending(self) -> Kept | None:
        """Return the picture that has waited longest for the centre's receipt."""
        with self._rows.read() as connection:
            row = connection.execute(_PENDING).fetchone()
        return None if row is None else Kept(sha256=row[0], media_type=row[1], size=row[2])

    def content(self, sha256: str) -> bytes | None:
        """Return a picture's bytes, or None if they are not here, or no longer what they were."""
        content = picture_files.read(self._folder, sha256)
        if content is None or hashlib.sha256(content).hexdigest() != sha256:
            return None
        return content

    def receipted(self, sha256: str, *, now: datetime, refused: str | None = None) -> None:
        """Note that the centre has the picture, or for which reason it never will.

        :raises SpoolFailed: it stays pending and is sent again, which the centre absorbs
        """
        with self._rows.transaction() as connection:
            connection.execute(
                "UPDATE picture SET receipted_at = ?, refused = ? WHERE sha256 = ?",
                (now.timestamp(), refused, sha256),
            )
        self.wake()

    def releasable(self, limit: int = 200) -> list[Held]:
        """Return the events that need to wait no longer, in the order of their keeping."""
        with self._rows.read() as connection:
            rows = connection.execute(_RELEASABLE, (limit,)).fetchall()
        return [Held(seq=seq, told=Told(*rest), refused=why) for seq, *rest, why in rows]

    def released(self, held: Sequence[Held], *, now: datetime) -> None:
        """Note that the ordinary spool has these events.

        :raises SpoolFailed: they are released again, which the spool absorbs
        """
        with self._rows.transaction() as connection:
            connection.executemany(
                "UPDATE answer SET released_at = ? WHERE seq = ?",
                [(now.timestamp(), one.seq) for one in held],
            )

    def prune(self, *, now: datetime, step: int = 200) -> int:
        """Drop up to ``step`` pictures that were receipted long ago; return how many went.

        :raises SpoolFailed: the disk does not let us
        """
        with self._rows.guard:
            gone = self._drop("receipted_at < ?", ((now - KEPT).timestamp(),), step)
            with self._rows.transaction() as connection:
                connection.execute(
                    "DELETE FROM answer WHERE seq IN (SELECT seq FROM answer"
                    " WHERE released_at < ? LIMIT ?)",
                    ((now - ANSWERS_KEPT).timestamp(), step),
                )
        return gone

    def state(self) -> PictureState:
        """Return how much waits."""
        with self._rows.read() as connection:
            waiting, size = connection.execute(
                "SELECT count(*), coalesce(sum(size), 0) FROM picture WHERE receipted_at IS NULL"
            ).fetchone()
            (held,) = connection.execute(
                "SELECT count(*) FROM answer WHERE released_at IS NULL"
            ).fetchone()
        return PictureState(waiting=waiting, waiting_bytes=size, held_answers=held)

    def wake(self) -> None:
        """Let whoever waits for news look around."""
        with self.news:
            self.news.notify_all()

    def close(self) -> None:
        """Let go of the file; everything kept is in it."""
        self._rows.close()

    def _write(self, sha256: str, picture: bytes) -> None:
        """Put the bytes on the disk; what is receipted makes room, what waits does not.

        :raises NoRoom: it does not fit
        """
        excess = self._total() + len(picture) - self._most_bytes
        if excess > 0:
            self._drop("receipted_at IS NOT NULL", (), 1000, enough=excess)
            if self._total() + len(picture) > self._most_bytes:
                raise NoRoom("the gateway's store of pictures is full: the centre takes none")
        try:
            if shutil.disk_usage(self._folder).free - len(picture) < self._reserve:
                raise NoRoom("the gateway's disk is nearly full, what is left is for events")
            picture_files.write(self._folder, sha256, picture)
        except OSError as problem:
            raise SpoolFailed(str(problem)) from problem

    def _total(self) -> int:
        with self._rows.read() as connection:
            (size,) = connection.execute("SELECT coalesce(sum(size), 0) FROM picture").fetchone()
        return int(size)

    def _drop(
        self, where: str, values: tuple[float, ...], step: int, *, enough: int | None = None
    ) -> int:
        """Delete rows, then their files; an event that still waits for one keeps it here."""
        with self._rows.read() as connection:
            rows = connection.execute(
                f"SELECT sha256, size FROM picture WHERE {where}"  # noqa: S608 - our own words
                " AND sha256 NOT IN (SELECT sha256 FROM answer WHERE released_at IS NULL"
                " AND sha256 IS NOT NULL) ORDER BY receipted_at LIMIT ?",
                (*values, step),
            ).fetchall()
        gone: list[str] = []
        for sha256, size in rows:
            if enough is not None and enough <= 0:
                break
            gone.append(sha256)
            enough = None if enough is None else enough - size
        with self._rows.transaction() as connection:
            connection.executemany("DELETE FROM picture WHERE sha256 = ?", [(s,) for s in gone])
        for sha256 in gone:
            picture_files.remove(self._folder, sha256)
        return len(gone)

    def _tidy(self) -> None:
        """Make files and rows agree after a death between the two."""
        with self._rows.read() as connection:
            known = {row[0] for row in connection.execute("SELECT sha256 FROM picture")}
        there = picture_files.tidy(self._folder, known)
        lost = [one for one in known if one not in there]
        if lost:
            log.error("pictures are gone from the disk", count=len(lost))
            with self._rows.transaction() as connection:
                connection.executemany(
                    "UPDATE picture SET refused = 'the gateway lost the picture',"
                    " receipted_at = kept_at WHERE sha256 = ? AND receipted_at IS NULL",
                    [(one,) for one in lost],
                )
