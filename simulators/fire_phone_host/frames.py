"""Modbus frames over TCP (MBAP) and over a serial line (RTU): taken off a stream, and put on one.

Sources: Modbus messaging on TCP/IP V1.0b 3.1.3; Modbus over serial line V1.02 2.5.1.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

#: Unit and request of a serial frame, by function, where the length is fixed.
_READ_OR_WRITE_ONE = 6
_WRITE_MANY = {15, 16}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request; ``number`` is the transaction's, which a serial line does not have."""

    unit: int
    pdu: bytes
    number: int | None = None

    def frame(self, pdu: bytes) -> bytes:
        """Return the frame that answers it."""
        if self.number is None:
            body = bytes([self.unit]) + pdu
            return body + struct.pack("<H", checksum(body))
        return struct.pack(">HHHB", self.number, 0, len(pdu) + 1, self.unit) + pdu


@dataclass(slots=True)
class TcpRequests:
    """Requests out of a TCP stream, however it is cut."""

    _buffer: bytearray = field(default_factory=bytearray)

    def feed(self, data: bytes) -> Iterator[Request]:
        """Yield each request that is complete by now.

        :raises ValueError: this is not Modbus.
        """
        self._buffer += data
        while len(self._buffer) >= 8:
            number, protocol, length, unit = struct.unpack(">HHHB", self._buffer[:7])
            if protocol != 0 or not 2 <= length <= 254:
                raise ValueError("not a Modbus frame")
            if len(self._buffer) < 6 + length:
                return
            pdu = bytes(self._buffer[7 : 6 + length])
            del self._buffer[: 6 + length]
            yield Request(unit=unit, pdu=pdu, number=number)


@dataclass(slots=True)
class RtuRequests:
    """Requests off a serial line; what does not fit is skipped byte by byte."""

    _buffer: bytearray = field(default_factory=bytearray)

    def feed(self, data: bytes) -> Iterator[Request]:
        """Yield each request that is complete by now."""
        self._buffer += data
        while len(self._buffer) >= 4:
            length = self._length()
            if length is None or len(self._buffer) < length + 2:
                return
            body = bytes(self._buffer[:length])
            told = int.from_bytes(self._buffer[length : length + 2], "little")
            if told == checksum(body):
                del self._buffer[: length + 2]
                yield Request(unit=body[0], pdu=body[1:])
            else:
                del self._buffer[0]

    def _length(self) -> int | None:
        """Return the length without checksum; None: too little is there to tell."""
        if self._buffer[1] not in _WRITE_MANY:
            return _READ_OR_WRITE_ONE
        return 7 + self._buffer[6] if len(self._buffer) > 6 else None


def checksum(body: bytes) -> int:
    """Return the CRC-16 of a serial frame."""
    crc = 0xFFFF
    for byte in body:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
