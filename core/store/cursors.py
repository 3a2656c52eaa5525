"""How far each stage has read the journal of each site."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.store import tables
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
                .scalar_subquery()
            )
            unread = sa.exists().where(
                journal.c.site == site.c.code, journal.c.seq > sa.func.coalesce(read, 0)
            )
            query = sa.select(site.c.code).where(unread).order_by(site.c.code)
            found += [(SiteCode(code), name) for code in self._connection.scalars(query)]
        return found

    def at(self, site: SiteCode, name: str) -> int:
        """Return the last entry a stage has read; 0: none yet."""
        query = sa.select(_t.c.seq).where(_t.c.site == site, _t.c.name == name)
        return self._connection.scalar(query) or 0

    def move(self, site: SiteCode, name: str, seq: int) -> None:
        """Note that a stage has read up to ``seq``, in the transaction of what it made of it."""
        upsert(self._connection, _t, [{"site": site, "name": name, "seq": seq}])
