"""What holds of every request: its size, its time, and the headers that protect browsers.

Plain ASGI: Starlette's ``BaseHTTPMiddleware`` hides that a client went away.
"""

import asyncio
import time
from collections.abc import Mapping
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import body
from api.metrics import Metrics

#: Ant Design writes style elements, hence ``unsafe-inline`` for styles alone.
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(self)",
}


#: A customer's page runs no script, and its address, which is its key, goes nowhere.
VERDICT_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
}

#: A body of which nothing comes for so many seconds is given up.
UNRECEIVED = 20.0
#: So many times the limit is thrown away before the connection is ended.
_PATIENCE = 4


class ProtectiveHeaders:
    """Puts the headers on every answer, refusals and failures among them."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        private = scope["path"].startswith("/api/")
        verdict = scope["path"].startswith("/c/")

        async def protect(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    # Who says something stricter of himself is believed.
                    headers.setdefault(name, value)
                if verdict:
                    headers.update(VERDICT_HEADERS)
                if private:
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, protect)


class BodyLimit:
    """Refuses bodies that are too large: by their length, or once they prove to be, chunked."""

    def __init__(
        self, app: ASGIApp, *, limit: int, larger: Mapping[tuple[str, str], int] | None = None
    ) -> None:
        """Wrap the app; ``limit`` in bytes, ``larger`` by method and beginning of the path."""
        self._app = app
        self._limit = limit
        self._larger = dict(larger or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is not too large."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit_of(scope)
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdigit() or int(length) > limit:
            await self._refuse(send, limit)
            return
        taken, complete = 0, False

        async def count() -> Message:
            nonlocal taken, complete
            message = await (receive() if complete else _in_time(receive))
            complete = not message.get("more_body", False)
            while message["type"] == "http.request":
                taken += len(message.get("body", b""))
                if taken <= limit:
                    return message
                # A client hears the answer only if its body was taken; but not for ever.
                if not message.get("more_body", False) or taken > _PATIENCE * limit:
                    raise HTTPException(
                        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                        _too_large(limit),
                        {"Connection": "close"},
                    )
                message = await _in_time(receive)
            return message

        await self._app(scope, count, send)

    def _limit_of(self, scope: Scope) -> int:
        for (method, path), limit in self._larger.items():
            if scope["method"] == method and scope["path"].startswith(path):
                return limit
        return self._limit

    async def _refuse(self, send: Send, limit: int) -> None:
        said = body("request_entity_too_large", _too_large(limit))
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(said)).encode()),
            (b"connection", b"close"),  # the rest of the body is not waited for
        ]
        await send({"type": "http.response.start", "status": 413, "headers": headers})
        await send({"type": "http.response.body", "body": said})


class Timed:
    """Measures how long requests take, by route and not by path, so that series stay few."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        """Wrap the app."""
        self._app = app
        self._requests = metrics.requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; a stream counts until its first byte."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()

        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._requests.labels(scope["method"], _route(scope), message["status"]).observe(
                    time.perf_counter() - began
                )
            await send(message)

        await self._app(scope, receive, note)


def _too_large(limit: int) -> str:
    return f"a request may hold {limit} bytes"


async def _in_time(receive: Receive) -> Message:
    """Receive the next piece of a body, which must not drip for ever."""
    try:
        async with asyncio.timeout(UNRECEIVED):
            return await receive()
    except TimeoutError:
        raise HTTPException(
            HTTPStatus.REQUEST_TIMEOUT, "the body did not come", {"Connection": "close"}
        ) from None


def _route(scope: Scope) -> str:
    """Return the route's path with its parameters' names; what is no route of ours is one."""
    params = {str(value): name for name, value in scope.get("path_params", {}).items()}
    if "route" not in scope or "path" in params.values():
        return "other"
    return "/".join(
        f"{{{params[part]}}}" if part in params else part for part in scope["path"].split("/")
    )
