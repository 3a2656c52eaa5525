"""Answers kept for a repeated Idempotency-Key: a double click does a thing once."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.people import PersonCode
from core.store import tables

_t = tables.reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What was answered to a request."""

    #: SHA-256 over method, path and body.
    request: str
    status: int
    answer: str


class Replies:
    """Every SQL statement about a kept answer."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def find(self, site: SiteCode, person: PersonCode, key: str) -> Reply | None:
        """Return what this person was answered under this key."""
        row = self._connection.execute(
            sa.select(_t.c.request, _t.c.status, _t.c.answer).where(
                _t.c.site == site, _t.c.person == person, _t.c.key == key
            )
        ).first()
        return None if row is None else Reply(request=row[0], status=row[1], answer=row[2])

    def keep(
        self, site: SiteCode, person: PersonCode, key: str, *, reply: Reply, now: datetime
    ) -> None:
        """Keep an answer, in the transaction of what it answers."""
        self._connection.execute(
            sa.insert(_t).values(
                site=site,
                person=person,
                key=key,
                request=reply.request,
                status=reply.status,
                answer=reply.answer,
                at=now,
            )
        )

    def forget(self, before: datetime) -> int:
        """Drop the answers given before this moment; return how many."""
        return self._connection.execute(sa.delete(_t).where(_t.c.at < before)).rowcount
