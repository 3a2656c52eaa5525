"""By which words open issues are found: pairs of neighbouring characters, the rare ones first."""

from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache
from math import log

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.store import bulk, tables
from core.store.among import among
from core.store.upsert import accumulate

_t, _count = tables.issue_gram, tables.gram_count
#: Postings that one question reads at most: what keeps it short over a million issues.
_READ = 4_000
_PART = 500
#: Grams that one question asks for at most, the rarest; SQLite joins no more than 500 questions.
_ASKED = 64


class Grams:
    """Every SQL statement about the words of open issues."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def put(self, site: SiteCode, said: Mapping[IssueNumber, Collection[int]]) -> None:
        """Let issues be found by these grams; what was kept of them before is gone."""
        self.drop(site, said)
        pairs = [(gram, issue) for issue, grams in said.items() for gram in sorted(set(grams))]
        if pairs:
            rows = [{"site": site, "gram": gram, "issue": issue} for gram, issue in pairs]
            bulk.add(self._connection, _t, rows)
            self._counted(site, Counter(gram for gram, _ in pairs), 1)

    def drop(self, site: SiteCode, issues: Collection[IssueNumber]) -> None:
        """Let issues not be found any more."""
        numbers = sorted(issues)
        for start in range(0, len(numbers), _PART):
            gone = self._connection.scalars(
                sa.delete(_t)
                .where(_t.c.site == site, _t.c.issue.in_(numbers[start : start + _PART]))
                .returning(_t.c.gram)
            )
            self._counted(site, Counter(gone), -1)

    def nearest(self, site: SiteCode, grams: Collection[int], *, limit: int) -> list[IssueNumber]:
        """Return the issues that share the rarest of these grams, the most telling first."""
        query = sa.select(_count.c.many, _count.c.gram).where(
            _count.c.site == site, among(_count.c.gram, grams), _count.c.many > 0
        )
        rarest = sorted((row[0], row[1]) for row in self._connection.execute(query))
        values: list[int | str] = []
        parts, left = 0, _READ
        for many, gram in rarest[:_ASKED]:
            if left <= 0:
                break
            values += [int(1_000 / (1 + log(1 + many))), site, gram, left]
            parts, left = parts + 1, left - many
        if not parts:
            return []
        statement = _summed(parts, "%s" if self._connection.dialect.name == "postgresql" else "?")
        found = self._connection.exec_driver_sql(statement, (*values, limit))
        return [IssueNumber(row[0]) for row in found]

    def _counted(self, site: SiteCode, grams: Counter[int], sign: int) -> None:
        rows = [
            {"site": site, "gram": gram, "many": sign * many}
            for gram, many in sorted(grams.items())
        ]
        accumulate(self._connection, _count, rows, add=("many",))


@cache
def _summed(parts: int, mark: str) -> str:
    """Return what adds up the newest postings of so many grams, and names the most telling issues.

    Text, for building it of SQLAlchemy's elements took ten times as long as answering it. Summed by
    the database: four thousand rows cost more to carry than to add.
    """
    of_each = " UNION ALL ".join(
        f"SELECT issue, CAST({mark} AS INTEGER) AS weight FROM (SELECT issue FROM {_t.name}"  # noqa: S608 - our own table
        f" WHERE site = {mark} AND gram = {mark} ORDER BY issue DESC LIMIT {mark}) AS part_{part}"
        for part in range(parts)
    )
    return (
        f"SELECT issue FROM ({of_each}) AS said GROUP BY issue"  # noqa: S608 - likewise
        f" ORDER BY sum(weight) DESC, issue DESC LIMIT {mark}"
    )
