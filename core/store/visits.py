"""Return visits: who was told what became of it, and what he said."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.feedback import Told, Visit
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode
from core.store import tables

_t = tables.visit


class Visits:
    """Every SQL statement about a return visit."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def add(self, site: SiteCode, issue: IssueNumber, **values: Any) -> None:
        """Keep a return visit."""
        self._connection.execute(sa.insert(_t).values(site=site, issue=issue, **values))

    def of_issue(
        self, site: SiteCode, issue: IssueNumber, *, since: datetime | None = None
    ) -> list[Visit]:
        """Return the visits of an issue, oldest first."""
        query = sa.select(_t).where(_t.c.site == site, _t.c.issue == issue)
        if since is not None:
            query = query.where(_t.c.told_at >= since)
        return [
            Visit(
                id=row["id"],
                issue=IssueNumber(row["issue"]),
                whom=row["whom"],
                how=Told(row["how"]),
                words=row["words"],
                told_at=row["told_at"],
                by=PersonCode(row["by"]),
                solved=row["solved"],
                rating=row["rating"],
            )
            for row in self._connection.execute(query.order_by(_t.c.id)).mappings()
        ]
