"""Facts of issues and what occurred, as statistics have read them from the journal."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.issue import IssueNumber, Outcome
from core.facts.month import FoundBy, IssueFact, MonthCode, Occurrence
from core.facts.report import Cause, Channel, ReportClass
from core.store import bulk, tables
from core.store.among import among
from core.store.upsert import upsert

_fact, _occurrence = tables.issue_fact, tables.occurrence


class IssueFacts:
    """Every SQL statement about a fact or an occurrence."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def facts(
        self, site: SiteCode, issues: Collection[IssueNumber]
    ) -> dict[IssueNumber, IssueFact]:
        """Return the facts of these issues; what has none yet is left out."""
        found: dict[IssueNumber, IssueFact] = {}
        query = sa.select(_fact).where(_fact.c.site == site, among(_fact.c.issue, issues))
        for row in self._connection.execute(query).mappings():
            found[IssueNumber(row["issue"])] = to_fact(row)
        return found

    def facts_of(self, site: SiteCode, month: MonthCode, **equal: str | None) -> list[IssueFact]:
        """Return a month's facts by issue; with ``equal`` only those with these values."""
        query = sa.select(_fact).where(
            _fact.c.site == site,
            _fact.c.month == month,
            *(_fact.c[name] == value for name, value in equal.items()),
        )
        rows = self._connection.execute(query.order_by(_fact.c.issue)).mappings()
        return [to_fact(row) for row in rows]

    def numbers(self, site: SiteCode, month: MonthCode, *, on: date | None) -> list[IssueNumber]:
        """Return the issues reported in a month, or on a day of it, by number."""
        query = sa.select(_fact.c.issue).where(_fact.c.site == site, _fact.c.month == month)
        if on is not None:
            query = query.where(_fact.c.reported_on == on)
        found = self._connection.scalars(query.order_by(_fact.c.issue))
        return [IssueNumber(number) for number in found]

    def occurrences_of(
        self, site: SiteCode, month: MonthCode, measure: str | None = None
    ) -> list[Occurrence]:
        """Return what happened in a month, in the order of the journal."""
        query = sa.select(_occurrence).where(
            _occurrence.c.site == site, _occurrence.c.month == month
        )
        if measure is not None:
            query = query.where(_occurrence.c.measure == measure)
        rows = self._connection.execute(query.order_by(_occurrence.c.seq)).mappings()
        return [to_occurrence(row) for row in rows]

    def keep(
        self,
        site: SiteCode,
        *,
        new: Sequence[IssueFact],
        changed: Sequence[IssueFact],
        occurrences: Sequence[Occurrence],
    ) -> None:
        """Write facts and occurrences as they now stand."""
        rows = [_fact_values(site, one) for one in new]
        bulk.add_values(self._connection, _fact, ["site", *_FACT], rows)
        upsert(self._connection, _fact, [_fact_row(site, one) for one in changed])
        happened = ((site, *_OCCURRENCE_VALUES(one)) for one in occurrences)
        bulk.add_values(self._connection, _occurrence, ["site", *_OCCURRENCE], happened)

    def forget(self, site: SiteCode) -> None:
        """Delete all facts and occurrences of a site, to read them again."""
        for table in (_fact, _occurrence):
            self._connection.execute(sa.delete(table).where(table.c.site == site))


#: Shared, so that a storm of them is written as a document once.
_NO_HOPS: list[int] = []
_FACT = [one.name for one in fields(IssueFact)]
_FACT_VALUES = attrgetter(*_FACT)
_HOPS = 1 + _FACT.index("hop_seconds")
_OCCURRENCE = [one.name for one in fields(Occurrence)]
_OCCURRENCE_VALUES = attrgetter(*_OCCURRENCE)


def _fact_row(site: SiteCode, fact: IssueFact) -> dict[str, Any]:
    return dict(zip(["site", *_FACT], _fact_values(site, fact), strict=True))


def _fact_values(site: SiteCode, fact: IssueFact) -> list[Any]:
    values = [site, *_FACT_VALUES(fact)]
    values[_HOPS] = list(fact.hop_seconds) or _NO_HOPS
    return values


#: What a column's text stands for; all other columns are as they are.
_TYPES = {
    "channel": Channel,
    "cls": ReportClass,
    "found_by": FoundBy,
    "own_found_by": FoundBy,
    "dismissed": Cause,
    "outcome": Outcome,
}


def to_fact(row: Mapping[Any, Any]) -> IssueFact:
    """Return the fact that a row, or a frozen document, holds."""
    values = {name: row[name] for name in _FACT}
    for name, kind in _TYPES.items():
        if values[name] is not None:
            values[name] = kind(values[name])
    values["hop_seconds"] = tuple(values["hop_seconds"])
    return IssueFact(**values)


def to_occurrence(row: Mapping[Any, Any]) -> Occurrence:
    """Return the occurrence that a row, or a frozen document, holds."""
    values = {name: row[name] for name in _OCCURRENCE}
    if values["channel"] is not None:
        values["channel"] = Channel(values["channel"])
    return Occurrence(**values)
