"""RTP packets of one H.264 stream (RFC 3550, RFC 6184): single NAL units, and FU-A."""

import secrets
import struct
from collections.abc import Iterator

#: The payload's type, as the description names it.
TYPE = 96
_FITS = 1200


class Packets:
    """RTP packets of one stream (RFC 3550, RFC 6184)."""

    def __init__(self) -> None:
        """Begin anywhere, as the standard asks for."""
        self._number = secrets.randbelow(0x8000)
        self._source = secrets.randbits(32)

    def of(self, unit: bytes, *, stamp: int, last: bool) -> Iterator[bytes]:
        """Yield the packets of one NAL unit; the ``last`` of a picture bears the mark."""
        if len(unit) <= _FITS:
            yield self._packet(unit, stamp, last=last)
            return
        indicator, kind = (unit[0] & 0xE0) | 28, unit[0] & 0x1F
        rest = unit[1:]
        for at in range(0, len(rest), _FITS):
            begins, ends = at == 0, at + _FITS >= len(rest)
            head = bytes([indicator, kind | (0x80 if begins else 0) | (0x40 if ends else 0)])
            yield self._packet(head + rest[at : at + _FITS], stamp, last=last and ends)

    def _packet(self, payload: bytes, stamp: int, *, last: bool) -> bytes:
        self._number = (self._number + 1) & 0xFFFF
        mark = TYPE | (0x80 if last else 0)
        stamp &= 0xFFFFFFFF
        return struct.pack(">BBHII", 0x80, mark, self._number, stamp, self._source) + payload
