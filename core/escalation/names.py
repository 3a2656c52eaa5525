"""What roles and spans of time are called in a sentence, in Chinese and in English."""

from collections.abc import Sequence
from datetime import timedelta

from core.facts.catalogue import Words
from core.facts.people import Role

_ROLES = {
    Role.GUARD: Words(zh="安管员", en="guard"),
    Role.SQUAD_LEADER: Words(zh="班长", en="squad leader"),
    Role.CAPTAIN: Words(zh="队长", en="captain"),
    Role.CLEANER: Words(zh="清洁员", en="cleaner"),
    Role.ENGINEER: Words(zh="维修员", en="engineer"),
    Role.ON_SITE_SUPERVISOR: Words(zh="现场负责人", en="on-site supervisor"),
    Role.OPERATOR: Words(zh="监控值班员", en="operator"),
    Role.DESK_AGENT: Words(zh="客服", en="desk agent"),
    Role.GENERAL_GROUP_SUPERVISOR: Words(zh="综合组主管", en="General Group supervisor"),
    Role.DIRECTOR: Words(zh="管理处主任", en="director"),
    Role.ADMINISTRATOR: Words(zh="系统管理员", en="administrator"),
}

_UNITS = ((3600, "小时", "hour"), (60, "分钟", "minute"), (1, "秒", "second"))


def roles(those: Sequence[Role]) -> Words:
    """Return them as a list: ``安管员、队长``, ``the guard and the captain``."""
    *before, last = (f"the {_ROLES[role].en}" for role in those)
    return Words(
        zh="、".join(_ROLES[role].zh for role in those),
        en=f"{', '.join(before)} and {last}" if before else last,
    )


def is_or_are(those: Sequence[object], *, past: bool = False) -> str:
    """Return the English verb that agrees with their number."""
    if past:
        return "was" if len(those) == 1 else "were"
    return "is" if len(those) == 1 else "are"


def span(length: timedelta) -> Words:
    """Return whole seconds in the largest unit that divides them: ``5 分钟``, ``5 minutes``."""
    seconds = int(length.total_seconds())
    size, zh, en = next(unit for unit in _UNITS if seconds % unit[0] == 0)
    count = seconds // size
    return Words(zh=f"{count} {zh}", en=f"{count} {en}{'' if count == 1 else 's'}")
