"""Acknowledged issues that come back because nobody touches them."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.issue import Issue, IssueNumber
from core.store import tables
from core.store.issue_rows import issue_of

_t = tables.issue


class Returns:
    """Every SQL statement about what comes back."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def sites_with_due(self, now: datetime) -> list[SiteCode]:
        """Return the sites at which an acknowledged issue comes back: one look into an index."""
        query = (
            sa.select(_t.c.site)
            .where(_t.c.comes_back_at.is_not(None), _t.c.comes_back_at <= now)
            .distinct()
            .order_by(_t.c.site)
        )
        return [SiteCode(code) for code in self._connection.scalars(query)]

    def due(self, site: SiteCode, now: datetime, *, limit: int) -> list[Issue]:
        """Return issues that come back because nobody has touched them, the longest first."""
        query = (
            sa.select(_t)
            .where(_t.c.site == site, _t.c.comes_back_at.is_not(None), _t.c.comes_back_at <= now)
            .order_by(_t.c.comes_back_at, _t.c.number)
            .limit(limit)
        )
        return [issue_of(row) for row in self._connection.execute(query).mappings()]

    def touched(
        self, site: SiteCode, touches: Mapping[IssueNumber, tuple[datetime, datetime | None]]
    ) -> None:
        """Note when somebody last did something about these, and when each comes back."""
        if touches:
            self._connection.execute(
                sa.update(_t)
                .where(_t.c.site == site, _t.c.number == sa.bindparam("of"))
                .values(
                    touched_at=sa.bindparam("touched"),
                    comes_back_at=sa.bindparam("back"),
                    came_back_at=None,
                ),
                [
                    {"of": number, "touched": touched, "back": back}
                    for number, (touched, back) in touches.items()
                ],
            )

    def rearm(self, site: SiteCode, back: Mapping[IssueNumber, datetime | None]) -> None:
        """Set when each of these comes back if nobody touches it."""
        if back:
            self._connection.execute(
                sa.update(_t)
                .where(_t.c.site == site, _t.c.number == sa.bindparam("of"))
                .values(comes_back_at=sa.bindparam("at")),
                [{"of": number, "at": at} for number, at in back.items()],
            )
