"""Troubles that explain others, and what stands under them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.cause import Trouble
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.report import ReportNumber
from core.store import tables
from core.store.upsert import upsert

_t, _report = tables.cause, tables.report


class Causes:
    """Every SQL statement about a trouble that explains others."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def stand(self, site: SiteCode, trouble: Trouble, reports: Collection[ReportNumber]) -> None:
        """Let reports stand under a trouble."""
        row = {
            "site": site,
            "report": trouble.report,
            "issue": trouble.issue,
            "back_at": trouble.back_at,
        }
        upsert(self._connection, _t, [row], update=())
        self._connection.execute(
            sa.update(_report)
            .where(_report.c.site == site, _report.c.number.in_(sorted(reports)))
            .values(under=trouble.report, version=_report.c.version + 1)
        )

    def of_issues(self, site: SiteCode, issues: Collection[IssueNumber]) -> list[Trouble]:
        """Return the troubles of these issues that are not over."""
        return self._found(
            sa.select(_t).where(
                _t.c.site == site, _t.c.issue.in_(sorted(issues)), _t.c.back_at.is_(None)
            )
        )

    def over(self, site: SiteCode, reports: Collection[ReportNumber], *, back_at: datetime) -> None:
        """Note when what is still silent then stands by itself again."""
        self._connection.execute(
            sa.update(_t)
            .where(_t.c.site == site, _t.c.report.in_(sorted(reports)))
            .values(back_at=back_at)
        )

    def sites_with_due(self, now: datetime) -> list[SiteCode]:
        """Return the sites at which a trouble is over: one look into an index."""
        query = sa.select(_t.c.site).where(_t.c.back_at.is_not(None), _t.c.back_at <= now)
        found = self._connection.scalars(query.distinct().order_by(_t.c.site))
        return [SiteCode(code) for code in found]

    def due(self, site: SiteCode, now: datetime, *, limit: int) -> list[Trouble]:
        """Return a site's troubles that are over."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.back_at.is_not(None), _t.c.back_at <= now)
            .order_by(_t.c.back_at, _t.c.report)
            .limit(limit)
        )

    def release(self, site: SiteCode, report: ReportNumber) -> None:
        """Let everything that stands under a trouble stand by itself; forget the trouble."""
        self._connection.execute(
            sa.update(_report)
            .where(_report.c.site == site, _report.c.under == report)
            .values(under=None, version=_report.c.version + 1)
        )
        self._connection.execute(sa.delete(_t).where(_t.c.site == site, _t.c.report == report))

    def _found(self, query: sa.Select[Any]) -> list[Trouble]:
        return [_trouble(row) for row in self._connection.execute(query).mappings()]


def _trouble(row: Mapping[Any, Any]) -> Trouble:
    return Trouble(
        report=ReportNumber(row["report"]),
        issue=IssueNumber(row["issue"]),
        back_at=row["back_at"],
    )
