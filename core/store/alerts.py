"""Who was alerted about an issue: every SQL statement about an alert is here."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.alert import Alert, AlertState
from core.facts.catalogue import CategoryCode
from core.facts.device import SiteCode
from core.facts.issue import UNHANDLED, IssueNumber
from core.facts.people import PersonCode, Role
from core.store import tables

_t = tables.alert
# As a literal, so that the partial index on it serves.
_WAITING: sa.ColumnElement[str] = sa.literal_column("'waiting'")

_unhandled = [status.value for status in sorted(UNHANDLED)]


class Alerts:
    """Asked, answered, passed over."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def add(
        self,
        site: SiteCode,
        issue: IssueNumber,
        people: Sequence[tuple[PersonCode, Role]],
        *,
        category: CategoryCode,
        now: datetime,
        due_at: datetime,
    ) -> None:
        """Ask people, each as what he is asked."""
        self._connection.execute(
            sa.insert(_t),
            [
                {
                    "site": site,
                    "issue": issue,
                    "category": category,
                    "person": person,
                    "post": role.value,
                    "asked_at": now,
                    "due_at": due_at,
                    "state": AlertState.WAITING.value,
                }
                for person, role in people
            ],
        )

    def sites_with_due(self, now: datetime) -> list[SiteCode]:
        """Return the sites at which somebody has not answered in time."""
        query = (
            sa.select(_t.c.site)
            .where(_t.c.state == _WAITING, _t.c.due_at <= now)
            .distinct()
            .order_by(_t.c.site)
        )
        return [SiteCode(code) for code in self._connection.scalars(query)]

    def due(self, site: SiteCode, now: datetime, *, limit: int) -> list[Alert]:
        """Return the alerts that were not answered in time, the oldest first."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.state == _WAITING, _t.c.due_at <= now)
            .order_by(_t.c.due_at, _t.c.id)
            .limit(limit)
        )

    def find(self, site: SiteCode, number: int) -> Alert:
        """Return one alert.

        :raises NotFound: no such alert at this site.
        """
        found = self._found(sa.select(_t).where(_t.c.site == site, _t.c.id == number))
        if not found:
            raise NotFound(f"alert {number} is not known here")
        return found[0]

    def of_issue(self, site: SiteCode, issue: IssueNumber) -> list[Alert]:
        """Return who was asked about an issue, in the order of asking."""
        return self._found(
            sa.select(_t).where(_t.c.site == site, _t.c.issue == issue).order_by(_t.c.id)
        )

    def of_person(
        self, site: SiteCode, person: PersonCode, *, limit: int, before: int | None = None
    ) -> list[Alert]:
        """Return what a person was asked, the last first, from before ``before``."""
        query = sa.select(_t).where(_t.c.site == site, _t.c.person == person)
        if before is not None:
            query = query.where(_t.c.id < before)
        return self._found(query.order_by(_t.c.id.desc()).limit(limit))

    def open_of(
        self,
        site: SiteCode,
        person: PersonCode,
        *,
        since: datetime,
        limit: int,
        before: int | None = None,
    ) -> list[Alert]:
        """Return what a person is still called to, the last first.

        What he missed drops off once somebody else comes, the issue has ended, or it was asked
        before ``since``; in the journal it stays.
        """
        issue, other = tables.issue, _t.alias()
        somebody_comes = sa.exists().where(
            other.c.site == _t.c.site,
            other.c.issue == _t.c.issue,
            other.c.state == AlertState.COMING.value,
        )
        missed = sa.and_(
            _t.c.state == AlertState.UNANSWERED.value, _t.c.asked_at >= since, ~somebody_comes
        )
        query = (
            sa.select(_t)
            .join(issue, sa.and_(issue.c.site == _t.c.site, issue.c.number == _t.c.issue))
            .where(
                _t.c.site == site,
                _t.c.person == person,
                issue.c.status.in_(_unhandled),
                sa.or_(_t.c.state == AlertState.WAITING.value, missed),
            )
        )
        if before is not None:
            query = query.where(_t.c.id < before)
        return self._found(query.order_by(_t.c.id.desc()).limit(limit))

    def change(self, alert: Alert, **values: Any) -> Alert:
        """Set columns of an alert and return it as it then stands."""
        row = self._connection.execute(
            sa.update(_t).where(_t.c.id == alert.id).values(**values).returning(_t)
        ).mappings()
        return _alert(row.one())

    def withdraw(self, site: SiteCode, issue: IssueNumber, *, now: datetime) -> None:
        """Let nobody be waited for any more: the issue has ended."""
        self._connection.execute(
            sa.update(_t)
            .where(_t.c.site == site, _t.c.issue == issue, _t.c.state == _WAITING)
            .values(state=AlertState.WITHDRAWN.value, answered_at=now)
        )

    def _found(self, query: sa.Select[Any]) -> list[Alert]:
        return [_alert(row) for row in self._connection.execute(query).mappings()]


def _alert(row: Mapping[Any, Any]) -> Alert:
    return Alert(
        id=row["id"],
        site=SiteCode(row["site"]),
        issue=IssueNumber(row["issue"]),
        category=CategoryCode(row["category"]),
        person=PersonCode(row["person"]),
        post=Role(row["post"]),
        asked_at=row["asked_at"],
        due_at=row["due_at"],
        state=AlertState(row["state"]),
        answered_at=row["answered_at"],
    )
