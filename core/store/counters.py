"""Numbers that people say to each other: counted per site, without gaps by design."""

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from core.facts.device import SiteCode
from core.store import tables


def take(connection: Connection, site: SiteCode, name: str, *, many: int = 1) -> range:
    """Take the next ``many`` numbers of a counter; they are used or rolled back together."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(tables.counter).values(site=site, name=name, value=many)
    last = connection.execute(
        statement.on_conflict_do_update(
            index_elements=["site", "name"],
            set_={"value": tables.counter.c.value + many},
        ).returning(tables.counter.c.value)
    ).scalar_one()
    return range(last - many + 1, last + 1)
