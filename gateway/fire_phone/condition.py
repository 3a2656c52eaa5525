"""What a part of a fire-phone host can show, and which events tell of it.

``unknown`` is no condition: a part of which nothing is known holds what was known last, and never
reads as normal.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from core.facts.device import EventType


class Part(StrEnum):
    """What kind of thing a point of the register map stands for."""

    EXTENSION = "extension"  # 分机: one handset in one place
    JACK = "jack"  # 插孔: many jacks share one line
    HOST = "host"  # 总机: the host itself


class Condition(StrEnum):
    """One thing that can be the case. Several may be so at once."""

    CALLING = "calling"
    TALKING = "talking"
    FIRE = "fire"
    OPEN = "open"  # the line is cut
    SHORT = "short"
    LINE = "line"  # a line fault that the host does not tell more of
    DISABLED = "disabled"
    MAINS = "mains"
    BATTERY = "battery"
    BUS = "bus"
    FAULT = "fault"
    #: What no profile writes, because the gateway finds it out.
    IDENTITY = "identity"  # another host answers than the one that is meant
    UNREADABLE = "unreadable"  # the host refuses a block, or answers nonsense


#: What a profile may write where a value is given its meaning.
Word = Literal[
    "idle", "ignored", "unknown", "calling", "talking", "fire", "open", "short", "line",
    "disabled", "mains", "battery", "bus", "fault",
]  # fmt: skip

_NOTHING: frozenset[Condition] = frozenset()
_OF_THE_HOST = frozenset({Condition.MAINS, Condition.BATTERY, Condition.BUS})
#: The conditions of a call; all others stand for themselves.
OF_A_CALL = frozenset({Condition.CALLING, Condition.TALKING})


def meaning(word: Word) -> frozenset[Condition] | None:
    """Return what a profile's word says is the case; None: nothing is known then."""
    if word == "unknown":
        return None
    return _NOTHING if word in {"idle", "ignored"} else frozenset({Condition(word)})


def told_by(condition: Condition, part: Part) -> tuple[EventType, EventType]:
    """Return the events that tell of a standing condition's beginning and end."""
    if condition is Condition.FIRE:
        return EventType.FIRE_ALARM, EventType.ALARM_CLEARED
    if part is Part.HOST or condition in _OF_THE_HOST:
        return EventType.HOST_FAULT, EventType.HOST_RESTORED
    return EventType.LINE_FAULT, EventType.LINE_RESTORED


#: The state of a call by the event that told of it.
CALL_TOLD: Mapping[EventType, Condition | None] = {
    EventType.FIRE_PHONE_CALLING: Condition.CALLING,
    EventType.FIRE_PHONE_TALKING: Condition.TALKING,
    EventType.FIRE_PHONE_ENDED: None,
}
