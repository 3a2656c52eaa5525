"""What stands before the operators."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS
from api.runtime import Work
from api.schemas.report import QueueOut
from api.views.views import Views
from core.facts.issue import Status
from core.monitoring import service as monitoring

router = APIRouter(prefix="/queue", tags=["reports"])


@router.get(
    "",
    summary="The operators' queue",
    operation_id="read_queue",
    response_model=QueueOut,
    responses=READS,
)
def read_queue(work: Annotated[Work, Depends(Permitted(Action.SEE_QUEUE))]) -> Response:
    """Return reports to be dealt with and those the desk has not accepted, in queue order."""
    return work.read(_queue)


def _queue(views: Views) -> QueueOut:
    items = views.reports(monitoring.queue(views.store, site=views.site))
    forwarded = sum(item.status is Status.FORWARDED for item in items)
    return QueueOut(
        items=items, next_cursor=None, waiting=len(items) - forwarded, forwarded=forwarded
    )
