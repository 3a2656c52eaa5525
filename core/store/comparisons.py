"""Comparisons: pairs of pictures that gateways are asked to compare, and what they answered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import DeviceCode, SiteCode
from core.facts.evidence import Comparison
from core.facts.issue import IssueNumber
from core.store import tables

_t = tables.comparison


class Comparisons:
    """Every SQL statement about a comparison."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def ask(
        self,
        site: SiteCode,
        issue: IssueNumber,
        *,
        camera: DeviceCode,
        before: str,
        after: str,
        now: datetime,
    ) -> int:
        """Ask for a comparison of two pictures by their hashes; return its number."""
        asked = self._connection.execute(
            sa.insert(_t)
            .values(site=site, issue=issue, camera=camera, before=before, after=after, asked_at=now)
            .returning(_t.c.id)
        )
        return int(asked.scalar_one())

    def wanted(self, site: SiteCode, *, limit: int) -> list[Comparison]:
        """Return those that nobody has answered, the oldest first."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.answered_at.is_(None))
            .order_by(_t.c.id)
            .limit(limit)
        )

    def find(self, site: SiteCode, number: int) -> Comparison | None:
        """Return one comparison of a site."""
        found = self._found(sa.select(_t).where(_t.c.site == site, _t.c.id == number))
        return found[0] if found else None

    def of_issue(self, site: SiteCode, issue: IssueNumber) -> list[Comparison]:
        """Return the comparisons of an issue, oldest first."""
        return self._found(
            sa.select(_t).where(_t.c.site == site, _t.c.issue == issue).order_by(_t.c.id)
        )

    def change(self, comparison: Comparison, **values: Any) -> Comparison:
        """Set columns of a comparison and return it as it then stands."""
        row = self._connection.execute(
            sa.update(_t).where(_t.c.id == comparison.id).values(**values).returning(_t)
        ).mappings()
        return _comparison(row.one())

    def _found(self, query: sa.Select[Any]) -> list[Comparison]:
        return [_comparison(row) for row in self._connection.execute(query).mappings()]


def _comparison(row: Mapping[Any, Any]) -> Comparison:
    return Comparison(
        site=SiteCode(row["site"]),
        id=row["id"],
        issue=IssueNumber(row["issue"]),
        camera=DeviceCode(row["camera"]),
        before=row["before"],
        after=row["after"],
        asked_at=row["asked_at"],
        answered_at=row["answered_at"],
        verdict=row["verdict"],
        score=row["score"],
        confidence=row["confidence"],
        band=row["band"],
        reasons=row["reasons"],
        evidence=row["evidence"],
        machine=row["machine"],
        reference_at=row["reference_at"],
        reason=row["reason"],
    )
