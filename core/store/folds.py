"""Reports that do not stand by themselves but under a storm, or a trouble that explains them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import DeviceCode, SiteCode
from core.facts.report import Report, ReportClass, ReportNumber, StormNumber
from core.facts.storm import Storm
from core.store import tables
from core.store.among import among
from core.store.report_rows import report_of

_t = tables.report


class Folds:
    """Every SQL statement about what stands under something else."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def fold(
        self,
        storm: Storm,
        reports: Collection[ReportNumber],
        *,
        since: datetime,
        now: datetime,
        classes: Collection[ReportClass],
    ) -> frozenset[ReportNumber]:
        """Put under a storm what came from a moment on and nobody has touched; return which."""
        site, found = storm.site, among(_t.c.number, reports)
        folded = self._connection.scalars(
            sa.update(_t)
            .where(
                _t.c.site == site,
                found,
                _t.c.queued.is_(True),
                _t.c.received_at >= since,
                _t.c.cls.in_(sorted(one.value for one in classes)),
                _t.c.storm.is_(None),
                _t.c.completed_at.is_(None),
                _t.c.parked_until.is_(None),
                _t.c.claimed_until.is_(None) | (_t.c.claimed_until <= now),
            )
            .values(storm=storm.number, version=_t.c.version + 1)
            .returning(_t.c.number)
        )
        return frozenset(ReportNumber(number) for number in folded)

    def folded(
        self,
        site: SiteCode,
        storm: StormNumber,
        *,
        devices: Collection[DeviceCode] | None = None,
    ) -> list[Report]:
        """Return what stands under a storm, by number; only of these devices if any are named."""
        query = sa.select(_t).where(_t.c.site == site, _t.c.storm == storm, _t.c.queued.is_(True))
        if devices is not None:
            query = query.where(_t.c.device.in_(sorted(devices)))
        return self._found(query.order_by(_t.c.number))

    def count_folded(self, site: SiteCode, storms: Collection[StormNumber]) -> dict[int, int]:
        """Return how many reports stand under each of these storms."""
        query = (
            sa.select(_t.c.storm, sa.func.count())
            .where(_t.c.site == site, _t.c.storm.in_(sorted(storms)), _t.c.queued.is_(True))
            .group_by(_t.c.storm)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def under(self, site: SiteCode, report: ReportNumber) -> list[Report]:
        """Return what stands under a report, by number."""
        query = sa.select(_t).where(_t.c.site == site, _t.c.under == report, _t.c.queued.is_(True))
        return self._found(query.order_by(_t.c.number))

    def count_under(
        self, site: SiteCode, reports: Collection[ReportNumber]
    ) -> dict[ReportNumber, int]:
        """Return how many stand under each of these reports; none are left out."""
        query = (
            sa.select(_t.c.under, sa.func.count())
            .where(_t.c.site == site, _t.c.under.in_(sorted(reports)), _t.c.queued.is_(True))
            .group_by(_t.c.under)
        )
        return {ReportNumber(row[0]): row[1] for row in self._connection.execute(query)}

    def unfold(self, site: SiteCode, numbers: Collection[ReportNumber], *, queued: bool) -> None:
        """Let reports stand by themselves from now on, or leave the queue."""
        self._connection.execute(
            sa.update(_t)
            .where(_t.c.site == site, among(_t.c.number, numbers))
            .values(storm=None, queued=queued, version=_t.c.version + 1)
        )

    def _found(self, query: sa.Select[Any]) -> list[Report]:
        return [report_of(row) for row in self._connection.execute(query).mappings()]
