"""How rows of a table become customers: a row for each of his places, pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from core.facts.customer import Customer, CustomerCode, Home, Living, digits
from core.facts.place import PlaceCode
from core.sheets import cells
from core.sheets.cells import Columns, Row, Wrong

#: Living as an office writes it, beside the codes.
LIVING: Mapping[str, Living] = {
    "业主": Living.OWNER,
    "租户": Living.TENANT,
    "租客": Living.TENANT,
    "住户": Living.RESIDENT,
    "在此工作": Living.WORKER,
}
_HOME = ("door", "living", "since", "until")
COLUMNS = Columns(
    needed=("code", "name"),
    more=("phones", "place", *_HOME, "note", "active"),
    words={
        "编号": "code",
        "姓名": "name",
        "名称": "name",
        "phone": "phones",
        "电话": "phones",
        "手机": "phones",
        "地点": "place",
        "楼栋": "place",
        "单元": "place",
        "房号": "door",
        "门牌": "door",
        "身份": "living",
        "kind": "living",
        "入住": "since",
        "迁出": "until",
        "备注": "note",
        "在住": "active",
    },
)
_MOST_PHONES, _MOST_HOMES = 10, 20
#: What a spreadsheet makes of a long number that it takes for one.
_ROUNDED = re.compile(r"\d[eE]\+?\d")
_TELEPHONE = re.compile(r"[0-9+()（） .#*转-]{3,64}\Z")


#: A row and its number.
Numbered = tuple[int, Row]


def customer(
    rows: Sequence[Numbered], was: Customer | None, *, places: Mapping[str, str]
) -> Customer:
    """Return the customer of his rows; a column that is not there leaves what was.

    :param places: codes by what a table may call a place.
    :raises Wrong: a cell that cannot be taken, and in which row.
    """
    first = rows[0][1]
    found = was or Customer(code=CustomerCode(first["code"]), name="")
    with _in_row(rows[0][0]):
        if cells.short(first, "code") is None:
            raise Wrong("code", "must be 1 to 64 characters")
        found = replace(found, name=cells.line(first, "name"))
    _said(rows, "name")
    if "phones" in first:
        found = replace(found, phones=_phones(rows))
    if "place" in first:
        found = replace(found, homes=_homes(rows, places))
    if "note" in first:
        found = replace(found, note=_said(rows, "note"))
    if "active" in first:
        _said(rows, "active")
        with _in_row(rows[0][0]):
            found = replace(found, active=cells.flag(first, "active", otherwise=found.active))
    return found


def rows(one: Customer) -> list[dict[str, str]]:
    """Return a customer's rows as a table has them, one for each place."""
    said = {
        "code": str(one.code),
        "name": one.name,
        "phones": "; ".join(one.phones),
        "note": one.note,
        "active": "yes" if one.active else "no",
    }
    homes = [
        {
            "place": str(home.place),
            "door": home.door or "",
            "living": home.kind.value,
            "since": str(home.since_on or ""),
            "until": str(home.until_on or ""),
        }
        for home in one.homes
    ] or [{}]
    names = {"code": said["code"], "name": said["name"]}
    return [(names if at else said) | home for at, home in enumerate(homes)]


def said(one: Customer) -> dict[str, object]:
    """Return what a table may change of a customer, for the eye."""
    homes = [
        {
            "place": home.place,
            "door": home.door,
            "living": home.kind.value,
            "since": str(home.since_on or ""),
            "until": str(home.until_on or ""),
        }
        for home in one.homes
    ]
    return {
        "name": one.name,
        "phones": "; ".join(one.phones),
        "homes": homes,
        "note": one.note,
        "active": one.active,
    }


@contextmanager
def _in_row(row: int) -> Iterator[None]:
    try:
        yield
    except Wrong as problem:
        problem.row = row
        raise


def _phones(rows: Sequence[Numbered]) -> tuple[str, ...]:
    numbers: dict[str, str] = {}
    for at, row in rows:
        with _in_row(at):
            for one in _numbers(row):
                numbers.setdefault(digits(one), one)
            if len(numbers) > _MOST_PHONES:
                raise Wrong("phones", f"at most {_MOST_PHONES} numbers")
    return tuple(numbers.values())


def _numbers(row: Row) -> Iterator[str]:
    for said in cells.several(row["phones"]):
        if _ROUNDED.search(said):
            raise Wrong("phones", f"{said[:64]!r} was rounded by the spreadsheet: write it as text")
        if not _TELEPHONE.match(said) or not digits(said):
            raise Wrong("phones", f"{said[:64]!r} is not a telephone number")
        yield said


def _homes(rows: Sequence[Numbered], places: Mapping[str, str]) -> tuple[Home, ...]:
    homes: list[Home] = []
    for at, row in rows:
        with _in_row(at):
            home = _home(row, places)
            if home is not None and home not in homes:
                homes.append(home)
            if len(homes) > _MOST_HOMES:
                raise Wrong("place", f"at most {_MOST_HOMES} places")
    return tuple(homes)


def _home(row: Row, places: Mapping[str, str]) -> Home | None:
    if not row["place"]:
        lost = next((name for name in _HOME if row.get(name)), None)
        if lost is not None:
            raise Wrong("place", f"a place is needed: {lost} is filled in")
        return None
    place = places.get(row["place"])
    if place is None:
        raise Wrong("place", f"place {row['place'][:64]!r} is not known here")
    since, until = (cells.day(row[at], at) if row.get(at) else None for at in ("since", "until"))
    if since and until and until < since:
        raise Wrong("until", "a stay ends before it begins")
    living = row.get("living", "")
    return Home(
        place=PlaceCode(place),
        kind=cells.one_of(living, "living", LIVING, Living) if living else Living.RESIDENT,
        door=cells.short(row, "door"),
        since_on=since,
        until_on=until,
    )


def _said(rows: Sequence[Numbered], column: str) -> str:
    """Return what his first row says; another row says the same or nothing."""
    first = rows[0][1][column]
    for at, row in rows:
        with _in_row(at):
            if row[column] not in {"", first}:
                raise Wrong(column, f"differs from row {rows[0][0]}")
    return first
