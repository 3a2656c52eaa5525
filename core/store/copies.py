"""Copies to on-site supervisors: every SQL statement about a copy is here."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.alert import Copy
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode, UnitCode
from core.store import tables

_t = tables.copy
_waits = _t.c.acknowledged_at.is_(None) & _t.c.overdue_at.is_(None)
_overdue = _t.c.acknowledged_at.is_(None) & _t.c.overdue_at.is_not(None)


class Copies:
    """Sent, read, acknowledged, overdue."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def send(
        self,
        site: SiteCode,
        issue: IssueNumber,
        *,
        person: PersonCode,
        unit: UnitCode,
        now: datetime,
        due_at: datetime,
    ) -> None:
        """Send a copy."""
        self._connection.execute(
            sa.insert(_t).values(
                site=site, issue=issue, person=person, unit=unit, sent_at=now, due_at=due_at
            )
        )

    def find(self, site: SiteCode, issue: IssueNumber, person: PersonCode) -> Copy | None:
        """Return the copy that a person was sent."""
        found = self._found(
            sa.select(_t).where(_t.c.site == site, _t.c.issue == issue, _t.c.person == person)
        )
        return found[0] if found else None

    def sent(self, site: SiteCode, issue: IssueNumber, person: PersonCode) -> Copy:
        """Return the copy that a person was sent.

        :raises NotFound: he was sent none.
        """
        found = self.find(site, issue, person)
        if found is None:
            raise NotFound(f"no copy of issue {issue} was sent to you")
        return found

    def sites_with_due(self, now: datetime) -> list[SiteCode]:
        """Return the sites at which a copy was not acknowledged in time."""
        query = (
            sa.select(_t.c.site).where(_waits, _t.c.due_at <= now).distinct().order_by(_t.c.site)
        )
        return [SiteCode(code) for code in self._connection.scalars(query)]

    def due(self, site: SiteCode, now: datetime, *, limit: int) -> list[Copy]:
        """Return the copies that were not acknowledged in time, the oldest first."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _waits, _t.c.due_at <= now)
            .order_by(_t.c.due_at, _t.c.issue)
            .limit(limit)
        )

    def mark_overdue(self, site: SiteCode, copies: Sequence[Copy], *, now: datetime) -> None:
        """Note that copies were not acknowledged in time."""
        if copies:
            self._connection.execute(
                sa.update(_t)
                .where(
                    _t.c.site == site,
                    _t.c.issue == sa.bindparam("of"),
                    _t.c.person == sa.bindparam("to"),
                )
                .values(overdue_at=now),
                [{"of": copy.issue, "to": copy.person} for copy in copies],
            )

    def unread(
        self, site: SiteCode, person: PersonCode, issues: Collection[IssueNumber]
    ) -> list[IssueNumber]:
        """Return of which of these issues a person has a copy that was never shown to him."""
        query = sa.select(_t.c.issue).where(
            _t.c.site == site,
            _t.c.person == person,
            _t.c.issue.in_(sorted(issues)),
            _t.c.read_at.is_(None),
        )
        return [IssueNumber(one) for one in self._connection.scalars(query.order_by(_t.c.issue))]

    def mark_read(
        self, site: SiteCode, person: PersonCode, issues: Collection[IssueNumber], *, now: datetime
    ) -> None:
        """Note that copies were shown."""
        self._connection.execute(
            sa.update(_t)
            .where(_t.c.site == site, _t.c.person == person, _t.c.issue.in_(sorted(issues)))
            .values(read_at=now)
        )

    def acknowledge(self, copy: Copy, *, now: datetime) -> Copy:
        """Note that a copy was acknowledged, and read at the latest now."""
        row = self._connection.execute(
            sa.update(_t)
            .where(_t.c.site == copy.site, _t.c.issue == copy.issue, _t.c.person == copy.person)
            .values(acknowledged_at=now, read_at=sa.func.coalesce(_t.c.read_at, now))
            .returning(_t)
        ).mappings()
        return Copy(**row.one())  # columns and fields bear the same names

    def of_issue(self, site: SiteCode, issue: IssueNumber) -> list[Copy]:
        """Return the copies of an issue, in the order of sending."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.issue == issue)
            .order_by(_t.c.sent_at, _t.c.person)
        )

    def of_person(
        self, site: SiteCode, person: PersonCode, *, limit: int, before: int | None = None
    ) -> list[Copy]:
        """Return a person's copies, the newest issue first, from before ``before``."""
        query = sa.select(_t).where(_t.c.site == site, _t.c.person == person)
        if before is not None:
            query = query.where(_t.c.issue < before)
        return self._found(query.order_by(_t.c.issue.desc()).limit(limit))

    def overdue(
        self, site: SiteCode, *, unit: UnitCode | None = None, limit: int, offset: int = 0
    ) -> list[Copy]:
        """Return what is overdue and still unacknowledged, the oldest first."""
        query = sa.select(_t).where(_t.c.site == site, _overdue)
        if unit is not None:
            query = query.where(_t.c.unit == unit)
        ordered = query.order_by(_t.c.sent_at, _t.c.issue, _t.c.person)
        return self._found(ordered.limit(limit).offset(offset))

    def _found(self, query: sa.Select[Any]) -> list[Copy]:
        return [Copy(**row) for row in self._connection.execute(query).mappings()]
