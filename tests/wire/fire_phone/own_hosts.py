"""Hosts made for one test, on raw sockets: what they say, and how, is the test's to choose."""

import os
import pty
import socket
import struct
import threading
import time
import tty
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

#: What goes out for one answer: pieces, each after so many seconds.
Pieces = Iterable[tuple[float, bytes]]
#: A request without its frame (unit, then PDU) → the answer without its frame; None: nothing.
Answer = Callable[[bytes], bytes | None]


def at_once(frame: bytes) -> Pieces:
    return [(0.0, frame)]


def byte_by_byte(frame: bytes) -> Pieces:
    return [(0.0005, bytes([one])) for one in frame]


@dataclass
class OwnHost:
    """A host with tables of its own on a cable: ``tcp``, ``rtuovertcp`` or ``rtu`` (a pty)."""

    cable: str = "tcp"
    #: Function → values, from address 0.
    tables: dict[int, list[int]] = field(default_factory=dict)
    unit: int = 1
    #: Goes before the honest answer.
    answers: Callable[["OwnHost", bytes], bytes | None] | None = None
    #: Whole frames, as bytes go out.
    sends: Callable[[bytes], Pieces] = at_once
    #: Makes the frame out of the request's and the answer.
    frames: Callable[[bytes, bytes], bytes] | None = None
    #: Every request, with its frame.
    asked: list[bytes] = field(default_factory=list)
    connections: int = 0
    _listening: socket.socket | None = None
    _open: list[socket.socket] = field(default_factory=list)
    _ends: tuple[int, int] = (-1, -1)
    _reading: threading.Thread | None = None
    _ending: bool = False

    @property
    def address(self) -> str:
        if self.cable == "rtu":
            return f"rtu://{os.ttyname(self._ends[1])}?unit={self.unit}"
        assert self._listening is not None
        return f"{self.cable}://127.0.0.1:{self._listening.getsockname()[1]}?unit={self.unit}"

    def __enter__(self) -> Self:
        if self.cable == "rtu":
            self._ends = pty.openpty()
            for end in self._ends:
                tty.setraw(end)
            read, write = self._read_pty, lambda data: os.write(self._ends[0], data)
            self._reading = threading.Thread(target=self._serve, args=(read, write), daemon=True)
            self._reading.start()
        else:
            self._listening = socket.create_server(("127.0.0.1", 0))
            threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self._ending = True
        if self._listening is not None:
            self._listening.close()
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        if self._reading is not None:
            # The far end goes first: that ends the thread. Were the near one closed under it, its
            # number would be the next test's pty, and the thread would take what is said there.
            os.close(self._ends[1])
            self._reading.join(60)
            os.close(self._ends[0])

    def honest(self, request: bytes) -> bytes:
        """Answer from the tables, with an exception for what is not there."""
        unit, function, address, count = struct.unpack(">BBHH", request)
        values = self.tables.get(function)
        if values is None:
            return bytes([unit, function | 0x80, 1])
        if address + count > len(values):
            return bytes([unit, function | 0x80, 2])
        part = values[address : address + count]
        if function <= 2:
            packed = bytearray((count + 7) // 8)
            for n, one in enumerate(part):
                packed[n // 8] |= bool(one) << n % 8
            return bytes([unit, function, len(packed)]) + bytes(packed)
        return bytes([unit, function, 2 * count]) + struct.pack(f">{count}H", *part)

    def _accept(self) -> None:
        assert self._listening is not None
        while not self._ending:
            try:
                talk, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(talk)
            read, write = (lambda talk=talk: talk.recv(4096)), talk.sendall
            threading.Thread(target=self._serve, args=(read, write), daemon=True).start()

    def _read_pty(self) -> bytes:
        return os.read(self._ends[0], 4096)

    def _serve(self, read: Callable[[], bytes], write: Callable[[bytes], object]) -> None:
        buffer = b""
        head = 6 if self.cable == "tcp" else 0
        whole = 12 if self.cable == "tcp" else 8
        with suppress(OSError):
            while data := read():
                buffer += data
                while len(buffer) >= whole:
                    request, buffer = buffer[:whole], buffer[whole:]
                    self.asked.append(request)
                    self._answer(request, request[head : head + 6], write)

    def _answer(self, request: bytes, bare: bytes, write: Callable[[bytes], object]) -> None:
        said = self.honest(bare) if self.answers is None else self.answers(self, bare)
        if said is None:
            return
        make = self.frames or (tcp_frame if self.cable == "tcp" else rtu_frame)
        for after, piece in self.sends(make(request, said)):
            if after:
                time.sleep(after)
            write(piece)


def tcp_frame(request: bytes, said: bytes) -> bytes:
    return request[:4] + struct.pack(">H", len(said)) + said


def rtu_frame(_request: bytes, said: bytes) -> bytes:
    return said + crc(said)


def crc(data: bytes) -> bytes:
    """Return the checksum of an RTU frame (Modbus over serial line, 6.2.2), counted bit by bit."""
    rest = 0xFFFF
    for one in data:
        rest ^= one
        for _ in range(8):
            rest = rest >> 1 ^ 0xA001 if rest & 1 else rest >> 1
    return struct.pack("<H", rest)


def functions(asked: Iterable[bytes], cable: str) -> set[int]:
    """Return the functions that were asked for."""
    return {one[7 if cable == "tcp" else 1] for one in asked}
