"""What stands before the operators."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS
from api.routes.paging import Cursor, next_cursor
from api.runtime import Work
from api.schemas.report import QueueOut
from api.schemas.values import Number
from api.views.storms import storms_out
from api.views.views import Views
from core.facts.issue import IssueNumber
from core.facts.report import ReportNumber
from core.monitoring import service as monitoring

router = APIRouter(prefix="/queue", tags=["reports"])


@router.get(
    "",
    summary="The operators' queue",
    operation_id="read_queue",
    response_model=QueueOut,
    responses=READS,
)
def read_queue(
    work: Annotated[Work, Depends(Permitted(Action.SEE_QUEUE))],
    limit: Annotated[int, Query(ge=1, le=500, description="How many at most.")] = 200,
    cursor: Cursor = None,
    issue: Annotated[
        list[Number] | None,
        Query(max_length=500, description="Only what these issues have in the queue."),
    ] = None,
) -> Response:
    """Return reports to be dealt with and those the desk has not accepted, in queue order.

    `waiting` and `forwarded` count all of them, also those on other pages and those that are
    folded under a storm or under another trouble. A console that has the queue asks with `issue`
    for what has just changed, and gets the counts to check itself by.
    """
    only = None if issue is None else [IssueNumber(number) for number in issue]

    def page(views: Views) -> QueueOut:
        store, site = views.store, views.site
        after = ReportNumber(cursor) if cursor is not None else None
        found = monitoring.queue(store, site=site, limit=limit + 1, after=after, issues=only)
        forwarded = store.reports.forwarded(site)
        return QueueOut(
            items=views.reports(found[:limit]),
            next_cursor=next_cursor([report.number for report in found], limit),
            waiting=store.reports.queued(site) - forwarded,
            forwarded=forwarded,
            storms=storms_out(views, store.storms.standing(site)),
        )

    return work.read(page)
