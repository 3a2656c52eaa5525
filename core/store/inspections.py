"""Inspections: planned samples, by month, and their results."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.catalogue import CategoryCode
from core.facts.device import SiteCode
from core.facts.inspection import Inspection, InspectionNumber, Result
from core.facts.issue import Issue, IssueNumber, Status
from core.facts.month import MonthCode
from core.facts.people import PersonCode, UnitCode
from core.facts.place import PlaceCode
from core.store import counters, tables
from core.store.issue_rows import issue_of

_t, _issue = tables.inspection, tables.issue
_CLAIMED = (Status.HANDLED.value, Status.CLOSED.value)


class Inspections:
    """Every SQL statement about an inspection."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def numbers(self, site: SiteCode, many: int) -> range:
        """Take the next numbers for inspections."""
        return counters.take(self._connection, site, "inspection", many=many)

    def add(self, site: SiteCode, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write planned samples."""
        if rows:
            self._connection.execute(sa.insert(_t), [{"site": site, **row} for row in rows])

    def find(self, site: SiteCode, number: InspectionNumber) -> Inspection:
        """Return one inspection.

        :raises NotFound: no such inspection at this site.
        """
        found = self._found(sa.select(_t).where(_t.c.site == site, _t.c.number == number))
        if not found:
            raise NotFound(f"inspection {number} is not known here")
        return found[0]

    def page(
        self,
        site: SiteCode,
        *,
        month: MonthCode | None,
        inspector: PersonCode | None,
        open_only: bool,
        limit: int,
        before: int | None = None,
    ) -> list[Inspection]:
        """Return inspections, the newest number first."""
        query = sa.select(_t).where(_t.c.site == site)
        if month is not None:
            query = query.where(_t.c.month == month)
        if inspector is not None:
            query = query.where(_t.c.inspector == inspector)
        if open_only:
            query = query.where(_t.c.result.is_(None))
        if before is not None:
            query = query.where(_t.c.number < before)
        return self._found(query.order_by(_t.c.number.desc()).limit(limit))

    def claims(
        self,
        site: SiteCode,
        *,
        places: Sequence[PlaceCode],
        categories: Sequence[CategoryCode],
        since: datetime,
    ) -> list[Issue]:
        """Return what is said to be handled there since a moment, and no inspection waits for."""
        waiting = sa.select(_t.c.issue).where(
            _t.c.site == site, _t.c.result.is_(None), _t.c.issue.is_not(None)
        )
        query = sa.select(_issue).where(
            _issue.c.site == site,
            _issue.c.status.in_(_CLAIMED),
            _issue.c.handled_at >= since,
            _issue.c.place.in_(list(places)),
            _issue.c.number.not_in(waiting),
        )
        if categories:
            query = query.where(_issue.c.category.in_(list(categories)))
        rows = self._connection.execute(query.order_by(_issue.c.number)).mappings()
        return [issue_of(row) for row in rows]

    def change(self, inspection: Inspection, **values: Any) -> Inspection:
        """Set columns and return the inspection as it then stands."""
        row = self._connection.execute(
            sa.update(_t)
            .where(_t.c.site == inspection.site, _t.c.number == inspection.number)
            .values(**values)
            .returning(_t)
        ).mappings()
        return _inspection(row.one())

    def _found(self, query: sa.Select[Any]) -> list[Inspection]:
        return [_inspection(row) for row in self._connection.execute(query).mappings()]


def _inspection(row: Mapping[Any, Any]) -> Inspection:
    return Inspection(
        site=SiteCode(row["site"]),
        number=InspectionNumber(row["number"]),
        month=MonthCode(row["month"]),
        place=PlaceCode(row["place"]),
        category=CategoryCode(row["category"]) if row["category"] else None,
        issue=IssueNumber(row["issue"]) if row["issue"] else None,
        inspector=PersonCode(row["inspector"]),
        planned_at=row["planned_at"],
        planned_by=PersonCode(row["planned_by"]),
        result=Result(row["result"]) if row["result"] else None,
        person=PersonCode(row["person"]) if row["person"] else None,
        unit=UnitCode(row["unit"]) if row["unit"] else None,
        words=row["words"],
        opened=IssueNumber(row["opened"]) if row["opened"] else None,
        done_at=row["done_at"],
        done_by=PersonCode(row["done_by"]) if row["done_by"] else None,
    )
