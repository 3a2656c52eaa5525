"""The register of issues (登记表): every SQL statement about an issue is here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.catalogue import CategoryCode
from core.facts.customer import CustomerCode
from core.facts.device import SiteCode
from core.facts.issue import (
    UNHANDLED,
    Caller,
    CallerKind,
    Issue,
    IssueNumber,
    Outcome,
    Status,
    Urgency,
)
from core.facts.people import PersonCode, UnitCode
from core.facts.place import PlaceCode
from core.store import bulk, counters, plain, tables
from core.store.among import among, among_bound, text

_t = tables.issue
_DUE = ("number", "status", "urgency", "reported_at", "entries", "head")
_open = [status.value for status in sorted(UNHANDLED)]
#: Asked at each stroke of somebody who types.
_WORDS = sa.select(_t.c.number, _t.c.words, _t.c.place, _t.c.category, _t.c.status).where(
    _t.c.site == sa.bindparam("site"),
    among_bound(_t.c.number, "numbers"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a page of the register is narrowed to; what is None narrows nothing."""

    status: frozenset[Status] | None = None
    urgency: Urgency | None = None
    category: CategoryCode | None = None
    place: PlaceCode | None = None
    #: Part of the words, of the caller's or first reporter's name, or the number itself.
    text: str | None = None
    #: Only what this person reported first or was sent to.
    person: PersonCode | None = None
    #: Only what people of this unit reported first or were sent to.
    unit: UnitCode | None = None
    #: Only what came back because nobody touched it.
    came_back: bool = False
    #: Only these.
    numbers: frozenset[IssueNumber] | None = None


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
    """The register."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def numbers(self, site: SiteCode, many: int) -> range:
        """Take the next numbers of the register."""
        return counters.take(self._connection, site, "issue", many=many)

    def add(self, issues: Sequence[Issue], heads: Mapping[IssueNumber, tuple[int, str]]) -> None:
        """Insert new issues together with the state of their journal chains."""
        rows = [_row(issue) for issue in issues]
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
        query = sa.select(_t).where(_t.c.site == site, *_conditions(wanted))
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
        rows = self._connection.execute(
            sa.select(*(_t.c[name] for name in _DUE))
            .where(_t.c.site == site, _t.c.next_due_at.is_not(None), _t.c.next_due_at <= now)
            .order_by(_t.c.next_due_at, _t.c.number)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [
            Due(
                site=site,
                number=IssueNumber(number),
                status=Status(status),
                urgency=Urgency(urgency),
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

    def sites_with_returns(self, now: datetime) -> list[SiteCode]:
        """Return the sites at which an acknowledged issue comes back: one look into an index."""
        query = (
            sa.select(_t.c.site)
            .where(_t.c.comes_back_at.is_not(None), _t.c.comes_back_at <= now)
            .distinct()
            .order_by(_t.c.site)
        )
        return [SiteCode(code) for code in self._connection.scalars(query)]

    def returning(self, site: SiteCode, now: datetime, *, limit: int) -> list[Issue]:
        """Return issues that come back because nobody has touched them, the longest first."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.comes_back_at.is_not(None), _t.c.comes_back_at <= now)
            .order_by(_t.c.comes_back_at, _t.c.number)
            .limit(limit)
        )

    def touched(
        self, site: SiteCode, touches: Mapping[IssueNumber, tuple[datetime, datetime | None]]
    ) -> None:
        """Note when somebody last did something about these, and when each comes back."""
        if touches:
            self._connection.execute(
                sa.update(_t)
                .where(_t.c.site == site, _t.c.number == sa.bindparam("of"))
                .values(
                    touched_at=sa.bindparam("touched"),
                    comes_back_at=sa.bindparam("back"),
                    came_back_at=None,
                ),
                [
                    {"of": number, "touched": touched, "back": back}
                    for number, (touched, back) in touches.items()
                ],
            )

    def rearm_returns(self, site: SiteCode, back: Mapping[IssueNumber, datetime | None]) -> None:
        """Set when each of these comes back if nobody touches it."""
        if back:
            self._connection.execute(
                sa.update(_t)
                .where(_t.c.site == site, _t.c.number == sa.bindparam("of"))
                .values(comes_back_at=sa.bindparam("at")),
                [{"of": number, "at": at} for number, at in back.items()],
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


def _conditions(wanted: Filter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.status is not None:
        conditions.append(_t.c.status.in_(sorted(wanted.status)))
    if wanted.urgency is not None:
        conditions.append(_t.c.urgency == wanted.urgency.value)
    if wanted.category is not None:
        conditions.append(_t.c.category == wanted.category)
    if wanted.place is not None:
        conditions.append(_t.c.place == wanted.place)
    if wanted.person is not None:
        conditions.append(sa.or_(_t.c.owner == wanted.person, _t.c.assigned_to == wanted.person))
    if wanted.unit is not None:
        people = sa.select(tables.person.c.code).where(
            tables.person.c.site == _t.c.site, tables.person.c.unit == wanted.unit
        )
        conditions.append(sa.or_(_t.c.owner.in_(people), _t.c.assigned_to.in_(people)))
    if wanted.came_back:
        conditions += [_t.c.came_back_at.is_not(None), _t.c.status.in_(_open)]
    if wanted.numbers is not None:
        conditions.append(_t.c.number.in_(sorted(wanted.numbers)))
    if wanted.text:
        conditions.append(_said(wanted.text.strip()))
    return conditions


def _said(text: str) -> sa.ColumnElement[bool]:
    number = text.lstrip("#")
    owners = sa.select(tables.person.c.code).where(
        tables.person.c.site == _t.c.site, tables.person.c.name.contains(text, autoescape=True)
    )
    anywhere = [
        _t.c.words.contains(text, autoescape=True),
        _t.c.caller_name.contains(text, autoescape=True),
        _t.c.owner.in_(owners),
    ]
    if number.isascii() and number.isdigit() and len(number) < 18:
        anywhere.append(_t.c.number == int(number))
    return sa.or_(*anywhere)


def _row(issue: Issue) -> dict[str, Any]:
    caller = issue.caller
    return {
        "site": issue.site,
        "number": issue.number,
        "status": issue.status.value,
        "urgency": issue.urgency.value,
        "category": issue.category,
        "place": issue.place,
        "words": issue.words,
        "reported_at": issue.reported_at,
        "reported_on": issue.reported_on,
        "owner": issue.owner,
        "to_be_identified": issue.to_be_identified,
        "caller_kind": caller.kind.value if caller else None,
        "caller_person": caller.person if caller else None,
        "caller_name": caller.name if caller else None,
        "caller_phone": caller.phone if caller else None,
        "caller_place": caller.place if caller else None,
        "customer": caller.customer if caller else None,
        "accepted_at": issue.accepted_at,
        "next_due_at": issue.next_due_at,
        "version": issue.version,
    }


def issue_of(row: Mapping[Any, Any]) -> Issue:
    """Return the issue that stands in a row of its table."""
    return Issue(
        site=SiteCode(row["site"]),
        number=IssueNumber(row["number"]),
        status=Status(row["status"]),
        urgency=Urgency(row["urgency"]),
        category=CategoryCode(row["category"]) if row["category"] else None,
        place=PlaceCode(row["place"]) if row["place"] else None,
        words=row["words"],
        reported_at=row["reported_at"],
        reported_on=row["reported_on"],
        owner=PersonCode(row["owner"]) if row["owner"] else None,
        to_be_identified=row["to_be_identified"],
        caller=Caller(
            kind=CallerKind(row["caller_kind"]),
            person=row["caller_person"],
            name=row["caller_name"],
            phone=row["caller_phone"],
            place=row["caller_place"],
            customer=CustomerCode(row["customer"]) if row["customer"] else None,
        )
        if row["caller_kind"]
        else None,
        forwarded_at=row["forwarded_at"],
        accepted_at=row["accepted_at"],
        assigned_to=PersonCode(row["assigned_to"]) if row["assigned_to"] else None,
        promised_at=row["promised_at"],
        handled_at=row["handled_at"],
        handled_how=row["handled_how"],
        closed_at=row["closed_at"],
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        reopened=row["reopened"],
        next_due_at=row["next_due_at"],
        version=row["version"],
        merged_into=IssueNumber(row["merged_into"]) if row["merged_into"] else None,
        touched_at=row["touched_at"],
        came_back_at=row["came_back_at"],
    )
