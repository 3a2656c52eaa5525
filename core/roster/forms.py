"""How rows of a table become posts, shifts and absences: pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.facts.people import PersonCode, Role
from core.facts.place import PlaceCode
from core.facts.roster import Absence, Leave, Post, PostCode, Shift, ShiftCode
from core.sheets import cells
from core.sheets.cells import Columns, Row, Wrong
from core.sheets.words import ROLES


class RosterTable(StrEnum):
    """What a table of the roster holds."""

    POSTS = "posts"  # 岗位
    SHIFTS = "shifts"  # 班次
    DUTIES = "duties"  # 值班
    ABSENCES = "absences"  # 请假


POSTS = Columns(
    needed=("code", "name", "role"),
    more=("place", "least"),
    words={"编号": "code", "名称": "name", "角色": "role", "地点": "place", "最少": "least"},
)
SHIFTS = Columns(
    needed=("code", "name", "begins", "ends"),
    words={"编号": "code", "名称": "name", "开始": "begins", "结束": "ends"},
)
ABSENCES = Columns(
    needed=("person", "begins", "ends", "reason"),
    more=("deputy", "cancelled"),
    words={
        "人员": "person",
        "姓名": "person",
        "开始": "begins",
        "结束": "ends",
        "事由": "reason",
        "代理人": "deputy",
        "取消": "cancelled",
    },
)
_CODE = re.compile(r"[^\x00-\x20/\x7f]{1,64}\Z")
_MOMENT = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A row of absences: what is said, or that it does not hold any more."""

    leave: Leave
    cancelled: bool

    @property
    def key(self) -> tuple[PersonCode, datetime, datetime]:
        """Whose absence, from when until when."""
        return self.leave.person, self.leave.begins_at, self.leave.ends_at


def post(row: Row, was: Post | None, *, places: Mapping[str, str]) -> Post:
    """Return the post of a row; a column that is not there leaves what was.

    :raises Wrong: a cell that cannot be taken.
    """
    place = str(was.place) if was and was.place is not None and "place" not in row else None
    if row.get("place"):
        place = places.get(row["place"])
        if place is None:
            raise Wrong("place", f"place {row['place'][:64]!r} is not known here")
    least = row.get("least") or str(was.least if was else 1)
    if not (least.isascii() and least.isdigit() and int(least) <= 100):
        raise Wrong("least", "must be a number from 0 to 100")
    return Post(
        code=PostCode(_code(row)),
        name=cells.line(row, "name"),
        role=cells.one_of(row["role"], "role", ROLES, Role),
        place=PlaceCode(place) if place is not None else None,
        least=int(least),
    )


def shift(row: Row) -> Shift:
    """Return the shift of a row. :raises Wrong: a cell that cannot be taken."""
    begins, ends = (time.fromisoformat(cells.clock(row[at], at)) for at in ("begins", "ends"))
    return Shift(code=ShiftCode(_code(row)), name=cells.line(row, "name"), begins=begins, ends=ends)


def absence(row: Row, *, people: Mapping[str, str], zone: ZoneInfo) -> Away:
    """Return the absence of a row, its times by the site's clock. :raises Wrong: none."""
    begins, ends = (
        cells.civil(row[at], at).replace(tzinfo=zone).astimezone(UTC) for at in ("begins", "ends")
    )
    leave = Leave(
        person=_person(row, "person", people),
        begins_at=begins,
        ends_at=ends,
        deputy=_person(row, "deputy", people) if row.get("deputy") else None,
        reason=cells.line(row, "reason"),
    )
    return Away(leave=leave, cancelled=cells.flag(row, "cancelled", otherwise=False))


def of_post(one: Post) -> dict[str, object]:
    """Return what a table says of a post."""
    return {"name": one.name, "role": one.role.value, "place": one.place, "least": one.least}


def of_shift(one: Shift) -> dict[str, object]:
    """Return what a table says of a shift."""
    return {"name": one.name, "begins": f"{one.begins:%H:%M}", "ends": f"{one.ends:%H:%M}"}


def of_absence(one: Absence | Leave, zone: ZoneInfo) -> dict[str, object]:
    """Return what a table says of an absence."""
    return {
        "person": one.person,
        "begins": one.begins_at.astimezone(zone).strftime(_MOMENT),
        "ends": one.ends_at.astimezone(zone).strftime(_MOMENT),
        "reason": one.reason,
        "deputy": one.deputy,
    }


def _code(row: Row) -> str:
    if not _CODE.match(row["code"]):
        raise Wrong("code", "must be 1 to 64 characters without blank or /")
    return row["code"]


def _person(row: Row, column: str, people: Mapping[str, str]) -> PersonCode:
    code = people.get(row[column])
    if code is None:
        raise Wrong(column, f"there is no person {row[column][:64]!r}, or more than one")
    return PersonCode(code)
