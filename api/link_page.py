"""What pages behind one-time links share: language, a small form, and that nobody keeps them."""

from http import HTTPStatus
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.verdict_words import Language

#: Such a page needs nothing but itself; not even the console's own files.
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}
#: A form of four fields; longer words are nobody's.
_MOST_BYTES = 16_384


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
