"""Relays: through whom a telling came."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.people import PersonCode, Role
from core.facts.report import Means, Relay, ReportNumber
from core.store import tables

_relay = tables.relay


class Relays:
    """Every SQL statement about a relay."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def add(self, site: SiteCode, report: ReportNumber, relays: Iterable[Relay]) -> None:
        """Insert the hops of a telling, in order."""
        rows = [
            {
                "site": site,
                "report": report,
                "ordinal": ordinal,
                "by_person": relay.by_person,
                "by_name": relay.by_name,
                "role": relay.role.value if relay.role else None,
                "to_name": relay.to_name,
                "means": relay.means.value,
                "told_at": relay.told_at,
            }
            for ordinal, relay in enumerate(relays, start=1)
        ]
        if rows:
            self._connection.execute(sa.insert(_relay), rows)

    def of_reports(
        self, site: SiteCode, reports: Collection[ReportNumber]
    ) -> dict[ReportNumber, list[Relay]]:
        """Return the hops of several reports, each in order."""
        hops: dict[ReportNumber, list[Relay]] = {}
        for row in self._connection.execute(
            sa.select(_relay)
            .where(_relay.c.site == site, _relay.c.report.in_(sorted(reports)))
            .order_by(_relay.c.report, _relay.c.ordinal)
        ):
            hops.setdefault(ReportNumber(row.report), []).append(
                Relay(
                    by_name=row.by_name,
                    to_name=row.to_name,
                    means=Means(row.means),
                    told_at=row.told_at,
                    by_person=PersonCode(row.by_person) if row.by_person else None,
                    role=Role(row.role) if row.role else None,
                )
            )
        return hops
