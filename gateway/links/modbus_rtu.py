"""RTU frames out of what a line says: the answer that was asked for, wherever noise puts it.

A converter that turns round puts bytes of noise before an answer, and the driver's own framer then
takes the noise for the beginning. Frames bear no number, so whatever comes unasked makes the line
suspect: it might be taken for the next answer.
"""

from pymodbus.framer import FramerRTU

#: The shortest frame: an exception is unit, function, code and checksum.
_SHORTEST = 5
_REFUSED = 0x80
_NONE = (0, 0, 0, b"")


class AnswerFramer(FramerRTU):
    """Finds one answer, and notes what else came."""

    def __init__(self, framer: FramerRTU) -> None:
        """Decode like ``framer``."""
        super().__init__(framer.decoder)
        self._head = b""
        self._size = 0
        self._waits = False
        #: Something came that was not asked for, and was long enough to be an answer.
        self.suspect = False

    def expect(self, unit: int, function: int, values: int) -> None:
        """Wait for an answer of this unit to this function with so many bytes of values."""
        self._head = bytes([unit, function, values])
        self._size = 3 + values + 2
        self._waits = True

    def decode(self, data: bytes) -> tuple[int, int, int, bytes]:
        """Return how much is used up, and the answer if it is there; the rest may still come."""
        if not self._waits:
            self.suspect = self.suspect or len(data) >= _SHORTEST
            return len(data), 0, 0, b""
        for start in range(len(data) - _SHORTEST + 1):
            size = self._size_at(data, start)
            frame = data[start : start + size]
            if not size or len(frame) < size:
                continue
            if self.check_CRC(frame[:-2], int.from_bytes(frame[-2:], "big")):
                self._waits = False
                self.suspect = len(data) - size >= _SHORTEST
                return len(data), frame[0], 0, frame[1:-2]
        return _NONE

    def _size_at(self, data: bytes, start: int) -> int:
        """Return how long the answer is if it begins there; 0: it does not."""
        if data[start] != self._head[0]:
            return 0
        if data[start + 1] == self._head[1] | _REFUSED:
            return _SHORTEST
        return self._size if data[start : start + 3] == self._head else 0
