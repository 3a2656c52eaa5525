"""HTTP: the cable to devices that post. A small listener, bounded in size, time and number.

``200`` is said only after the spool's commit. ``503`` means: not kept, tell it again.
"""

import hmac
import io
import json
import socket
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import structlog

from gateway.adapter import Delivery, LinkDown, Message
from gateway.routing import HOOKS

log = structlog.get_logger(__name__)

BODY_KEPT = 1024 * 1024
#: A request must be whole after so many seconds, however slowly it drips.
REQUEST_WITHIN = 10.0
#: The spool has so long to keep it, seconds.
KEPT_WITHIN = 10.0
REQUESTS_AT_ONCE = 64
#: Where a shared secret may stand; many devices can set nothing but their address.
SECRET_HEADER = "X-Shouwen-Secret"  # noqa: S105 - the header's name, not a secret
SECRET_QUERY = "secret"  # noqa: S105 - the parameter's name, not a secret


class HttpLink:
    """Listens for ``/hooks/<profile>/<device>``."""

    def __init__(
        self,
        *,
        address: tuple[str, int],
        clock: Callable[[], datetime],
        has_room: Callable[[], bool],
        owns: Callable[[str], bool],
        secret: str | None = None,
    ) -> None:
        """Listen on ``address``; what nobody ``owns`` is kept in quarantine and answered 404."""
        self._address = address
        self._clock = clock
        self._has_room = has_room
        self._owns = owns
        self._secret = secret
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self._waiting: set[_Waiting] = set()
        self._guard = threading.Lock()
        self._slots = threading.BoundedSemaphore(REQUESTS_AT_ONCE)
        self._deliver: Callable[[Delivery], None] | None = None
        #: A listener never ends for good.
        self.ended: str | None = None

    @property
    def port(self) -> int:
        """The port in use, once started."""
        return self._address[1] if self._server is None else int(self._server.server_address[1])

    def start(self, deliver: Callable[[Delivery], None]) -> None:
        """Begin listening.

        :raises LinkDown: the address is not to be had.
        """
        self._deliver = deliver
        try:
            self._server = _Server(self._address, self)
        except OSError as problem:
            raise LinkDown(f"cannot listen on {self._address}: {problem}") from None
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.2,), name="http", daemon=True
        )
        self._thread.start()

    def send(self, topic: str, payload: bytes) -> None:
        """Do nothing: over HTTP the answer is the receipt."""

    def drop(self) -> None:
        """Answer 503 to all who wait: what they told is not kept."""
        with self._guard:
            for waiting in self._waiting:
                waiting.done.set()

    def stop(self) -> None:
        """Listen no more; who still waits is told to come again."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
        self.drop()

    def alive(self, now: datetime) -> bool:
        """Whether the listener runs; ``now`` tells nothing of one whom nobody may call for days."""
        del now
        return self._thread is not None and self._thread.is_alive()

    def admit(self) -> bool:
        """Take one of the places for requests; False: all are taken."""
        return self._slots.acquire(blocking=False)

    def leave(self) -> None:
        """Give the place back."""
        self._slots.release()

    def permits(self, header: str | None, query: str | None) -> bool:
        """Whether the caller knows the secret, if there is one."""
        if self._secret is None:
            return True
        said = (header or query or "").encode()
        return hmac.compare_digest(said, self._secret.encode())

    def receive(self, path: str, body: bytes) -> HTTPStatus:
        """Hand on one request, and say what became of it."""
        if not self._has_room() or self._deliver is None:
            return HTTPStatus.SERVICE_UNAVAILABLE
        waiting = _Waiting()
        message = Message(topic=path, payload=body, received_at=self._clock())
        with self._guard:
            self._waiting.add(waiting)
        try:
            self._deliver(Delivery(message, waiting.keep, comes_again=True))
            waiting.done.wait(KEPT_WITHIN)
        except LinkDown:
            return HTTPStatus.SERVICE_UNAVAILABLE
        finally:
            with self._guard:
                self._waiting.discard(waiting)
        if not waiting.kept:
            return HTTPStatus.SERVICE_UNAVAILABLE
        return HTTPStatus.OK if self._owns(path) else HTTPStatus.NOT_FOUND


class _Waiting:
    """A request that waits for the spool."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.kept = False

    def keep(self) -> None:
        self.kept = True
        self.done.set()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], link: HttpLink) -> None:
        self.link = link
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, _Request)

    def process_request(self, request: object, client_address: object) -> None:
        """Give it a thread, or hang up: more at once than this is no device's doing."""
        if not isinstance(request, socket.socket):
            return
        if self.link.admit():
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: object, client_address: object) -> None:
        try:
            if isinstance(request, socket.socket):
                super().process_request_thread(request, client_address)
        finally:
            self.link.leave()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say it in one line: a device that hangs up is nothing to shout about."""
        del request
        log.info("request broken off", caller=str(client_address), reason=str(sys.exception()))


class _Request(BaseHTTPRequestHandler):
    """One request on one connection, then the line is closed."""

    protocol_version = "HTTP/1.1"
    server_version = "shouwen"
    sys_version = ""
    server: _Server

    def setup(self) -> None:
        """Read through a clock: the whole request has one deadline."""
        super().setup()
        self.rfile = io.BufferedReader(_Timed(self.connection, REQUEST_WITHIN), 64 * 1024)

    def do_POST(self) -> None:
        """Take what a device posts."""
        self._take()

    def do_PUT(self) -> None:
        """Take what a device puts; some do."""
        self._take()

    def do_GET(self) -> None:
        """Take what a device can only say in its address: the query is the message."""
        self._take()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in stdlib
        """Say nothing: what counts is counted by the intake."""

    def _take(self) -> None:
        self.close_connection = True
        link = self.server.link
        address = urlsplit(self.path)
        query = parse_qsl(address.query, keep_blank_values=True)
        secret = next((value for name, value in query if name == SECRET_QUERY), None)
        if not address.path.startswith(HOOKS):
            self._answer(HTTPStatus.NOT_FOUND)
        elif not link.permits(self.headers.get(SECRET_HEADER), secret):
            self._answer(HTTPStatus.FORBIDDEN)
        else:
            rest = [pair for pair in query if pair[0] != SECRET_QUERY]
            self._receive(unquote(address.path), urlencode(rest).encode())

    def _receive(self, path: str, query: bytes) -> None:
        try:
            body = self._body()
        except TimeoutError:
            self._answer(HTTPStatus.REQUEST_TIMEOUT)
        except _TooLarge:
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        except ValueError:
            self._answer(HTTPStatus.BAD_REQUEST)
        else:
            self._answer(self.server.link.receive(path, body or query))

    def _body(self) -> bytes:
        """Return the body.

        :raises _TooLarge: it is, or says that it will be.
        :raises ValueError: its length is no length, or it ends early.
        """
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return self._chunks()
        length = int(self.headers.get("Content-Length", "0"))
        return self._exactly(length)

    def _chunks(self) -> bytes:
        body = bytearray()
        while length := int(self.rfile.readline(64).split(b";")[0], 16):
            body += self._exactly(length, already=len(body))
            self.rfile.readline(64)
        return bytes(body)

    def _exactly(self, length: int, *, already: int = 0) -> bytes:
        if length < 0:
            raise ValueError("a negative length")
        if length + already > BODY_KEPT:
            raise _TooLarge
        body = self.rfile.read(length)
        if len(body) < length:
            raise ValueError("the body ends early")
        return body

    def _answer(self, status: HTTPStatus) -> None:
        content = json.dumps(
            {"received": status is HTTPStatus.OK, "status": status.phrase}
        ).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        if status is HTTPStatus.SERVICE_UNAVAILABLE:
            self.send_header("Retry-After", "5")
        self.end_headers()
        self.wfile.write(content)


class _TooLarge(Exception):
    """More than one message may hold."""


class _Timed(io.RawIOBase):
    """A socket to read from until a moment, however the bytes come."""

    def __init__(self, wire: socket.socket, seconds: float) -> None:
        super().__init__()
        self._wire = wire
        self._ends = time.monotonic() + seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("the request drips")
        self._wire.settimeout(left)
        return self._wire.recv_into(buffer)
