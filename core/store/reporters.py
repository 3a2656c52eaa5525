"""Who told of what: one line a report, kept when reports are joined and issues merged."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.customer import CustomerCode, digits
from core.facts.device import DeviceCode, SiteCode
from core.facts.issue import Caller, CallerKind, Issue, IssueNumber
from core.facts.people import PersonCode
from core.facts.place import PlaceCode
from core.facts.report import ReportNumber
from core.store import tables
from core.store.issue_rows import issue_of
from core.store.upsert import upsert

_t, _report, _issue = tables.reporter, tables.report, tables.issue


class Reporters:
    """Every SQL statement about who told of a problem."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def put(self, site: SiteCode, report: ReportNumber, caller: Caller) -> None:
        """Write down who told this report."""
        row = {
            "site": site,
            "report": report,
            "kind": caller.kind.value,
            "person": caller.person,
            "name": caller.name,
            "phone": caller.phone,
            "digits": digits(caller.phone) or None,
            "place": caller.place,
            "customer": caller.customer,
        }
        upsert(self._connection, _t, [row])

    def of_reports(
        self, site: SiteCode, reports: Collection[ReportNumber]
    ) -> dict[ReportNumber, Caller]:
        """Return who told these reports, where somebody has said so."""
        query = sa.select(_t).where(_t.c.site == site, _t.c.report.in_(sorted(reports)))
        return {
            ReportNumber(row["report"]): _caller(row)
            for row in self._connection.execute(query).mappings()
        }

    def customers_of(self, site: SiteCode, issue: IssueNumber) -> dict[ReportNumber, CustomerCode]:
        """Return the customers who told of an issue, by report."""
        rows = self._connection.execute(
            sa.select(_t.c.report, _t.c.customer)
            .join(_report, (_report.c.site == _t.c.site) & (_report.c.number == _t.c.report))
            .where(_report.c.site == site, _report.c.issue == issue, _t.c.customer.is_not(None))
            .order_by(_t.c.report)
        )
        return {ReportNumber(row[0]): CustomerCode(row[1]) for row in rows}

    def issues_of_customer(
        self, site: SiteCode, customer: CustomerCode, *, since: datetime, limit: int
    ) -> list[Issue]:
        """Return the issues a customer told of, the newest first."""
        return self._issues(site, _t.c.customer == customer, since, limit)

    def issues_of_phone(
        self, site: SiteCode, phone: str, *, since: datetime, limit: int
    ) -> list[Issue]:
        """Return the issues told of from this number, the newest first."""
        return self._issues(site, _t.c.digits == digits(phone), since, limit)

    def issues_of_device(
        self, site: SiteCode, device: DeviceCode, *, since: datetime, limit: int
    ) -> list[Issue]:
        """Return the issues a device told of, the newest first."""
        numbers = sa.select(_report.c.issue).where(
            _report.c.site == site, _report.c.device == device, _report.c.told_at >= since
        )
        return self._newest(site, _issue.c.number.in_(numbers), since, limit)

    def issues_at(
        self, site: SiteCode, places: Collection[PlaceCode], *, since: datetime, limit: int
    ) -> list[Issue]:
        """Return the issues at these places, the newest first."""
        return self._newest(site, _issue.c.place.in_(sorted(places)), since, limit)

    def _issues(
        self, site: SiteCode, which: sa.ColumnElement[bool], since: datetime, limit: int
    ) -> list[Issue]:
        numbers = (
            sa.select(_report.c.issue)
            .join(_t, (_report.c.site == _t.c.site) & (_report.c.number == _t.c.report))
            .where(_t.c.site == site, which)
        )
        return self._newest(site, _issue.c.number.in_(numbers), since, limit)

    def _newest(
        self, site: SiteCode, which: sa.ColumnElement[bool], since: datetime, limit: int
    ) -> list[Issue]:
        query = (
            sa.select(_issue)
            .where(_issue.c.site == site, which, _issue.c.reported_at >= since)
            .order_by(_issue.c.number.desc())
            .limit(limit)
        )
        return [issue_of(row) for row in self._connection.execute(query).mappings()]


def _caller(row: Mapping[Any, Any]) -> Caller:
    return Caller(
        kind=CallerKind(row["kind"]),
        person=PersonCode(row["person"]) if row["person"] else None,
        name=row["name"],
        phone=row["phone"],
        place=PlaceCode(row["place"]) if row["place"] else None,
        customer=CustomerCode(row["customer"]) if row["customer"] else None,
    )
