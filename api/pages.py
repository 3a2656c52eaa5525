"""The built console at ``/``; where it is missing, a page that says which command builds it."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException
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


class _Console(StaticFiles):
    """Built files; every path that is no file is the console's own, and it reads it itself."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as problem:
            if problem.status_code != 404 or _is_file(path):
                raise
            response = await super().get_response("index.html", scope)
        if path.startswith("assets/"):  # their names change with their content
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        else:
            response.headers["Cache-Control"] = "no-cache"
        return response


def _is_file(path: str) -> bool:
    """Whether a path asks for a file; a number of the month has dots in its address."""
    return "." in path.rpartition("/")[2] and not path.startswith("months/")


def install(app: FastAPI, dist: Path) -> None:
    """Serve the console below all routes of the API."""

    async def unknown(request: Request) -> Response:
        raise HTTPException(404, f"{request.url.path} is no route of the API")

    app.add_route("/api/{path:path}", unknown, methods=["GET"], include_in_schema=False)
    if (dist / "index.html").is_file():
        app.mount("/", _Console(directory=dist, html=True), name="console")
        return

    async def missing(_request: Request) -> Response:
        return HTMLResponse(_MISSING, status_code=503)

    app.add_route("/{path:path}", missing, methods=["GET"], include_in_schema=False)
