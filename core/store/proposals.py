"""Proposals of reward and punishment, and how each stands (五.2)."""

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.merit import Consequence, Decision, Evidence, ObjectionState, Proposal
from core.facts.month import MonthCode
from core.facts.people import PersonCode, UnitCode
from core.store import tables

_t = tables.proposal


class Proposals:
    """Every SQL statement about a proposal."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def add(self, new: Proposal, *, key: str) -> Proposal | None:
        """Keep a proposal; None: the same one was made before.

        :param key: what it was made of: rule, subject, and the entry or the month.
        """
        known = sa.select(_t.c.id).where(_t.c.site == new.site, _t.c.key == key)
        if self._connection.scalar(known) is not None:
            return None
        row = self._connection.execute(
            sa.insert(_t)
            .values(
                site=new.site,
                key=key,
                rule=new.rule,
                rules_version=new.version,
                person=new.person,
                unit=new.unit,
                points=new.points,
                consequence=new.consequence.value,
                zh=new.zh,
                en=new.en,
                evidence=[[one.issue, one.seq] for one in new.evidence],
                month=new.month,
                proposed_at=new.proposed_at,
                proposed_by=new.proposed_by,
                objection_until=new.objection_until,
                objection=new.objection.value,
            )
            .returning(_t)
        ).mappings()
        return _proposal(row.one())

    def find(self, site: SiteCode, number: int) -> Proposal:
        """Return one proposal.

        :raises NotFound: no such proposal at this site.
        """
        found = self._found(sa.select(_t).where(_t.c.site == site, _t.c.id == number))
        if not found:
            raise NotFound(f"proposal {number} is not known here")
        return found[0]

    def several(self, site: SiteCode, numbers: Collection[int]) -> dict[int, Proposal]:
        """Return proposals by number; those of other sites are left out."""
        query = sa.select(_t).where(_t.c.site == site, _t.c.id.in_(sorted(numbers)))
        return {one.id: one for one in self._found(query)}

    def waiting(self, site: SiteCode, *, limit: int, after: int | None = None) -> list[Proposal]:
        """Return what waits for the director, the oldest first: undecided, or objected to."""
        query = sa.select(_t).where(
            _t.c.site == site,
            sa.or_(_t.c.decision.is_(None), _t.c.objection == ObjectionState.OPEN.value),
        )
        if after is not None:
            query = query.where(_t.c.id > after)
        return self._found(query.order_by(_t.c.id).limit(limit))

    def page(
        self,
        site: SiteCode,
        *,
        person: PersonCode | None = None,
        unit: UnitCode | None = None,
        limit: int,
        before: int | None = None,
    ) -> list[Proposal]:
        """Return proposals, the last first; about a person or a unit if any is given.

        With both: about either.
        """
        query = sa.select(_t).where(_t.c.site == site)
        about = [
            column == code
            for column, code in ((_t.c.person, person), (_t.c.unit, unit))
            if code is not None
        ]
        if about:
            query = query.where(sa.or_(*about))
        if before is not None:
            query = query.where(_t.c.id < before)
        return self._found(query.order_by(_t.c.id.desc()).limit(limit))

    def objected(self, site: SiteCode) -> list[Proposal]:
        """Return every proposal whose objection nobody has answered, the oldest first."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.objection == ObjectionState.OPEN.value)
            .order_by(_t.c.id)
        )

    def change(self, proposal: Proposal, **values: Any) -> Proposal:
        """Set columns and return the proposal as it then stands."""
        row = self._connection.execute(
            sa.update(_t)
            .where(_t.c.site == proposal.site, _t.c.id == proposal.id)
            .values(**values)
            .returning(_t)
        ).mappings()
        return _proposal(row.one())

    def _found(self, query: sa.Select[Any]) -> list[Proposal]:
        return [_proposal(row) for row in self._connection.execute(query).mappings()]


def _some(kind: type[Any], value: Any) -> Any:
    return kind(value) if value is not None else None


def _proposal(row: Mapping[Any, Any]) -> Proposal:
    return Proposal(
        site=SiteCode(row["site"]),
        id=row["id"],
        rule=row["rule"],
        version=row["rules_version"],
        person=row["person"],
        unit=row["unit"],
        points=row["points"],
        consequence=Consequence(row["consequence"]),
        zh=row["zh"],
        en=row["en"],
        evidence=tuple(
            Evidence(issue=IssueNumber(issue), seq=seq) for issue, seq in row["evidence"]
        ),
        month=MonthCode(row["month"]),
        proposed_at=row["proposed_at"],
        proposed_by=row["proposed_by"],
        objection_until=row["objection_until"],
        decision=_some(Decision, row["decision"]),
        decided_points=row["decided_points"],
        decided_consequence=_some(Consequence, row["decided_consequence"]),
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
        reason=row["reason"],
        objection=ObjectionState(row["objection"]),
        objected_by=row["objected_by"],
        objected_at=row["objected_at"],
        objection_words=row["objection_words"],
        answer=row["answer"],
        answered_by=row["answered_by"],
        answered_at=row["answered_at"],
        reopened=row["reopened"],
    )
