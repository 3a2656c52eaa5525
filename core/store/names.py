"""What people, units, places and devices are called, all at once."""

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.store import plain, tables

_NAMED = ("person", "unit", "place", "device")
_site: sa.BindParameter[str] = sa.bindparam("site")
_NAMES = sa.union_all(
    *(
        sa.select(sa.literal_column(f"'{name}'"), table.c.code, table.c.name).where(
            table.c.site == _site
        )
        for name in _NAMED
        for table in (tables.metadata.tables[name],)
    )
)


class Names:
    """The one SQL statement that reads names and nothing else."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def of(self, site: SiteCode) -> dict[str, dict[str, str]]:
        """Return the names of a site by code: of each person, unit, place and device."""
        found: dict[str, dict[str, str]] = {name: {} for name in _NAMED}
        for what, code, name in plain.rows(self._connection, _NAMES, {"site": site}):
            found[what][code] = name
        return found
