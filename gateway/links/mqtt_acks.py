"""Acknowledgements on their way: those of a whole batch leave in one write, in their order."""

import socket
import ssl
import struct
from collections import deque

_PUBACK = struct.Struct("!BBH").pack
_WOULD_BLOCK = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class Acks:
    """PUBACK packets of one connection. Any thread adds, one thread writes."""

    def __init__(self) -> None:
        """Begin with none."""
        self._waiting: deque[int] = deque()
        self._begun = bytearray()

    @property
    def begun(self) -> bool:
        """Whether some were written in part: nobody else may write before the rest."""
        return bool(self._begun)

    def add(self, mid: int) -> None:
        """Acknowledge this packet next."""
        self._waiting.append(mid)

    def write(self, wire: socket.socket) -> None:
        """Write what waits, as far as the wire takes it.

        :raises OSError: the connection is broken.
        """
        if not self._begun:
            waiting = len(self._waiting)
            acks = (_PUBACK(0x40, 2, self._waiting.popleft()) for _ in range(waiting))
            self._begun += b"".join(acks)
        if not self._begun:
            return
        try:
            sent = wire.send(self._begun)
        except _WOULD_BLOCK:
            return
        del self._begun[:sent]
