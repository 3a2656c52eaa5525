"""What a table would do, told row by row before it is done; with one mistake nothing is done."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.facts.device import SiteCode
from core.facts.journal import Imported
from core.facts.people import PersonCode
from core.sheets import reading
from core.sheets.cells import Columns, Mistake, Row
from core.store.journal import THE_SITE
from core.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A row that changes something: what stood there, and what would."""

    #: None: no row says it; it is gone because it stands in none.
    row: int | None
    code: str
    #: None: nothing of this code was known.
    before: Mapping[str, object] | None
    #: None: it would be gone.
    after: Mapping[str, object] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a table says against what is known; with a mistake nothing of it is done."""

    rows: int
    differences: tuple[Difference, ...]
    mistakes: tuple[Mistake, ...]
    sha256: str
    done: bool


class Undone(Exception):
    """A table was only tried: ``outcome`` says what it would do, or what is wrong with it."""

    def __init__(self, outcome: Outcome) -> None:
        """Carry what was found out of the unit of work, which is taken back."""
        super().__init__("a table was only tried")
        self.outcome = replace(outcome, done=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A table's rows by the names of its columns, and what is wrong with it so far."""

    rows: tuple[tuple[int, Row], ...]
    mistakes: tuple[Mistake, ...]
    sha256: str
    #: How many rows it has, good or bad.
    many: int

    def outcome(
        self, differences: Iterable[Difference], mistakes: Iterable[Mistake] = ()
    ) -> Outcome:
        """Return what the table comes to, its mistakes and ``mistakes`` in order of the rows."""
        wrong = sorted((*self.mistakes, *mistakes), key=lambda one: one.row)
        changed = sorted(differences, key=lambda one: (one.row is None, one.row or 0))
        return Outcome(
            rows=self.many,
            differences=tuple(changed),
            mistakes=tuple(wrong),
            sha256=self.sha256,
            done=not wrong,
        )


def opened(
    content: bytes,
    columns: Columns,
    *,
    most: int = reading.MOST_ROWS,
    letters: int = reading.MOST_LETTERS,
) -> Opened:
    """Read a table whose headings are known.

    :raises NotReadable: no table that can be read.
    """
    lines, sha256 = lines_of(content, most=most, letters=letters)
    if not lines:
        return nothing(sha256)
    names, mistakes = columns.read(lines[0].cells, lines[0].number)
    rows = [] if mistakes else rows_of(lines[1:], names, mistakes)
    return Opened(rows=tuple(rows), mistakes=tuple(mistakes), sha256=sha256, many=len(lines) - 1)


def lines_of(
    content: bytes, *, most: int = reading.MOST_ROWS, letters: int = reading.MOST_LETTERS
) -> tuple[list[reading.Line], str]:
    """Return a table's lines, headings first, and its digest.

    :raises NotReadable: no table that can be read.
    """
    return reading.read(content, most=most, letters=letters), hashlib.sha256(content).hexdigest()


def nothing(sha256: str) -> Opened:
    """Return a table in which nothing stands: that is a mistake."""
    empty = Mistake(row=1, column=None, reason="the table is empty")
    return Opened(rows=(), mistakes=(empty,), sha256=sha256, many=0)


def rows_of(
    lines: Iterable[reading.Line], names: Sequence[str], mistakes: list[Mistake]
) -> list[tuple[int, Row]]:
    """Return lines by the names of their columns; what lives or stands outside is a mistake."""
    found: list[tuple[int, Row]] = []
    for line in lines:
        for at in sorted(line.formulas):
            column = names[at] if at < len(names) else None
            mistakes.append(
                Mistake(row=line.number, column=column, reason="a formula: write its value")
            )
        if any(line.cells[len(names) :]):
            reason = "more cells than headings"
            mistakes.append(Mistake(row=line.number, column=None, reason=reason))
        if not line.formulas:
            filled = (*line.cells, *[""] * len(names))
            found.append((line.number, dict(zip(names, filled, strict=False))))
    return found


def twice(rows: Iterable[tuple[int, str]], *, column: str) -> list[Mistake]:
    """Return a mistake for each row whose name stands in a row above it."""
    first: dict[str, int] = {}
    mistakes = []
    for row, name in rows:
        if name in first:
            reason = f"{name!r} stands in row {first[name]} already"
            mistakes.append(Mistake(row=row, column=column, reason=reason))
        first.setdefault(name, row)
    return mistakes


def concluded(
    store: Store,
    outcome: Outcome,
    *,
    site: SiteCode,
    of: str,
    by: PersonCode,
    now: datetime,
    dry: bool,
) -> Outcome:
    """Let what was tried stand and say so in the journal, or take it back.

    :raises Undone: a dry run, or a mistake; the unit of work it ends takes back what was tried.
    """
    if dry or outcome.mistakes:
        raise Undone(outcome)
    if outcome.differences:
        entry = Imported(
            of=of, rows=outcome.rows, changed=len(outcome.differences), sha256=outcome.sha256
        )
        store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return outcome
