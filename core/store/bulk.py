"""Inserting many rows in one statement: what a storm of events is made of.

SQLAlchemy binds each value of each row, and psycopg sends each row by itself: together that is
most of what an event costs. Here SQLite gets plain tuples, and PostgreSQL a COPY; where it shall
absorb what it has, which COPY cannot, one JSON document of rows.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, CursorResult, Table
from sqlalchemy.exc import DBAPIError

from core.errors import NotReadable
from core.store.types import Document, UtcDateTime

Row = Mapping[str, Any]


def add(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows in their order; each has a value for the same columns.

    :raises NotReadable: a moment says no offset, or on PostgreSQL a text that UTF-8 cannot hold.
    """
    if rows:
        names = list(rows[0])
        add_values(connection, table, names, map(itemgetter(*names), rows))


def add_values(
    connection: Connection, table: Table, names: list[str], rows: Iterable[Iterable[Any]]
) -> None:
    """Insert rows that say no names: the values of these columns, in this order, at least two.

    :raises NotReadable: as ``add``.
    """
    on_postgresql = connection.dialect.name == "postgresql"
    values = _turned(table, names, rows, "+00" if on_postgresql else "")
    if values and on_postgresql:
        _copy(connection, table, names, values)
    elif values:
        connection.exec_driver_sql(_inserting(table, names), values)


def add_new(
    connection: Connection, table: Table, rows: Sequence[Row], *, key: Sequence[str]
) -> Collection[tuple[Any, ...]]:
    """Insert the rows whose ``key`` is not there yet; return their keys.

    ``table`` counts its rows in ``seq``. On SQLite nobody else writes meanwhile, so what is
    above the last number is ours.
    """
    if not rows:
        return ()
    absorbing = f" ON CONFLICT ({', '.join(key)}) DO NOTHING"
    returned = ", ".join(key)
    if connection.dialect.name == "postgresql":
        found = _insert(connection, table, rows, f"{absorbing} RETURNING {returned}")
        return {tuple(row) for row in found}
    last = connection.exec_driver_sql(
        f"SELECT coalesce(max(seq), 0) FROM {table.name}"  # noqa: S608 - names of our own tables
    ).scalar_one()
    if _insert(connection, table, rows, absorbing).rowcount == len(rows):
        return set(map(itemgetter(*key), rows))
    found = connection.exec_driver_sql(
        f"SELECT {returned} FROM {table.name} WHERE seq > ?",  # noqa: S608 - likewise
        (last,),
    )
    return {tuple(row) for row in found}


def change(
    connection: Connection,
    table: Table,
    rows: Sequence[Row],
    *,
    key: Sequence[str],
) -> None:
    """Set the other columns of the rows that these keys name; each has the same columns.

    :raises NotReadable: a moment says no offset.
    """
    if not rows:
        return
    names = list(rows[0])
    values = [name for name in names if name not in key]
    if connection.dialect.name == "postgresql":
        typed = _typed(connection, table, names)
        connection.exec_driver_sql(
            f"UPDATE {table.name} AS old SET "  # noqa: S608 - names of our own tables
            + ", ".join(f'"{name}" = new."{name}"' for name in values)
            + f" FROM json_to_recordset(%s::json) AS new ({typed}) WHERE "
            + " AND ".join(f'old."{name}" = new."{name}"' for name in key),
            (json.dumps(rows, default=_plain),),
        )
        return
    connection.exec_driver_sql(
        f"UPDATE {table.name} SET "  # noqa: S608 - likewise
        + ", ".join(f'"{name}" = ?' for name in values)
        + " WHERE "
        + " AND ".join(f'"{name}" = ?' for name in key),
        _turned(table, [*values, *key], map(itemgetter(*values, *key), rows)),
    )


def _typed(connection: Connection, table: Table, names: Sequence[str]) -> str:
    """Return columns with their types: to read these alone, not a whole row of the table."""
    kinds = ((name, table.c[name].type.compile(connection.dialect)) for name in names)
    return ", ".join(f'"{name}" {kind}' for name, kind in kinds)


def _insert(
    connection: Connection, table: Table, rows: Sequence[Row], then: str
) -> CursorResult[Any]:
    names = list(rows[0])
    quoted = ", ".join(f'"{name}"' for name in names)
    if connection.dialect.name == "postgresql":
        return connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({quoted}) SELECT {quoted}"  # noqa: S608 - likewise
            f" FROM json_populate_recordset(NULL::{table.name}, %s::json){then}",
            (json.dumps(rows, default=_plain),),
        )
    return connection.exec_driver_sql(
        _inserting(table, names) + then, _turned(table, names, map(itemgetter(*names), rows))
    )


def _inserting(table: Table, names: list[str]) -> str:
    quoted = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" for _ in names)
    return f"INSERT INTO {table.name} ({quoted}) VALUES ({marks})"  # noqa: S608 - likewise


def _copy(
    connection: Connection, table: Table, names: list[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Send rows by COPY; psycopg writes its form.

    :raises NotReadable: a text that UTF-8 cannot hold.
    :raises DBAPIError: as SQLAlchemy would have raised it.
    """
    quoted = ", ".join(f'"{name}"' for name in names)
    statement = f"COPY {table.name} ({quoted}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    error = connection.dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except UnicodeEncodeError:
        raise NotReadable(f"a text of {table.name} cannot be written as UTF-8") from None
    except error as problem:
        raise DBAPIError.instance(
            statement, None, problem, error, dialect=connection.dialect
        ) from problem


def _turned(
    table: Table, names: list[str], rows: Iterable[Iterable[Any]], offset: str = ""
) -> list[tuple[Any, ...]]:
    """Return the rows in texts and numbers, as SQLAlchemy would have bound them on SQLite.

    ``offset`` is written behind each moment, where the server would not take it for UTC.
    """
    texts: dict[object, Callable[[Any], str]] = {
        _moment: _Moments(offset).__getitem__,
        json.dumps: _Documents().text,
    }
    turned = [
        (at, texts.get(turn, turn))
        for at, name in enumerate(names)
        if (turn := _turn(table, name)) is not None
    ]
    found = []
    for row in rows:
        kept = list(row)
        for at, turn in turned:
            value = kept[at]
            if value is not None:
                kept[at] = turn(value)
        found.append(tuple(kept))
    return found


class _Moments(dict[datetime, str]):
    """Texts of moments: rows of one batch name the same few again and again."""

    def __init__(self, offset: str) -> None:
        super().__init__()
        self._offset = offset

    def __missing__(self, at: datetime) -> str:
        text = self[at] = _moment(at) + self._offset
        return text


class _Documents:
    """Texts of documents: where rows share one, it is written once. The rows keep it alive."""

    def __init__(self) -> None:
        self._texts: dict[int, str] = {}

    def text(self, document: object) -> str:
        known = self._texts.get(id(document))
        if known is None:
            known = self._texts[id(document)] = json.dumps(document)
        return known


def _turn(table: Table, name: str) -> Callable[[Any], str] | None:
    kind = table.c[name].type
    if isinstance(kind, UtcDateTime):
        return _moment
    if kind is Document:
        return json.dumps
    return date.isoformat if kind.python_type is date else None


def _moment(at: datetime) -> str:
    """Return a moment as SQLAlchemy writes it into SQLite: in UTC, without saying so."""
    return _utc(at).isoformat(" ", "microseconds")[:26]


def _plain(value: object) -> str:
    """Return what JSON does not know as PostgreSQL reads it."""
    if isinstance(value, datetime):
        return _utc(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not stored so")


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise NotReadable(f"{at.isoformat()} has no offset")
    return at if at.tzinfo is UTC else at.astimezone(UTC)
