"""What a scenario's step may tell to happen, and what it must say with it."""

from collections.abc import Mapping
from enum import StrEnum

from simulators.action import Act


class Do(StrEnum):
    """What a step may tell to happen."""

    PRESS = "press"
    PRESS_UNANSWERED = "press_unanswered"
    ANSWER = "answer"
    CARD = "card"
    HELP = "help"
    DOOR_OPENED = "door_opened"
    DOOR_HELD_OPEN = "door_held_open"
    DOOR_FORCED = "door_forced"
    TAMPER = "tamper"
    ALARM = "alarm"
    SILENCE = "silence"
    BACK = "back"
    REPLAY = "replay"
    GARBAGE = "garbage"
    POISON = "poison"
    FLAP = "flap"
    STORM = "storm"

    LIFT = "lift"
    TAKE = "take"
    HANG_UP = "hang_up"
    CUT_LINE = "cut_line"
    SHORT_LINE = "short_line"
    MEND_LINE = "mend_line"
    LOSE_MAINS = "lose_mains"
    MAINS_BACK = "mains_back"
    BATTERY_FAULT = "battery_fault"
    BATTERY_BACK = "battery_back"
    SLOW = "slow"
    GARBLED = "garbled"
    DUPLICATE_UNIT = "duplicate_unit"
    SHIFTED_MAP = "shifted_map"
    SOUND = "sound"
    LOOK = "look"
    BREAK = "break"
    MEND = "mend"
    TAKE_THROUGH = "take_through"
    SAY_HANDLED = "say_handled"
    REBOOT = "reboot"


#: Which details each deed takes. Durations are civil seconds; how slow a host is, and for how long
#: a reboot keeps it down, are real ones.
DETAILS: Mapping[Do, Mapping[str, type]] = {
    Do.PRESS: {"to": str, "answer_after": float, "talk": float},
    Do.PRESS_UNANSWERED: {"to": str, "ring_for": float},
    Do.ANSWER: {"talk": float},
    Do.CARD: {"card": str, "user": str, "granted": bool},
    Do.HELP: {"kind": str},
    Do.DOOR_OPENED: {"for": float, "door": str},
    Do.DOOR_HELD_OPEN: {"for": float, "held_after": float, "door": str},
    Do.DOOR_FORCED: {"door": str},
    Do.TAMPER: {},
    Do.ALARM: {"for": float},
    Do.SILENCE: {"for": float},
    Do.BACK: {},
    Do.REPLAY: {},
    Do.GARBAGE: {"kind": str},
    Do.POISON: {"kind": str},
    Do.FLAP: {"times": int, "per_minute": float},
    Do.STORM: {"presses": int, "rate": float},
    Do.LIFT: {"extension": int, "take_after": float, "talk": float, "ring_for": float},
    Do.TAKE: {"extension": int, "talk": float},
    Do.HANG_UP: {"extension": int},
    Do.CUT_LINE: {"extension": int, "for": float},
    Do.SHORT_LINE: {"extension": int, "for": float},
    Do.MEND_LINE: {"extension": int},
    Do.LOSE_MAINS: {"for": float},
    Do.MAINS_BACK: {},
    Do.BATTERY_FAULT: {"for": float},
    Do.BATTERY_BACK: {},
    Do.SLOW: {"seconds": float, "for": float},
    Do.GARBLED: {"share": float, "for": float},
    Do.DUPLICATE_UNIT: {"for": float},
    Do.SHIFTED_MAP: {"by": int, "for": float},
    Do.SOUND: {},
    Do.LOOK: {"litter": bool, "lamp_lit": bool, "walkers": int, "rain": bool, "infrared": bool},
    Do.BREAK: {"fault": str, "for": float},
    Do.MEND: {},
    # What colleagues do with the last call of a station, where nobody else has done it.
    Do.TAKE_THROUGH: {"category": str, "words": str},
    Do.SAY_HANDLED: {"how": str},
    Do.REBOOT: {"for": float},
}

#: What a station must be able to do for a deed; a storm takes whoever can ring.
NEEDS: Mapping[Do, Act] = {
    Do.PRESS: Act.RING,
    Do.PRESS_UNANSWERED: Act.MISS,
    Do.ANSWER: Act.ANSWER,
    Do.CARD: Act.CARD,
    Do.HELP: Act.HELP,
    Do.DOOR_OPENED: Act.DOOR_OPEN,
    Do.DOOR_HELD_OPEN: Act.DOOR_HELD,
    Do.DOOR_FORCED: Act.DOOR_FORCED,
    Do.TAMPER: Act.TAMPER,
    Do.ALARM: Act.ALARM,
    Do.REPLAY: Act.REPLAY,
    Do.GARBAGE: Act.GARBAGE,
    Do.POISON: Act.POISON,
    Do.LIFT: Act.LIFT,
    Do.TAKE: Act.TAKE,
    Do.HANG_UP: Act.HANG_UP,
    Do.CUT_LINE: Act.CUT_LINE,
    Do.SHORT_LINE: Act.SHORT_LINE,
    Do.MEND_LINE: Act.MEND_LINE,
    Do.LOSE_MAINS: Act.LOSE_MAINS,
    Do.MAINS_BACK: Act.MAINS_BACK,
    Do.BATTERY_FAULT: Act.BATTERY_FAULT,
    Do.BATTERY_BACK: Act.BATTERY_BACK,
    Do.SLOW: Act.SLOW,
    Do.GARBLED: Act.GARBLED,
    Do.DUPLICATE_UNIT: Act.DUPLICATE_UNIT,
    Do.SHIFTED_MAP: Act.SHIFTED_MAP,
    Do.SOUND: Act.SOUND,
    Do.LOOK: Act.LOOK,
    Do.BREAK: Act.BREAK,
    Do.MEND: Act.MEND,
    Do.REBOOT: Act.REBOOT,
}
