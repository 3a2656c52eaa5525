"""What passes between the Modbus cable and the meaning: one block's values, or why there are none.

The payload is canonical: the same values give the same bytes, so that unchanged is cheap to see.
"""

import struct
from dataclasses import dataclass
from enum import StrEnum

from core.facts.device import DeviceCode
from gateway.adapter import Unreadable

PREFIX = "modbus"


class Table(StrEnum):
    """The four tables of Modbus; each is read by one function, and nothing is ever written."""

    COIL = "coil"
    DISCRETE = "discrete"
    INPUT = "input"
    HOLDING = "holding"

    @property
    def function(self) -> int:
        """The only function code that is sent for this table (Modbus 1.1b3, 6.1 to 6.4)."""
        return {"coil": 1, "discrete": 2, "holding": 3, "input": 4}[self.value]

    @property
    def holds_bits(self) -> bool:
        """Whether its values are bits, not words of 16."""
        return self in {Table.COIL, Table.DISCRETE}

    @property
    def most(self) -> int:
        """How many values one request may ask for (Modbus 1.1b3, 6.1 to 6.4)."""
        return 2000 if self.holds_bits else 125


class Failure(StrEnum):
    """Why a block could not be read."""

    UNREACHABLE = "unreachable"  # no connection
    TIMEOUT = "timeout"  # no answer, or only to what was not asked
    GARBAGE = "garbage"  # an answer of the wrong length, unit, function or form
    EXCEPTION = "exception"  # the host refuses this block
    UNANSWERED = "unanswered"  # the unit answers, but not when it is asked for this block
    UNSTEADY = "unsteady"  # two reads in a row never agree


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A block that could not be read; ``code`` is that of an exception reply."""

    why: Failure
    code: int = 0

    @property
    def silent(self) -> bool:
        """Whether nobody was there at all: exceptions 10 and 11 come from a gateway before it."""
        return self.why in {Failure.UNREACHABLE, Failure.TIMEOUT} or self.code in {10, 11}

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.why} {self.code}" if self.code else self.why.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One block to be read again and again; the cable needs to know no more than this."""

    device: DeviceCode
    unit: int
    block: str
    table: Table
    #: As sent on the wire, from 0.
    address: int
    count: int
    #: Which bits of each value matter; the others are read as 0. None: all.
    mask: tuple[int, ...] | None = None
    #: Seconds after a change during which every scan is handed on, for those who debounce.
    settle: float = 0.0

    @property
    def topic(self) -> str:
        """The topic under which its scans are delivered."""
        return f"{PREFIX}/{self.device}/{self.unit}/{self.block}"


def parse_topic(topic: str) -> tuple[str, int, str]:
    """Return device, unit and block.

    :raises Unreadable: not such a topic.
    """
    match topic.split("/"):
        case [first, device, unit, block] if first == PREFIX and unit.isdecimal():
            return device, int(unit), block
    raise Unreadable("not a topic of a Modbus block")


def pack(table: Table, values: tuple[int, ...] | list[int]) -> bytes:
    """Return values as they are delivered."""
    if table.holds_bits:
        return b"B" + bytes(values)
    return b"R" + struct.pack(f">{len(values)}H", *values)


def pack_failed(failed: Failed) -> bytes:
    """Return a failure as it is delivered."""
    return f"!{failed.why}:{failed.code}".encode()


def unpack(payload: bytes) -> tuple[int, ...] | Failed:
    """Return what was delivered.

    :raises Unreadable: neither values nor a failure.
    """
    kind, rest = payload[:1], payload[1:]
    if kind == b"B" and not rest.strip(b"\0\1"):
        return tuple(rest)
    if kind == b"R" and len(rest) % 2 == 0:
        return struct.unpack(f">{len(rest) // 2}H", rest)
    if kind == b"!":
        why, _, code = rest.decode("ascii", "replace").partition(":")
        if why in list(Failure) and code.isdecimal() and len(code) < 4:
            return Failed(why=Failure(why), code=int(code))
    raise Unreadable("neither values of a block nor a failure")
