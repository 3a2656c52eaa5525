"""What operators do with reports (五.1(1), (2))."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.tellings import telling
from api.runtime import Work
from api.schemas.report import (
    CompleteIn,
    DismissIn,
    HandledIn,
    ReasonIn,
    ReportOut,
    ShownIn,
    ShownOut,
    TellingIn,
    UnderOut,
)
from api.schemas.values import Number
from api.views.views import Views
from core.facts.report import Report, ReportNumber
from core.monitoring import service as monitoring
from core.store.store import Store

router = APIRouter(prefix="/reports", tags=["reports"])

Seeing = Annotated[Work, Depends(Permitted(Action.SEE_QUEUE))]
Claiming = Annotated[Work, Depends(Permitted(Action.CLAIM))]
Working = Annotated[Work, Depends(Permitted(Action.WORK_REPORT))]
TakingOver = Annotated[Work, Depends(Permitted(Action.TAKE_OVER))]
Telling = Annotated[Work, Depends(Permitted(Action.TELL))]


@router.get(
    "/{number}",
    summary="One report",
    operation_id="read_report",
    response_model=ReportOut,
    responses=READS,
)
def read_report(number: Number, work: Seeing) -> Response:
    """Return a report with its call, hints and relays."""
    return work.read(_present(number))


@router.get(
    "/{number}/under",
    summary="What stands under a report",
    operation_id="read_under",
    response_model=UnderOut,
    responses=READS,
)
def read_under(number: Number, work: Seeing) -> Response:
    """Return the silences that this trouble explains; each has a report and an issue of its own."""

    def found(views: Views) -> UnderOut:
        cause = views.store.reports.find(views.site, ReportNumber(number))
        return UnderOut(items=views.reports(views.store.folds.under(views.site, cause.number)))

    return work.read(found)


@router.post(
    "",
    summary="Enter what somebody tells the centre",
    operation_id="tell_report",
    response_model=ReportOut,
    status_code=HTTPStatus.CREATED,
    responses=WRITES,
)
def tell_report(body: TellingIn, work: Telling) -> Response:
    """Open a report by telephone, in person or through others; the operator holds it at once."""
    return work.write(
        lambda store: monitoring.tell(
            store,
            site=work.site,
            telling=telling(store, work.site, body),
            by=work.by,
            now=work.now,
        ),
        show=Views.report,
        status=HTTPStatus.CREATED,
    )


@router.post(
    "/shown",
    summary="Say that reports stand before an operator",
    operation_id="show_reports",
    response_model=ShownOut,
    responses=WRITES,
)
def show_reports(body: ShownIn, work: Claiming) -> Response:
    """Note the first view of each; what was shown before stays as it is."""
    numbers = [ReportNumber(number) for number in body.reports]
    return work.write(
        lambda store: monitoring.shown(
            store, site=work.site, reports=numbers, by=work.by, now=work.now
        ),
        show=lambda _views, first: ShownOut(first=first),
    )


@router.post(
    "/{number}/claim",
    summary="Take a report in hand",
    operation_id="claim_report",
    response_model=ReportOut,
    responses=WRITES,
)
def claim_report(number: Number, work: Claiming) -> Response:
    """Hold a report for a while; who comes second is told who was first (409)."""
    return _act(
        work,
        number,
        lambda store: monitoring.claim(
            store, site=work.site, report=ReportNumber(number), by=work.by, now=work.now
        ),
    )


@router.post(
    "/{number}/renew",
    summary="Hold a report longer",
    operation_id="renew_report",
    response_model=ReportOut,
    responses=WRITES,
)
def renew_report(number: Number, work: Working) -> Response:
    """Hold a claimed report for another lease."""
    return _act(
        work,
        number,
        lambda store: monitoring.renew(
            store, site=work.site, report=ReportNumber(number), by=work.by, now=work.now
        ),
    )


@router.post(
    "/{number}/release",
    summary="Let go of a report",
    operation_id="release_report",
    response_model=ReportOut,
    responses=WRITES,
)
def release_report(number: Number, work: Working) -> Response:
    """Put a claimed report back into the queue."""
    return _act(
        work,
        number,
        lambda store: monitoring.release(
            store, site=work.site, report=ReportNumber(number), by=work.by, now=work.now
        ),
    )


@router.post(
    "/{number}/take-over",
    summary="Take a report from its holder",
    operation_id="take_over_report",
    response_model=ReportOut,
    responses=WRITES,
)
def take_over_report(number: Number, body: ReasonIn, work: TakingOver) -> Response:
    """Take a report from whoever holds it; the reason stays in the journal."""
    return _act(
        work,
        number,
        lambda store: monitoring.take_over(
            store,
            site=work.site,
            report=ReportNumber(number),
            by=work.by,
            reason=body.reason,
            now=work.now,
        ),
    )


@router.post(
    "/{number}/complete",
    summary="Say who, where and what",
    operation_id="complete_report",
    response_model=ReportOut,
    responses=WRITES,
)
def complete_report(number: Number, body: CompleteIn, work: Working) -> Response:
    """Fill in who told it, where, which category and the words; fixes the first reporter."""
    return _act(
        work,
        number,
        lambda store: monitoring.complete(
            store,
            site=work.site,
            report=ReportNumber(number),
            by=work.by,
            completion=body.fact(),
            now=work.now,
        ),
    )


@router.post(
    "/{number}/forward",
    summary="Pass a report to the desk",
    operation_id="forward_report",
    response_model=ReportOut,
    responses=WRITES,
)
def forward_report(number: Number, work: Working) -> Response:
    """Pass a complete report to the service desk; it stays in the queue until it is accepted."""
    return _act(
        work,
        number,
        lambda store: monitoring.forward(
            store, site=work.site, report=ReportNumber(number), by=work.by, now=work.now
        ),
    )


@router.post(
    "/{number}/handled",
    summary="Handled on the spot",
    operation_id="handle_report",
    response_model=ReportOut,
    responses=WRITES,
)
def handle_report(number: Number, body: HandledIn, work: Working) -> Response:
    """Record that it was dealt with on the spot (当场处理, 五.1(2))."""
    return _act(
        work,
        number,
        lambda store: monitoring.handled_on_the_spot(
            store,
            site=work.site,
            report=ReportNumber(number),
            by=work.by,
            how=body.how,
            now=work.now,
        ),
    )


@router.post(
    "/{number}/dismiss",
    summary="Nothing is to be done",
    operation_id="dismiss_report",
    response_model=ReportOut,
    responses=WRITES,
)
def dismiss_report(number: Number, body: DismissIn, work: Working) -> Response:
    """Record why nothing is to be done; causes are counted every month."""
    return _act(
        work,
        number,
        lambda store: monitoring.dismiss(
            store,
            site=work.site,
            report=ReportNumber(number),
            by=work.by,
            cause=body.cause,
            reason=body.reason,
            now=work.now,
        ),
    )


def _act(work: Work, number: int, act: Callable[[Store], Report]) -> Response:
    return work.write(act, show=Views.report, present=_present(number))


def _present(number: int) -> Callable[[Views], ReportOut]:
    return lambda views: views.report(views.store.reports.find(views.site, ReportNumber(number)))
