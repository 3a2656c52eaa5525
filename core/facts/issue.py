"""The problem itself: its number, how urgent it is, where it stands (问题)."""

from enum import StrEnum
from typing import NewType

IssueNumber = NewType("IssueNumber", int)


class Urgency(StrEnum):
    """Which ladder an issue climbs (五.1(3))."""

    LIFE_SAFETY = "life_safety"  # 生命安全: at once, in parallel, no calendar
    URGENT = "urgent"  # 急修及现场问题: ②
    ORDINARY = "ordinary"  # 一般: ③


class Status(StrEnum):
    """Where an issue stands. ``core/desk/lifecycle.py`` says what may follow what."""

    REPORTED = "reported"  # 待转: at the monitoring centre
    FORWARDED = "forwarded"  # 已转待受理: the desk has not accepted yet
    ACCEPTED = "accepted"  # 已受理
    ASSIGNED = "assigned"  # 已派工
    HANDLED = "handled"  # 已处理: stops the ladder
    CLOSED = "closed"  # 已结
    DISMISSED = "dismissed"  # 无需处理: by an operator, with a reason


#: The ladder climbs while an issue is in one of these.
UNHANDLED = frozenset({Status.REPORTED, Status.FORWARDED, Status.ACCEPTED, Status.ASSIGNED})
