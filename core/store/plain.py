"""Rows as the driver gives them.

A month's report reads tens of thousands of numbers: wrapping its rows, and building the statement
anew each time, cost more than the database takes. PostgreSQL sends them in binary: half a megabyte
of values is else written as hexadecimal digits and read again.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import URL

_DIALECTS: Mapping[str, sa.Dialect] = {
    "sqlite": sqlite.dialect(paramstyle="named"),
    "postgresql": URL.create("postgresql+psycopg").get_dialect()(),
}


def rows(
    connection: Connection, statement: sa.SelectBase, values: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    """Return the rows of a statement that lives as long as the process, with these values in it.

    Of columns that need no turning: texts, numbers and bytes.
    """
    if not connection.in_transaction():
        connection.begin()
    driver: Any = connection.connection.driver_connection
    name = connection.dialect.name
    cursor = driver.cursor(binary=True) if name == "postgresql" else driver.cursor()
    try:
        text, constants = _compiled(statement, name)
        cursor.execute(text, {**constants, **values})
        found: list[tuple[Any, ...]] = cursor.fetchall()
    finally:
        cursor.close()
    return found


@cache
def _compiled(statement: sa.SelectBase, dialect: str) -> tuple[str, Mapping[str, Any]]:
    compiled = statement.compile(dialect=_DIALECTS[dialect])
    return str(compiled), compiled.params
