"""Who is called in reads it here, and says so."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.paging import Limit
from api.runtime import Work
from api.schemas.notice import NoticeOut, NoticesOut
from api.schemas.values import Number
from api.views.views import Views
from core.escalation import by_hand

router = APIRouter(prefix="/notices", tags=["notices"])

Seeing = Annotated[Work, Depends(Permitted(Action.SEE_NOTICES))]


@router.get(
    "",
    summary="My notices",
    operation_id="read_notices",
    response_model=NoticesOut,
    responses=READS,
)
def read_notices(work: Seeing, limit: Limit = 50) -> Response:
    """Return the calls to step in that I was sent, newest first."""

    def page(views: Views) -> NoticesOut:
        found = views.store.notices.of_person(views.site, views.me, limit=limit)
        return NoticesOut(items=views.notices(found), next_cursor=None)

    return work.read(page)


@router.post(
    "/{number}/acknowledge",
    summary="I have read it",
    operation_id="acknowledge_notice",
    response_model=NoticeOut,
    responses=WRITES,
)
def acknowledge_notice(number: Number, work: Seeing) -> Response:
    """Note that I have read my own notice; the first time stays."""
    return work.write(
        lambda store: by_hand.acknowledge(
            store, site=work.site, notice=number, person=work.by, now=work.now
        ),
        show=lambda views, notice: views.notices([notice])[0],
    )
