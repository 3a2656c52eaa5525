"""Promises to customers: every SQL statement about one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.customer import CustomerCode
from core.facts.device import SiteCode
from core.facts.feedback import Told
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode
from core.facts.promise import CallBack, Promise, PromiseChange, PromiseNumber
from core.store import tables
from core.store.among import among

_t, _change = tables.promise, tables.promise_change


class Promises:
    """What was promised, kept and broken."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def add(self, site: SiteCode, issue: IssueNumber, **values: Any) -> Promise:
        """Enter a promise and return it with its number."""
        statement = sa.insert(_t).values(site=site, issue=issue, **values).returning(_t)
        return _promise(self._connection.execute(statement).mappings().one())

    def find(self, site: SiteCode, number: PromiseNumber) -> Promise:
        """Return one.

        :raises NotFound: no such promise at this site.
        """
        found = self._found(sa.select(_t).where(_t.c.site == site, _t.c.id == number))
        if not found:
            raise NotFound(f"promise {number} is not known here")
        return found[0]

    def of_issues(self, site: SiteCode, issues: Collection[IssueNumber]) -> list[Promise]:
        """Return the promises of these issues, the oldest first."""
        if not issues:
            return []
        query = sa.select(_t).where(_t.c.site == site, among(_t.c.issue, issues))
        return self._found(query.order_by(_t.c.id))

    def not_kept_in_time(
        self,
        site: SiteCode,
        *,
        customers: Collection[CustomerCode],
        issues: Collection[IssueNumber],
        since: datetime,
        limit: int,
    ) -> list[Promise]:
        """Return what these customers, or those of these issues, are still owed or waited for.

        The newest first, of those that fell due since a moment.
        """
        whose: list[sa.ColumnElement[bool]] = (
            [_t.c.customer.in_(sorted(customers))] if customers else []
        )
        whose += [among(_t.c.issue, issues)] if issues else []
        if not whose:
            return []
        query = sa.select(_t).where(
            _t.c.site == site,
            sa.or_(*whose),
            sa.or_(_t.c.kept_at.is_(None), _t.c.broken_at.is_not(None)),
            _t.c.withdrawn_at.is_(None),
            _t.c.due_at >= since,
        )
        return self._found(query.order_by(_t.c.id.desc()).limit(limit))

    def owed(
        self, site: SiteCode, *, limit: int, after: PromiseNumber | None = None
    ) -> list[Promise]:
        """Return what nobody has called back for yet, the first that fell or falls due first."""
        query = sa.select(_t).where(
            _t.c.site == site, _t.c.kept_at.is_(None), _t.c.withdrawn_at.is_(None)
        )
        if after is not None:
            last = self.find(site, after)
            query = query.where(
                sa.or_(
                    _t.c.due_at > last.due_at,
                    sa.and_(_t.c.due_at == last.due_at, _t.c.id > after),
                )
            )
        return self._found(query.order_by(_t.c.due_at, _t.c.id).limit(limit))

    def page(
        self, site: SiteCode, *, broken: bool, limit: int, before: PromiseNumber | None = None
    ) -> list[Promise]:
        """Return promises, or only those that were broken, the newest first."""
        query = sa.select(_t).where(_t.c.site == site)
        if broken:
            query = query.where(_t.c.broken_at.is_not(None))
        if before is not None:
            query = query.where(_t.c.id < before)
        return self._found(query.order_by(_t.c.id.desc()).limit(limit))

    # --- time -----------------------------------------------------------------------------------

    def sites_with_due(self, now: datetime) -> list[SiteCode]:
        """Return the sites at which a promise has fallen due that nobody has kept."""
        query = sa.select(_t.c.site).where(*_waits, _t.c.due_at <= now).distinct()
        return [SiteCode(code) for code in self._connection.scalars(query.order_by(_t.c.site))]

    def due(self, site: SiteCode, now: datetime, *, limit: int) -> list[Promise]:
        """Return promises of a site that have fallen due and are not called broken yet."""
        query = sa.select(_t).where(*_waits, _t.c.site == site, _t.c.due_at <= now)
        return self._found(query.order_by(_t.c.due_at, _t.c.id).limit(limit))

    def called_broken(self, promises: Sequence[Promise], *, now: datetime) -> None:
        """Call promises broken; they stay so."""
        if promises:
            self._connection.execute(
                sa.update(_t)
                .where(among(_t.c.id, [one.id for one in promises]))
                .values(broken_at=now)
            )

    def called_back(self, promise: Promise, kept: CallBack, *, now: datetime) -> Promise:
        """Note how a promise was kept."""
        statement = (
            sa.update(_t)
            .where(_t.c.site == promise.site, _t.c.id == promise.id)
            .values(
                kept_at=now,
                kept_by=kept.by,
                told=kept.whom,
                how=kept.how.value,
                said=kept.words,
                told_at=kept.told_at,
            )
            .returning(_t)
        )
        return _promise(self._connection.execute(statement).mappings().one())

    # --- what was said otherwise ----------------------------------------------------------------

    def add_change(self, promise: Promise, change: PromiseChange) -> Promise:
        """Keep a change; what its customer was told holds for the promise from then on."""
        row = {**asdict(change), "site": promise.site}
        self._connection.execute(sa.insert(_change).values(row))
        if not change.customer_told:
            return promise
        moved = {"due_at": change.due_at} if change.due_at else {"withdrawn_at": change.at}
        statement = (
            sa.update(_t)
            .where(_t.c.site == promise.site, _t.c.id == promise.id)
            .values(moved)
            .returning(_t)
        )
        return _promise(self._connection.execute(statement).mappings().one())

    def changes(
        self, site: SiteCode, promises: Collection[PromiseNumber]
    ) -> dict[PromiseNumber, list[PromiseChange]]:
        """Return how each of these promises was changed, the first change first."""
        if not promises:
            return {}
        query = sa.select(_change).where(_change.c.site == site, among(_change.c.promise, promises))
        found: dict[PromiseNumber, list[PromiseChange]] = {}
        for row in self._connection.execute(query.order_by(_change.c.id)).mappings():
            values = {name: row[name] for name in row if name not in {"id", "site"}}
            found.setdefault(PromiseNumber(row["promise"]), []).append(PromiseChange(**values))
        return found

    def _found(self, query: sa.Select[Any]) -> list[Promise]:
        return [_promise(row) for row in self._connection.execute(query).mappings()]


_waits = (_t.c.kept_at.is_(None), _t.c.broken_at.is_(None), _t.c.withdrawn_at.is_(None))


def _promise(row: Mapping[Any, Any]) -> Promise:
    kept = None
    if row["kept_at"] is not None:
        kept = CallBack(
            whom=row["told"],
            how=Told(row["how"]),
            words=row["said"],
            told_at=row["told_at"],
            by=PersonCode(row["kept_by"]),
        )
    return Promise(
        site=SiteCode(row["site"]),
        id=PromiseNumber(row["id"]),
        issue=IssueNumber(row["issue"]),
        customer=CustomerCode(row["customer"]) if row["customer"] is not None else None,
        whom=row["whom"],
        words=row["words"],
        due_at=row["due_at"],
        made_at=row["made_at"],
        by=PersonCode(row["by"]),
        broken_at=row["broken_at"],
        kept=kept,
        withdrawn_at=row["withdrawn_at"],
    )
