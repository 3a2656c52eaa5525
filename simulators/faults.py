"""What goes wrong between a station and the broker, drawn from a seeded generator."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from simulators.outgoing import Outgoing

#: A second telling follows the first within this many seconds.
TWICE_WITHIN = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """How bad the line is. Shares are between 0 and 1."""

    #: Share of QoS 0 messages that never arrive.
    loss: float = 0.0
    #: Share of messages that arrive twice.
    duplicates: float = 0.0
    #: Longest delay, s: each message waits between nothing and this, so messages overtake.
    delay: float = 0.0
    #: A station's clock is wrong by up to this much either way, s; the same all the time.
    skew: float = 0.0
    #: Share of messages that are followed by rubbish on the same topic.
    poison: float = 0.0

    def __post_init__(self) -> None:
        for name in ("loss", "duplicates", "poison"):
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise ValueError(f"{name} is a share between 0 and 1")
        if self.delay < 0.0 or self.skew < 0.0:
            raise ValueError("delay and skew are seconds, not below 0")

    @classmethod
    def parse(cls, table: Mapping[str, object]) -> "Faults":
        """Read the faults of a scenario.

        :raises ValueError: an unknown name, or no number.
        """
        known = {field.name for field in fields(cls)}
        for name, value in table.items():
            if name not in known:
                raise ValueError(f"unknown fault {name!r}; known are {', '.join(sorted(known))}")
            if type(value) not in (int, float):  # a bool is no number here
                raise ValueError(f"{name} is a number")
        return cls(**{name: float(str(value)) for name, value in table.items()})

    def delays(self, message: Outgoing, chance: random.Random) -> tuple[float, ...]:
        """Return after how many seconds each copy goes out; none: the message is lost.

        Draws the same number of times for every message, so that one fault more or less does not
        shift all that follow.
        """
        lost, twice, first, second = (chance.random() for _ in range(4))
        if message.qos == 0 and lost < self.loss:
            return ()
        delay = round(first * self.delay, 3)
        if twice < self.duplicates:
            return (delay, round(delay + second * TWICE_WITHIN, 3))
        return (delay,)

    def skew_of(self, chance: random.Random) -> float:
        """Return by how many seconds one station's clock is wrong."""
        return round(chance.uniform(-self.skew, self.skew), 3)


#: Rubbish by kind. The large ones are made only when asked for.
RUBBISH: Mapping[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "not_json": lambda: b'{"Action": "Start", "Data": {',
    "not_utf8": lambda: b"\xff\xfe\x00{\x80}",
    "nan": lambda: b'{"specversion":"1.0","id":NaN,"time":Infinity,"UTC":-Infinity}',
    "surrogate": lambda: b'{"id":"\\ud800","type":"intercom.ringing","source":"\\udfff"}',
    "deep": lambda: b"[" * 50_000,
    "huge_number": lambda: b'{"Data":{"UTC":' + b"9" * 100_000 + b"}}",
    "wrong_types": lambda: b'{"specversion":1,"id":[],"source":{},"type":null,"time":true}',
    "array": lambda: b"[1,2,3]",
    "large": lambda: b'{"x":"' + b"A" * 2_000_000 + b'"}',
}


def rubbish(kind: str, chance: random.Random) -> bytes:
    """Return rubbish of this kind; ``any`` draws one.

    :raises ValueError: a kind nobody knows.
    """
    if kind == "any":
        kind = chance.choice(sorted(RUBBISH))
    try:
        return RUBBISH[kind]()
    except KeyError:
        raise ValueError(f"unknown rubbish {kind!r}; known are {', '.join(RUBBISH)}") from None
