"""How rows of a table become people, units and places: each mistake by row and reason, pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from core.facts.people import Person, PersonCode, Role, Unit, UnitCode, UnitKind
from core.facts.place import Place, PlaceCode

Row = Mapping[str, str]
Fact = TypeVar("Fact", Person, Unit, Place)


class ImportKind(StrEnum):
    """What a table holds."""

    PEOPLE = "people"  # 人员
    UNITS = "units"  # 单位
    PLACES = "places"  # 地点


#: The columns of each table: what must stand there, then what may.
COLUMNS: Mapping[ImportKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    ImportKind.PEOPLE: (("code", "name", "unit", "roles"), ("phone", "active")),
    ImportKind.UNITS: (("code", "name", "kind"), ("retired",)),
    ImportKind.PLACES: (("code", "name"), ("parent", "retired")),
}

#: Headings as an office writes them.
CHINESE: Mapping[str, str] = {
    "code": "编号",
    "name": "名称",
    "unit": "单位",
    "roles": "角色",
    "phone": "电话",
    "active": "在岗",
    "kind": "类别",
    "retired": "停用",
    "parent": "上级",
}
_HEADINGS = {word: name for name, word in CHINESE.items()} | {"姓名": "name"}
#: Roles and kinds as an office writes them, beside their codes.
ROLES: Mapping[str, Role] = {
    "安管员": Role.GUARD,
    "班长": Role.SQUAD_LEADER,
    "队长": Role.CAPTAIN,
    "清洁员": Role.CLEANER,
    "维修员": Role.ENGINEER,
    "现场负责人": Role.ON_SITE_SUPERVISOR,
    "监控值班员": Role.OPERATOR,
    "客服": Role.DESK_AGENT,
    "综合组主管": Role.GENERAL_GROUP_SUPERVISOR,
    "管理处主任": Role.DIRECTOR,
    "系统管理员": Role.ADMINISTRATOR,
}
KINDS: Mapping[str, UnitKind] = {"管理处": UnitKind.OFFICE, "分包单位": UnitKind.SUBCONTRACTOR}
_YES, _NO = {"yes", "true", "1", "是"}, {"no", "false", "0", "否"}
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,64}\Z")
_LINE = re.compile(r"[^\x00-\x1f\x7f]{1,200}\Z")


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


def heading(said: str) -> str | None:
    """Return which column a heading names, in either language; None: none of ours."""
    plain = said.strip().lower()
    return _HEADINGS.get(plain, plain if plain in CHINESE else None)


def columns(kind: ImportKind, cells: Sequence[str], row: int) -> tuple[list[str], list[Mistake]]:
    """Return the names of a table's columns, and what is wrong with its headings."""
    needed, more = COLUMNS[kind]
    names, mistakes = [], []
    for said in cells:
        name = heading(said)
        if name not in (*needed, *more):
            mistakes.append(Mistake(row=row, column=said[:64], reason="no such column"))
        elif name in names:
            mistakes.append(Mistake(row=row, column=said[:64], reason="the column stands twice"))
        names.append(name or "")
    lacking = [name for name in needed if name not in names]
    mistakes += [Mistake(row=row, column=name, reason="the column is missing") for name in lacking]
    return names, mistakes


def person(row: Row, was: Person | None) -> Person:
    """Return the person of a row; a column that is not there leaves what was.

    :raises Wrong: a cell that cannot be taken.
    """
    roles = [one for one in re.split(r"[\s,;、，；]+", row["roles"]) if one]
    return Person(
        code=PersonCode(_code(row, "code")),
        name=_line(row, "name"),
        unit=UnitCode(_code(row, "unit")),
        roles=frozenset(_one_of(one, "roles", ROLES, Role) for one in roles),
        phone=_phone(row) if "phone" in row else (was.phone if was else None),
        active=_flag(row, "active", otherwise=was.active if was else True),
    )


def unit(row: Row, was: Unit | None) -> Unit:
    """Return the unit of a row. :raises Wrong: a cell that cannot be taken."""
    return Unit(
        code=UnitCode(_code(row, "code")),
        name=_line(row, "name"),
        kind=_one_of(row["kind"], "kind", KINDS, UnitKind),
        retired=_flag(row, "retired", otherwise=was.retired if was else False),
    )


def place(row: Row, was: Place | None) -> Place:
    """Return the place of a row. :raises Wrong: a cell that cannot be taken."""
    parent = was.parent if was and "parent" not in row else None
    return Place(
        code=PlaceCode(_code(row, "code")),
        name=_line(row, "name"),
        parent=PlaceCode(_code(row, "parent")) if row.get("parent") else parent,
        retired=_flag(row, "retired", otherwise=was.retired if was else False),
    )


_Word = TypeVar("_Word", bound=StrEnum)


def _one_of(
    said: str, column: str, words: Mapping[str, _Word], codes: Callable[[str], _Word]
) -> _Word:
    try:
        return words.get(said) or codes(said)
    except ValueError:
        raise Wrong(column, f"{said[:64]!r} is none of {', '.join(words)}") from None


def _code(row: Row, column: str) -> str:
    if not _CODE.match(row[column]):
        raise Wrong(column, "must be 1 to 64 of A-Z a-z 0-9 _ . -")
    return row[column]


def _line(row: Row, column: str) -> str:
    if not _LINE.match(row[column]):
        raise Wrong(column, "must be 1 to 200 characters, none of them a control character")
    return row[column]


def _phone(row: Row) -> str | None:
    if len(row["phone"]) > 64:
        raise Wrong("phone", "must be at most 64 characters")
    return _line(row, "phone") if row["phone"] else None


def _flag(row: Row, column: str, *, otherwise: bool) -> bool:
    said = row.get(column, "").lower()
    if not said:
        return otherwise
    if said not in _YES | _NO:
        raise Wrong(column, "must be yes or no, 是 or 否")
    return said in _YES
