"""Steps of the ladder that have fired: once each, for ever."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.ladder import Called
from core.facts.people import PersonCode, Role
from core.store import bulk, tables
from core.store.among import among

_t = tables.escalation
_FIRED = ["site", "issue", "step", "to_roles", "due_at", "fired_at", "by", "reason"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """One step, and when it fired."""

    site: SiteCode
    issue: IssueNumber
    step: str
    to: tuple[Role, ...]
    due_at: datetime
    fired_at: datetime
    #: Who escalated by hand, and why; None: the policy did.
    by: PersonCode | None = None
    reason: str | None = None


class Escalations:
    """What has fired."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def add(self, fired: Sequence[Fired]) -> None:
        """Record steps; the key (site, issue, step) admits each only once."""
        # One list for all that call in the same: each is written as a document once.
        roles = {one.to: [role.value for role in one.to] for one in fired}
        rows = [
            (
                one.site,
                one.issue,
                one.step,
                roles[one.to],
                one.due_at,
                one.fired_at,
                one.by,
                one.reason,
            )
            for one in fired
        ]
        bulk.add_values(self._connection, _t, _FIRED, rows)

    def of_issues(
        self, site: SiteCode, issues: Collection[IssueNumber]
    ) -> dict[IssueNumber, list[Fired]]:
        """Return what fired on each of these issues, in order of firing."""
        found: dict[IssueNumber, list[Fired]] = {number: [] for number in issues}
        for one in self._found(
            sa.select(_t)
            .where(_t.c.site == site, among(_t.c.issue, issues))
            .order_by(_t.c.issue, _t.c.fired_at, _t.c.due_at, _t.c.step)
        ):
            found[one.issue].append(one)
        return found

    def called(self, site: SiteCode, issue: IssueNumber) -> tuple[Called, ...]:
        """Return who has been called in on an issue, as the ladder asks."""
        return tuple(
            Called(key=one.step, to=one.to, at=one.fired_at)
            for one in self.of_issues(site, [issue])[issue]
        )

    def latest(self, site: SiteCode, *, limit: int) -> list[Fired]:
        """Return what fired last at a site, newest first."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site)
            .order_by(_t.c.fired_at.desc(), _t.c.issue.desc(), _t.c.step.desc())
            .limit(limit)
        )

    def _found(self, query: sa.Select[Any]) -> list[Fired]:
        return [
            Fired(
                site=SiteCode(row.site),
                issue=IssueNumber(row.issue),
                step=row.step,
                to=tuple(Role(role) for role in row.to_roles),
                due_at=row.due_at,
                fired_at=row.fired_at,
                by=row.by,
                reason=row.reason,
            )
            for row in self._connection.execute(query)
        ]
