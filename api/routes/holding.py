"""Who has a report: park it, pass it on, agree to take it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.dependencies import Permitted
from api.permissions import Action, allowed
from api.routes.answers import WRITES
from api.runtime import Work
from api.schemas.report import OfferAnswerIn, OfferIn, ParkIn, ReportOut
from api.schemas.values import Number
from api.views.views import Views
from core.facts.people import PersonCode
from core.facts.report import Report, ReportNumber
from core.monitoring import parking, passing
from core.store.store import Store

router = APIRouter(prefix="/reports", tags=["reports"])

Working = Annotated[Work, Depends(Permitted(Action.WORK_REPORT))]


@router.post(
    "/{number}/park",
    summary="Put a report aside until a moment",
    operation_id="park_report",
    response_model=ReportOut,
    responses=WRITES,
)
def park_report(number: Number, body: ParkIn, work: Working) -> Response:
    """Put a claimed report aside; it returns by itself. A third time is for a leader (403)."""
    # Whoever may take from others may also put off once more.
    leader = allowed(work.session.person.roles, Action.TAKE_OVER)
    return _act(
        work,
        number,
        lambda store: parking.park(
            store,
            site=work.site,
            report=ReportNumber(number),
            by=work.by,
            wait=timedelta(minutes=body.minutes),
            reason=body.reason,
            leader=leader,
            now=work.now,
        ),
    )


@router.post(
    "/{number}/offer",
    summary="Ask somebody to take a report",
    operation_id="offer_report",
    response_model=ReportOut,
    responses=WRITES,
)
def offer_report(number: Number, body: OfferIn, work: Working) -> Response:
    """Ask for consent; it stays with its holder until then, and the question lapses after 15 s."""
    return _act(
        work,
        number,
        lambda store: passing.offer(
            store,
            site=work.site,
            report=ReportNumber(number),
            by=work.by,
            to=PersonCode(body.to),
            now=work.now,
        ),
    )


@router.post(
    "/{number}/answer-offer",
    summary="Take what is offered, or not",
    operation_id="answer_report_offer",
    response_model=ReportOut,
    responses=WRITES,
)
def answer_report_offer(number: Number, body: OfferAnswerIn, work: Working) -> Response:
    """Answer the holder; who agrees has it at once."""
    return _act(
        work,
        number,
        lambda store: passing.answer(
            store,
            site=work.site,
            report=ReportNumber(number),
            by=work.by,
            takes=body.takes,
            now=work.now,
        ),
    )


def _act(work: Work, number: int, act: Callable[[Store], Report]) -> Response:
    return work.write(
        act,
        show=Views.report,
        present=lambda views: views.report(
            views.store.reports.find(views.site, ReportNumber(number))
        ),
    )
