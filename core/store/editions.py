"""Each site's own policy, catalogue and calendar: every version stays, the newest is in force."""

import hashlib
import threading
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import BadCatalogue, BadPolicy, NotFound, UnreadableRules
from core.facts.device import SiteCode
from core.facts.people import PersonCode
from core.facts.rules import Edition, RuleKind, Rules
from core.store import tables

_t, _site = tables.edition, tables.site


class Editions:
    """Every SQL statement about an edition."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def stamp(self, site: SiteCode) -> int:
        """Return how often a site's rules have changed; 0: they are as shipped."""
        query = sa.select(_site.c.editions).where(_site.c.code == site)
        return self._connection.scalar(query) or 0

    def in_force(self, site: SiteCode) -> list[Edition]:
        """Return the newest version of each kind that the site has of its own."""
        newer = _t.alias()
        newest = (
            sa.select(sa.func.max(newer.c.version))
            .where(newer.c.site == _t.c.site, newer.c.kind == _t.c.kind)
            .scalar_subquery()
        )
        return self._found(
            sa.select(_t).where(_t.c.site == site, _t.c.version == newest).order_by(_t.c.kind)
        )

    def all(
        self, site: SiteCode, kind: RuleKind, *, limit: int, before: int | None = None
    ) -> list[Edition]:
        """Return the versions of one kind, the newest first, from before ``before``."""
        query = sa.select(_t).where(_t.c.site == site, _t.c.kind == kind.value)
        if before is not None:
            query = query.where(_t.c.version < before)
        return self._found(query.order_by(_t.c.version.desc()).limit(limit))

    def find(self, site: SiteCode, kind: RuleKind, version: int) -> Edition:
        """Return one version.

        :raises NotFound: the site never had it.
        """
        found = self._found(
            sa.select(_t).where(_t.c.site == site, _t.c.kind == kind.value, _t.c.version == version)
        )
        if not found:
            raise NotFound(f"{kind} has no version {version} here")
        return found[0]

    def add(
        self,
        site: SiteCode,
        *,
        kind: RuleKind,
        version: int,
        text: str,
        since: datetime,
        by: PersonCode | None,
        reason: str,
    ) -> Edition:
        """Put a version in force from this unit of work on."""
        edition = Edition(
            kind=kind,
            version=version,
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            since=since,
            by=by,
            reason=reason,
        )
        self._connection.execute(
            sa.insert(_t).values(
                site=site,
                kind=kind.value,
                version=version,
                text=text,
                sha256=edition.sha256,
                since=since,
                by=by,
                reason=reason,
            )
        )
        self._connection.execute(
            sa.update(_site).where(_site.c.code == site).values(editions=_site.c.editions + 1)
        )
        return edition

    def _found(self, query: sa.Select[Any]) -> list[Edition]:
        return [_edition(row) for row in self._connection.execute(query).mappings()]


class Rulebook:
    """The shipped rules, and each site's own as they were last read.

    A unit of work asks the site's row for one number: the rules of that number never change, so
    every process sees a change with its next unit of work, and reads texts only after one.
    """

    def __init__(self, shipped: Rules) -> None:
        """Know no site's own rules yet."""
        self.shipped = shipped
        self._known: dict[SiteCode, tuple[int, Rules]] = {}
        self._lock = threading.Lock()

    def of(self, editions: Editions, site: SiteCode) -> Rules:
        """Return the rules in force at a site.

        :raises UnreadableRules: this version of the product cannot read what is stored.
        """
        stamp = editions.stamp(site)
        if stamp == 0:
            return self.shipped
        known = self._known.get(site)
        if known is None or known[0] != stamp:
            own = self._read(site, editions.in_force(site))
            # The number again: on PostgreSQL a change may have been committed in between.
            if editions.stamp(site) != stamp:
                return own
            known = (stamp, own)
            with self._lock:
                self._known[site] = known
        return known[1]

    def _read(self, site: SiteCode, own: list[Edition]) -> Rules:
        try:
            return self.shipped.amended(own)
        except (BadPolicy, BadCatalogue) as problem:
            raise UnreadableRules(f"rules of {site}: {problem}") from problem


def _edition(row: Mapping[Any, Any]) -> Edition:
    return Edition(
        kind=RuleKind(row["kind"]),
        version=row["version"],
        text=row["text"],
        sha256=row["sha256"],
        since=row["since"],
        by=PersonCode(row["by"]) if row["by"] is not None else None,
        reason=row["reason"],
    )
