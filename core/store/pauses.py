"""Pauses of ladders: every SQL statement about one."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.pause import Pause, Paused, PauseState, times
from core.facts.people import PersonCode
from core.store import tables
from core.store.among import among

_t = tables.pause


class Pauses:
    """What was asked, granted and ended."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def ask(
        self,
        site: SiteCode,
        issue: IssueNumber,
        *,
        by: PersonCode,
        until: datetime,
        reason: str,
        now: datetime,
    ) -> Pause:
        """Enter an ask."""
        statement = (
            sa.insert(_t)
            .values(
                site=site,
                issue=issue,
                state=PauseState.ASKED.value,
                asked_by=by,
                asked_at=now,
                until=until,
                reason=reason,
                look_at=until,
            )
            .returning(_t)
        )
        return _pause(self._connection.execute(statement).mappings().one())

    def find(self, site: SiteCode, number: int) -> Pause:
        """Return one.

        :raises NotFound: no such pause at this site.
        """
        found = self._found(sa.select(_t).where(_t.c.site == site, _t.c.id == number))
        if not found:
            raise NotFound(f"pause {number} is not known here")
        return found[0]

    def of_issues(
        self, site: SiteCode, issues: Collection[IssueNumber]
    ) -> dict[IssueNumber, list[Pause]]:
        """Return what was asked for these issues, in the order of asking."""
        found: dict[IssueNumber, list[Pause]] = {}
        query = sa.select(_t).where(_t.c.site == site, among(_t.c.issue, issues))
        for one in self._found(query.order_by(_t.c.id)):
            found.setdefault(one.issue, []).append(one)
        return found

    def paused(self, site: SiteCode, issue: IssueNumber) -> tuple[Paused, ...]:
        """Return when an issue's ladder stood still, as the ladder asks."""
        return times(self.of_issues(site, [issue]).get(issue, ()))

    def listed(
        self, site: SiteCode, state: PauseState, *, limit: int, after: int | None = None
    ) -> list[Pause]:
        """Return a page of pauses in one state, in the order of asking."""
        query = sa.select(_t).where(_t.c.site == site, _t.c.state == state.value)
        if after is not None:
            query = query.where(_t.c.id > after)
        return self._found(query.order_by(_t.c.id).limit(limit))

    def sites_to_look_at(self, now: datetime) -> list[SiteCode]:
        """Return the sites at which a pause ends or an ask is past its end."""
        query = sa.select(_t.c.site).where(_t.c.look_at.is_not(None), _t.c.look_at <= now)
        return [
            SiteCode(code)
            for code in self._connection.scalars(query.distinct().order_by(_t.c.site))
        ]

    def due(self, site: SiteCode, now: datetime, *, limit: int) -> list[Pause]:
        """Return those that end by themselves now, the earliest first."""
        query = sa.select(_t).where(
            _t.c.site == site, _t.c.look_at.is_not(None), _t.c.look_at <= now
        )
        return self._found(query.order_by(_t.c.look_at, _t.c.id).limit(limit))

    def change(self, pause: Pause, **values: Any) -> Pause:
        """Set columns of a pause and return it as it then stands."""
        statement = (
            sa.update(_t)
            .where(_t.c.site == pause.site, _t.c.id == pause.id)
            .values(**values)
            .returning(_t)
        )
        return _pause(self._connection.execute(statement).mappings().one())

    def _found(self, query: sa.Select[Any]) -> list[Pause]:
        return [_pause(row) for row in self._connection.execute(query).mappings()]


def _pause(row: Mapping[Any, Any]) -> Pause:
    values = {name: row[name] for name in row if name not in {"look_at", "state"}}
    return Pause(state=PauseState(row["state"]), **values)
