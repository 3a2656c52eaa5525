"""The journal (流水): appended, never changed. Each issue's entries form a hash chain."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.journal import Entry
from core.facts.people import PersonCode
from core.store import bulk, chain, tables
from core.store.among import among

#: Under this number stand entries about the site itself: rules, roster, people, months.
THE_SITE = IssueNumber(0)
#: Entries read at a time from the end of a chain.
_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An entry as it stands in the journal."""

    seq: int
    site: SiteCode
    issue: IssueNumber
    ordinal: int
    kind: str
    at: datetime
    by: PersonCode | None
    #: Canonical JSON, as it was hashed.
    body: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """The first entries of a new issue."""

    issue: IssueNumber
    at: datetime
    by: PersonCode | None
    entries: tuple[Entry, ...]


class Journal:
    """Appending to and reading from the journal."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def lock(self, site: SiteCode) -> None:
        """Wait until no other unit of work writes for this site.

        SQLite has one writer anyway. On PostgreSQL this makes the order of ``seq`` within a site
        the order of commits, so that a stream that has seen ``seq`` will never miss a lower one.
        Take it first in every unit of work that writes: then nobody can wait for each other.
        """
        if self._connection.dialect.name == "postgresql":
            number = int.from_bytes(hashlib.sha256(site.encode()).digest()[:8], signed=True)
            self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))

    def append(
        self,
        site: SiteCode,
        issue: IssueNumber,
        *entries: Entry,
        at: datetime,
        by: PersonCode | None = None,
    ) -> None:
        """Add entries to an issue's chain, or under ``THE_SITE`` to that of the site itself.

        :raises NotFound: no such issue at this site.
        """
        of, key = _chain_of(site, issue)
        found = self._connection.execute(sa.select(of.c.entries, of.c.head).where(key)).first()
        if found is None:
            raise NotFound(f"issue {issue} is not known here")
        rows = _chained(site, issue, entries, at=at, by=by, count=found[0], head=found[1])
        self._connection.execute(sa.insert(tables.journal), rows)
        self._connection.execute(
            sa.update(of).where(key).values(entries=found[0] + len(rows), head=rows[-1]["hash"])
        )

    def extend(
        self,
        site: SiteCode,
        more: Sequence[tuple[IssueNumber, Entry]],
        *,
        at: datetime,
        by: PersonCode | None = None,
        due: Mapping[IssueNumber, datetime | None] | None = None,
        ends: Mapping[IssueNumber, tuple[int, str]] | None = None,
    ) -> None:
        """Add entries to many chains at once, in the order given.

        :param due: when each of these issues' next step falls due, written in the same statement.
        :param ends: how long each issue's chain is and its last hash, where the caller has read
            them under the site's lock; None: they are looked up.
        """
        about_site = [entry for issue, entry in more if issue == THE_SITE]
        if about_site:
            self.append(site, THE_SITE, *about_site, at=at, by=by)
            more = [one for one in more if one[0] != THE_SITE]
        numbers = sorted({issue for issue, _ in more})
        heads = dict(ends) if ends is not None else self._ends(site, numbers)
        rows: list[dict[str, Any]] = []
        bodies: dict[int, str] = {}  # in a storm one entry is written into many chains
        for issue, entry in more:
            count, head = heads[issue]
            body = bodies.get(id(entry))
            if body is None:
                body = bodies[id(entry)] = chain.body_text(entry.body())
            rows.append(_row(site, issue, entry, body, at=at, by=by, count=count, head=head))
            heads[issue] = (count + 1, rows[-1]["hash"])
        bulk.add(self._connection, tables.journal, rows)
        changed = [
            {"site": site, "number": one, "entries": heads[one][0], "head": heads[one][1]}
            | ({"next_due_at": due[one]} if due is not None else {})
            for one in numbers
        ]
        bulk.change(self._connection, tables.issue, changed, key=("site", "number"))

    def _ends(
        self, site: SiteCode, issues: Collection[IssueNumber]
    ) -> dict[IssueNumber, tuple[int, str]]:
        issue = tables.issue
        query = sa.select(issue.c.number, issue.c.entries, issue.c.head).where(
            issue.c.site == site, among(issue.c.number, issues)
        )
        return {IssueNumber(row[0]): (row[1], row[2]) for row in self._connection.execute(query)}

    def begin(
        self, site: SiteCode, beginnings: Iterable[Beginning]
    ) -> Mapping[IssueNumber, tuple[int, str]]:
        """Write the first entries of new issues; return each one's count and head.

        The caller stores count and head with the issue, in the same transaction.
        """
        rows: list[dict[str, Any]] = []
        heads: dict[IssueNumber, tuple[int, str]] = {}
        for new in beginnings:
            chained = _chained(
                site, new.issue, new.entries, at=new.at, by=new.by, count=0, head=chain.GENESIS
            )
            rows.extend(chained)
            heads[new.issue] = (len(chained), chained[-1]["hash"])
        bulk.add(self._connection, tables.journal, rows)
        return heads

    def of_issue(
        self, site: SiteCode, issue: IssueNumber, *, kinds: Collection[str] = ()
    ) -> list[Written]:
        """Return an issue's entries, in order; only of these kinds if any."""
        query = sa.select(tables.journal).where(
            tables.journal.c.site == site, tables.journal.c.issue == issue
        )
        if kinds:
            query = query.where(tables.journal.c.kind.in_(sorted(kinds)))
        return self._found(query.order_by(tables.journal.c.ordinal))

    def ending(self, site: SiteCode, issue: IssueNumber, *, since: int) -> list[Written]:
        """Return an issue's entries after ``since``, in order, and look at hardly any others."""
        found: list[Written] = []
        ordinal = 2**31 - 1
        while True:
            query = sa.select(tables.journal).where(
                tables.journal.c.site == site,
                tables.journal.c.issue == issue,
                tables.journal.c.ordinal < ordinal,
            )
            page = self._found(query.order_by(tables.journal.c.ordinal.desc()).limit(_PAGE))
            newer = [entry for entry in page if entry.seq > since]
            found += newer
            if len(newer) < _PAGE:
                return found[::-1]
            ordinal = page[-1].ordinal

    def of_issues(
        self, site: SiteCode, issues: Collection[IssueNumber], *, kinds: Collection[str]
    ) -> list[Written]:
        """Return the entries of several issues of these kinds, in the order they were written."""
        return self._found(
            sa.select(tables.journal)
            .where(
                tables.journal.c.site == site,
                among(tables.journal.c.issue, issues),
                tables.journal.c.kind.in_(sorted(kinds)),
            )
            .order_by(tables.journal.c.seq)
        )

    def by_seq(self, site: SiteCode, seqs: Collection[int]) -> dict[int, Written]:
        """Return entries by their number; those of other sites are left out."""
        query = sa.select(tables.journal).where(
            tables.journal.c.site == site, among(tables.journal.c.seq, seqs)
        )
        return {one.seq: one for one in self._found(query)}

    def after(
        self, site: SiteCode, seq: int, *, limit: int, kinds: Collection[str] = ()
    ) -> list[Written]:
        """Return what came after ``seq`` at this site, oldest first; only of these kinds if any."""
        query = sa.select(tables.journal).where(
            tables.journal.c.site == site, tables.journal.c.seq > seq
        )
        if kinds:
            query = query.where(tables.journal.c.kind.in_(sorted(kinds)))
        return self._found(query.order_by(tables.journal.c.seq).limit(limit))

    def last_seq(self, site: SiteCode) -> int:
        """Return the newest entry's ``seq`` at this site; 0 if there is none."""
        return (
            self._connection.scalar(
                sa.select(sa.func.coalesce(sa.func.max(tables.journal.c.seq), 0)).where(
                    tables.journal.c.site == site
                )
            )
            or 0
        )

    def last_at(self, site: SiteCode) -> datetime | None:
        """Return when the newest entry of a site was written; None if there is none."""
        return self._connection.scalar(
            sa.select(tables.journal.c.at)
            .where(tables.journal.c.site == site)
            .order_by(tables.journal.c.seq.desc())
            .limit(1)
        )

    def all(self, site: SiteCode) -> Iterator[Written]:
        """Walk the whole journal of a site in the order it was written."""
        seq = 0
        while page := self.after(site, seq, limit=5_000):
            yield from page
            seq = page[-1].seq

    def _found(self, query: sa.Select[Any]) -> list[Written]:
        """Return entries; taken apart by place, for followers read thousands of them."""
        return [
            Written(
                seq=seq,
                site=site,
                issue=issue,
                ordinal=ordinal,
                kind=kind,
                at=at,
                by=by,
                body=body,
                hash=link,
            )
            for seq, site, issue, ordinal, kind, at, by, body, link in self._connection.execute(
                query
            )
        ]


def _chain_of(site: SiteCode, issue: IssueNumber) -> tuple[sa.Table, sa.ColumnElement[bool]]:
    """Return where a chain's length and end are remembered."""
    if issue == THE_SITE:
        return tables.site, tables.site.c.code == site
    return tables.issue, (tables.issue.c.site == site) & (tables.issue.c.number == issue)


def _chained(
    site: SiteCode,
    issue: IssueNumber,
    entries: Sequence[Entry],
    *,
    at: datetime,
    by: PersonCode | None,
    count: int,
    head: str,
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for already, entry in enumerate(entries, start=count):
        body = chain.body_text(entry.body())
        rows.append(_row(site, issue, entry, body, at=at, by=by, count=already, head=head))
        head = rows[-1]["hash"]
    return rows


def _row(
    site: SiteCode,
    issue: IssueNumber,
    entry: Entry,
    body: str,
    *,
    at: datetime,
    by: PersonCode | None,
    count: int,
    head: str,
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "site": site,
        "issue": issue,
        "ordinal": count + 1,
        "kind": entry.kind,
        "at": at,
        "by": by,
        "body": body,
    }
    row["hash"] = chain.link(head, **row)
    return row
