"""What happens to a station: the one vocabulary in which all dialects are told to speak."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Value = str | int | float | bool


class Act(StrEnum):
    """One thing that happens at a station at one moment."""

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


#: What can befall any station, whatever its dialect.
FOR_ALL = frozenset({Act.SILENCE, Act.BACK, Act.REPLAY, Act.GARBAGE, Act.POISON})


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
