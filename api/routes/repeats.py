"""The same again: likenesses while typing, joining, merging, splitting, repeat marks (一.2)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.scope import visible
from api.routes.tellings import telling
from api.runtime import Work
from api.schemas.customer import JoinIn, KinOut, MergeIn, SimilarOut
from api.schemas.issue import IssueOut
from api.schemas.report import ReasonIn, TellingIn
from api.schemas.values import Code, Number, Said
from api.views.customers import kin_out, similar_out
from api.views.views import Views
from core.facts.issue import IssueNumber
from core.facts.place import PlaceCode
from core.facts.report import ReportNumber
from core.repeats import merging
from core.repeats import service as repeats

router = APIRouter(tags=["repeats"])

Seeing = Annotated[Work, Depends(Permitted(Action.SEE_QUEUE))]
Reading = Annotated[Work, Depends(Permitted(Action.READ_ISSUES))]
Joining = Annotated[Work, Depends(Permitted(Action.JOIN))]
Merging = Annotated[Work, Depends(Permitted(Action.MERGE))]


@router.get(
    "/issues/similar",
    summary="Open issues that sound like this",
    operation_id="read_similar",
    response_model=SimilarOut,
    responses=READS,
)
def read_similar(
    work: Seeing,
    text: Annotated[Said, Query()],
    place: Annotated[Code | None, Query()] = None,
    category: Annotated[Code | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=20)] = 5,
) -> Response:
    """Return open issues that sound like what is being typed, the most alike first."""
    return work.read(
        lambda views: similar_out(
            views,
            repeats.similar(
                views.store,
                site=views.site,
                text=text,
                place=PlaceCode(place) if place is not None else None,
                category=category,
                limit=limit,
            ),
        )
    )


@router.get(
    "/issues/{number}/kin",
    summary="What an issue has to do with others",
    operation_id="read_kin",
    response_model=KinOut,
    responses=READS,
)
def read_kin(number: Number, work: Reading) -> Response:
    """Return the repeat mark, the mergers, and everybody who told of an issue."""
    return work.read(lambda views: kin_out(views, visible(work, views.store, number)))


@router.post(
    "/reports/{number}/join",
    summary="Put a report to an issue that is known",
    operation_id="join_report",
    response_model=IssueOut,
    responses=WRITES,
)
def join_report(number: Number, body: JoinIn, work: Joining) -> Response:
    """Join a report to an open issue; who told it becomes one of its reporters."""
    return work.write(
        lambda store: merging.join(
            store,
            site=work.site,
            report=ReportNumber(number),
            into=IssueNumber(body.issue),
            by=work.by,
            caller=body.caller.fact() if body.caller is not None else None,
            now=work.now,
        ),
        show=Views.issue,
        present=lambda views: views.report(
            views.store.reports.find(views.site, ReportNumber(number))
        ),
    )


@router.post(
    "/issues/{number}/tellings",
    summary="Somebody tells of an issue that is known",
    operation_id="join_telling",
    response_model=IssueOut,
    responses=WRITES,
)
def join_telling(number: Number, body: TellingIn, work: Joining) -> Response:
    """Enter a telling of an open issue; it opens none of its own."""
    return work.write(
        lambda store: merging.join_telling(
            store,
            site=work.site,
            into=IssueNumber(number),
            telling=telling(store, work.site, body),
            by=work.by,
            now=work.now,
        ),
        show=Views.issue,
        present=lambda views: _issue(views, number),
    )


@router.post(
    "/issues/{number}/merge",
    summary="Let an issue go on in another",
    operation_id="merge_issue",
    response_model=IssueOut,
    responses=WRITES,
)
def merge_issue(number: Number, body: MergeIn, work: Merging) -> Response:
    """Merge an issue into another: all reporters and pictures go with it, the older clock wins."""
    return work.write(
        lambda store: merging.merge(
            store,
            site=work.site,
            issue=IssueNumber(number),
            into=IssueNumber(body.into),
            by=work.by,
            reason=body.reason,
            now=work.now,
        ),
        show=Views.issue,
        present=lambda views: _issue(views, number),
    )


@router.post(
    "/issues/{number}/split",
    summary="Part a merged issue again",
    operation_id="split_issue",
    response_model=IssueOut,
    responses=WRITES,
)
def split_issue(number: Number, body: ReasonIn, work: Merging) -> Response:
    """Give a merged issue its reports, pictures and clock back."""
    return work.write(
        lambda store: merging.split(
            store,
            site=work.site,
            issue=IssueNumber(number),
            by=work.by,
            reason=body.reason,
            now=work.now,
        ),
        show=Views.issue,
        present=lambda views: _issue(views, number),
    )


@router.post(
    "/issues/{number}/unmark-repeat",
    summary="It was no repeat",
    operation_id="unmark_repeat",
    response_model=IssueOut,
    responses=WRITES,
)
def unmark_repeat(number: Number, body: ReasonIn, work: Merging) -> Response:
    """Take a repeat mark back; mark and reason stay in the journal."""
    return work.write(
        lambda store: repeats.unmark(
            store,
            site=work.site,
            issue=IssueNumber(number),
            by=work.by,
            reason=body.reason,
            now=work.now,
        ),
        show=Views.issue,
        present=lambda views: _issue(views, number),
    )


def _issue(views: Views, number: int) -> IssueOut:
    return views.issue(views.store.issues.find(views.site, IssueNumber(number)))
