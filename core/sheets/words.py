"""What tables may call a role, a place or a person, beside its code: pure."""

from collections import Counter
from collections.abc import Iterable, Mapping

from core.facts.people import Role

#: Roles as an office writes them.
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


def codes(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return codes by code and by name; a name that two bear stands for neither."""
    known = list(pairs)
    many = Counter(name for _, name in known)
    return {name: code for code, name in known if many[name] == 1} | {
        code: code for code, _ in known
    }
