"""Reviews of recordings: which claims are checked, until when, and what was seen."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import DeviceCode, SiteCode
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode
from core.facts.review import Review, ReviewState, Verdict, Why
from core.store import tables

_t = tables.review
_OPEN: sa.ColumnElement[str] = sa.literal_column("'open'")


class Reviews:
    """Every SQL statement about a review."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def add(
        self,
        site: SiteCode,
        issue: IssueNumber,
        *,
        why: Why,
        handled_at: datetime,
        handlers: Collection[PersonCode],
        now: datetime,
        due_at: datetime,
        overwritten_at: datetime,
    ) -> None:
        """Let a claim be checked."""
        self._connection.execute(
            sa.insert(_t).values(
                site=site,
                issue=issue,
                why=why.value,
                handled_at=handled_at,
                handlers=sorted(handlers),
                asked_at=now,
                due_at=due_at,
                overwritten_at=overwritten_at,
                state=ReviewState.OPEN.value,
            )
        )

    def queue(self, site: SiteCode, *, limit: int, after: int | None = None) -> list[Review]:
        """Return the open reviews, the soonest due first; a page goes on behind ``after``."""
        query = sa.select(_t).where(_t.c.site == site, _t.c.state == _OPEN)
        if after is not None:
            last = sa.select(_t.c.due_at).where(_t.c.site == site, _t.c.id == after)
            due_at = self._connection.scalar(last)
            if due_at is not None:
                query = query.where(
                    sa.or_(_t.c.due_at > due_at, sa.and_(_t.c.due_at == due_at, _t.c.id > after))
                )
        return self._found(query.order_by(_t.c.due_at, _t.c.id).limit(limit))

    def of_issues(
        self, site: SiteCode, issues: Collection[IssueNumber]
    ) -> dict[IssueNumber, list[Review]]:
        """Return the reviews of several issues, each issue's oldest first."""
        reviews: dict[IssueNumber, list[Review]] = {}
        for one in self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.issue.in_(sorted(issues)))
            .order_by(_t.c.issue, _t.c.id)
        ):
            reviews.setdefault(one.issue, []).append(one)
        return reviews

    def open_of(self, site: SiteCode, issue: IssueNumber) -> Review | None:
        """Return the open review of an issue, if there is one."""
        found = self._found(
            sa.select(_t).where(_t.c.site == site, _t.c.issue == issue, _t.c.state == _OPEN)
        )
        return found[-1] if found else None

    def change(self, review: Review, **values: Any) -> Review:
        """Set columns of a review and return it as it then stands."""
        row = self._connection.execute(
            sa.update(_t).where(_t.c.id == review.id).values(**values).returning(_t)
        ).mappings()
        return _review(row.one())

    def _found(self, query: sa.Select[Any]) -> list[Review]:
        return [_review(row) for row in self._connection.execute(query).mappings()]


def _review(row: Mapping[Any, Any]) -> Review:
    return Review(
        site=SiteCode(row["site"]),
        id=row["id"],
        issue=IssueNumber(row["issue"]),
        why=Why(row["why"]),
        handled_at=row["handled_at"],
        handlers=tuple(PersonCode(code) for code in row["handlers"]),
        asked_at=row["asked_at"],
        due_at=row["due_at"],
        overwritten_at=row["overwritten_at"],
        state=ReviewState(row["state"]),
        comparison=row["comparison"],
        camera=DeviceCode(row["camera"]) if row["camera"] is not None else None,
        verdict=Verdict(row["verdict"]) if row["verdict"] is not None else None,
        reason=row["reason"],
        decided_by=PersonCode(row["decided_by"]) if row["decided_by"] is not None else None,
        decided_at=row["decided_at"],
        agreed=row["agreed"],
    )
