"""How far each stage has read the journal of each site."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.store import tables
from core.store.journal import Journal, Written
from core.store.upsert import upsert

_t = tables.cursor


class Cursors:
    """Every SQL statement about a cursor."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def behind(self, names: Collection[str]) -> list[tuple[SiteCode, str]]:
        """Return which of these stages have something to read, by site: one index probe each."""
        site, journal = tables.site, tables.journal
        found: list[tuple[SiteCode, str]] = []
        for name in sorted(names):
            read = (
                sa.select(_t.c.seq)
                .where(_t.c.site == site.c.code, _t.c.name == name)
                .correlate(site)  # that of the row outside, or all sites would share one cursor
                .scalar_subquery()
            )
            unread = sa.exists().where(
                journal.c.site == site.c.code, journal.c.seq > sa.func.coalesce(read, 0)
            )
            query = sa.select(site.c.code).where(unread).order_by(site.c.code)
            found += [(SiteCode(code), name) for code in self._connection.scalars(query)]
        return found

    def read(
        self, site: SiteCode, name: str, *, kinds: Collection[str], limit: int
    ) -> list[Written]:
        """Return up to ``limit`` entries of these kinds a stage has not read, and move its cursor.

        It moves in this transaction, so what the stage makes of them happens once. All others
        are passed over without being looked at: in a storm they are nearly all.
        """
        journal = Journal(self._connection)
        entries = journal.after(site, self._at(site, name), limit=limit, kinds=kinds)
        more = limit and len(entries) == limit
        self._move(site, name, entries[-1].seq if more else journal.last_seq(site))
        return entries

    def rewind(self, site: SiteCode, name: str) -> None:
        """Let a stage begin at the first entry again."""
        self._move(site, name, 0)

    def _at(self, site: SiteCode, name: str) -> int:
        query = sa.select(_t.c.seq).where(_t.c.site == site, _t.c.name == name)
        return self._connection.scalar(query) or 0

    def _move(self, site: SiteCode, name: str, seq: int) -> None:
        upsert(self._connection, _t, [{"site": site, "name": name, "seq": seq}])
