"""The line to a camera under httpx: to the number that was judged, and with one deadline for all.

httpx limits the time between two bytes; a camera that drips its answer's head stays within that
for a day. Here each read gets what is left of the whole.
"""

import ssl
import time
from collections.abc import Iterable, Iterator
from functools import cache
from typing import cast

import httpcore
import httpx

#: What may break on the way.
BROKEN = (
    httpx.HTTPError,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
)
LATE = (httpx.TimeoutException, httpcore.TimeoutException)
_CONNECT_WITHIN = 3.0


@cache
def _trust() -> ssl.SSLContext:
    """Read the certificates once: that takes longer than a picture, and all threads wait."""
    return ssl.create_default_context()


class Wire(httpx.BaseTransport):
    """One connection to one number. One thread uses it."""

    def __init__(self, number: str, *, ends: float, silence: float = 4.0) -> None:
        """Connect to ``number`` whatever the request's name is; all is over at ``ends``.

        :param ends: on the monotonic clock
        :param silence: seconds without a byte after which nobody is there
        """
        self._pool = httpcore.ConnectionPool(
            ssl_context=_trust(),
            max_connections=1,
            max_keepalive_connections=1,
            network_backend=_Backend(number, ends=ends, silence=silence),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request, return the answer with its body still on the line."""
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(cast("Iterable[bytes]", answer.stream)),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        """Hang up."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        yield from self._pieces

    def close(self) -> None:
        close = getattr(self._pieces, "close", None)
        if close is not None:
            close()


class _Backend(httpcore.NetworkBackend):
    def __init__(self, number: str, *, ends: float, silence: float) -> None:
        self._number = number
        self._ends = ends
        self._silence = silence
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        del host, timeout  # the number was judged; the time is ours
        line = self._plain.connect_tcp(
            self._number,
            port,
            timeout=_left(self._ends, _CONNECT_WITHIN, httpcore.ConnectTimeout),
            local_address=local_address,
            socket_options=socket_options,
        )
        return _Line(line, ends=self._ends, silence=self._silence)


class _Line(httpcore.NetworkStream):
    def __init__(self, line: httpcore.NetworkStream, *, ends: float, silence: float) -> None:
        self._line = line
        self._ends = ends
        self._silence = silence

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        return self._line.read(max_bytes, _left(self._ends, self._silence, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        self._line.write(buffer, _left(self._ends, self._silence, httpcore.WriteTimeout))

    def close(self) -> None:
        self._line.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        del timeout
        left = _left(self._ends, self._silence, httpcore.ConnectTimeout)
        line = self._line.start_tls(ssl_context, server_hostname, left)
        return _Line(line, ends=self._ends, silence=self._silence)

    def get_extra_info(self, info: str) -> object:
        return self._line.get_extra_info(info)


def _left(ends: float, most: float, late: type[Exception]) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise late("the whole took too long")
    return min(left, most)
