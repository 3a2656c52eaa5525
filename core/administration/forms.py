"""How rows of a table become people, units and places: each mistake by row and reason, pure."""

import re
from collections.abc import Mapping
from enum import StrEnum

from core.facts.people import Person, PersonCode, Role, Unit, UnitCode, UnitKind
from core.facts.place import Place, PlaceCode
from core.sheets import cells
from core.sheets.cells import Columns, Row
from core.sheets.words import ROLES


class ImportKind(StrEnum):
    """What a table holds."""

    PEOPLE = "people"  # 人员
    UNITS = "units"  # 单位
    PLACES = "places"  # 地点


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
_WORDS = {word: name for name, word in CHINESE.items()} | {"姓名": "name"}
#: The columns of each table: what must stand there, then what may.
COLUMNS: Mapping[ImportKind, Columns] = {
    ImportKind.PEOPLE: Columns(
        needed=("code", "name", "unit", "roles"), more=("phone", "active"), words=_WORDS
    ),
    ImportKind.UNITS: Columns(needed=("code", "name", "kind"), more=("retired",), words=_WORDS),
    ImportKind.PLACES: Columns(needed=("code", "name"), more=("parent", "retired"), words=_WORDS),
}
#: Kinds as an office writes them, beside their codes.
KINDS: Mapping[str, UnitKind] = {"管理处": UnitKind.OFFICE, "分包单位": UnitKind.SUBCONTRACTOR}


def person(row: Row, was: Person | None) -> Person:
    """Return the person of a row; a column that is not there leaves what was.

    :raises Wrong: a cell that cannot be taken.
    """
    roles = [one for one in re.split(r"[\s,;、，；]+", row["roles"]) if one]
    return Person(
        code=PersonCode(cells.code(row, "code")),
        name=cells.line(row, "name"),
        unit=UnitCode(cells.code(row, "unit")),
        roles=frozenset(cells.one_of(one, "roles", ROLES, Role) for one in roles),
        phone=cells.short(row, "phone") if "phone" in row else (was.phone if was else None),
        active=cells.flag(row, "active", otherwise=was.active if was else True),
    )


def unit(row: Row, was: Unit | None) -> Unit:
    """Return the unit of a row. :raises Wrong: a cell that cannot be taken."""
    return Unit(
        code=UnitCode(cells.code(row, "code")),
        name=cells.line(row, "name"),
        kind=cells.one_of(row["kind"], "kind", KINDS, UnitKind),
        retired=cells.flag(row, "retired", otherwise=was.retired if was else False),
    )


def place(row: Row, was: Place | None) -> Place:
    """Return the place of a row. :raises Wrong: a cell that cannot be taken."""
    parent = was.parent if was and "parent" not in row else None
    return Place(
        code=PlaceCode(cells.code(row, "code")),
        name=cells.line(row, "name"),
        parent=PlaceCode(cells.code(row, "parent")) if row.get("parent") else parent,
        retired=cells.flag(row, "retired", otherwise=was.retired if was else False),
    )
