"""Every number opens its issues: which facts and occurrences a cell is made of. Pure.

Membership is asked of the same functions that add up the sums, so the list is as long as the
number says.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from core.errors import NotFound
from core.facts.issue import IssueNumber
from core.facts.month import (
    OF_CUSTOMERS,
    OF_ISSUES,
    OF_OCCURRENCES,
    OF_PROMISES,
    IssueFact,
    Occurrence,
    Row,
)
from core.statistics import counting
from core.statistics.month import ANSWERS, PARTS

_DIMENSIONS = frozenset({"all", "device", *PARTS})
_VALUES = frozenset({"acceptance", "hop", "load", *ANSWERS})
#: Two measures in one: what the found-first rate divides (一.1).
FOUND_FIRST = "found_first"
_FOUND_FIRST = ("found_staff", "found_device")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A sum of a row."""

    dimension: str
    measure: str
    key: str

    @property
    def of_occurrences(self) -> bool:
        """Whether occurrences are counted and not issues."""
        return self.measure in {*OF_OCCURRENCES, *OF_PROMISES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """Values of a group; with a limit, those within it."""

    measure: str
    group: str
    limit: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What came in one span of ten minutes."""

    span: int
    operator: str


Cell = Sum | Within | Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One of what a number counts."""

    #: 0: it is about the site, not one issue.
    issue: IssueNumber
    #: When it was reported, or when it occurred.
    at: datetime
    #: The value, where the number counts values.
    seconds: int | None = None


def parse(text: str) -> Cell:
    """Return the cell that a text names.

    :raises NotFound: no report has such a cell.
    """
    first, _, more = text.partition(".")
    second, *rest = more.split(".", 2)
    if first == "t" and len(rest) == 2 and second in _VALUES:
        limit, group = rest
        if limit == "-" or (limit.isdecimal() and len(limit) < 10):
            return Within(
                measure=second, group=unquote(group), limit=None if limit == "-" else int(limit)
            )
    if first == "s" and rest and second.isdecimal() and len(second) < 12:
        return Span(span=int(second), operator=unquote(".".join(rest)))
    known = {FOUND_FIRST, *OF_ISSUES, *OF_OCCURRENCES, *OF_CUSTOMERS, *OF_PROMISES}
    if first in _DIMENSIONS and second in known and rest:
        return Sum(dimension=first, measure=second, key=unquote(".".join(rest)))
    raise NotFound(f"no month has a number {text[:200]!r}")


def occurred(cell: Sum, occurrences: Iterable[Occurrence]) -> list[Item]:
    """Return the occurrences that a number counts, in the order of the journal."""
    return [
        Item(issue=one.issue, at=one.at)
        for one in occurrences
        if one.measure == cell.measure
        and Row(one.month, cell.dimension, cell.key) in counting.rows_of(one)
    ]


def items(cell: Cell, facts: Sequence[IssueFact]) -> list[Item]:
    """Return the issues that a number counts, by number; each value is an item of its own."""
    if isinstance(cell, Within):
        return [
            Item(issue=fact.issue, at=fact.reported_at, seconds=value)
            for fact in facts
            for of, value in counting.values(fact)
            if of.measure == cell.measure
            and of.group == cell.group
            and (cell.limit is None or value <= cell.limit)
        ]
    if isinstance(cell, Span):
        return [
            Item(issue=fact.issue, at=fact.reported_at)
            for fact in facts
            for of, value in counting.values(fact)
            if of.measure == "load" and of.group == cell.operator and value == cell.span
        ]
    if cell.measure in OF_CUSTOMERS:
        return _customers(cell, facts)
    wanted = _FOUND_FIRST if cell.measure == FOUND_FIRST else (cell.measure,)
    return [
        Item(issue=fact.issue, at=fact.reported_at)
        for fact in facts
        if _in_row(cell, fact) and any(name in counting.measures(fact) for name in wanted)
    ]


def narrowing(cell: Cell) -> dict[str, str | None]:
    """Return which column of the facts a cell narrows to, so that the store reads fewer."""
    if not isinstance(cell, Sum):
        return {}
    if cell.dimension in {"all", "cause", "outcome"}:
        return {}
    return {cell.dimension: cell.key or None}


def _in_row(cell: Sum, fact: IssueFact) -> bool:
    return Row(fact.month, cell.dimension, cell.key) in counting.rows(fact)


def _customers(cell: Sum, facts: Sequence[IssueFact]) -> list[Item]:
    """Return each customer once, by his first issue: of repeaters the first that repeats."""
    row_of = Row(facts[0].month, cell.dimension, cell.key) if facts else None
    seen: set[str] = set()
    found: list[Item] = []
    for fact in facts:
        if row_of not in counting.customer_rows(fact) or fact.customer in seen:
            continue
        if cell.measure == "repeaters" and not fact.repeat:
            continue
        assert fact.customer is not None
        seen.add(fact.customer)
        found.append(Item(issue=fact.issue, at=fact.reported_at))
    return found
