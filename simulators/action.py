"""What happens to stations and hosts: the one vocabulary in which all are told to speak."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Value = str | int | float | bool


class Act(StrEnum):
    """One thing that happens at a station, or at a fire-phone host, at one moment."""

    RING = "ring"
    ANSWER = "answer"
    END = "end"
    MISS = "miss"
    #: The bridge falls back to rest by itself, a minute after a ring.
    SETTLE = "settle"
    CARD = "card"
    HELP = "help"
    DOOR_OPEN = "door_open"
    DOOR_CLOSE = "door_close"
    DOOR_HELD = "door_held"
    DOOR_FORCED = "door_forced"
    TAMPER = "tamper"
    ALARM = "alarm"
    ALARM_CLEAR = "alarm_clear"
    #: Power or cable is gone.
    SILENCE = "silence"
    #: Power or cable is back; a station that keeps events tells them now.
    BACK = "back"
    #: What was said lately comes again, byte for byte.
    REPLAY = "replay"
    #: Rubbish that the broker keeps for whoever subscribes later.
    GARBAGE = "garbage"
    #: Rubbish once.
    POISON = "poison"

    #: A handset of a fire phone is taken off its hook; ``extension`` says which.
    LIFT = "lift"
    #: The host's operator takes the call.
    TAKE = "take"
    HANG_UP = "hang_up"
    CUT_LINE = "cut_line"
    SHORT_LINE = "short_line"
    MEND_LINE = "mend_line"
    LOSE_MAINS = "lose_mains"
    MAINS_BACK = "mains_back"
    BATTERY_FAULT = "battery_fault"
    BATTERY_BACK = "battery_back"
    #: The host takes its time with each answer.
    SLOW = "slow"
    #: Bytes are changed on the way.
    GARBLED = "garbled"
    #: Another host of the same number is on the line: they answer by turns.
    DUPLICATE_UNIT = "duplicate_unit"
    #: Another firmware: everything stands some addresses further on.
    SHIFTED_MAP = "shifted_map"
    #: Slow, garbled, doubled, shifted: all of it is over.
    SOUND = "sound"
    #: What a camera sees changes: litter comes or goes, a lamp goes out, it rains.
    LOOK = "look"
    #: Something goes wrong with a camera; ``fault`` says what.
    BREAK = "break"
    MEND = "mend"
    #: A colleague at the centre and one at the desk take the station's last call through.
    TAKE_THROUGH = "take_through"
    #: The desk says that what this call was about is handled, true or not.
    SAY_HANDLED = "say_handled"
    #: The host begins again from nothing; its connections break.
    REBOOT = "reboot"


#: What can befall any station, whatever its dialect.
FOR_ALL = frozenset(
    {Act.SILENCE, Act.BACK, Act.REPLAY, Act.GARBAGE, Act.POISON, Act.TAKE_THROUGH, Act.SAY_HANDLED}
)
#: What colleagues do with what a station said: nothing happens at the station itself.
OF_COLLEAGUES = frozenset({Act.TAKE_THROUGH, Act.SAY_HANDLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An act with its details."""

    act: Act
    values: Mapping[str, Value] = field(default_factory=dict)

    def text(self, name: str, default: str) -> str:
        """Return a detail as text."""
        return str(self.values.get(name, default))

    def number(self, name: str, default: float) -> float:
        """Return a detail as a number; what is no number counts as absent."""
        value = self.values.get(name, default)
        return float(value) if isinstance(value, int | float) else default

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a detail that is either so or not."""
        return bool(self.values.get(name, default))
