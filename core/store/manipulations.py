"""Tricks that were recognised (五.2: by volume alone nobody wins)."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.merit import Flag, Trick
from core.facts.people import PersonCode
from core.store import tables
from core.store.upsert import upsert

_t = tables.manipulation


class Manipulations:
    """Every SQL statement about a flag."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def flag(self, site: SiteCode, flag: Flag) -> bool:
        """Keep a flag; one that grows keeps its place. Return whether it is new or has grown."""
        first = flag.issues[0]
        known = self._connection.scalar(
            sa.select(_t.c.issues).where(
                _t.c.site == site,
                _t.c.trick == flag.trick.value,
                _t.c.issue == first,
                _t.c.person == flag.person,
            )
        )
        if known is not None and set(flag.issues) <= set(known):
            return False
        row = {
            "site": site,
            "trick": flag.trick.value,
            "issue": first,
            "person": flag.person,
            "issues": sorted({*flag.issues, *(known or ())}),
            "at": flag.at,
        }
        upsert(self._connection, _t, [row], update=["issues"])
        return True

    def of(self, site: SiteCode, people: Collection[PersonCode]) -> dict[PersonCode, list[Flag]]:
        """Return the flags of several people, each one's oldest first."""
        flags: dict[PersonCode, list[Flag]] = {}
        for row in self._connection.execute(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.person.in_(sorted(people)))
            .order_by(_t.c.at, _t.c.issue)
        ):
            person = PersonCode(row.person)
            flags.setdefault(person, []).append(
                Flag(
                    trick=Trick(row.trick),
                    person=person,
                    issues=tuple(IssueNumber(one) for one in row.issues),
                    at=row.at,
                )
            )
        return flags
