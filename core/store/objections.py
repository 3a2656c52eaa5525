"""Open objections, as statistics have read them from the journal (五.2)."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.month import Objection
from core.store import tables
from core.store.upsert import upsert

_t = tables.objection


class Objections:
    """Every SQL statement about an open objection."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def keep(self, site: SiteCode, changes: Mapping[str, Objection | None]) -> None:
        """Write objections that were raised, delete those that are open no more."""
        for proposal, objection in changes.items():
            if objection is None:
                self._connection.execute(
                    sa.delete(_t).where(_t.c.site == site, _t.c.proposal == proposal)
                )
            else:
                row = {"issue": objection.issue, "raised_at": objection.raised_at}
                upsert(self._connection, _t, [{"site": site, "proposal": proposal, **row}])

    def open(self, site: SiteCode) -> list[Objection]:
        """Return the objections nobody has answered, the oldest first."""
        query = sa.select(_t).where(_t.c.site == site).order_by(_t.c.raised_at, _t.c.proposal)
        return [
            Objection(proposal=row.proposal, issue=IssueNumber(row.issue), raised_at=row.raised_at)
            for row in self._connection.execute(query)
        ]

    def forget(self, site: SiteCode) -> None:
        """Delete all of a site, to read them again."""
        self._connection.execute(sa.delete(_t).where(_t.c.site == site))
