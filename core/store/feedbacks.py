"""Praise, complaints and grievances: the register of what customers say of us."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.customer import CustomerCode
from core.facts.device import SiteCode
from core.facts.feedback import Feedback, FeedbackKind, FeedbackNumber, Said, Told
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode, UnitCode
from core.store import counters, tables

_t = tables.feedback


class Feedbacks:
    """Every SQL statement about a feedback."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def add(
        self,
        site: SiteCode,
        said: Said,
        *,
        given_at: datetime,
        by: PersonCode | None,
        due_at: datetime | None,
    ) -> Feedback:
        """Enter a feedback under the next number."""
        number = counters.take(self._connection, site, "feedback")[0]
        row = self._connection.execute(
            sa.insert(_t)
            .values(
                site=site,
                number=number,
                kind=said.kind.value,
                words=said.words,
                issue=said.issue,
                person=said.person,
                unit=said.unit,
                customer=said.customer,
                name=said.name,
                given_at=given_at,
                by=by,
                due_at=due_at,
            )
            .returning(_t)
        ).mappings()
        return _feedback(row.one())

    def find(self, site: SiteCode, number: FeedbackNumber) -> Feedback:
        """Return one feedback.

        :raises NotFound: no such feedback at this site.
        """
        found = self._found(sa.select(_t).where(_t.c.site == site, _t.c.number == number))
        if not found:
            raise NotFound(f"feedback {number} is not known here")
        return found[0]

    def page(
        self,
        site: SiteCode,
        *,
        kind: FeedbackKind | None = None,
        unanswered: bool = False,
        issue: IssueNumber | None = None,
        limit: int,
        before: int | None = None,
    ) -> list[Feedback]:
        """Return feedback, the newest first."""
        query = sa.select(_t).where(_t.c.site == site)
        if kind is not None:
            query = query.where(_t.c.kind == kind.value)
        if unanswered:
            query = query.where(_t.c.answered_at.is_(None), _t.c.due_at.is_not(None))
        if issue is not None:
            query = query.where(_t.c.issue == issue)
        if before is not None:
            query = query.where(_t.c.number < before)
        return self._found(query.order_by(_t.c.number.desc()).limit(limit))

    def answer(
        self, feedback: Feedback, *, at: datetime, by: PersonCode, how: Told, words: str
    ) -> Feedback:
        """Keep the answer that was given."""
        row = self._connection.execute(
            sa.update(_t)
            .where(_t.c.site == feedback.site, _t.c.number == feedback.number)
            .values(answered_at=at, answered_by=by, how=how.value, answer=words)
            .returning(_t)
        ).mappings()
        return _feedback(row.one())

    def _found(self, query: sa.Select[Any]) -> list[Feedback]:
        return [_feedback(row) for row in self._connection.execute(query).mappings()]


def _feedback(row: Mapping[Any, Any]) -> Feedback:
    return Feedback(
        site=SiteCode(row["site"]),
        number=FeedbackNumber(row["number"]),
        said=Said(
            kind=FeedbackKind(row["kind"]),
            words=row["words"],
            issue=IssueNumber(row["issue"]) if row["issue"] else None,
            person=PersonCode(row["person"]) if row["person"] else None,
            unit=UnitCode(row["unit"]) if row["unit"] else None,
            customer=CustomerCode(row["customer"]) if row["customer"] else None,
            name=row["name"],
        ),
        given_at=row["given_at"],
        by=PersonCode(row["by"]) if row["by"] else None,
        due_at=row["due_at"],
        answered_at=row["answered_at"],
        answered_by=PersonCode(row["answered_by"]) if row["answered_by"] else None,
        how=Told(row["how"]) if row["how"] else None,
        answer=row["answer"],
    )
