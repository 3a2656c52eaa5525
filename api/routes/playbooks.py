"""What is to be done about each kind of problem, and how far an issue has come (五.1(2))."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.scope import visible
from api.runtime import Work
from api.schemas.following import FollowingOut
from api.schemas.issue import IssueOut
from api.schemas.playbook import IssuePlaybookOut, PlaybooksOut, StepIn
from api.schemas.report import ReasonIn
from api.schemas.values import Number
from api.views import following
from api.views.playbook import issue_playbook, playbook_out
from api.views.views import Views
from core.facts.issue import Issue, IssueNumber
from core.register import playbook
from core.store.store import Store

router = APIRouter(tags=["playbooks"])

Anybody = Annotated[Work, Depends(Permitted(Action.SEE_PLAYBOOKS))]
Reading = Annotated[Work, Depends(Permitted(Action.READ_ISSUES))]
Doing = Annotated[Work, Depends(Permitted(Action.DO_STEP))]
Waiving = Annotated[Work, Depends(Permitted(Action.WAIVE))]


@router.get(
    "/playbooks",
    summary="What to do about each kind of problem",
    operation_id="read_playbooks",
    response_model=PlaybooksOut,
    responses=READS,
)
def read_playbooks(work: Anybody) -> Response:
    """Return first actions, steps, alerts and pictures of each category."""
    return work.read(
        lambda views: PlaybooksOut(
            items=[playbook_out(one) for one in views.store.rules_of(work.site).catalogue.values()]
        )
    )


@router.get(
    "/issues/{number}/playbook",
    summary="How far an issue has come",
    operation_id="read_playbook",
    response_model=IssuePlaybookOut,
    responses=READS,
)
def read_playbook(number: Number, work: Reading) -> Response:
    """Return the steps on the way that the answers took, and what is lacking."""
    return work.read(lambda views: issue_playbook(views, visible(work, views.store, number)))


@router.get(
    "/issues/{number}/following",
    summary="What was asked and told because of an issue",
    operation_id="read_following",
    response_model=FollowingOut,
    responses=READS,
)
def read_following(number: Number, work: Reading) -> Response:
    """Return an issue's daily cards, alerts and copies."""
    return work.read(lambda views: following.of_issue(views, visible(work, views.store, number)))


@router.post(
    "/issues/{number}/steps",
    summary="A step was done",
    operation_id="do_step",
    response_model=IssuePlaybookOut,
    responses=WRITES,
)
def do_step(number: Number, body: StepIn, work: Doing) -> Response:
    """Write down that a step was done; the last answer counts and may decide the next."""
    return _act(
        work,
        number,
        lambda store: playbook.do_step(
            store,
            site=work.site,
            issue=IssueNumber(number),
            step=body.step,
            by=work.by,
            answer=body.answer,
            words=body.words,
            now=work.now,
        ),
    )


@router.post(
    "/issues/{number}/waive-steps",
    summary="Let an issue end without its steps",
    operation_id="waive_steps",
    response_model=IssuePlaybookOut,
    responses=WRITES,
)
def waive_steps(number: Number, body: ReasonIn, work: Waiving) -> Response:
    """Let an issue end without required steps, with a reason."""
    return _act(
        work,
        number,
        lambda store: playbook.waive_steps(
            store,
            site=work.site,
            issue=IssueNumber(number),
            by=work.by,
            reason=body.reason,
            now=work.now,
        ),
    )


@router.post(
    "/issues/{number}/waive-pictures",
    summary="Let an issue be closed without its pictures",
    operation_id="waive_pictures",
    response_model=IssuePlaybookOut,
    responses=WRITES,
)
def waive_pictures(number: Number, body: ReasonIn, work: Waiving) -> Response:
    """Let an issue be closed as solved without required pictures, with a reason."""
    return _act(
        work,
        number,
        lambda store: playbook.waive_pictures(
            store,
            site=work.site,
            issue=IssueNumber(number),
            by=work.by,
            reason=body.reason,
            now=work.now,
        ),
    )


def _act(work: Work, number: int, act: Callable[[Store], Issue]) -> Response:
    def present(views: Views) -> IssueOut:
        return views.issue(views.store.issues.find(views.site, IssueNumber(number)))

    return work.write(act, show=issue_playbook, present=present)
