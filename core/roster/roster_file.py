"""Duties as a table: a line for each, or a week's grid as it hangs on the wall; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.facts.people import PersonCode
from core.facts.roster import Cell, PostCode, Row, ShiftCode
from core.roster.policy import Known
from core.sheets import cells, words
from core.sheets.cells import Columns, Mistake, Wrong

_WORDS = {
    "date": "day",
    "日期": "day",
    "岗位": "post",
    "班次": "shift",
    "name": "person",
    "人员": "person",
    "姓名": "person",
}
#: A line for each duty.
LIST = Columns(needed=("day", "post", "shift", "person"), words=_WORDS)
#: A line for each post and shift, a column for each day.
GRID = Columns(needed=("post", "shift"), words=_WORDS)

#: A row of the table, and in a grid its column.
Where = tuple[int, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """What a table says of who stands where."""

    rows: tuple[Row, ...] = ()
    #: Where each of ``rows`` stands.
    where: tuple[Where, ...] = ()
    #: The rows of the table in which a cell is spoken of, empty ones of a grid too.
    cells: Mapping[Cell, int]
    #: The days of a grid; of a list those it names.
    days: tuple[date, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Codes by what a table may call a post, a shift or a person."""

    posts: Mapping[str, str]
    shifts: Mapping[str, str]
    people: Mapping[str, str]


def names(known: Known) -> Names:
    """Return codes by name and by code; a name that two bear stands for neither."""
    return Names(
        posts=words.codes((one.code, one.name) for one in known.posts.values()),
        shifts=words.codes((one.code, one.name) for one in known.shifts.values()),
        people={code: code for code in known.people}
        | words.codes((one.code, one.name) for one in known.people.values() if one.active),
    )


def is_list(heading: Sequence[str]) -> bool:
    """Whether a table has a line for each duty and no column for each day."""
    return "day" in {LIST.heading(one) for one in heading}


def of_list(rows: Iterable[tuple[int, cells.Row]], names: Names) -> Duties:
    """Read lines of one duty each; whom they speak of is judged by ``core.roster.policy``."""
    found: list[Row] = []
    where: list[Where] = []
    mistakes: list[Mistake] = []
    for number, row in rows:
        try:
            on = cells.day(row["day"], "day")
        except Wrong as problem:
            mistakes.append(Mistake(row=number, column=problem.column, reason=str(problem)))
            continue
        found.append(_row(on, row["post"], row["shift"], row["person"], names))
        where.append((number, None))
    return Duties(
        rows=tuple(found),
        where=tuple(where),
        cells={_cell(one): number for one, (number, _) in zip(found, where, strict=True)},
        days=tuple(sorted({one.day for one in found})),
        mistakes=tuple(mistakes),
    )


def days_of(heading: Sequence[str], row: int) -> tuple[list[str], list[date], list[Mistake]]:
    """Return a grid's headings by name, dates as ISO, its days, and what is wrong with them."""
    names: list[str] = []
    days: list[date] = []
    for said in heading:
        try:
            days.append(cells.day(said, said))
            names.append(days[-1].isoformat())
        except Wrong:
            names.append(said)
    known = GRID.read([one for one in names if one not in map(str, days)], row)[1]
    if not days:
        known.append(Mistake(row=row, column=None, reason="no column for a day"))
    elif days != [days[0] + timedelta(days=n) for n in range(len(days))]:
        known.append(Mistake(row=row, column=None, reason="the days must follow one another"))
    return [GRID.heading(one) or one for one in names], days, known


def of_grid(rows: Iterable[tuple[int, cells.Row]], days: Sequence[date], names: Names) -> Duties:
    """Read a week's grid; in a cell stands who is on duty, several with commas between."""
    found: list[Row] = []
    where: list[Where] = []
    spoken: dict[Cell, int] = {}
    mistakes: list[Mistake] = []
    for number, row in rows:
        for on in days:
            empty = _row(on, row["post"], row["shift"], "", names)
            if spoken.setdefault(_cell(empty), number) != number:
                reason = f"stands in row {spoken[_cell(empty)]} already"
                mistakes.append(Mistake(row=number, column="post", reason=reason))
                break
            for person in cells.several(row[on.isoformat()]):
                found.append(_row(on, row["post"], row["shift"], person, names))
                where.append((number, on.isoformat()))
    return Duties(
        rows=tuple(found),
        where=tuple(where),
        cells=spoken,
        days=tuple(days),
        mistakes=tuple(mistakes),
    )


def _row(day: date, post: str, shift: str, person: str, names: Names) -> Row:
    return Row(
        day=day,
        post=PostCode(names.posts.get(post, post)),
        shift=ShiftCode(names.shifts.get(shift, shift)),
        person=PersonCode(names.people.get(person, person)),
    )


def _cell(row: Row) -> Cell:
    return Cell(day=row.day, post=row.post, shift=row.shift)
