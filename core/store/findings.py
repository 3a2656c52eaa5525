"""Findings of cameras: how operators judged them, and which rules are muted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import DeviceCode, EventType, SiteCode
from core.facts.finding import CameraRule, Judged
from core.store import tables
from core.store.upsert import upsert

_t, _rule = tables.finding, tables.camera_rule


class Findings:
    """Every SQL statement about what cameras found."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def judge(self, site: SiteCode, judged: Judged) -> None:
        """Keep a judgement; the last one about a report counts."""
        row = {
            "site": site,
            "report": judged.report,
            "camera": judged.camera,
            "what": judged.what.value,
            "confirmed": judged.confirmed,
            "judged_at": judged.judged_at,
        }
        upsert(self._connection, _t, [row])

    def mute(self, site: SiteCode, camera: DeviceCode, what: EventType, *, now: datetime) -> None:
        """Let a rule open nothing from now on."""
        row = {"site": site, "camera": camera, "what": what.value, "muted_at": now}
        upsert(self._connection, _rule, [row], update=["muted_at"])

    def unmute(self, site: SiteCode, camera: DeviceCode, what: EventType, *, now: datetime) -> None:
        """Let it find again; only what is judged from now on counts."""
        row = {
            "site": site,
            "camera": camera,
            "what": what.value,
            "muted_at": None,
            "counts_from": now,
        }
        upsert(self._connection, _rule, [row])

    def muted(self, site: SiteCode) -> frozenset[tuple[DeviceCode, EventType]]:
        """Return which rules of which cameras are muted."""
        rows = self._connection.execute(
            sa.select(_rule.c.camera, _rule.c.what).where(
                _rule.c.site == site, _rule.c.muted_at.is_not(None)
            )
        )
        return frozenset((DeviceCode(row.camera), EventType(row.what)) for row in rows)

    def rules(self, site: SiteCode, *, since: datetime) -> list[CameraRule]:
        """Return every rule that was judged since then or is muted, by camera and kind."""
        fared = self._fared(site, since)
        keys = {(row["camera"], row["what"]) for row in fared} | self.muted(site)
        counts = {(row["camera"], row["what"]): row for row in fared}
        muted = self._muted_at(site)
        return [
            _camera_rule(site, key, counts.get(key), muted.get(key))
            for key in sorted((str(camera), str(what)) for camera, what in keys)
        ]

    def rule(
        self, site: SiteCode, camera: DeviceCode, what: EventType, *, since: datetime
    ) -> CameraRule:
        """Return how one rule has fared since then; it may never have found anything."""
        key = (str(camera), what.value)
        for one in self.rules(site, since=since):
            if (one.camera, one.what.value) == key:
                return one
        return _camera_rule(site, key, None, None)

    def _fared(self, site: SiteCode, since: datetime) -> list[Mapping[Any, Any]]:
        confirmed = sa.func.sum(sa.case((_t.c.confirmed, 1), else_=0))
        query = (
            sa.select(
                _t.c.camera,
                _t.c.what,
                confirmed.label("confirmed"),
                sa.func.count().label("judged"),
            )
            .select_from(
                _t.outerjoin(
                    _rule,
                    sa.and_(
                        _rule.c.site == _t.c.site,
                        _rule.c.camera == _t.c.camera,
                        _rule.c.what == _t.c.what,
                    ),
                )
            )
            .where(
                _t.c.site == site,
                _t.c.judged_at >= since,
                sa.or_(_rule.c.counts_from.is_(None), _t.c.judged_at >= _rule.c.counts_from),
            )
            .group_by(_t.c.camera, _t.c.what)
        )
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def _muted_at(self, site: SiteCode) -> dict[tuple[str, str], datetime]:
        rows = self._connection.execute(
            sa.select(_rule).where(_rule.c.site == site, _rule.c.muted_at.is_not(None))
        )
        return {(row.camera, row.what): row.muted_at for row in rows}


def _camera_rule(
    site: SiteCode,
    key: tuple[str, str],
    fared: Mapping[Any, Any] | None,
    muted_at: datetime | None,
) -> CameraRule:
    confirmed = int(fared["confirmed"]) if fared else 0
    return CameraRule(
        site=site,
        camera=DeviceCode(key[0]),
        what=EventType(key[1]),
        confirmed=confirmed,
        rejected=int(fared["judged"]) - confirmed if fared else 0,
        muted_at=muted_at,
    )
