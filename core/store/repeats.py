"""Issues that their customers had told before."""

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.customer import CustomerCode
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode
from core.facts.repeat import Repeat, RepeatRule
from core.store import tables
from core.store.upsert import upsert

_t = tables.repeat


class Repeats:
    """Every SQL statement about a repeat."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def put(self, site: SiteCode, repeat: Repeat) -> None:
        """Write a repeat, or what became of it."""
        row = {
            "site": site,
            "issue": repeat.issue,
            "of": repeat.of,
            "customer": repeat.customer,
            "rule": repeat.rule.value,
            "likeness": repeat.likeness,
            "chain": repeat.chain,
            "found_at": repeat.found_at,
            "unmarked_at": repeat.unmarked_at,
            "unmarked_by": repeat.unmarked_by,
            "unmarked_reason": repeat.unmarked_reason,
        }
        upsert(self._connection, _t, [row])

    def of_issues(
        self, site: SiteCode, issues: Collection[IssueNumber]
    ) -> dict[IssueNumber, Repeat]:
        """Return the repeats among these issues, unmarked ones too."""
        query = sa.select(_t).where(_t.c.site == site, _t.c.issue.in_(sorted(issues)))
        found = (_repeat(row) for row in self._connection.execute(query).mappings())
        return {one.issue: one for one in found}


def _repeat(row: Mapping[Any, Any]) -> Repeat:
    return Repeat(
        issue=IssueNumber(row["issue"]),
        of=IssueNumber(row["of"]),
        customer=CustomerCode(row["customer"]),
        rule=RepeatRule(row["rule"]),
        likeness=row["likeness"],
        chain=row["chain"],
        found_at=row["found_at"],
        unmarked_at=row["unmarked_at"],
        unmarked_by=PersonCode(row["unmarked_by"]) if row["unmarked_by"] else None,
        unmarked_reason=row["unmarked_reason"],
    )
