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


class _Among(FunctionElement[bool]):
    """A column, and the numbers with commas between them."""

    inherit_cache = True
    type = sa.Boolean()


def among(column: ColumnElement[Any], numbers: Iterable[int]) -> ColumnElement[bool]:
    """Say that a column of numbers is one of these."""
    return _Among(column, sa.literal(",".join(map(str, sorted(set(numbers)))), sa.Text()))


@compiles(_Among, "sqlite")
def _sqlite(element: _Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, text = (compiler.process(one, **kw) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each('[' || {text} || ']'))"  # noqa: S608 - bound


@compiles(_Among, "postgresql")
def _postgresql(element: _Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, text = (compiler.process(one, **kw) for one in element.clauses)
    # Not "= ANY": while a table is not analysed yet, each of its rows is compared with each number.
    return f"{column} IN (SELECT unnest(CAST('{{' || {text} || '}}' AS BIGINT[])))"
