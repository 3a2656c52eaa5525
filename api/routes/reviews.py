"""The review of recordings (五.2(3)②): what waits, and what somebody else has seen."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.paging import Cursor, Limit, next_cursor
from api.runtime import Work
from api.schemas.issue import IssueOut, ReviewsOut
from api.schemas.review import ReviewOut, VerdictIn
from api.schemas.values import Number
from api.views.views import Views
from core.facts.issue import IssueNumber
from core.verification import service as verification

router = APIRouter(prefix="/reviews", tags=["reviews"])

Reviewing = Annotated[Work, Depends(Permitted(Action.REVIEW))]


@router.get(
    "",
    summary="Claims to be checked",
    operation_id="read_reviews",
    response_model=ReviewsOut,
    responses=READS,
)
def read_reviews(work: Reviewing, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Return the claims that wait for a review, the one whose recording goes first at the top."""

    def page(views: Views) -> ReviewsOut:
        found = verification.queue(views.store, site=views.site, limit=limit + 1, after=cursor)
        return ReviewsOut(
            items=views.reviews(found[:limit]),
            next_cursor=next_cursor([review.id for review in found], limit),
        )

    return work.read(page)


@router.post(
    "/{number}",
    summary="Say what the recordings show",
    operation_id="decide_review",
    response_model=ReviewOut,
    responses=WRITES,
)
def decide_review(number: Number, body: VerdictIn, work: Reviewing) -> Response:
    """Decide about an issue's claim; "not handled" takes it up again with the old clock."""

    def present(views: Views) -> IssueOut:
        return views.issue(views.store.issues.find(views.site, IssueNumber(number)))

    return work.write(
        lambda store: verification.decide(
            store,
            site=work.site,
            issue=IssueNumber(number),
            by=work.by,
            verdict=body.verdict,
            reason=body.reason,
            now=work.now,
        ),
        show=Views.review,
        present=present,
    )
