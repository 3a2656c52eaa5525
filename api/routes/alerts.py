"""Whoever is nearest is asked to come, and says whether he does (五.1(2))."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.paging import Cursor, Limit, next_cursor
from api.runtime import Work
from api.schemas.following import AlertAnswerIn, AlertOut, AlertsOut
from api.schemas.values import Number
from api.views import following
from api.views.views import Views
from core.alerting import service as alerting

router = APIRouter(prefix="/alerts", tags=["alerts"])

Alerted = Annotated[Work, Depends(Permitted(Action.ANSWER_ALERTS))]


@router.get(
    "",
    summary="My alerts",
    operation_id="read_alerts",
    response_model=AlertsOut,
    responses=READS,
)
def read_alerts(work: Alerted, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Return what I was asked to come to, the last first."""

    def page(views: Views) -> AlertsOut:
        found = views.store.alerts.of_person(views.site, views.me, limit=limit + 1, before=cursor)
        return AlertsOut(
            items=following.alerts(views, found[:limit]),
            next_cursor=next_cursor([alert.id for alert in found], limit),
        )

    return work.read(page)


@router.post(
    "/{number}/answer",
    summary="I come, or I cannot",
    operation_id="answer_alert",
    response_model=AlertOut,
    responses=WRITES,
)
def answer_alert(number: Number, body: AlertAnswerIn, work: Alerted) -> Response:
    """Say whether I come; if I cannot, the next is asked at once."""
    return work.write(
        lambda store: alerting.answer(
            store, site=work.site, alert=number, by=work.by, coming=body.coming, now=work.now
        ),
        show=lambda views, alert: following.alerts(views, [alert])[0],
    )
