"""Months that are frozen: what each was made of, and its canonical bytes (五.2(3))."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.month import MonthCode
from core.facts.people import PersonCode
from core.store import tables

_closed = tables.closed_month


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A month that is frozen."""

    month: MonthCode
    closed_at: datetime
    closed_by: PersonCode
    upto: int
    sha256: str


class ClosedMonths:
    """Every SQL statement about a closed month."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def close(self, site: SiteCode, closed: Closed, *, report: bytes, inputs: bytes) -> None:
        """Freeze a month; it can be done once."""
        self._connection.execute(
            sa.insert(_closed).values(
                site=site,
                month=closed.month,
                closed_at=closed.closed_at,
                closed_by=closed.closed_by,
                upto=closed.upto,
                sha256=closed.sha256,
                report=report,
                inputs=inputs,
            )
        )

    def closed(self, site: SiteCode, months: Collection[MonthCode]) -> dict[MonthCode, Closed]:
        """Return which of these months are frozen, without their bytes."""
        query = sa.select(
            _closed.c.month,
            _closed.c.closed_at,
            _closed.c.closed_by,
            _closed.c.upto,
            _closed.c.sha256,
        ).where(_closed.c.site == site, _closed.c.month.in_(sorted(months)))
        return {
            MonthCode(row.month): Closed(
                month=MonthCode(row.month),
                closed_at=row.closed_at,
                closed_by=PersonCode(row.closed_by),
                upto=row.upto,
                sha256=row.sha256,
            )
            for row in self._connection.execute(query)
        }

    def frozen(self, site: SiteCode, month: MonthCode) -> bytes | None:
        """Return the canonical bytes of a closed month."""
        return self._bytes(_closed.c.report, site, month)

    def inputs(self, site: SiteCode, month: MonthCode) -> bytes | None:
        """Return what a closed month was made of."""
        return self._bytes(_closed.c.inputs, site, month)

    def _bytes(self, column: sa.Column[Any], site: SiteCode, month: MonthCode) -> bytes | None:
        found = self._connection.scalar(
            sa.select(column).where(_closed.c.site == site, _closed.c.month == month)
        )
        return bytes(found) if found is not None else None
