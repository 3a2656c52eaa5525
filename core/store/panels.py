"""The five panels (五.2(3)): who answers for each, and when he last went through it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.month import Panel
from core.facts.people import PersonCode
from core.store import tables
from core.store.upsert import upsert

_t = tables.panel


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Who answers for a panel, and what he last made of it."""

    panel: Panel
    owner: PersonCode | None = None
    reviewed_at: datetime | None = None
    reviewed_by: PersonCode | None = None
    words: str | None = None


class Panels:
    """Every SQL statement about a panel."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def all(self, site: SiteCode) -> list[Kept]:
        """Return the five panels in the scheme's order; nobody answers for one nobody assigned."""
        rows = self._connection.execute(sa.select(_t).where(_t.c.site == site))
        kept = {row.panel: row for row in rows}
        return [
            Kept(
                panel=panel,
                owner=kept[panel].owner,
                reviewed_at=kept[panel].reviewed_at,
                reviewed_by=kept[panel].reviewed_by,
                words=kept[panel].words,
            )
            if panel in kept
            else Kept(panel=panel)
            for panel in Panel
        ]

    def find(self, site: SiteCode, panel: Panel) -> Kept:
        """Return one panel."""
        return next(one for one in self.all(site) if one.panel is panel)

    def change(self, site: SiteCode, panel: Panel, **values: Any) -> None:
        """Set columns of a panel."""
        row = {"site": site, "panel": panel.value, **values}
        upsert(self._connection, _t, [row], update=list(values))
