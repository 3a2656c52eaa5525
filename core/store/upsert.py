"""Insert or update, the same on SQLite and PostgreSQL."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    update: Collection[str] | None = None,
) -> None:
    """Insert rows; where the primary key is there already, update ``update``.

    None: all else; empty: nothing.
    """
    if not rows:
        return
    insert = (
        postgresql.insert(table)
        if connection.dialect.name == "postgresql"
        else sqlite.insert(table)
    )
    key = [column.name for column in table.primary_key]
    if update is not None and not update:
        connection.execute(insert.on_conflict_do_nothing(index_elements=key), list(rows))
        return
    names = [name for name in (rows[0] if update is None else update) if name not in key]
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=key, set_={name: insert.excluded[name] for name in names}
        ),
        list(rows),
    )
