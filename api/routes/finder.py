"""Who finds a problem tells it by his own telephone (五.1(1), 五.1(2))."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import WRITES, refusals
from api.routes.often import not_too_often
from api.runtime import Work
from api.schemas.finder import FoundIn, FoundOut
from api.schemas.values import Number
from core.facts.catalogue import CategoryCode
from core.facts.issue import Caller, CallerKind, Issue, IssueNumber
from core.facts.place import PlaceCode
from core.facts.report import Channel, Report, Telling
from core.finder import service as finder

router = APIRouter(prefix="/tellings", tags=["finder"])

Finding = Annotated[Work, Depends(Permitted(Action.TELL_MYSELF))]


@router.post(
    "",
    summary="Tell what I found",
    operation_id="tell_found",
    response_model=FoundOut,
    status_code=HTTPStatus.CREATED,
    responses={**WRITES, **refusals(429)},
)
def tell_found(body: FoundIn, work: Finding) -> Response:
    """Report in my own name; the desk has it at once, life safety rings at the centre.

    With ``how`` it was dealt with on the spot, and counts so. A telephone that had no net sends
    later with the time of writing; a time that cannot be counts from its receipt.
    """
    not_too_often(work, work.runtime.tellings)
    telling = Telling(
        channel=Channel.MOBILE,
        caller=Caller(kind=CallerKind.STAFF, person=work.by),
        words=body.words,
        told_at=body.told_at,
        place=PlaceCode(body.place),
        category=CategoryCode(body.category),
    )
    return work.write(
        lambda store: finder.tell(
            store, site=work.site, telling=telling, how=body.how, by=work.by, now=work.now
        ),
        show=lambda _views, found: _found(*found),
        status=HTTPStatus.CREATED,
    )


@router.post(
    "/{issue}/end",
    summary="End what I dealt with on the spot",
    operation_id="end_found",
    response_model=FoundOut,
    responses=WRITES,
)
def end_found(issue: Number, work: Finding) -> Response:
    """End an issue of mine that my picture shows dealt with; else the desk ends it."""
    return work.write(
        lambda store: finder.end(
            store, site=work.site, issue=IssueNumber(issue), by=work.by, now=work.now
        ),
        show=lambda views, ended: _found(
            ended, views.store.reports.of_issue(views.site, ended.number)[0]
        ),
    )


def _found(issue: Issue, report: Report) -> FoundOut:
    return FoundOut(
        issue=issue.number,
        report=report.number,
        status=issue.status,
        outcome=issue.outcome,
        told_at=report.told_at,
        received_at=report.received_at,
    )
