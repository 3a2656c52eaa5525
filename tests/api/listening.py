"""A console that follows the stream: a plain socket, so that tests can let it stall or die."""

import contextlib
import json
import socket
import threading
from dataclasses import dataclass, field

from api.auth import COOKIE
from tests.api.running import Centre, wait_until


@dataclass(frozen=True, slots=True)
class Said:
    """One event of the stream."""

    kind: str
    id: int | None
    data: dict[str, object]


@dataclass(kw_only=True)
class Listener:
    """Reads until it is closed; ``reading`` cleared, it stalls."""

    connection: socket.socket
    said: list[Said] = field(default_factory=list)
    head: bytes = b""
    over: threading.Event = field(default_factory=threading.Event)

    @classmethod
    def open(
        cls, centre: Centre, token: str, *, last: int | None = None, reads: bool = True
    ) -> "Listener":
        connection = socket.socket()
        connection.settimeout(60)
        if not reads:  # before connecting, or the window is large already
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", centre.server.port))
        resume = f"Last-Event-ID: {last}\r\n" if last is not None else ""
        head = f"GET /api/v1/stream HTTP/1.1\r\nHost: x\r\nCookie: {COOKIE}={token}\r\n"
        connection.sendall(f"{head}{resume}\r\n".encode())
        listener = cls(connection=connection)
        if reads:
            threading.Thread(target=listener._read, daemon=True).start()
            wait_until(lambda: listener.clocks or listener.over.is_set())
        return listener

    @property
    def entries(self) -> list[Said]:
        return [one for one in self.said if one.kind == "entry"]

    @property
    def clocks(self) -> list[Said]:
        return [one for one in self.said if one.kind == "clock"]

    @property
    def seqs(self) -> list[int]:
        return [one.id for one in self.entries if one.id is not None]

    def hears(self, many: int) -> None:
        """Wait for so many entries."""
        wait_until(lambda: len(self.entries) >= many)

    def close(self) -> None:
        """Die: the connection is simply gone."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        self.connection.close()

    def _read(self) -> None:
        with self.connection.makefile("rb") as stream:
            try:
                for line in stream:
                    self.head += line
                    if line == b"\r\n":
                        break
                self._read_chunks(stream)
            except (OSError, ValueError):
                pass
        self.over.set()

    def _read_chunks(self, stream: "socket.SocketIO | object") -> None:
        waiting = b""
        while True:
            size = stream.readline()  # type: ignore[union-attr]
            if not size or int(size, 16) == 0:
                return
            waiting += stream.read(int(size, 16))  # type: ignore[union-attr]
            stream.readline()  # type: ignore[union-attr]
            *whole, waiting = waiting.split(b"\n\n")
            self.said += [said for one in whole if (said := _said(one)) is not None]


def _said(text: bytes) -> Said | None:
    fields = dict(line.split(b": ", 1) for line in text.split(b"\n") if b": " in line)
    if b"event" not in fields:
        return None
    number = fields.get(b"id")
    return Said(
        fields[b"event"].decode(),
        int(number) if number is not None else None,
        json.loads(fields[b"data"]),
    )
