"""What went wrong, as HTTP says it: one table, one form of body."""

import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api.schemas.issue import IssueOut
from api.schemas.problem import Problem
from api.schemas.report import ReportOut
from core.errors import (
    BadCatalogue,
    BadMeritRules,
    BadPolicy,
    BadRoster,
    CoreError,
    Incomplete,
    LifeSafetyUnclaimed,
    LinkUsed,
    NoFont,
    NoPictures,
    NotAllowedNow,
    NotFound,
    NotPermitted,
    NotReadable,
    NotYours,
    ObjectionsOpen,
    ParkedTwice,
    PicturesLacking,
    StepsOpen,
    TooLongOnTest,
)
from core.store.health import StoreFailed

log = structlog.get_logger(__name__)

#: Errors of the core that a request can cause. All others are our own fault: 500.
STATUS: Mapping[type[CoreError], int] = {
    NotReadable: HTTPStatus.BAD_REQUEST,
    NotPermitted: HTTPStatus.FORBIDDEN,
    ParkedTwice: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowedNow: HTTPStatus.CONFLICT,
    LifeSafetyUnclaimed: HTTPStatus.CONFLICT,
    LinkUsed: HTTPStatus.GONE,
    NotYours: HTTPStatus.CONFLICT,
    ObjectionsOpen: HTTPStatus.CONFLICT,
    Incomplete: HTTPStatus.UNPROCESSABLE_ENTITY,
    BadMeritRules: HTTPStatus.UNPROCESSABLE_ENTITY,
    TooLongOnTest: HTTPStatus.UNPROCESSABLE_ENTITY,
    StepsOpen: HTTPStatus.UNPROCESSABLE_ENTITY,
    PicturesLacking: HTTPStatus.UNPROCESSABLE_ENTITY,
    BadPolicy: HTTPStatus.UNPROCESSABLE_ENTITY,
    BadCatalogue: HTTPStatus.UNPROCESSABLE_ENTITY,
    BadRoster: HTTPStatus.UNPROCESSABLE_ENTITY,
    NoPictures: HTTPStatus.SERVICE_UNAVAILABLE,
    NoFont: HTTPStatus.SERVICE_UNAVAILABLE,
}


class Refused(Exception):
    """The shell refuses before the core is asked, or knows how things stand after a lost race."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        present: ReportOut | IssueOut | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Answer ``status`` with ``code`` for machines and ``detail`` for people."""
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.present = present
        self.headers = dict(headers or {})


def body(code: str, detail: str, present: ReportOut | IssueOut | None = None) -> bytes:
    """Return the one form in which everything is refused."""
    return Problem(error=code, detail=detail, present=present).model_dump_json().encode()


def status_of(problem: CoreError) -> int:
    """Return the status that tells a client of an error of the core."""
    return STATUS.get(type(problem), HTTPStatus.INTERNAL_SERVER_ERROR)


def install(app: FastAPI) -> None:
    """Let every error leave the app in the one form."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(CoreError, _core)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(StoreFailed, _store)
    app.add_exception_handler(Exception, _unknown)


def _answer(
    status: int, code: str, detail: str, *, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    return Response(
        body(code, detail, **more),
        status_code=status,
        media_type="application/json",
        headers=dict(headers or {}),
    )


async def _refused(_request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Refused)
    return _answer(
        problem.status,
        problem.code,
        problem.detail,
        headers=problem.headers,
        present=problem.present,
    )


async def _core(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, CoreError)
    if type(problem) not in STATUS:
        return await _unknown(request, problem)
    return _answer(status_of(problem), problem.code, str(problem))


async def _invalid(_request: Request, problem: Exception) -> Response:
    assert isinstance(problem, RequestValidationError)
    first = problem.errors()[0]
    where = ".".join(str(part) for part in first["loc"] if part != "body")
    detail = f"{where}: {first['msg']}" if where else str(first["msg"])
    return _answer(HTTPStatus.UNPROCESSABLE_ENTITY, "not_readable", detail)


async def _http(_request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    code = HTTPStatus(problem.status_code).name.lower()
    return _answer(problem.status_code, code, str(problem.detail), headers=problem.headers)


async def _store(request: Request, problem: Exception) -> Response:
    """Say that nothing was kept, so that whoever asks may ask again."""
    log.error("the database failed", path=request.url.path, exc_info=problem)
    return _answer(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "store_failed",
        "The centre's database does not answer; try again.",
        headers={"Retry-After": "2"},
    )


async def _unknown(request: Request, problem: Exception) -> Response:
    """Say nothing of the inside; the id finds the log entry."""
    number = secrets.token_hex(6)
    log.error("request failed", id=number, path=request.url.path, exc_info=problem)
    return _answer(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal",
        f"The centre failed; in its log this is {number}.",
    )
