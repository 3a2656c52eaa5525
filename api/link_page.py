"""What pages behind one-time links share: how they are served, language, and that none is kept."""

import time
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import parse_qs

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.rate import Buckets
from api.runtime import Runtime
from api.verdict_words import Language
from core.errors import CoreError, LinkUsed, NotFound

#: What a form said; None: the page is only looked at.
Form = dict[str, str] | None

#: Such a page needs nothing but itself; not even the console's own files.
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}
#: A form of four fields; longer words are nobody's.
_MOST_BYTES = 16_384


def serve(
    app: FastAPI,
    path: str,
    act: Callable[[Runtime, str, Form, Language], Response],
    *,
    said: Callable[[HTTPStatus, Language, str], Response],
    refused: tuple[HTTPStatus, str],
) -> None:
    """Serve the page behind one kind of link, apart from the API and before the console.

    :param path: ends in ``{token}``.
    :param said: makes a page of one word: ``often``, ``used``, ``unknown``, or that of ``refused``.
    :param refused: how a form is answered that cannot be read or done.
    """
    # Enough for a slow reader who tries again; far too few for a guesser of 256 bits.
    buckets = Buckets(burst=20, every=6.0)

    async def page(request: Request) -> Response:
        wanted = language(request)
        host = request.client.host if request.client else ""
        if buckets.take(host, now=time.monotonic()):
            return said(HTTPStatus.TOO_MANY_REQUESTS, wanted, "often")
        token, runtime = request.path_params["token"], request.app.state.runtime
        sent = await form(request) if request.method == "POST" else None
        try:
            return await run_in_threadpool(act, runtime, token, sent, wanted)
        except LinkUsed:
            return said(HTTPStatus.GONE, wanted, "used")
        except NotFound:
            return said(HTTPStatus.NOT_FOUND, wanted, "unknown")
        except (CoreError, ValueError):
            return said(refused[0], wanted, refused[1])

    app.add_route(path, page, methods=["GET", "POST"], include_in_schema=False)


def language(request: Request) -> Language:
    """Return the language chosen on the page, or else the browser's; Chinese for all others."""
    chosen = request.query_params.get("language")
    wanted = chosen or request.headers.get("accept-language", "").strip().lower()
    return "en" if wanted.startswith("en") else "zh"


async def form(request: Request) -> dict[str, str]:
    """Return what was sent, the first value of each field; nothing of what is too long."""
    taken = b""
    async for piece in request.stream():
        taken += piece
        if len(taken) > _MOST_BYTES:
            return {}
    said = parse_qs(taken.decode("utf-8", errors="replace"), max_num_fields=10)
    return {name: values[0] for name, values in said.items()}


def answer(status: HTTPStatus, page: str) -> Response:
    """Return a page that nobody keeps or lists."""
    return HTMLResponse(page, status_code=status, headers=_HEADERS)
