"""The ledger (台账): lines are added, nothing else (五.2)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.merit import Consequence, LedgerLine, Proposal
from core.facts.month import MonthCode
from core.facts.people import PersonCode, UnitCode
from core.store import tables

_t = tables.ledger


class Ledger:
    """Every SQL statement about a line of the ledger."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def add(
        self,
        proposal: Proposal,
        *,
        points: int,
        consequence: Consequence,
        by: PersonCode,
        at: datetime,
    ) -> LedgerLine:
        """Add a line and return it."""
        row = self._connection.execute(
            sa.insert(_t)
            .values(
                site=proposal.site,
                proposal=proposal.id,
                person=proposal.person,
                unit=proposal.unit,
                points=points,
                consequence=consequence.value,
                month=proposal.month,
                at=at,
                by=by,
            )
            .returning(_t)
        ).mappings()
        return _line(row.one())

    def of_proposal(self, site: SiteCode, proposal: int) -> list[LedgerLine]:
        """Return the lines of one proposal: the first, and its corrections."""
        return self._found(
            sa.select(_t).where(_t.c.site == site, _t.c.proposal == proposal).order_by(_t.c.id)
        )

    def page(
        self,
        site: SiteCode,
        *,
        person: PersonCode | None = None,
        unit: UnitCode | None = None,
        limit: int,
        before: int | None = None,
    ) -> list[LedgerLine]:
        """Return lines, the last first; of a person or a unit if any is given."""
        query = sa.select(_t).where(_t.c.site == site)
        if person is not None:
            query = query.where(_t.c.person == person)
        if unit is not None:
            query = query.where(_t.c.unit == unit)
        if before is not None:
            query = query.where(_t.c.id < before)
        return self._found(query.order_by(_t.c.id.desc()).limit(limit))

    def of_unit(self, site: SiteCode, unit: UnitCode) -> list[LedgerLine]:
        """Return all lines of a unit, the oldest first."""
        return self._found(
            sa.select(_t).where(_t.c.site == site, _t.c.unit == unit).order_by(_t.c.id)
        )

    def balance(
        self, site: SiteCode, *, person: PersonCode | None = None, unit: UnitCode | None = None
    ) -> int:
        """Return the sum of a person's or a unit's lines."""
        query = sa.select(sa.func.coalesce(sa.func.sum(_t.c.points), 0)).where(
            _t.c.site == site, _t.c.person == person, _t.c.unit == unit
        )
        return int(self._connection.scalar(query) or 0)

    def standing(self, site: SiteCode, consequence: Consequence) -> list[LedgerLine]:
        """Return the lines by which a consequence stands: nothing later corrected them."""
        later = _t.alias()
        corrected = sa.exists().where(
            later.c.site == _t.c.site, later.c.proposal == _t.c.proposal, later.c.id > _t.c.id
        )
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.consequence == consequence.value, ~corrected)
            .order_by(_t.c.id.desc())
        )

    def _found(self, query: sa.Select[Any]) -> list[LedgerLine]:
        return [_line(row) for row in self._connection.execute(query).mappings()]


def _line(row: Mapping[Any, Any]) -> LedgerLine:
    return LedgerLine(
        id=row["id"],
        proposal=row["proposal"],
        person=row["person"],
        unit=row["unit"],
        points=row["points"],
        consequence=Consequence(row["consequence"]),
        month=MonthCode(row["month"]),
        at=row["at"],
        by=row["by"],
    )
