"""Briefings in their versions, and who knows them: every SQL statement about one is here."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.briefing import Audience, Briefing, BriefingNumber, BriefingSort, Draft
from core.facts.catalogue import CategoryCode
from core.facts.device import SiteCode
from core.facts.people import PersonCode, Role, UnitCode
from core.store import counters, tables

_t, _ack, _known = tables.briefing, tables.briefing_acknowledgement, tables.playbook_known


class Briefings:
    """Published, acknowledged."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def number(self, site: SiteCode) -> BriefingNumber:
        """Take the next number for a briefing."""
        return BriefingNumber(counters.take(self._connection, site, "briefing")[0])

    def add(self, briefing: Briefing) -> None:
        """Insert a version; the one before is the newest no more."""
        here = (_t.c.site == briefing.site) & (_t.c.number == briefing.number)
        self._connection.execute(sa.update(_t).where(here).values(newest=False))
        draft = briefing.draft
        self._connection.execute(
            sa.insert(_t).values(
                site=briefing.site,
                number=briefing.number,
                version=briefing.version,
                sort=draft.sort.value,
                title=draft.title.strip(),
                words=draft.words.strip(),
                roles=sorted(draft.audience.roles),
                units=sorted(draft.audience.units),
                categories=list(draft.categories),
                by=briefing.by,
                published_at=briefing.published_at,
                newest=True,
            )
        )

    def newest(self, site: SiteCode, number: BriefingNumber) -> Briefing:
        """Return a briefing as it is now.

        :raises NotFound: no such briefing at this site.
        """
        found = self._found(
            sa.select(_t).where(_t.c.site == site, _t.c.number == number, _t.c.newest.is_(True))
        )
        if not found:
            raise NotFound(f"briefing {number} is not known here")
        return found[0]

    def page(self, site: SiteCode, *, limit: int, before: int | None = None) -> list[Briefing]:
        """Return briefings as they are now, the newest number first, from before ``before``."""
        query = sa.select(_t).where(_t.c.site == site, _t.c.newest.is_(True))
        if before is not None:
            query = query.where(_t.c.number < before)
        return self._found(query.order_by(_t.c.number.desc()).limit(limit))

    def all_newest(self, site: SiteCode) -> list[Briefing]:
        """Return all briefings as they are now, by number."""
        return self._found(
            sa.select(_t).where(_t.c.site == site, _t.c.newest.is_(True)).order_by(_t.c.number)
        )

    def acknowledge(self, briefing: Briefing, person: PersonCode, *, now: datetime) -> bool:
        """Note that somebody knows this version; return whether it is the first time."""
        if person in self.acknowledged(briefing):
            return False
        self._connection.execute(
            sa.insert(_ack).values(
                site=briefing.site,
                briefing=briefing.number,
                version=briefing.version,
                person=person,
                at=now,
            )
        )
        return True

    def acknowledged(self, briefing: Briefing) -> dict[PersonCode, datetime]:
        """Return who knows this version, and since when."""
        rows = self._connection.execute(
            sa.select(_ack.c.person, _ack.c.at)
            .where(
                _ack.c.site == briefing.site,
                _ack.c.briefing == briefing.number,
                _ack.c.version == briefing.version,
            )
            .order_by(_ack.c.at, _ack.c.person)
        )
        return {PersonCode(row.person): row.at for row in rows}

    def known_by(
        self, site: SiteCode, person: PersonCode, numbers: Collection[BriefingNumber]
    ) -> dict[tuple[BriefingNumber, int], datetime]:
        """Return which versions of these a person has acknowledged, and when."""
        rows = self._connection.execute(
            sa.select(_ack.c.briefing, _ack.c.version, _ack.c.at).where(
                _ack.c.site == site,
                _ack.c.person == person,
                _ack.c.briefing.in_(sorted(numbers)),
            )
        )
        return {(BriefingNumber(row.briefing), row.version): row.at for row in rows}

    def known_playbooks(self, site: SiteCode) -> dict[CategoryCode, str]:
        """Return the hashes of the playbooks that people were told of."""
        rows = self._connection.execute(
            sa.select(_known.c.category, _known.c.sha256).where(_known.c.site == site)
        )
        return {CategoryCode(row.category): row.sha256 for row in rows}

    def know_playbooks(self, site: SiteCode, hashes: Mapping[CategoryCode, str]) -> None:
        """Note the hashes of the playbooks that people are told of now, and none besides."""
        self._connection.execute(sa.delete(_known).where(_known.c.site == site))
        rows = [
            {"site": site, "category": code, "sha256": sha256} for code, sha256 in hashes.items()
        ]
        if rows:
            self._connection.execute(sa.insert(_known), rows)

    def _found(self, query: sa.Select[Any]) -> list[Briefing]:
        return [_briefing(row) for row in self._connection.execute(query).mappings()]


def _briefing(row: Mapping[Any, Any]) -> Briefing:
    return Briefing(
        site=SiteCode(row["site"]),
        number=BriefingNumber(row["number"]),
        version=row["version"],
        draft=Draft(
            sort=BriefingSort(row["sort"]),
            title=row["title"],
            words=row["words"],
            audience=Audience(
                roles=frozenset(Role(role) for role in row["roles"]),
                units=frozenset(UnitCode(unit) for unit in row["units"]),
            ),
            categories=tuple(CategoryCode(code) for code in row["categories"]),
        ),
        by=PersonCode(row["by"]) if row["by"] is not None else None,
        published_at=row["published_at"],
    )
