"""Issues that are one, and what each had before."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode
from core.facts.repeat import Merger
from core.store import tables

_t, _picture, _report = tables.merger, tables.picture, tables.report


class Mergers:
    """Every SQL statement about a merger."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def add(self, site: SiteCode, **values: Any) -> None:
        """Keep what is needed to part two issues again."""
        self._connection.execute(sa.insert(_t).values(site=site, **values))

    def standing_of(self, site: SiteCode, issue: IssueNumber) -> Merger | None:
        """Return the merger by which an issue goes on in another one."""
        found = self._found(_t.c.site == site, _t.c.issue == issue, _t.c.split_at.is_(None))
        return found[-1] if found else None

    def into(self, site: SiteCode, issues: Collection[IssueNumber]) -> list[Merger]:
        """Return the mergers that stand into any of these issues, in their order."""
        return self._found(
            _t.c.site == site, _t.c.into.in_(sorted(issues)), _t.c.split_at.is_(None)
        )

    def ever_parted(self, site: SiteCode, issues: Collection[IssueNumber]) -> set[IssueNumber]:
        """Return which of these somebody has parted from another: no rule joins them again."""
        parted = self._found(
            _t.c.site == site, _t.c.issue.in_(sorted(issues)), _t.c.split_at.is_not(None)
        )
        return {merger.issue for merger in parted}

    def split(self, merger: Merger, *, at: datetime, by: PersonCode) -> None:
        """Note that the two were parted again."""
        self._connection.execute(
            sa.update(_t).where(_t.c.id == merger.id).values(split_at=at, split_by=by)
        )

    def move_pictures(
        self, site: SiteCode, *, of: IssueNumber, to: IssueNumber, only: Sequence[int] | None = None
    ) -> list[int]:
        """Let pictures belong to another issue; return which."""
        query = sa.update(_picture).where(_picture.c.site == site, _picture.c.issue == of)
        if only is not None:
            query = query.where(_picture.c.id.in_(list(only)))
        return sorted(self._connection.scalars(query.values(issue=to).returning(_picture.c.id)))

    def move_reports(self, site: SiteCode, numbers: Sequence[int], *, to: IssueNumber) -> None:
        """Let reports tell of another issue; nobody holds them any more."""
        self._connection.execute(
            sa.update(_report)
            .where(_report.c.site == site, _report.c.number.in_(list(numbers)))
            .values(
                issue=to,
                queued=False,
                claimed_by=None,
                claimed_until=None,
                version=_report.c.version + 1,
            )
        )

    def queue_reports(self, site: SiteCode, numbers: Sequence[int]) -> None:
        """Put reports back before the operators."""
        self._connection.execute(
            sa.update(_report)
            .where(_report.c.site == site, _report.c.number.in_(list(numbers)))
            .values(queued=True, version=_report.c.version + 1)
        )

    def _found(self, *conditions: sa.ColumnElement[bool]) -> list[Merger]:
        query = sa.select(_t).where(*conditions).order_by(_t.c.id)
        return [_merger(row) for row in self._connection.execute(query).mappings()]


def _merger(row: Mapping[Any, Any]) -> Merger:
    return Merger(
        id=row["id"],
        issue=IssueNumber(row["issue"]),
        into=IssueNumber(row["into"]),
        at=row["at"],
        by=PersonCode(row["by"]) if row["by"] else None,
        reason=row["reason"],
        rule=row["rule"],
        reports=tuple(row["reports"]),
        queued=tuple(row["queued"]),
        pictures=tuple(row["pictures"]),
        status=row["status"],
        own_reported_at=row["own_reported_at"],
        split_at=row["split_at"],
        split_by=PersonCode(row["split_by"]) if row["split_by"] else None,
    )
