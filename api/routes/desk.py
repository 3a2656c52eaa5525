"""What the desk does with an issue, and what supervisors correct."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import WRITES
from api.runtime import Work
from api.schemas.issue import AssignIn, CloseIn, CorrectIn, IssueOut, NoteIn, ReclassifyIn
from api.schemas.report import HandledIn, ReasonIn
from api.schemas.values import Number
from api.views.views import Views
from core.desk import service as desk
from core.facts.catalogue import CategoryCode
from core.facts.issue import Issue, IssueNumber
from core.facts.people import PersonCode
from core.store.store import Store

router = APIRouter(prefix="/issues", tags=["issues"])

Working = Annotated[Work, Depends(Permitted(Action.WORK_ISSUE))]
Noting = Annotated[Work, Depends(Permitted(Action.NOTE))]
Closing = Annotated[Work, Depends(Permitted(Action.CLOSE))]
Correcting = Annotated[Work, Depends(Permitted(Action.CORRECT_FIRST_REPORTER))]


@router.post(
    "/{number}/accept",
    summary="Accept an issue",
    operation_id="accept_issue",
    response_model=IssueOut,
    responses=WRITES,
)
def accept_issue(number: Number, work: Working) -> Response:
    """Take over what the centre forwarded; only now does it leave the operators' queue."""
    return _act(
        work,
        number,
        lambda store: desk.accept(
            store, site=work.site, issue=IssueNumber(number), by=work.by, now=work.now
        ),
    )


@router.post(
    "/{number}/return",
    summary="Send an issue back to the centre",
    operation_id="return_issue",
    response_model=IssueOut,
    responses=WRITES,
)
def return_issue(number: Number, body: ReasonIn, work: Working) -> Response:
    """Return what was forwarded because something is wrong or missing."""
    return _act(
        work,
        number,
        lambda store: desk.send_back(
            store,
            site=work.site,
            issue=IssueNumber(number),
            by=work.by,
            reason=body.reason,
            now=work.now,
        ),
    )


@router.post(
    "/{number}/assign",
    summary="Send somebody",
    operation_id="assign_issue",
    response_model=IssueOut,
    responses=WRITES,
)
def assign_issue(number: Number, body: AssignIn, work: Working) -> Response:
    """Send somebody, and keep what was promised to the customer."""
    return _act(
        work,
        number,
        lambda store: desk.assign(
            store,
            site=work.site,
            issue=IssueNumber(number),
            by=work.by,
            to=PersonCode(body.to),
            promised_at=body.promised_at,
            now=work.now,
        ),
    )


@router.post(
    "/{number}/reclassify",
    summary="Another category or urgency",
    operation_id="reclassify_issue",
    response_model=IssueOut,
    responses=WRITES,
)
def reclassify_issue(number: Number, body: ReclassifyIn, work: Working) -> Response:
    """Put an issue into another category or urgency; its ladder climbs by it at once."""
    return _act(
        work,
        number,
        lambda store: desk.reclassify(
            store,
            site=work.site,
            issue=IssueNumber(number),
            by=work.by,
            category=CategoryCode(body.category),
            urgency=body.urgency,
            reason=body.reason,
            now=work.now,
        ),
    )


@router.post(
    "/{number}/handled",
    summary="The problem was dealt with",
    operation_id="handle_issue",
    response_model=IssueOut,
    responses=WRITES,
)
def handle_issue(number: Number, body: HandledIn, work: Working) -> Response:
    """Record how the problem was dealt with; the ladder stands still (五.1(3))."""
    return _act(
        work,
        number,
        lambda store: desk.mark_handled(
            store,
            site=work.site,
            issue=IssueNumber(number),
            by=work.by,
            how=body.how,
            now=work.now,
        ),
    )


@router.post(
    "/{number}/close",
    summary="End an issue",
    operation_id="close_issue",
    response_model=IssueOut,
    responses=WRITES,
)
def close_issue(number: Number, body: CloseIn, work: Closing) -> Response:
    """End an issue with its outcome; the outcome is not the status."""
    return _act(
        work,
        number,
        lambda store: desk.close(
            store,
            site=work.site,
            issue=IssueNumber(number),
            by=work.by,
            outcome=body.outcome,
            words=body.words,
            now=work.now,
        ),
    )


@router.post(
    "/{number}/reopen",
    summary="It was not solved",
    operation_id="reopen_issue",
    response_model=IssueOut,
    responses=WRITES,
)
def reopen_issue(number: Number, body: ReasonIn, work: Closing) -> Response:
    """Take an issue up again; the old clock goes on (ruling under 五.1(3))."""
    return _act(
        work,
        number,
        lambda store: desk.reopen(
            store,
            site=work.site,
            issue=IssueNumber(number),
            by=work.by,
            reason=body.reason,
            now=work.now,
        ),
    )


@router.post(
    "/{number}/note",
    summary="Add a remark",
    operation_id="note_issue",
    response_model=IssueOut,
    responses=WRITES,
)
def note_issue(number: Number, body: NoteIn, work: Noting) -> Response:
    """Add a remark that moves nothing."""
    return _act(
        work,
        number,
        lambda store: desk.note(
            store,
            site=work.site,
            issue=IssueNumber(number),
            by=work.by,
            words=body.words,
            now=work.now,
        ),
    )


@router.post(
    "/{number}/correct-first-reporter",
    summary="Correct who reported first",
    operation_id="correct_first_reporter",
    response_model=IssueOut,
    responses=WRITES,
)
def correct_first_reporter(number: Number, body: CorrectIn, work: Correcting) -> Response:
    """Name the right first reporter; both names and the reason stay (五.2(3)①)."""
    return _act(
        work,
        number,
        lambda store: desk.correct_first_reporter(
            store,
            site=work.site,
            issue=IssueNumber(number),
            by=work.by,
            person=PersonCode(body.person) if body.person is not None else None,
            name=body.name,
            reason=body.reason,
            now=work.now,
        ),
    )


def _act(work: Work, number: int, act: Callable[[Store], Issue]) -> Response:
    def present(views: Views) -> IssueOut:
        return views.issue(views.store.issues.find(views.site, IssueNumber(number)))

    return work.write(act, show=Views.issue, present=present)
