"""The shift is handed over: a sheet that builds itself, signed by both (features B14)."""

import time
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated

import anyio
from fastapi import APIRouter, Depends, Request, Response

from api.auth import checking
from api.dependencies import Permitted
from api.errors import Refused
from api.permissions import Action, allowed
from api.routes.answers import READS, WRITES, refusals
from api.routes.paging import Cursor, Limit
from api.routes.session import too_often
from api.runtime import Work
from api.schemas.handover import (
    HandoverOut,
    HandoversOut,
    PresentSheetOut,
    ShiftNoteIn,
    ShiftNoteOut,
    SignIn,
)
from api.schemas.values import Number
from api.views.handover import handover_out, handovers_out, note_out, present_sheet
from api.views.views import Views
from core.facts.handover import HandoverNumber
from core.facts.people import PersonCode
from core.monitoring import handover

router = APIRouter(prefix="/handovers", tags=["reports"])

Seeing = Annotated[Work, Depends(Permitted(Action.SEE_HANDOVERS))]
Handing = Annotated[Work, Depends(Permitted(Action.HAND_OVER))]


@router.get(
    "/sheet",
    summary="The sheet as it stands",
    operation_id="read_handover_sheet",
    response_model=PresentSheetOut,
    responses=READS,
)
def read_handover_sheet(work: Seeing) -> Response:
    """Return what the shift would leave to the next if it were signed now."""
    return work.read(present_sheet)


@router.get(
    "",
    summary="Signed sheets",
    operation_id="read_handovers",
    response_model=HandoversOut,
    responses=READS,
)
def read_handovers(work: Seeing, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Return signed sheets, the newest first."""

    def page(views: Views) -> HandoversOut:
        before = HandoverNumber(cursor) if cursor is not None else None
        found = views.store.handovers.page(views.site, limit=limit + 1, before=before)
        return handovers_out(views, found, limit=limit)

    return work.read(page)


@router.get(
    "/{number}",
    summary="A signed sheet",
    operation_id="read_handover",
    response_model=HandoverOut,
    responses=READS,
)
def read_handover(number: Number, work: Seeing) -> Response:
    """Return a sheet as it was signed, and whether its bytes are still what they were."""
    return work.read(
        lambda views: handover_out(
            views, views.store.handovers.find(views.site, HandoverNumber(number))
        )
    )


@router.post(
    "/notes",
    summary="Write a note for the next shift",
    operation_id="note_for_next_shift",
    response_model=ShiftNoteOut,
    status_code=HTTPStatus.CREATED,
    responses=WRITES,
)
def note_for_next_shift(body: ShiftNoteIn, work: Handing) -> Response:
    """Write down what whoever comes after shall know; it stands on the next sheet."""
    return work.write(
        lambda store: handover.note(
            store, site=work.site, words=body.words, by=work.by, now=work.now
        ),
        show=note_out,
        status=HTTPStatus.CREATED,
    )


@router.post(
    "",
    summary="Sign the sheet, both",
    operation_id="sign_handover",
    response_model=HandoverOut,
    status_code=HTTPStatus.CREATED,
    responses={**WRITES, **refusals(429)},
)
async def sign_handover(body: SignIn, request: Request, work: Handing) -> Response:
    """Sign what stands there, each by his own password; what the outgoing holds passes over.

    No answer is kept by a key here: what it stands for would be a hash of passwords.
    """
    address = request.client.host if request.client else ""
    return await anyio.to_thread.run_sync(_sign, body, address, work, limiter=checking)


def _sign(body: SignIn, address: str, work: Work) -> Response:
    with work.runtime.database.read() as store:
        own = store.people.logins(work.site).get(work.by, "")
    outgoing = _whose(work, own, body.password.get_secret_value(), address)
    if outgoing != work.by:
        raise Refused(HTTPStatus.FORBIDDEN, "wrong_own_password", "not the password of who signs")
    incoming = _whose(work, body.login, body.reliever_password.get_secret_value(), address)
    if incoming is None or not _may_hand_over(work, incoming):
        raise Refused(
            HTTPStatus.FORBIDDEN, "wrong_reliever", "no such log-in and password, or not a reliever"
        )
    return replace(work, key=None).write(
        lambda store: handover.sign(
            store,
            site=work.site,
            outgoing=work.by,
            incoming=incoming,
            read=body.sha256,
            now=work.now,
        ),
        show=handover_out,
        status=HTTPStatus.CREATED,
    )


def _whose(work: Work, login: str, password: str, address: str) -> PersonCode | None:
    """Return whose log-in and password this is; tried as seldom as logging in."""
    log_ins = work.runtime.log_ins
    often = log_ins.try_(login=login, address=address, ticks=time.monotonic())
    if often is not None:
        raise too_often(often)
    return log_ins.whose(site=work.site, login=login, password=password, address=address)


def _may_hand_over(work: Work, person: PersonCode) -> bool:
    with work.runtime.database.read() as store:
        return allowed(store.people.find(work.site, person).roles, Action.HAND_OVER)
