"""What people and units did or left undone, as the journal tells it (五.2)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.catalogue import CategoryCode
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.merit import Deed, Done, Evidence
from core.facts.month import MonthCode
from core.facts.people import PersonCode, UnitCode
from core.facts.place import PlaceCode
from core.store import tables
from core.store.upsert import upsert

_t, _issue, _report = tables.deed, tables.issue, tables.report
#: Calls are people speaking; what a device found by itself is of these classes.
_ALARMS = ("life_safety", "alarm", "fault")


class Deeds:
    """Every SQL statement about a deed."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def add(self, site: SiteCode, deeds: Iterable[Done]) -> None:
        """Keep deeds; the same entry tells of the same deed once."""
        rows = [
            {
                "site": site,
                "seq": one.evidence.seq,
                "deed": one.deed.value,
                "issue": one.evidence.issue,
                "person": one.person,
                "unit": one.unit,
                "at": one.at,
                "month": one.month,
            }
            for one in deeds
        ]
        upsert(self._connection, _t, rows, update=())

    def of_month(self, site: SiteCode, month: MonthCode) -> list[Done]:
        """Return everything done in a month, in the journal's order."""
        return self._found(
            sa.select(_t).where(_t.c.site == site, _t.c.month == month).order_by(_t.c.seq)
        )

    def of_person(
        self, site: SiteCode, person: PersonCode, deed: Deed, *, since: datetime
    ) -> list[Done]:
        """Return what a person did of one kind since then, in the journal's order."""
        return self._found(
            sa.select(_t)
            .where(
                _t.c.site == site,
                _t.c.person == person,
                _t.c.at >= since,
                _t.c.deed == deed.value,
            )
            .order_by(_t.c.seq)
        )

    def of_unit(self, site: SiteCode, unit: UnitCode) -> list[Done]:
        """Return everything a unit's people did, in the journal's order."""
        return self._found(
            sa.select(_t).where(_t.c.site == site, _t.c.unit == unit).order_by(_t.c.seq)
        )

    def alarms_at(
        self, site: SiteCode, place: PlaceCode, *, begin: datetime, end: datetime
    ) -> list[tuple[IssueNumber, datetime, CategoryCode | None]]:
        """Return what devices found by themselves at a place: issue, when, and its category."""
        query = (
            sa.select(_issue.c.number, _report.c.told_at, _issue.c.category)
            .join_from(
                _issue,
                _report,
                (_report.c.site == _issue.c.site) & (_report.c.issue == _issue.c.number),
            )
            .where(
                _issue.c.site == site,
                _issue.c.place == place,
                _report.c.device.is_not(None),
                _report.c.cls.in_(_ALARMS),
                _report.c.told_at.between(begin, end),
            )
            .order_by(_issue.c.number)
        )
        return [
            (
                IssueNumber(row.number),
                row.told_at,
                CategoryCode(row.category) if row.category is not None else None,
            )
            for row in self._connection.execute(query)
        ]

    def _found(self, query: sa.Select[Any]) -> list[Done]:
        return [_done(row) for row in self._connection.execute(query).mappings()]


def _done(row: Mapping[Any, Any]) -> Done:
    return Done(
        deed=Deed(row["deed"]),
        person=PersonCode(row["person"]) if row["person"] is not None else None,
        unit=UnitCode(row["unit"]) if row["unit"] is not None else None,
        evidence=Evidence(issue=IssueNumber(row["issue"]), seq=row["seq"]),
        at=row["at"],
        month=MonthCode(row["month"]),
    )
