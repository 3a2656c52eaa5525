"""Reports (报事): the queue of the monitoring centre, claims, calls and relays."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.device import CallKey, DeviceCode, SiteCode
from core.facts.issue import IssueNumber, Status
from core.facts.report import (
    Report,
    ReportNumber,
)
from core.store import bulk, counters, tables
from core.store.report_rows import report_of, row_of

_t = tables.report


class Reports:
    """Every SQL statement about a report."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def numbers(self, site: SiteCode, many: int) -> range:
        """Take the next numbers for reports."""
        return counters.take(self._connection, site, "report", many=many)

    def add(self, reports: Sequence[Report]) -> None:
        """Insert new reports."""
        bulk.add(self._connection, _t, [row_of(report) for report in reports])

    def find(self, site: SiteCode, number: ReportNumber) -> Report:
        """Return one report.

        :raises NotFound: no such report at this site.
        """
        found = self._found(sa.select(_t).where(_t.c.site == site, _t.c.number == number))
        if not found:
            raise NotFound(f"report {number} is not known here")
        return found[0]

    def unseen(self, site: SiteCode, numbers: Collection[ReportNumber]) -> list[Report]:
        """Return those of these reports that no console has shown yet, by number."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.number.in_(sorted(numbers)), _t.c.shown_at.is_(None))
            .order_by(_t.c.number)
        )

    def shown(self, site: SiteCode, numbers: Collection[ReportNumber], *, now: datetime) -> None:
        """Note when reports were first shown."""
        self._connection.execute(
            sa.update(_t)
            .where(_t.c.site == site, _t.c.number.in_(sorted(numbers)))
            .values(shown_at=now)
        )

    def several(
        self, site: SiteCode, numbers: Collection[ReportNumber]
    ) -> dict[ReportNumber, Report]:
        """Return these reports by number; what is not known here is left out."""
        query = sa.select(_t).where(_t.c.site == site, _t.c.number.in_(sorted(numbers)))
        return {report.number: report for report in self._found(query)}

    def queue(
        self,
        site: SiteCode,
        *,
        limit: int | None = None,
        after: ReportNumber | None = None,
        issues: Collection[IssueNumber] | None = None,
    ) -> list[Report]:
        """Return what stands before the operators: priority, then the oldest first.

        What is folded under a storm or another trouble does not stand there by itself.

        :param after: go on behind this report's place, whether it still stands there or not.
        :param issues: only of these.
        :raises NotFound: there is no such report to go on behind.
        """
        query = sa.select(_t).where(
            _t.c.site == site,
            _t.c.queued.is_(True),
            _t.c.storm.is_(None),
            _t.c.under.is_(None),
        )
        if issues is not None:
            query = query.where(_t.c.issue.in_(sorted(issues)))
        if after is not None:
            last = self.find(site, after)
            query = query.where(
                sa.tuple_(_t.c.priority, _t.c.told_at, _t.c.number)
                > sa.tuple_(
                    sa.literal(last.priority, _t.c.priority.type),
                    sa.literal(last.told_at, _t.c.told_at.type),
                    sa.literal(last.number, _t.c.number.type),
                )
            )
        return self._found(query.order_by(_t.c.priority, _t.c.told_at, _t.c.number).limit(limit))

    def queued(self, site: SiteCode) -> int:
        """Return how many reports stand before the operators."""
        count = self._connection.scalar(
            sa.select(sa.func.count())
            .select_from(_t)
            .where(_t.c.site == site, _t.c.queued.is_(True))
        )
        return count or 0

    def forwarded(self, site: SiteCode) -> int:
        """Return how many of them wait for the desk to accept."""
        issue = tables.issue
        count = self._connection.scalar(
            sa.select(sa.func.count())
            .select_from(_t)
            .join(issue, (issue.c.site == _t.c.site) & (issue.c.number == _t.c.issue))
            .where(
                _t.c.site == site,
                _t.c.queued.is_(True),
                issue.c.status == Status.FORWARDED.value,
            )
        )
        return count or 0

    def of_issue(self, site: SiteCode, issue: IssueNumber) -> list[Report]:
        """Return the tellings of an issue, oldest first."""
        return self._found(
            sa.select(_t).where(_t.c.site == site, _t.c.issue == issue).order_by(_t.c.number)
        )

    def of_issues(self, site: SiteCode, issues: Collection[IssueNumber]) -> list[Report]:
        """Return the tellings of several issues, oldest first."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.issue.in_(sorted(issues)))
            .order_by(_t.c.number)
        )

    def by_call(self, site: SiteCode, keys: Collection[CallKey]) -> dict[CallKey, Report]:
        """Return the reports that these calls have opened."""
        found: dict[CallKey, Report] = {}
        wanted = sorted(keys)
        for start in range(0, len(wanted), 5_000):
            for report in self._found(
                sa.select(_t).where(
                    _t.c.site == site, _t.c.call_key.in_(wanted[start : start + 5_000])
                )
            ):
                assert report.call_key is not None
                found[report.call_key] = report
        return found

    def standing(self, site: SiteCode, devices: Collection[DeviceCode]) -> list[Report]:
        """Return queued reports of these devices that no call opened, oldest first."""
        return self._found(
            sa.select(_t)
            .where(
                _t.c.site == site,
                _t.c.device.in_(sorted(devices)),
                _t.c.queued.is_(True),
                _t.c.call_key.is_(None),
            )
            .order_by(_t.c.number)
        )

    def queued_at(self, site: SiteCode, devices: Collection[DeviceCode]) -> list[Report]:
        """Return what stands before the operators from these devices."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.device.in_(sorted(devices)), _t.c.queued.is_(True))
            .order_by(_t.c.number)
        )

    def received_since(self, site: SiteCode, since: datetime) -> list[Report]:
        """Return what devices opened from a moment on, by number: read backwards from the end."""
        found: list[Report] = []
        before: int | None = None
        while True:
            query = sa.select(_t).where(_t.c.site == site, _t.c.device.is_not(None))
            if before is not None:
                query = query.where(_t.c.number < before)
            page = self._found(query.order_by(_t.c.number.desc()).limit(1_000))
            found += [report for report in page if report.received_at >= since]
            if not page or page[-1].received_at < since:
                return found[::-1]
            before = page[-1].number

    def ringing_since(self, site: SiteCode | None, before: datetime, *, limit: int) -> list[Report]:
        """Return calls that still ring though they began before ``before``."""
        query = sa.select(_t).where(
            _t.c.call_state == sa.literal_column("'ringing'"), _t.c.told_at <= before
        )
        if site is not None:
            query = query.where(_t.c.site == site)
        return self._found(query.order_by(_t.c.told_at, _t.c.number).limit(limit))

    def change(self, report: Report, **values: Any) -> Report:
        """Set columns of a report and return it as it then stands."""
        row = self._connection.execute(
            sa.update(_t)
            .where(_t.c.site == report.site, _t.c.number == report.number)
            .values(version=_t.c.version + 1, **values)
            .returning(_t)
        ).mappings()
        return report_of(row.one())

    def _found(self, query: sa.Select[Any]) -> list[Report]:
        return [report_of(row) for row in self._connection.execute(query).mappings()]
