"""Feedback, the return visit, and the link for the customer's own verdict (五.2, F5, H7, H8)."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.paging import Cursor, Limit, next_cursor
from api.routes.scope import visible
from api.runtime import Work
from api.schemas.feedback import (
    AnswerIn,
    FeedbackIn,
    FeedbackOut,
    FeedbacksOut,
    LinkOut,
    ToldIn,
    VoicesOut,
)
from api.schemas.issue import IssueOut
from api.schemas.values import Number
from api.views.customers import feedback_out, feedbacks_out, voices_out
from api.views.views import Views
from core.facts.customer import CustomerCode
from core.facts.feedback import FeedbackKind, FeedbackNumber, Said, Telling
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode, UnitCode
from core.feedback import links
from core.feedback import service as feedbacks

router = APIRouter(tags=["feedback"])

Seeing = Annotated[Work, Depends(Permitted(Action.SEE_FEEDBACK))]
Entering = Annotated[Work, Depends(Permitted(Action.ENTER_FEEDBACK))]


@router.get(
    "/feedback",
    summary="Praise, complaints and grievances",
    operation_id="read_feedback",
    response_model=FeedbacksOut,
    responses=READS,
)
def read_feedback(
    work: Seeing,
    limit: Limit = 50,
    cursor: Cursor = None,
    kind: Annotated[FeedbackKind | None, Query()] = None,
    *,
    unanswered: Annotated[bool, Query()] = False,
) -> Response:
    """Return the register of feedback, the newest first."""

    def page(views: Views) -> FeedbacksOut:
        found = views.store.feedbacks.page(
            views.site, kind=kind, unanswered=unanswered, limit=limit + 1, before=cursor
        )
        return FeedbacksOut(
            items=feedbacks_out(views, found[:limit]),
            next_cursor=next_cursor([one.number for one in found], limit),
        )

    return work.read(page)


@router.post(
    "/feedback",
    summary="Enter what a customer says of us",
    operation_id="enter_feedback",
    response_model=FeedbackOut,
    status_code=HTTPStatus.CREATED,
    responses=WRITES,
)
def enter_feedback(body: FeedbackIn, work: Entering) -> Response:
    """Enter a praise, a complaint or a grievance."""
    said = Said(
        kind=body.kind,
        words=body.words,
        issue=IssueNumber(body.issue) if body.issue is not None else None,
        person=PersonCode(body.person) if body.person is not None else None,
        unit=UnitCode(body.unit) if body.unit is not None else None,
        customer=CustomerCode(body.customer) if body.customer is not None else None,
        name=body.name,
    )
    return work.write(
        lambda store: feedbacks.enter(store, site=work.site, said=said, by=work.by, now=work.now),
        show=feedback_out,
        status=HTTPStatus.CREATED,
    )


@router.post(
    "/feedback/{number}/answer",
    summary="Record what the customer was answered",
    operation_id="answer_feedback",
    response_model=FeedbackOut,
    responses=WRITES,
)
def answer_feedback(number: Number, body: AnswerIn, work: Entering) -> Response:
    """Record the answer; whether it was late stays in the journal."""
    return work.write(
        lambda store: feedbacks.answer(
            store,
            site=work.site,
            feedback=FeedbackNumber(number),
            by=work.by,
            how=body.how,
            words=body.words,
            now=work.now,
        ),
        show=feedback_out,
    )


@router.get(
    "/issues/{number}/voices",
    summary="What was said to the customer, and by him",
    operation_id="read_voices",
    response_model=VoicesOut,
    responses=READS,
)
def read_voices(number: Number, work: Seeing) -> Response:
    """Return return visits, verdicts and feedback of one issue."""
    return work.read(lambda views: voices_out(views, visible(work, views.store, number).number))


@router.post(
    "/issues/{number}/told",
    summary="Record a return visit",
    operation_id="tell_reporter",
    response_model=IssueOut,
    responses=WRITES,
)
def tell_reporter(number: Number, body: ToldIn, work: Entering) -> Response:
    """Record who was told, how, and what he made of it; "not solved" re-opens."""
    return work.write(
        lambda store: feedbacks.tell(
            store,
            site=work.site,
            issue=IssueNumber(number),
            by=work.by,
            told=Telling(
                whom=body.whom,
                how=body.how,
                words=body.words,
                solved=body.solved,
                rating=body.rating,
            ),
            now=work.now,
        ),
        show=Views.issue,
        present=lambda views: views.issue(views.store.issues.find(views.site, IssueNumber(number))),
    )


@router.post(
    "/issues/{number}/link",
    summary="Make a link for the customer's verdict",
    operation_id="make_link",
    response_model=LinkOut,
    status_code=HTTPStatus.CREATED,
    responses=WRITES,
)
def make_link(number: Number, work: Entering) -> Response:
    """Make a link that works once; it is shown now and never again."""
    return work.write(
        lambda store: links.make(
            store, site=work.site, issue=IssueNumber(number), by=work.by, now=work.now
        ),
        show=lambda _views, done: LinkOut(path=f"/c/{done[0]}", expires_at=done[1].expires_at),
        status=HTTPStatus.CREATED,
        present=lambda views: views.issue(views.store.issues.find(views.site, IssueNumber(number))),
    )
