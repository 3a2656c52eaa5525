"""A number among thousands of others, sent as one value.

``IN`` with a mark for each number costs more to write and to read than to answer. Here they are
one text that the database takes apart, and the statement is the same however many there are.
"""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import FunctionElement


class _Each(FunctionElement[int]):
    """Numbers with commas between them, as rows of one column ``value``."""

    inherit_cache = True


def among(column: ColumnElement[Any], numbers: Iterable[int]) -> ColumnElement[bool]:
    """Say that a column of numbers is one of these.

    A true ``IN``: a function that says yes or no is compared with 1 on SQLite, and then no index
    is used.
    """
    return _among(column, sa.literal(text(numbers), sa.Text()))


def among_bound(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Say so of numbers that come later, by this name: as the ``text`` of them."""
    return _among(column, sa.bindparam(name, type_=sa.Text()))


def text(numbers: Iterable[int]) -> str:
    """Return numbers as they are sent."""
    return ",".join(map(str, sorted(set(numbers))))


def _among(column: ColumnElement[Any], sent: sa.BindParameter[str]) -> ColumnElement[bool]:
    value: sa.ColumnClause[int] = sa.column("value", sa.BigInteger())
    return column.in_(sa.select(value).select_from(_Each(sent)))


@compiles(_Each, "sqlite")
def _sqlite(element: _Each, compiler: SQLCompiler, **kw: Any) -> str:
    (sent,) = (compiler.process(one, **kw) for one in element.clauses)
    return f"json_each('[' || {sent} || ']')"


@compiles(_Each, "postgresql")
def _postgresql(element: _Each, compiler: SQLCompiler, **kw: Any) -> str:
    (sent,) = (compiler.process(one, **kw) for one in element.clauses)
    # Not "= ANY": while a table is not analysed yet, each of its rows is compared with each number.
    return f"unnest(CAST('{{' || {sent} || '}}' AS BIGINT[])) AS value"
