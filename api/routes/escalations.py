"""Steps of ladders, before and after they fire (五.1(3))."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS
from api.routes.paging import Limit
from api.runtime import Work
from api.schemas.issue import EscalationsOut
from api.views.views import Views

router = APIRouter(prefix="/escalations", tags=["issues"])


class State(StrEnum):
    """Before or after."""

    UPCOMING = "upcoming"
    FIRED = "fired"


@router.get(
    "",
    summary="Escalations before and after they happen",
    operation_id="read_escalations",
    response_model=EscalationsOut,
    responses=READS,
)
def read_escalations(
    work: Annotated[Work, Depends(Permitted(Action.SEE_ESCALATIONS))],
    state: State = State.UPCOMING,
    limit: Limit = 100,
) -> Response:
    """Return the next step of each open issue, soonest first; or what fired, newest first."""

    def page(views: Views) -> EscalationsOut:
        if state is State.UPCOMING:
            items = views.upcoming(views.store.issues.upcoming(views.site, limit=limit))
        else:
            items = views.fired(views.store.escalations.latest(views.site, limit=limit))
        return EscalationsOut(items=items, next_cursor=None)

    return work.read(page)
