"""Each site's own rules of reward and punishment, in versions, and when its month is weighed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.month import MonthCode
from core.facts.people import PersonCode
from core.store import tables
from core.store.upsert import upsert

_t, _clock = tables.merit_rules, tables.merit_clock


@dataclass(frozen=True, slots=True, kw_only=True)
class MeritEdition:
    """One version as it was given."""

    version: int
    text: str
    sha256: str
    since: datetime
    by: PersonCode
    reason: str


class MeritRulesTexts:
    """Every SQL statement about rules of reward and punishment."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def newest(self, site: SiteCode) -> MeritEdition | None:
        """Return the version in force; None: the shipped rules are."""
        return next(iter(self.all(site, limit=1)), None)

    def all(self, site: SiteCode, *, limit: int, before: int | None = None) -> list[MeritEdition]:
        """Return a site's versions, the newest first, from before ``before``."""
        query = sa.select(_t).where(_t.c.site == site)
        if before is not None:
            query = query.where(_t.c.version < before)
        return [
            MeritEdition(
                version=row.version,
                text=row.text,
                sha256=row.sha256,
                since=row.since,
                by=PersonCode(row.by),
                reason=row.reason,
            )
            for row in self._connection.execute(query.order_by(_t.c.version.desc()).limit(limit))
        ]

    def add(
        self,
        site: SiteCode,
        *,
        version: int,
        text: str,
        by: PersonCode,
        reason: str,
        now: datetime,
    ) -> MeritEdition:
        """Put a version in force."""
        edition = MeritEdition(
            version=version,
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            since=now,
            by=by,
            reason=reason,
        )
        self._connection.execute(
            sa.insert(_t).values(
                site=site,
                version=version,
                text=text,
                sha256=edition.sha256,
                since=now,
                by=by,
                reason=reason,
            )
        )
        return edition

    def sites_to_weigh(self, now: datetime) -> list[SiteCode]:
        """Return the sites whose month has ended, or that nobody has wound the clock of."""
        site = tables.site
        query = (
            sa.select(site.c.code)
            .outerjoin_from(site, _clock, _clock.c.site == site.c.code)
            .where(sa.or_(_clock.c.ends_at.is_(None), _clock.c.ends_at <= now))
            .order_by(site.c.code)
        )
        return [SiteCode(code) for code in self._connection.scalars(query)]

    def waits_for(self, site: SiteCode) -> tuple[MonthCode, datetime] | None:
        """Return which month is weighed next, and when it ends."""
        row = self._connection.execute(sa.select(_clock).where(_clock.c.site == site)).first()
        return (MonthCode(row.month), row.ends_at) if row is not None else None

    def wind(self, site: SiteCode, month: MonthCode, ends_at: datetime) -> None:
        """Let this month be weighed when it ends."""
        upsert(self._connection, _clock, [{"site": site, "month": month, "ends_at": ends_at}])
