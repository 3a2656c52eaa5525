"""Headings and cells of a table in either language: each mistake by row and reason, pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

Row = Mapping[str, str]
_Word = TypeVar("_Word", bound=StrEnum)

_YES, _NO = {"yes", "true", "1", "是"}, {"no", "false", "0", "否"}
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,64}\Z")
_LINE = re.compile(r"[^\x00-\x1f\x7f]{1,200}\Z")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?\Z")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::00)?\Z")
_BETWEEN = re.compile(r"[;、,，；/\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What a table has: what must stand there, what may, and what an office calls each."""

    needed: tuple[str, ...]
    more: tuple[str, ...] = ()
    words: Mapping[str, str]

    @property
    def all(self) -> tuple[str, ...]:
        """Every column, in the order in which a table is handed out."""
        return (*self.needed, *self.more)

    def heading(self, said: str) -> str | None:
        """Return which column a heading names, in either language; None: none of ours."""
        plain = said.strip().lower()
        name = self.words.get(plain, plain)
        return name if name in self.all else None

    def read(self, cells: Sequence[str], row: int) -> tuple[list[str], list["Mistake"]]:
        """Return the names of a table's columns, and what is wrong with its headings."""
        names: list[str] = []
        mistakes: list[Mistake] = []
        for said in cells:
            name = self.heading(said)
            if name is None:
                mistakes.append(Mistake(row=row, column=said[:64], reason="no such column"))
            elif name in names:
                mistakes.append(
                    Mistake(row=row, column=said[:64], reason="the column stands twice")
                )
            names.append(name or "")
        lacking = [name for name in self.needed if name not in names]
        mistakes += [
            Mistake(row=row, column=name, reason="the column is missing") for name in lacking
        ]
        return names, mistakes


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """What is wrong in a row, and in which column if in one."""

    row: int
    column: str | None
    reason: str


class Wrong(ValueError):
    """A cell that cannot be taken: which column, and why."""

    def __init__(self, column: str, reason: str) -> None:
        """Say which column, and why."""
        super().__init__(reason)
        self.column = column
        #: In which row, where more than one makes up what was read.
        self.row: int | None = None


def one_of(
    said: str, column: str, words: Mapping[str, _Word], codes: Callable[[str], _Word]
) -> _Word:
    """Return what a word or code stands for. :raises Wrong: for nothing."""
    try:
        return words.get(said) or codes(said)
    except ValueError:
        raise Wrong(column, f"{said[:64]!r} is none of {', '.join(words)}") from None


def code(row: Row, column: str) -> str:
    """Return a code. :raises Wrong: it is none."""
    if not _CODE.match(row[column]):
        raise Wrong(column, "must be 1 to 64 of A-Z a-z 0-9 _ . -")
    return row[column]


def line(row: Row, column: str) -> str:
    """Return one line of text. :raises Wrong: empty, too long, or not one line."""
    if not _LINE.match(row[column]):
        raise Wrong(column, "must be 1 to 200 characters, none of them a control character")
    return row[column]


def short(row: Row, column: str) -> str | None:
    """Return one line of at most 64 characters; None: the cell is empty. :raises Wrong: longer."""
    if len(row.get(column, "")) > 64:
        raise Wrong(column, "must be at most 64 characters")
    return line(row, column) if row.get(column) else None


def flag(row: Row, column: str, *, otherwise: bool) -> bool:
    """Return yes or no; ``otherwise`` where the cell is empty. :raises Wrong: something else."""
    said = row.get(column, "").lower()
    if not said:
        return otherwise
    if said not in _YES | _NO:
        raise Wrong(column, "must be yes or no, 是 or 否")
    return said in _YES


def several(said: str) -> list[str]:
    """Return what stands in a cell that holds several, parted as people do."""
    return [one.strip() for one in _BETWEEN.split(said) if one.strip()]


def day(said: str, column: str) -> date:
    """Return a date as people and spreadsheets write it. :raises Wrong: it is none."""
    found = _DAY.match(said)
    try:
        if found is not None:
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        pass
    raise Wrong(column, "must be a date as in 2026-11-20")


def clock(said: str, column: str) -> str:
    """Return a time of day, ``08:00``. :raises Wrong: it is none."""
    if _CLOCK.match(said):
        hours, minutes = (int(part) for part in said.split(":")[:2])
        if hours < 24 and minutes < 60:
            return f"{hours:02}:{minutes:02}"
    raise Wrong(column, "must be a time as in 08:00")


def civil(said: str, column: str) -> datetime:
    """Return a day and time of a clock that is not said. :raises Wrong: it is none."""
    on, _, at = said.replace("T", " ").partition(" ")
    try:
        return datetime.fromisoformat(f"{day(on, column)} {clock(at, column)}")
    except Wrong:
        raise Wrong(column, "must be day and time as in 2026-11-20 08:00") from None
