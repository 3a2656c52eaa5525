"""By which words open issues are found: pairs of neighbouring characters, the rare ones first."""

from collections import Counter
from collections.abc import Collection, Mapping
from math import log

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.store import bulk, tables
from core.store.upsert import accumulate

_t, _count = tables.issue_gram, tables.gram_count
#: Postings that one question reads at most: what keeps it short over a million issues.
_READ = 4_000
_PART = 500


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
        counts = {
            row[0]: row[1]
            for row in self._connection.execute(
                sa.select(_count.c.gram, _count.c.many).where(
                    _count.c.site == site, _count.c.gram.in_(sorted(set(grams))), _count.c.many > 0
                )
            )
        }
        parts: list[sa.Select[tuple[int, int]]] = []
        left = _READ
        for gram, many in sorted(counts.items(), key=lambda one: (one[1], one[0])):
            if left <= 0:
                break
            parts.append(_postings(site, gram, weight=int(1_000 / (1 + log(1 + many))), limit=left))
            left -= many
        if not parts:
            return []
        said = sa.union_all(*parts).subquery()
        # Summed by the database: four thousand rows cost more to carry than to add.
        score = sa.func.sum(said.c.weight)
        query = (
            sa.select(said.c.issue)
            .group_by(said.c.issue)
            .order_by(score.desc(), said.c.issue.desc())
            .limit(limit)
        )
        return [IssueNumber(issue) for issue in self._connection.scalars(query)]

    def _counted(self, site: SiteCode, grams: Counter[int], sign: int) -> None:
        rows = [
            {"site": site, "gram": gram, "many": sign * many}
            for gram, many in sorted(grams.items())
        ]
        accumulate(self._connection, _count, rows, add=("many",))


def _postings(site: SiteCode, gram: int, *, weight: int, limit: int) -> sa.Select[tuple[int, int]]:
    newest = (
        sa.select(_t.c.issue)
        .where(_t.c.site == site, _t.c.gram == gram)
        .order_by(_t.c.issue.desc())
        .limit(limit)
        .subquery()
    )
    return sa.select(newest.c.issue, sa.literal(weight, sa.Integer).label("weight"))
