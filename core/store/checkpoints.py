"""Checkpoints: seals over everything the journal of a site held at a moment."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.store import tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A seal over all entries up to ``upto``."""

    at: datetime
    upto: int
    entries: int
    digest: str
    seal: str


class Checkpoints:
    """The chain of checkpoints of each site."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def all(self, site: SiteCode) -> list[Checkpoint]:
        """Return a site's checkpoints, oldest first."""
        return self._found(
            sa.select(tables.checkpoint)
            .where(tables.checkpoint.c.site == site)
            .order_by(tables.checkpoint.c.id)
        )

    def last(self, site: SiteCode) -> Checkpoint | None:
        """Return the newest checkpoint."""
        found = self._found(
            sa.select(tables.checkpoint)
            .where(tables.checkpoint.c.site == site)
            .order_by(tables.checkpoint.c.id.desc())
            .limit(1)
        )
        return found[0] if found else None

    def add(self, site: SiteCode, checkpoint: Checkpoint) -> None:
        """Append a checkpoint."""
        self._connection.execute(
            sa.insert(tables.checkpoint).values(
                site=site,
                at=checkpoint.at,
                upto=checkpoint.upto,
                entries=checkpoint.entries,
                digest=checkpoint.digest,
                seal=checkpoint.seal,
            )
        )

    def _found(self, query: sa.Select[tuple[object, ...]]) -> list[Checkpoint]:
        return [
            Checkpoint(
                at=row.at, upto=row.upto, entries=row.entries, digest=row.digest, seal=row.seal
            )
            for row in self._connection.execute(query)
        ]
