"""Signs of life of our own parts: the ticker's, the auditor's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import Plain
from core.store import tables
from core.store.upsert import upsert

_t = tables.heartbeat


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """A part of the product gave a sign of life."""

    name: str
    at: datetime
    detail: Mapping[str, Plain]


class Heartbeats:
    """Every SQL statement about a sign of life; our own parts belong to no site."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def beat(self, name: str, *, now: datetime, detail: Mapping[str, Plain] | None = None) -> None:
        """Give a sign of life."""
        upsert(self._connection, _t, [{"name": name, "at": now, "detail": dict(detail or {})}])

    def all(self) -> dict[str, Heartbeat]:
        """Return the last sign of each part."""
        return {
            row.name: Heartbeat(name=row.name, at=row.at, detail=row.detail)
            for row in self._connection.execute(sa.select(_t).order_by(_t.c.name))
        }
