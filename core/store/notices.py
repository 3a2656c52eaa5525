"""What was said to whom: one notice per person and step of a ladder."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode
from core.facts.roster import CalledIn
from core.store import bulk, tables

_t = tables.notice
_CALLED = ["site", "issue", "step", "person", "instead_of", "at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A person was called in."""

    id: int
    site: SiteCode
    issue: IssueNumber
    step: str
    person: PersonCode
    #: Who is away, where somebody is called in for him.
    instead_of: PersonCode | None
    at: datetime
    acknowledged_at: datetime | None


class Notices:
    """Sent and acknowledged notices."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def add(
        self,
        site: SiteCode,
        calls: Iterable[tuple[IssueNumber, str, CalledIn]],
        *,
        at: datetime,
    ) -> None:
        """Tell people about steps: ``(issue, step, who is called in)`` each."""
        rows = [(site, issue, step, one.person, one.instead_of, at) for issue, step, one in calls]
        bulk.add_values(self._connection, _t, _CALLED, rows)

    def of_person(self, site: SiteCode, person: PersonCode, *, limit: int) -> list[Notice]:
        """Return a person's notices, newest first."""
        rows = self._connection.execute(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.person == person)
            .order_by(_t.c.id.desc())
            .limit(limit)
        ).mappings()
        return [Notice(**row) for row in rows]  # columns and fields bear the same names

    def of_issues(
        self, site: SiteCode, issues: Collection[IssueNumber]
    ) -> dict[tuple[IssueNumber, str], list[PersonCode]]:
        """Return who was called in, by issue and step, in the order of the notices."""
        called: dict[tuple[IssueNumber, str], list[PersonCode]] = {}
        for row in self._connection.execute(
            sa.select(_t.c.issue, _t.c.step, _t.c.person)
            .where(_t.c.site == site, _t.c.issue.in_(sorted(issues)))
            .order_by(_t.c.issue, _t.c.id)
        ):
            called.setdefault((IssueNumber(row.issue), row.step), []).append(row.person)
        return called

    def deputies(
        self, site: SiteCode, issues: Collection[IssueNumber]
    ) -> dict[IssueNumber, list[CalledIn]]:
        """Return, by issue, who was called in for somebody who is away, the last one last."""
        found: dict[IssueNumber, list[CalledIn]] = {}
        for row in self._connection.execute(
            sa.select(_t.c.issue, _t.c.person, _t.c.instead_of)
            .where(
                _t.c.site == site,
                _t.c.issue.in_(sorted(issues)),
                _t.c.instead_of.is_not(None),
            )
            .order_by(_t.c.id)
        ):
            one = CalledIn(person=row.person, instead_of=row.instead_of)
            found.setdefault(IssueNumber(row.issue), []).append(one)
        return found

    def acknowledge(
        self, site: SiteCode, notice: int, *, person: PersonCode, now: datetime
    ) -> Notice:
        """Mark a person's own notice as read; the first time stays.

        :raises NotFound: no such notice for this person.
        """
        row = (
            self._connection.execute(
                sa.update(_t)
                .where(_t.c.site == site, _t.c.id == notice, _t.c.person == person)
                .values(acknowledged_at=sa.func.coalesce(_t.c.acknowledged_at, now))
                .returning(_t)
            )
            .mappings()
            .first()
        )
        if row is None:
            raise NotFound(f"notice {notice} is not yours or not known here")
        return Notice(**row)
