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
    insert = _insert(connection, table)
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


def accumulate(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    add: Collection[str],
) -> None:
    """Insert rows; where the primary key is there already, add the columns ``add`` to it."""
    if not rows:
        return
    insert = _insert(connection, table)
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=[column.name for column in table.primary_key],
            set_={name: table.c[name] + insert.excluded[name] for name in add},
        ),
        list(rows),
    )


def _insert(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
