"""People, the units they work for, and what their roles let them do (员工, 分包单位)."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

PersonCode = NewType("PersonCode", str)
UnitCode = NewType("UnitCode", str)


class Role(StrEnum):
    """What somebody is at a site; one person may be several."""

    GUARD = "guard"  # 安管员
    SQUAD_LEADER = "squad_leader"  # 班长
    CAPTAIN = "captain"  # 队长
    CLEANER = "cleaner"  # 清洁员
    ENGINEER = "engineer"  # 维修员
    ON_SITE_SUPERVISOR = "on_site_supervisor"  # 现场负责人
    OPERATOR = "operator"  # 监控值班员
    DESK_AGENT = "desk_agent"  # 客服
    GENERAL_GROUP_SUPERVISOR = "general_group_supervisor"  # 综合组主管
    DIRECTOR = "director"  # 管理处主任
    ADMINISTRATOR = "administrator"  # 系统管理员


class UnitKind(StrEnum):
    """The management office, or a firm that works for it."""

    OFFICE = "office"  # 管理处
    SUBCONTRACTOR = "subcontractor"  # 分包单位


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Whom a person works for."""

    code: UnitCode
    name: str
    kind: UnitKind
    #: Nobody works for it any more; what it did keeps it.
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member of staff."""

    code: PersonCode
    name: str
    unit: UnitCode
    roles: frozenset[Role] = field(default_factory=frozenset)
    phone: str | None = None
    #: Whether the person may log in at all and be called in.
    active: bool = True
