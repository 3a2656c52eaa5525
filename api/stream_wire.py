"""The socket under a stream: what all consoles share goes to it without a task for each.

An ASGI server wakes a task for each client and each piece; with a thousand consoles that is most
of the time a fan-out takes (ADR 0103). Whoever is known to wait, and takes what it is sent, is
written to at once; everybody else is served by his own task.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

#: Where the connection's transport is found in an ASGI scope's extensions.
EXTENSION = "shouwen.wire"
#: A socket that has more unsent than this, in bytes, is not written to past its own task.
UNSENT_BYTES = 32 * 1024

_App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Protocol(H11Protocol):
    """HTTP as uvicorn speaks it; each request also tells on which socket it came."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's
        """Begin a connection."""
        super().connection_made(transport)
        self.app = _telling(self.app, transport)


class Wire:
    """A socket on which an answer of unknown length is under way, in chunks."""

    def __init__(self, transport: asyncio.Transport) -> None:
        """Write to this socket."""
        self._transport = transport

    @classmethod
    def of(cls, scope: Scope) -> "Wire | None":
        """Return a request's socket; None where chunks are not what the client is answered in."""
        transport = scope.get("extensions", {}).get(EXTENSION)
        if transport is None or scope.get("http_version") != "1.1":
            return None
        return cls(transport)

    @property
    def flows(self) -> bool:
        """Whether the client takes what it is sent."""
        transport = self._transport
        return not transport.is_closing() and transport.get_write_buffer_size() < UNSENT_BYTES

    def write(self, piece: bytes) -> None:
        """Send one chunk, as ``chunk`` has made it."""
        self._transport.write(piece)


def chunk(said: bytes) -> bytes:
    """Return bytes as one chunk of an HTTP/1.1 answer (RFC 9112, 7.1)."""
    return b"%x\r\n%b\r\n" % (len(said), said)


def _telling(app: Any, transport: asyncio.Transport) -> _App:
    async def told(scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("extensions", {})[EXTENSION] = transport
        await app(scope, receive, send)

    return told
