"""A picture as evidence: the bytes as received, their hash, and only then the pixels."""

import hashlib
import os
import select
import struct
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gateway.adapter import Unreadable
from gateway.cctv import header
from gateway.cctv.header import Media

#: Rows of blue, green, red.
Pixels = NDArray[np.uint8]

_CHILD = Path(__file__).with_name("decoder_child.py")
_ANSWER = struct.Struct(">BII")
#: Address space of the child; measured: 0.46 GiB mapped with the libraries, 0.5 at 33 Mpx.
_ADDRESS_SPACE = 1024 * 1024 * 1024
#: A fresh child after so many pictures: what a codec leaks goes with it.
_PICTURES_PER_CHILD = 1_000
_CPU_SECONDS = 600


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Picture:
    """A decoded picture that still knows which bytes it came from."""

    #: Of the bytes as received, taken before anything looked into them.
    sha256: str
    media: Media
    pixels: Pixels

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return int(self.pixels.shape[0])


class Decoder:
    """Decodes pictures in a child process under limits of memory and time.

    One child serves one picture at a time; a picture that kills it or outlasts the limit costs
    that picture only, for the next one gets a new child. Safe to share between threads.
    """

    def __init__(self, *, seconds: float = 5.0) -> None:
        """Allow each picture so many seconds; the child starts with the first picture."""
        self._seconds = seconds
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0

    def decode(self, data: bytes) -> Picture:
        """Return the picture in these bytes.

        :raises Unreadable: hostile, damaged, too big, or not decoded in time; says which
        """
        sha256 = hashlib.sha256(data).hexdigest()
        said = header.read(data)
        with self._lock:
            pixels = self._decoded(data)
        if pixels.shape[:2] != (said.height, said.width):
            raise Unreadable("the picture is not of the size that its header claims")
        return Picture(sha256=sha256, media=said.media, pixels=pixels)

    def close(self) -> None:
        """End the child; the decoder may be used again afterwards."""
        with self._lock:
            self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def child(self) -> int | None:
        """The process that decodes, if one runs."""
        return self._child.pid if self._child is not None else None

    def _decoded(self, data: bytes) -> Pixels:
        if self._child is None or self._served >= _PICTURES_PER_CHILD:
            self._end()
            self._child, self._served = _start(), 0
        self._served += 1
        until = time.monotonic() + self._seconds
        try:
            return _ask(self._child, data, until)
        except (_Late, OSError, EOFError) as failure:
            self._end()
            why = "took too long" if isinstance(failure, _Late) else "ended its process"
            raise Unreadable(f"decoding the picture {why}") from failure

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            for pipe in (self._child.stdin, self._child.stdout):
                assert pipe is not None
                pipe.close()
            self._child.wait()
            self._child = None


class _Late(Exception):
    """The child did not answer in time."""


def _start() -> subprocess.Popen[bytes]:
    child = subprocess.Popen(  # noqa: S603 - our own file, with fixed arguments
        [sys.executable, "-I", str(_CHILD), str(_ADDRESS_SPACE), str(_CPU_SECONDS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OPENCV_LOG_LEVEL": "SILENT"},
    )
    assert child.stdin is not None
    os.set_blocking(child.stdin.fileno(), False)
    return child


def _ask(child: subprocess.Popen[bytes], data: bytes, until: float) -> Pixels:
    assert child.stdin is not None
    assert child.stdout is not None
    _write(child.stdin.fileno(), struct.pack(">Q", len(data)), until)
    _write(child.stdin.fileno(), data, until)
    answers = child.stdout.fileno()
    good, height, width = _ANSWER.unpack(_read(answers, _ANSWER.size, until))
    if not good:
        reason = bytes(_read(answers, width, until)).decode(errors="replace")
        raise Unreadable(f"the picture cannot be decoded: {reason}")
    if height * width > header.MOST_PIXELS:
        raise EOFError  # no honest child says so
    pixels = np.frombuffer(_read(answers, height * width * 3, until), np.uint8)
    return pixels.reshape(height, width, 3)


def _write(pipe: int, data: bytes, until: float) -> None:
    rest = memoryview(data)
    while rest:
        _wait(until, writing=pipe)
        rest = rest[os.write(pipe, rest[: 1 << 16]) :]


def _read(pipe: int, length: int, until: float) -> bytearray:
    whole = bytearray(length)
    rest = memoryview(whole)
    while rest:
        _wait(until, reading=pipe)
        got = os.readv(pipe, [rest])
        if not got:
            raise EOFError
        rest = rest[got:]
    return whole


def _wait(until: float, *, reading: int | None = None, writing: int | None = None) -> None:
    left = until - time.monotonic()
    readers = [] if reading is None else [reading]
    writers = [] if writing is None else [writing]
    ready = select.select(readers, writers, [], max(left, 0))
    if not (ready[0] or ready[1]):
        raise _Late
