"""What an MQTT connection needs of the gateway around it, and which MQTT it speaks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from gateway.adapter import Delivery


class Version(IntEnum):
    """Which MQTT is spoken, by the number that CONNECT carries."""

    V5 = 5
    V311 = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """What a connection needs of the gateway around it."""

    clock: Callable[[], datetime]
    #: Takes what arrives.
    deliver: Callable[[Delivery], None]
    #: Whether there is room for more; without room nothing is read.
    has_room: Callable[[], bool]
    #: Counts something worth knowing, as kind and reason.
    note: Callable[[str, str], None]
    #: Bytes have come in.
    heard: Callable[[], None]
    #: So many messages has the broker thrown away since it runs, by its own word.
    thrown_away: Callable[[int], None]
    #: Whether the broker bears to be asked for that number.
    bears_counter: Callable[[], bool]
    #: It does not: it cut us off for asking.
    never_count: Callable[[], None]
    #: The broker accepted us, and whether it still has our session.
    welcomed: Callable[[bool], None]
