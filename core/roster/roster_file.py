"""A roster as a table: CSV with one line for each duty, in codes or in the names people use."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO

from core.errors import BadRoster
from core.facts.people import PersonCode
from core.facts.roster import PostCode, Row, ShiftCode
from core.roster.policy import Known

#: Headings, as offices write them.
_HEADINGS = {
    "day": "day",
    "date": "day",
    "日期": "day",
    "post": "post",
    "岗位": "post",
    "shift": "shift",
    "班次": "shift",
    "person": "person",
    "name": "person",
    "人员": "person",
    "姓名": "person",
}
_WANTED = ("day", "post", "shift", "person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The lines of a table, and what each is called in messages."""

    rows: tuple[Row, ...]
    where: tuple[str, ...]


def parse(text: str, *, known: Known) -> Table:
    """Read a table; a name that two bear must be written as a code.

    What a line speaks of is checked by ``core.roster.policy``, as for lines typed one by one.

    :raises BadRoster: no heading, or a line that is no duty; one line for each mistake.
    """
    lines = list(csv.reader(StringIO(text.removeprefix("\ufeff"))))
    columns = _columns(lines[0] if lines else [])
    codes = {
        "post": _codes((one.code, one.name) for one in known.posts.values()),
        "shift": _codes((one.code, one.name) for one in known.shifts.values()),
        "person": _codes((one.code, one.name) for one in known.people.values()),
    }
    rows: list[Row] = []
    where: list[str] = []
    mistakes: list[str] = []
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            rows.append(_row(cells, columns, codes))
            where.append(f"line {number}")
        except ValueError as problem:
            mistakes.append(f"line {number}: {problem}")
    if mistakes:
        raise BadRoster("\n".join(mistakes))
    return Table(rows=tuple(rows), where=tuple(where))


def _columns(heading: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(heading):
        name = _HEADINGS.get(cell.strip().casefold())
        if name is not None:
            found.setdefault(name, at)
    missing = [name for name in _WANTED if name not in found]
    if missing:
        raise BadRoster(f"line 1: the heading lacks {', '.join(missing)}")
    return found


def _row(
    cells: list[str], columns: Mapping[str, int], codes: Mapping[str, Mapping[str, str]]
) -> Row:
    said = {name: _cell(cells, at) for name, at in columns.items()}
    try:
        day = date.fromisoformat(said["day"].replace("/", "-"))
    except ValueError:
        raise ValueError(f"{said['day']!r} is not a date as in 2026-11-20") from None
    code = {name: codes[name].get(said[name], said[name]) for name in ("post", "shift", "person")}
    return Row(
        day=day,
        post=PostCode(code["post"]),
        shift=ShiftCode(code["shift"]),
        person=PersonCode(code["person"]),
    )


def _cell(cells: list[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""


def _codes(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return codes by name; a name of two stands for neither, a code always for itself."""
    known = list(pairs)
    times = Counter(name for _, name in known)
    return dict(_once(known, times)) | {code: code for code, _ in known}


def _once(known: list[tuple[str, str]], times: Counter[str]) -> Iterator[tuple[str, str]]:
    for code, name in known:
        if times[name] == 1:
            yield name, code
