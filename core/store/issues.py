"""The register of issues (登记表), and when each ladder of it moves next."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.catalogue import CategoryCode
from core.facts.device import SiteCode
from core.facts.issue import UNHANDLED, Issue, IssueNumber, Status, Urgency
from core.facts.place import PlaceCode
from core.store import bulk, counters, plain, tables
from core.store.among import among, among_bound, text
from core.store.issue_filter import Filter, conditions
from core.store.issue_rows import issue_of, row_of

_t = tables.issue
_DUE = ("number", "status", "urgency", "reported_at", "entries", "head")
#: Of thousands of rows each is looked up, not made.
_STATUS = {one.value: one for one in Status}
_URGENCY = {one.value: one for one in Urgency}
_open = [status.value for status in sorted(UNHANDLED)]
#: Asked at each stroke of somebody who types.
_WORDS = sa.select(_t.c.number, _t.c.words, _t.c.place, _t.c.category, _t.c.status).where(
    _t.c.site == sa.bindparam("site"),
    among_bound(_t.c.number, "numbers"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An issue of which a step is due: what its ladder asks, and where its chain ends."""

    site: SiteCode
    number: IssueNumber
    status: Status
    urgency: Urgency
    reported_at: datetime
    entries: int
    head: str


class Issues:
    """Every SQL statement about an issue but those of what comes back."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def numbers(self, site: SiteCode, many: int) -> range:
        """Take the next numbers of the register."""
        return counters.take(self._connection, site, "issue", many=many)

    def add(self, issues: Sequence[Issue], heads: Mapping[IssueNumber, tuple[int, str]]) -> None:
        """Insert new issues together with the state of their journal chains."""
        rows = [row_of(issue) for issue in issues]
        for row in rows:
            row["entries"], row["head"] = heads[row["number"]]
        bulk.add(self._connection, _t, rows)

    def find(self, site: SiteCode, number: IssueNumber) -> Issue:
        """Return one issue.

        :raises NotFound: no such issue at this site.
        """
        found = self._found(sa.select(_t).where(_t.c.site == site, _t.c.number == number))
        if not found:
            raise NotFound(f"issue {number} is not known here")
        return found[0]

    def several(self, site: SiteCode, numbers: Collection[IssueNumber]) -> dict[IssueNumber, Issue]:
        """Return these issues by number; what is not known here is left out."""
        return {
            issue.number: issue
            for issue in self._found(
                sa.select(_t).where(_t.c.site == site, _t.c.number.in_(sorted(numbers)))
            )
        }

    def open_words(
        self, site: SiteCode, numbers: Collection[IssueNumber]
    ) -> list[tuple[IssueNumber, str, PlaceCode | None, CategoryCode | None]]:
        """Return number, words, place and category of those of these issues that are unhandled."""
        values = {"site": site, "numbers": text(numbers)}
        return [
            (IssueNumber(number), words, place, category)
            for number, words, place, category, status in plain.rows(
                self._connection, _WORDS, values
            )
            if status in _open
        ]

    def register(
        self, site: SiteCode, wanted: Filter, *, limit: int, before: IssueNumber | None = None
    ) -> list[Issue]:
        """Return a page of the register, the newest number first, from before ``before``."""
        query = sa.select(_t).where(_t.c.site == site, *conditions(wanted))
        if before is not None:
            query = query.where(_t.c.number < before)
        return self._found(query.order_by(_t.c.number.desc()).limit(limit))

    def open_at(self, site: SiteCode, places: Collection[PlaceCode]) -> dict[PlaceCode, int]:
        """Return how many unhandled issues there are at each of these places."""
        rows = self._connection.execute(
            sa.select(_t.c.place, sa.func.count())
            .where(_t.c.site == site, _t.c.place.in_(sorted(places)), _t.c.status.in_(_open))
            .group_by(_t.c.place)
        )
        return {PlaceCode(row[0]): row[1] for row in rows}

    def sites_with_due(self, now: datetime) -> list[SiteCode]:
        """Return the sites at which a step of some ladder is due."""
        return [
            SiteCode(code)
            for code in self._connection.scalars(
                sa.select(_t.c.site)
                .where(_t.c.next_due_at.is_not(None), _t.c.next_due_at <= now)
                .distinct()
                .order_by(_t.c.site)
            )
        ]

    def due(self, site: SiteCode, now: datetime, *, limit: int) -> list[Due]:
        """Claim issues of which a step is due, the longest overdue first.

        Another worker's rows are passed over (``SKIP LOCKED``; SQLite has one writer). In a storm
        they are thousands: only what the ladder asks is read.
        """
        # Those of one day fall due at one moment: to sort all of them by number for each slice
        # would cost more than to fire them.
        longest = (
            sa.select(*(_t.c[name] for name in _DUE), _t.c.next_due_at)
            .where(_t.c.site == site, _t.c.next_due_at.is_not(None), _t.c.next_due_at <= now)
            .order_by(_t.c.next_due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .subquery()
        )
        rows = self._connection.execute(
            sa.select(*(longest.c[name] for name in _DUE)).order_by(
                longest.c.next_due_at, longest.c.number
            )
        ).all()
        return [
            Due(
                site=site,
                number=IssueNumber(number),
                status=_STATUS[status],
                urgency=_URGENCY[urgency],
                reported_at=reported_at,
                entries=entries,
                head=head,
            )
            for number, status, urgency, reported_at, entries, head in rows
        ]

    def overdue(self, before: datetime, *, limit: int) -> list[Issue]:
        """Return issues of all sites whose step should have fired before ``before``."""
        return self._found(
            sa.select(_t)
            .where(_t.c.next_due_at.is_not(None), _t.c.next_due_at < before)
            .order_by(_t.c.next_due_at, _t.c.site, _t.c.number)
            .limit(limit)
        )

    def unhandled(self, *, after: tuple[SiteCode, IssueNumber] | None, limit: int) -> list[Issue]:
        """Return unhandled issues of all sites by site and number, from behind ``after``."""
        query = sa.select(_t).where(_t.c.status.in_(_open))
        if after is not None:
            query = query.where(
                sa.or_(
                    _t.c.site > after[0],
                    sa.and_(_t.c.site == after[0], _t.c.number > after[1]),
                )
            )
        return self._found(query.order_by(_t.c.site, _t.c.number).limit(limit))

    def next_due_at(self) -> datetime | None:
        """Return when the next step of all ladders falls due."""
        return self._connection.scalar(
            sa.select(_t.c.next_due_at)
            .where(_t.c.next_due_at.is_not(None))
            .order_by(_t.c.next_due_at)
            .limit(1)
        )

    def upcoming(self, site: SiteCode, *, limit: int) -> list[Issue]:
        """Return the issues whose ladder moves next, soonest first."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.next_due_at.is_not(None))
            .order_by(_t.c.next_due_at, _t.c.number)
            .limit(limit)
        )

    def change(self, issue: Issue, **values: Any) -> Issue:
        """Set columns of an issue and return it as it then stands."""
        row = self._connection.execute(
            sa.update(_t)
            .where(_t.c.site == issue.site, _t.c.number == issue.number)
            .values(version=_t.c.version + 1, **values)
            .returning(_t)
        ).mappings()
        return issue_of(row.one())

    def rearm(self, site: SiteCode, due: Mapping[IssueNumber, datetime | None]) -> None:
        """Set when each issue's next step falls due."""
        rows = [{"site": site, "number": number, "next_due_at": at} for number, at in due.items()]
        bulk.change(self._connection, _t, rows, key=("site", "number"))

    def dismiss(self, site: SiteCode, numbers: Collection[IssueNumber], *, now: datetime) -> None:
        """Let many issues end at once because nothing is to be done about them."""
        self._connection.execute(
            sa.update(_t)
            .where(_t.c.site == site, among(_t.c.number, numbers))
            .values(
                status=Status.DISMISSED.value,
                closed_at=now,
                next_due_at=None,
                version=_t.c.version + 1,
            )
        )

    def bearing(self, site: SiteCode, codes: Collection[CategoryCode]) -> list[CategoryCode]:
        """Return which of these categories any issue bears, by code."""
        if not codes:
            return []
        query = sa.select(_t.c.category).where(_t.c.site == site, _t.c.category.in_(sorted(codes)))
        found = self._connection.scalars(query.distinct().order_by(_t.c.category))
        return [CategoryCode(code) for code in found]

    def open_here(self, site: SiteCode, *, after: IssueNumber | None, limit: int) -> list[Issue]:
        """Return a site's unhandled issues by number, from behind ``after``."""
        query = sa.select(_t).where(_t.c.site == site, _t.c.status.in_(_open))
        if after is not None:
            query = query.where(_t.c.number > after)
        return self._found(query.order_by(_t.c.number).limit(limit))

    def heads(self, site: SiteCode) -> dict[IssueNumber, tuple[int, str]]:
        """Return, for every issue, how many entries its chain has and the last hash."""
        rows = self._connection.execute(
            sa.select(_t.c.number, _t.c.entries, _t.c.head)
            .where(_t.c.site == site)
            .order_by(_t.c.number)
        )
        heads = {IssueNumber(row[0]): (row[1], row[2]) for row in rows}
        of_site = self._connection.execute(
            sa.select(tables.site.c.entries, tables.site.c.head).where(tables.site.c.code == site)
        ).first()
        if of_site is not None and of_site[0]:
            heads[IssueNumber(0)] = (of_site[0], of_site[1])
        return heads

    def _found(self, query: sa.Select[Any]) -> list[Issue]:
        return [issue_of(row) for row in self._connection.execute(query).mappings()]
