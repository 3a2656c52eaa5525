"""One-time links by which customers say themselves whether it is solved."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.feedback import Asked
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode
from core.store import tables

_t = tables.verdict_link


class VerdictLinks:
    """Every SQL statement about a customer's link."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def add(self, asked: Asked) -> None:
        """Keep a link by the hash of its token."""
        self._connection.execute(
            sa.insert(_t).values(
                site=asked.site,
                token_hash=asked.token_hash,
                issue=asked.issue,
                made_at=asked.made_at,
                made_by=asked.made_by,
                expires_at=asked.expires_at,
            )
        )

    def find(self, token_hash: str) -> Asked | None:
        """Return the link of this token, whichever site made it: the token is the only key."""
        found = self._found(sa.select(_t).where(_t.c.token_hash == token_hash))
        return found[0] if found else None

    def of_issue(self, site: SiteCode, issue: IssueNumber) -> list[Asked]:
        """Return the links of an issue, oldest first."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.issue == issue)
            .order_by(_t.c.made_at, _t.c.token_hash)
        )

    def use(
        self, asked: Asked, *, at: datetime, solved: bool, rating: int | None, words: str
    ) -> bool:
        """Use a link up; False: somebody was faster."""
        changed = self._connection.execute(
            sa.update(_t)
            .where(_t.c.token_hash == asked.token_hash, _t.c.used_at.is_(None))
            .values(used_at=at, solved=solved, rating=rating, words=words)
        )
        return changed.rowcount == 1

    def withdraw(self, site: SiteCode, issue: IssueNumber, *, at: datetime) -> None:
        """Let unused links of an issue expire: a newer one stands for them."""
        self._connection.execute(
            sa.update(_t)
            .where(
                _t.c.site == site,
                _t.c.issue == issue,
                _t.c.used_at.is_(None),
                _t.c.expires_at > at,
            )
            .values(expires_at=at)
        )

    def _found(self, query: sa.Select[Any]) -> list[Asked]:
        return [_asked(row) for row in self._connection.execute(query).mappings()]


def _asked(row: Mapping[Any, Any]) -> Asked:
    return Asked(
        site=SiteCode(row["site"]),
        token_hash=row["token_hash"],
        issue=IssueNumber(row["issue"]),
        made_at=row["made_at"],
        made_by=PersonCode(row["made_by"]),
        expires_at=row["expires_at"],
        used_at=row["used_at"],
        solved=row["solved"],
        rating=row["rating"],
        words=row["words"],
    )
