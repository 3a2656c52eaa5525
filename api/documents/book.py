"""A book of tables: the one form that XLSX, CSV and PDF are written from, so all say the same."""

from collections.abc import Sequence
from dataclasses import dataclass

#: Text, a number, or nothing.
Value = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table: a title, its columns, its rows."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]
    #: Columns that hold shares of one, to be shown as percentages.
    shares: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All tables of one document."""

    title: str
    #: A line below the title, and one at the end, for signatures.
    subtitle: str
    signed: str
    sheets: Sequence[Sheet]
