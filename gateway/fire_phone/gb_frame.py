"""Frames of GB/T 26875.3-2011 out of a stream of bytes, and the frame that confirms one.

``40 40 | serial 2 | version 2 | time 6 | source 6 | destination 6 | length 2 | command | data |
checksum | 23 23``; numbers are little endian, the checksum is the sum from serial to data mod 256.
"""

from dataclasses import dataclass

START, END = b"\x40\x40", b"\x23\x23"
#: The longest data part that the standard allows (6.3).
MOST_DATA = 1024
_HEAD = 27
_TAIL = 3

SEND, CONFIRM = 2, 3
#: Commands that want to be confirmed: control and send. Answers and denials are not.
CONFIRMED = frozenset({1, SEND})


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One whole frame with a right checksum."""

    raw: bytes
    serial: int
    version: bytes
    #: As it stands: second, minute, hour, day, month, year.
    time: bytes
    source: bytes
    destination: bytes
    command: int
    data: bytes

    def confirmation(self) -> bytes:
        """Return the frame that confirms this one: same serial and time, addresses swapped."""
        body = (
            self.serial.to_bytes(2, "little")
            + self.version
            + self.time
            + self.destination
            + self.source
            + b"\x00\x00"
            + bytes([CONFIRM])
        )
        return START + body + bytes([sum(body) & 0xFF]) + END


class Framer:
    """Takes bytes as they come, gives whole frames; rubbish in between is passed over."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._buffer = bytearray()
        #: Bytes that belonged to no frame.
        self.skipped = 0

    @property
    def waiting(self) -> int:
        """How many bytes wait for the rest of their frame."""
        return len(self._buffer)

    def feed(self, data: bytes) -> list[Frame]:
        """Return the frames that are whole by now."""
        self._buffer += data
        frames: list[Frame] = []
        while True:
            self._to_start()
            frame = self._frame(0)
            if frame is None and not self._skip_to_a_whole_one():
                return frames
            if frame is None:
                continue
            if frame is not _BROKEN:
                frames.append(frame)
                del self._buffer[: len(frame.raw)]
            else:  # not a frame after all: look for the next start inside it
                self._skip(1)

    def _to_start(self) -> None:
        """Drop what stands before the next start mark; half a mark may be its beginning."""
        place = self._buffer.find(START)
        if place < 0:
            place = len(self._buffer) - self._buffer.endswith(START[:1])
        self._skip(place)

    def _skip(self, count: int) -> None:
        self.skipped += count
        del self._buffer[:count]

    def _skip_to_a_whole_one(self) -> bool:
        """Give up a beginning that waits for more, where a whole frame stands behind it already.

        A frame that broke off must not make the next ones wait for as much as it had promised.
        """
        place = self._buffer.find(START, 1)
        while place > 0:
            if self._frame(place) not in {None, _BROKEN}:
                self._skip(place)
                return True
            place = self._buffer.find(START, place + 1)
        return False

    def _frame(self, start: int) -> "Frame | None":
        """Return the frame that begins there, ``_BROKEN``, or None while more is to come."""
        buffer = memoryview(self._buffer)[start:].tobytes()
        if len(buffer) < _HEAD:
            return None
        length = int.from_bytes(buffer[24:26], "little")
        if length > MOST_DATA:
            return _BROKEN
        whole = _HEAD + length + _TAIL
        if len(buffer) < whole:
            return None
        return self._checked(bytes(buffer[:whole]))

    @staticmethod
    def _checked(raw: bytes) -> "Frame":
        if raw[-2:] != END or sum(raw[2:-3]) & 0xFF != raw[-3]:
            return _BROKEN
        return Frame(
            raw=raw,
            serial=int.from_bytes(raw[2:4], "little"),
            version=raw[4:6],
            time=raw[6:12],
            source=raw[12:18],
            destination=raw[18:24],
            command=raw[26],
            data=raw[_HEAD:-_TAIL],
        )


_BROKEN = Frame(
    raw=b"", serial=0, version=b"", time=b"", source=b"", destination=b"", command=0, data=b""
)
