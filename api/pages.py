"""The built console at ``/``, the staff's telephone at ``/m/``, wall displays at ``/wall/``.

Where they are missing, a page says which command builds them.
"""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_MISSING = """<!doctype html>
<html lang="zh"><meta charset="utf-8"><title>首问</title>
<h1>首问 · Shouwen</h1>
<p>控制台尚未构建。请在项目目录运行 <code>make setup</code>，然后刷新本页。</p>
<p>The console has not been built yet. Run <code>make setup</code> in the project's folder,
then reload this page. The API answers already under <code>/api/v1</code>.</p>
</html>
"""


#: Pages of their own beside the console: the staff's telephone, and a display on a wall.
_APART = ("m/", "wall/")


class _Console(StaticFiles):
    """Built files; every path that is no file is the page's own, and it reads it itself."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as problem:
            if problem.status_code != 404 or _is_file(path):
                raise
            page = next(
                (f"{one}index.html" for one in _APART if path.startswith(one)), "index.html"
            )
            response = await super().get_response(page, scope)
        if path.startswith("assets/"):  # their names change with their content
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        else:
            response.headers["Cache-Control"] = "no-cache"
        return response


def _is_file(path: str) -> bool:
    """Whether a path asks for a file; months, places at a code and filters have dots in theirs."""
    return "." in path.rpartition("/")[2] and not path.startswith(("months/", "m/p/", "register/"))


def install(app: FastAPI, dist: Path) -> None:
    """Serve the console below all routes of the API."""

    async def unknown(request: Request) -> Response:
        raise HTTPException(404, f"{request.url.path} is no route of the API")

    app.add_route("/api/{path:path}", unknown, methods=["GET"], include_in_schema=False)
    if (dist / "index.html").is_file():
        # A telephone's link is slow; its files are asked for once and kept.
        console = GZipMiddleware(_Console(directory=dist, html=True), minimum_size=1024)
        app.mount("/", console, name="console")
        return

    async def missing(_request: Request) -> Response:
        return HTMLResponse(_MISSING, status_code=503)

    app.add_route("/{path:path}", missing, methods=["GET"], include_in_schema=False)
