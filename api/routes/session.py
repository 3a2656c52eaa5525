"""Logging in and out, and who one is."""

import time
from http import HTTPStatus
from typing import Annotated, Literal

import anyio
from fastapi import APIRouter, Depends, Request, Response

from api.auth import COOKIE, LoggedIn, TooOften, checking
from api.dependencies import NowDep, Permitted, RuntimeDep, own_page
from api.errors import Refused
from api.permissions import Action, actions
from api.routes.answers import READS, WRITES, refusals
from api.runtime import Runtime, Work
from api.schemas.session import ClockOut, LogInIn, SessionOut, SiteOut
from api.views.views import Views
from core.facts.device import SiteCode
from core.facts.handover import Workstation
from core.monitoring import leaving, presence
from core.store.sessions import Session

router = APIRouter(prefix="/session", tags=["session"])

Own = Annotated[Work, Depends(Permitted(Action.USE_SESSION))]


@router.post(
    "",
    summary="Log in",
    operation_id="log_in",
    responses=refusals(400, 401, 403, 413, 422, 429),
    dependencies=[Depends(own_page)],
)
async def log_in(
    body: LogInIn, request: Request, response: Response, runtime: RuntimeDep, now: NowDep
) -> SessionOut:
    """Begin a session and set its cookie. Wrong names and wrong passwords answer alike."""
    address = request.client.host if request.client else ""
    often = runtime.log_ins.try_(login=body.login, address=address, ticks=time.monotonic())
    if often is not None:
        raise too_often(often)

    def check() -> tuple[LoggedIn, SessionOut] | None:
        found = runtime.log_ins.log_in(
            site=SiteCode(body.site) if body.site is not None else None,
            login=body.login,
            password=body.password.get_secret_value(),
            address=address,
            now=now,
            workstation=Workstation(body.workstation) if body.workstation else None,
        )
        if not isinstance(found, LoggedIn):
            return None
        return found, _show(runtime, found.session, _language(request))

    found = await anyio.to_thread.run_sync(check, limiter=checking)
    if found is None:
        raise Refused(HTTPStatus.UNAUTHORIZED, "wrong_log_in", "no such log-in and password")
    if body.workstation:
        runtime.committed()
    response.set_cookie(
        COOKIE,
        found[0].token,
        max_age=int(runtime.settings.session.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return found[1]


@router.get(
    "",
    summary="Who is logged in",
    operation_id="read_session",
    responses=READS,
)
def read_session(request: Request, work: Own) -> SessionOut:
    """Say who is logged in, what he may do, and what time it is."""
    return _show(work.runtime, work.session, _language(request))


@router.delete(
    "",
    summary="Log out",
    operation_id="log_out",
    status_code=HTTPStatus.NO_CONTENT,
    responses=WRITES,
)
def log_out(response: Response, work: Own) -> None:
    """End the session and its streams at once.

    What the person held is back in the queue, or waits three minutes for whoever logs in at the
    same workstation.
    """
    with work.runtime.database.begin() as store:
        left = leaving.leave(
            store,
            site=work.site,
            by=work.by,
            workstation=work.session.workstation,
            now=work.now,
        )
        presence.leave(
            store, site=work.site, by=work.by, workstation=work.session.seat, now=work.now
        )
        store.sessions.revoke(work.session.token_hash)
    work.runtime.hub.end_session(work.session.token_hash)
    if left:
        work.runtime.committed()
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")


def _show(runtime: Runtime, session: Session, language: Literal["zh", "en"]) -> SessionOut:
    now = runtime.clock.now()
    with runtime.database.read() as store:
        site = store.sites.find(session.site)
        views = Views(
            store=store,
            site=session.site,
            me=session.person.code,
            now=now,
            directories=runtime.directories,
        )
        person = views.names.person(session.person.code)
    return SessionOut(
        person=person,
        roles=sorted(session.person.roles),
        site=SiteOut(code=site.code, name=site.name, zone=site.zone),
        actions=list(actions(session.person.roles)),
        clock=ClockOut(now=now, speed=runtime.clock.speed, demo=runtime.clock.demo),
        language=language,
    )


def _language(request: Request) -> Literal["zh", "en"]:
    wanted = request.headers.get("accept-language", "").strip().lower()
    return "en" if wanted.startswith("en") else "zh"


def too_often(often: TooOften) -> Refused:
    """Return how somebody is told that he tries too often."""
    return Refused(
        HTTPStatus.TOO_MANY_REQUESTS,
        "too_often",
        "too many tries, wait a moment",
        headers={"Retry-After": str(int(often.seconds) + 1)},
    )
