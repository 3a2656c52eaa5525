"""Whoever is nearest is asked to come, and says whether he does (五.1(2))."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.paging import Cursor, Limit, next_cursor
from api.runtime import Work
from api.schemas.following import AlertAnswerIn, AlertOut, AlertsOut
from api.schemas.values import Number
from api.views import following
from api.views.views import Views
from core.alerting import policy
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
def read_alerts(
    work: Alerted,
    limit: Limit = 50,
    cursor: Cursor = None,
    *,
    open: Annotated[bool, Query(description="Only where I am still called to.")] = False,  # noqa: A002 - the word of the address
) -> Response:
    """Return what I was asked to come to, the last first."""

    def page(views: Views) -> AlertsOut:
        kept = views.store.alerts
        if open:
            found = kept.open_of(
                views.site,
                views.me,
                since=work.now - policy.STALE,
                limit=limit + 1,
                before=cursor,
            )
        else:
            found = kept.of_person(views.site, views.me, limit=limit + 1, before=cursor)
        return AlertsOut(
            items=following.alerts(views, found[:limit]),
            next_cursor=next_cursor([alert.id for alert in found], limit),
        )

    return work.read(page)


@router.get(
    "/{number}",
    summary="One of my alerts",
    operation_id="read_alert",
    response_model=AlertOut,
    responses=READS,
)
def read_alert(number: Number, work: Alerted) -> Response:
    """Say where I am called to, and what to do there; of the issue nothing more is opened."""
    return work.read(
        lambda views: following.alerts(
            views, [alerting.mine(views.store, site=views.site, alert=number, by=views.me)]
        )[0]
    )


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
