"""Wall displays: granted, looked up by their token, revoked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.device import SiteCode
from core.facts.people import PersonCode
from core.facts.wall import Wall, WallNumber
from core.store import counters, tables

_t = tables.wall


class Walls:
    """Every SQL statement about a wall display."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def grant(
        self, site: SiteCode, *, name: str, token_hash: str, by: PersonCode, now: datetime
    ) -> Wall:
        """Let a display in."""
        number = counters.take(self._connection, site, "wall")[0]
        row = self._connection.execute(
            sa.insert(_t)
            .values(
                site=site,
                number=number,
                name=name,
                token_hash=token_hash,
                granted_at=now,
                granted_by=by,
            )
            .returning(_t)
        ).mappings()
        return _wall(row.one())

    def all(self, site: SiteCode) -> list[Wall]:
        """Return the displays of a site, the newest first."""
        rows = self._connection.execute(
            sa.select(_t).where(_t.c.site == site).order_by(_t.c.number.desc())
        ).mappings()
        return [_wall(row) for row in rows]

    def find(self, site: SiteCode, number: WallNumber) -> Wall:
        """Return one display.

        :raises NotFound: no such display at this site.
        """
        query = sa.select(_t).where(_t.c.site == site, _t.c.number == number)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotFound(f"wall {number} is not known here")
        return _wall(row)

    def by_token(self, token_hash: str) -> Wall | None:
        """Return the display that bears this token, unless it is revoked."""
        query = sa.select(_t).where(_t.c.token_hash == token_hash, _t.c.revoked_at.is_(None))
        row = self._connection.execute(query).mappings().first()
        return _wall(row) if row is not None else None

    def revoke(self, wall: Wall, *, by: PersonCode, now: datetime) -> Wall:
        """Let a display's link work no longer."""
        row = self._connection.execute(
            sa.update(_t)
            .where(_t.c.site == wall.site, _t.c.number == wall.number)
            .values(revoked_at=now, revoked_by=by)
            .returning(_t)
        ).mappings()
        return _wall(row.one())


def _wall(row: Mapping[Any, Any]) -> Wall:
    return Wall(
        site=SiteCode(row["site"]),
        number=WallNumber(row["number"]),
        name=row["name"],
        granted_at=row["granted_at"],
        granted_by=PersonCode(row["granted_by"]),
        revoked_at=row["revoked_at"],
        revoked_by=PersonCode(row["revoked_by"]) if row["revoked_by"] else None,
    )
