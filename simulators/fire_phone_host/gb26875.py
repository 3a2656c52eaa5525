"""Frames of GB/T 26875.3-2011, as a fire panel's transmitter sends them. Pure: values and bytes.

``@@``, serial, version, time, source, destination, length of the unit, command, unit, checksum,
``##``; numbers are little-endian. Source of the field order and of the recorded frame in the
tests: dgiot/dgiot, dgiot_gb26875_decoder.erl at 3c354ef.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

START, END = b"@@", b"##"
#: Commands: send, confirm.
SEND, CONFIRM = 2, 3
#: Types of what is sent: a system's state, a component's state.
SYSTEM, COMPONENT = 1, 2
#: System type 24 is the fire phone (table 4).
FIRE_PHONE = 24
VERSION = 0x0010
_HEAD = struct.Struct("<2sHH6s6s6sHB")
_TEXT = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One frame without its marks and checksum."""

    serial: int
    command: int
    at: datetime
    source: bytes
    destination: bytes
    unit: bytes = b""
    version: int = VERSION

    def encode(self) -> bytes:
        """Return it as it travels."""
        head = _HEAD.pack(
            START,
            self.serial,
            self.version,
            clock(self.at),
            self.source,
            self.destination,
            len(self.unit),
            self.command,
        )
        body = head + self.unit
        return body + bytes([sum(body[2:]) & 0xFF]) + END


def component(
    number: int, status: int, *, text: str, at: datetime, stale: bytes = b"", kind: int = 0
) -> bytes:
    """Return the unit that tells the state of one extension.

    ``stale`` is what the field held before: a transmitter ends its text with NUL and wipes nothing.
    """
    words = text.encode("gb18030")[: _TEXT - 1] + b"\0"
    filled = (words + stale[len(words) :]).ljust(_TEXT, b"\0")[:_TEXT]
    told = struct.pack("<BBBIH", FIRE_PHONE, 1, kind, number, status)
    return bytes([COMPONENT, 1]) + told + filled + clock(at)


def system(status: int, *, at: datetime) -> bytes:
    """Return the unit that tells the state of the host itself."""
    return bytes([SYSTEM, 1]) + struct.pack("<BBH", FIRE_PHONE, 1, status) + clock(at)


def clock(at: datetime) -> bytes:
    """Return a moment as the frames bear it: second first, in the zone it is given in."""
    return bytes([at.second, at.minute, at.hour, at.day, at.month, at.year % 100])


@dataclass(slots=True)
class Confirmations:
    """Which serials are confirmed, out of a stream however it is cut."""

    _buffer: bytearray = field(default_factory=bytearray)

    def feed(self, data: bytes) -> Iterator[int]:
        """Yield the serial of each confirmation; what is none, or damaged, is passed over."""
        self._buffer += data
        while (start := self._buffer.find(START)) >= 0:
            del self._buffer[:start]
            if len(self._buffer) < _HEAD.size:
                return
            _, serial, *_, length, command = _HEAD.unpack_from(self._buffer)
            whole = _HEAD.size + length + 3
            if len(self._buffer) < whole:
                return
            good = self._buffer[whole - 2 : whole] == END
            good &= sum(self._buffer[2 : whole - 3]) & 0xFF == self._buffer[whole - 3]
            del self._buffer[: whole if good else 2]
            if good and command == CONFIRM:
                yield serial
