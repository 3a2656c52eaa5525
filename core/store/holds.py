"""Who has a report: leases, parks and offers, and when each of them is to be looked at."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.people import PersonCode
from core.facts.report import Report
from core.store import tables
from core.store.report_rows import hold_of, report_of

_t = tables.report


class Holds:
    """Every SQL statement about who has a report."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def write(self, report: Report) -> Report:
        """Write who has a report, as this fact says: claim, park, offer, and why it is back."""
        row = self._connection.execute(
            sa.update(_t)
            .where(_t.c.site == report.site, _t.c.number == report.number)
            .values(version=_t.c.version + 1, **hold_of(report))
            .returning(_t)
        ).mappings()
        return report_of(row.one())

    def sites_with_due(self, now: datetime) -> list[SiteCode]:
        """Return the sites at which a lease, a park or an offer has run out."""
        query = sa.select(_t.c.site).where(_t.c.look_at.is_not(None), _t.c.look_at <= now)
        return [
            SiteCode(code)
            for code in self._connection.scalars(query.distinct().order_by(_t.c.site))
        ]

    def due(self, site: SiteCode, now: datetime, *, limit: int) -> list[Report]:
        """Return reports whose hold may have run out, the earliest first."""
        query = sa.select(_t).where(
            _t.c.site == site, _t.c.look_at.is_not(None), _t.c.look_at <= now
        )
        return self._found(query.order_by(_t.c.look_at, _t.c.number).limit(limit))

    def held_by(self, site: SiteCode, person: PersonCode) -> list[Report]:
        """Return what somebody claimed last and still stands in the queue, by number."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.queued.is_(True), _t.c.claimed_by == person)
            .order_by(_t.c.number)
        )

    def _found(self, query: sa.Select[Any]) -> list[Report]:
        return [report_of(row) for row in self._connection.execute(query).mappings()]
