"""Gateways: their tokens, of which only the hash is kept, and their signs of life."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.store import tables
from core.store.upsert import upsert

_t = tables.gateway


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """A gateway of a site, as it last described itself."""

    site: SiteCode
    name: str
    last_heard_at: datetime | None
    #: Events it keeps that we have not receipted, and since when the oldest waits.
    spooled: int
    oldest_at: datetime | None
    #: Messages it could not read.
    quarantined: int
    counts: Mapping[str, int]


class Gateways:
    """Every SQL statement about a gateway."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def register(self, site: SiteCode, name: str, *, token_hash: str) -> None:
        """Let a gateway deliver for this site; a new token ends the old one."""
        row = {"site": site, "name": name, "token_hash": token_hash, "counts": {}}
        upsert(self._connection, _t, [row], update=["token_hash"])

    def by_token(self, token_hash: str) -> Gateway | None:
        """Return the gateway that bears this token."""
        found = self._found(sa.select(_t).where(_t.c.token_hash == token_hash))
        return found[0] if found else None

    def all(self, site: SiteCode) -> list[Gateway]:
        """Return a site's gateways, by name."""
        return self._found(sa.select(_t).where(_t.c.site == site).order_by(_t.c.name))

    def heard(self, site: SiteCode, name: str, *, now: datetime) -> None:
        """Note that a gateway delivered something."""
        self._change(site, name, last_heard_at=now)

    def beat(
        self,
        site: SiteCode,
        name: str,
        *,
        now: datetime,
        spooled: int,
        oldest_at: datetime | None,
        quarantined: int,
        counts: Mapping[str, int],
    ) -> None:
        """Keep what a gateway says of itself."""
        self._change(
            site,
            name,
            last_heard_at=now,
            spooled=spooled,
            oldest_at=oldest_at,
            quarantined=quarantined,
            counts=dict(counts),
        )

    def _change(self, site: SiteCode, name: str, **values: Any) -> None:
        self._connection.execute(
            sa.update(_t).where(_t.c.site == site, _t.c.name == name).values(**values)
        )

    def _found(self, query: sa.Select[Any]) -> list[Gateway]:
        return [
            Gateway(
                site=SiteCode(row.site),
                name=row.name,
                last_heard_at=row.last_heard_at,
                spooled=row.spooled,
                oldest_at=row.oldest_at,
                quarantined=row.quarantined,
                counts=row.counts,
            )
            for row in self._connection.execute(query)
        ]
