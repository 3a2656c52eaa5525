"""Floor plans, and where devices hang on them."""

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.device import DeviceCode, SiteCode
from core.facts.plan import Plan, PlanCode, Spot
from core.store import tables
from core.store.upsert import upsert

_plan, _spot = tables.plan, tables.plan_spot


class Plans:
    """Every SQL statement about a plan or a spot on it."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def all(self, site: SiteCode) -> list[Plan]:
        """Return all plans, by code."""
        query = sa.select(_plan).where(_plan.c.site == site).order_by(_plan.c.code)
        spots = self._spots(_spot.c.site == site)
        return [_fact(row, spots[row.code]) for row in self._connection.execute(query)]

    def find(self, site: SiteCode, code: PlanCode) -> Plan:
        """Return one plan.

        :raises NotFound: no such plan at this site.
        """
        query = sa.select(_plan).where(_plan.c.site == site, _plan.c.code == code)
        row = self._connection.execute(query).first()
        if row is None:
            raise NotFound(f"plan {code!r} is not known here")
        return _fact(row, self._spots(_spot.c.site == site, _spot.c.plan == code)[code])

    def write(self, plan: Plan) -> None:
        """Let a plan be this from now on, with exactly these spots."""
        upsert(
            self._connection,
            _plan,
            [
                {
                    "site": plan.site,
                    "code": plan.code,
                    "name": plan.name,
                    "sha256": plan.sha256,
                    "media_type": plan.media_type,
                    "width": plan.width,
                    "height": plan.height,
                }
            ],
        )
        self._clear(plan.site, plan.code)
        upsert(
            self._connection,
            _spot,
            [
                {"site": plan.site, "plan": plan.code, "device": device, "x": at.x, "y": at.y}
                for device, at in sorted(plan.spots.items())
            ],
        )

    def remove(self, site: SiteCode, code: PlanCode) -> None:
        """Forget a plan; its drawing stays in the store of pictures."""
        self._clear(site, code)
        self._connection.execute(sa.delete(_plan).where(_plan.c.site == site, _plan.c.code == code))

    def _clear(self, site: SiteCode, code: PlanCode) -> None:
        self._connection.execute(sa.delete(_spot).where(_spot.c.site == site, _spot.c.plan == code))

    def _spots(self, *which: sa.ColumnElement[bool]) -> dict[str, dict[DeviceCode, Spot]]:
        found: dict[str, dict[DeviceCode, Spot]] = defaultdict(dict)
        for row in self._connection.execute(
            sa.select(_spot).where(*which).order_by(_spot.c.device)
        ):
            found[row.plan][DeviceCode(row.device)] = Spot(x=row.x, y=row.y)
        return found


def _fact(row: Any, spots: dict[DeviceCode, Spot]) -> Plan:
    return Plan(
        site=SiteCode(row.site),
        code=PlanCode(row.code),
        name=row.name,
        sha256=row.sha256,
        media_type=row.media_type,
        width=row.width,
        height=row.height,
        spots=spots,
    )
