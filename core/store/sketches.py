"""By which words open issues are found: a sketch of each, 256 of them in one row.

A million sketches are read once by a process and then kept in step: each row says in which change
it was written last, and a question reads what was written since (ADR 0098).
"""

from collections.abc import Mapping
from zlib import crc32

import numpy as np
import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.repeat import Sketch
from core.store import plain, tables
from core.store.sketchbook import MANY, Sketchbook, Sketched, empty
from core.store.upsert import upsert

_t = tables.issue_sketch
_SINCE = sa.select(_t.c.part, _t.c.changed, _t.c.kept).where(
    _t.c.site == sa.bindparam("site"), _t.c.changed > sa.bindparam("seen")
)
_PARTS = 400


class Sketches:
    """Every SQL statement about sketches of open issues."""

    def __init__(self, connection: Connection, *, book: Sketchbook) -> None:
        """Work in this connection's transaction; ``book`` is what this process has read before."""
        self._connection = connection
        self._book = book

    def keep(self, site: SiteCode, said: Mapping[IssueNumber, Sketch | None]) -> None:
        """Let issues be found by these sketches, under the journal's lock; None: not any more."""
        parts: dict[int, dict[int, Sketch | None]] = {}
        for number, sketch in said.items():
            parts.setdefault(number // MANY, {})[number % MANY] = sketch
        kept = self._kept(site, sorted(parts))
        rows = []
        for part, changes in parts.items():
            before = kept.get(part) or b""
            after = _changed(before, changes)
            if after != before:
                rows.append({"site": site, "part": part, "kept": after})
        if rows:
            last = sa.select(sa.func.coalesce(sa.func.max(_t.c.changed), 0)).where(
                _t.c.site == site
            )
            change = 1 + (self._connection.scalar(last) or 0)
            upsert(self._connection, _t, [{**row, "changed": change} for row in rows])

    def nearest(self, site: SiteCode, sketch: Sketch, *, limit: int) -> list[IssueNumber]:
        """Return the issues that seem most alike by their sketches, at most so many.

        Those of the same place and category seem more alike, if the sketch names any.
        """
        shelf = self._book.shelf(site)
        with shelf.lock:
            values = {"site": site, "seen": shelf.seen}
            written = plain.rows(self._connection, _SINCE, values)
            for part, _, kept in written:
                shelf.put(part, _sketched(kept))
            shelf.seen = max((changed for _, changed, _ in written), default=shelf.seen)
            found = shelf.nearest(_record(sketch), limit=limit)
        return [IssueNumber(number) for number in found]

    def _kept(self, site: SiteCode, parts: list[int]) -> dict[int, bytes]:
        found: dict[int, bytes] = {}
        for start in range(0, len(parts), _PARTS):
            query = sa.select(_t.c.part, _t.c.kept).where(
                _t.c.site == site, _t.c.part.in_(parts[start : start + _PARTS])
            )
            found |= {row[0]: row[1] for row in self._connection.execute(query)}
        return found


def _changed(before: bytes, changes: Mapping[int, Sketch | None]) -> bytes:
    """Return a row's sketches after changes; nothing, if none is left."""
    records = _sketched(before)
    for at, sketch in changes.items():
        records[at] = _record(sketch) if sketch is not None else empty()[0]
    return records.tobytes() if records["low"].any() or records["high"].any() else b""


def _sketched(kept: bytes) -> Sketched:
    return np.frombuffer(kept, dtype=empty().dtype).copy() if kept else empty(MANY)


def _record(sketch: Sketch) -> Sketched:
    record = empty()
    record["low"] = sketch.bits & 0xFFFFFFFFFFFFFFFF
    record["high"] = sketch.bits >> 64
    record["place"] = _hash(sketch.place)
    record["category"] = _hash(sketch.category)
    first: Sketched = record[0]
    return first


def _hash(code: str | None) -> int:
    """Return a code as a number; 0: none is named."""
    return (crc32(code.encode()) or 1) if code is not None else 0
