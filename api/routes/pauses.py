"""Pauses of ladders and steps by hand (E6, E9)."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.paging import Cursor, Limit, next_cursor
from api.routes.scope import visible
from api.runtime import Work
from api.schemas.issue import IssueOut, PauseRow, PausesOut
from api.schemas.pause import EscalateIn, GrantIn, PauseIn, PauseOut
from api.schemas.report import ReasonIn
from api.schemas.values import Number
from api.views.views import Views
from core.escalation import by_hand, pausing
from core.facts.issue import IssueNumber
from core.facts.pause import Pause, PauseState
from core.facts.people import PersonCode
from core.store.store import Store

router = APIRouter(tags=["escalation"])

Asking = Annotated[Work, Depends(Permitted(Action.ASK_PAUSE))]
Seeing = Annotated[Work, Depends(Permitted(Action.SEE_PAUSES))]
Deciding = Annotated[Work, Depends(Permitted(Action.DECIDE_PAUSE))]
Escalating = Annotated[Work, Depends(Permitted(Action.ESCALATE))]


@router.post(
    "/issues/{number}/pause",
    summary="Ask for a pause",
    operation_id="ask_pause",
    response_model=PauseOut,
    responses=WRITES,
)
def ask_pause(number: Number, body: PauseIn, work: Asking) -> Response:
    """Ask that the ladder stand still; until somebody else grants it, it goes on."""

    def act(store: Store) -> Pause:
        visible(work, store, number)
        return pausing.ask(
            store,
            site=work.site,
            issue=IssueNumber(number),
            by=work.by,
            until=body.until,
            reason=body.reason,
            now=work.now,
        )

    return work.write(act, show=Views.pause, present=_issue(number))


@router.get(
    "/pauses",
    summary="Pauses",
    operation_id="read_pauses",
    response_model=PausesOut,
    responses=READS,
)
def read_pauses(
    work: Seeing,
    state: PauseState = PauseState.ASKED,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Return pauses in one state with their issues, in the order of asking."""

    def page(views: Views) -> PausesOut:
        found = views.store.pauses.listed(views.site, state, limit=limit + 1, after=cursor)
        issues = views.store.issues.several(views.site, {one.issue for one in found[:limit]})
        rows = {row.number: row for row in views.rows(list(issues.values()))}
        return PausesOut(
            items=[
                PauseRow(pause=views.pause(one), issue=rows[one.issue]) for one in found[:limit]
            ],
            next_cursor=next_cursor([one.id for one in found], limit),
        )

    return work.read(page)


@router.post(
    "/pauses/{number}/grant",
    summary="Grant a pause",
    operation_id="grant_pause",
    response_model=PauseOut,
    responses=WRITES,
)
def grant_pause(number: Number, body: GrantIn, work: Deciding) -> Response:
    """Let the ladder stand still from now on; who asked cannot grant."""
    return work.write(
        lambda store: pausing.grant(
            store, site=work.site, pause=number, by=work.by, until=body.until, now=work.now
        ),
        show=Views.pause,
    )


@router.post(
    "/pauses/{number}/refuse",
    summary="Refuse a pause",
    operation_id="refuse_pause",
    response_model=PauseOut,
    responses=WRITES,
)
def refuse_pause(number: Number, body: ReasonIn, work: Deciding) -> Response:
    """Let the ladder go on, and say why."""
    return work.write(
        lambda store: pausing.refuse(
            store, site=work.site, pause=number, by=work.by, reason=body.reason, now=work.now
        ),
        show=Views.pause,
    )


@router.post(
    "/pauses/{number}/end",
    summary="End a pause",
    operation_id="end_pause",
    response_model=PauseOut,
    responses=WRITES,
)
def end_pause(number: Number, body: ReasonIn, work: Asking) -> Response:
    """Let the ladder go on before the pause is over; the time it stood still stays."""

    def act(store: Store) -> Pause:
        visible(work, store, store.pauses.find(work.site, number).issue)
        return pausing.end(
            store, site=work.site, pause=number, by=work.by, reason=body.reason, now=work.now
        )

    return work.write(act, show=Views.pause)


@router.post(
    "/issues/{number}/escalate",
    summary="Call people in by hand",
    operation_id="escalate_issue",
    response_model=IssueOut,
    responses=WRITES,
)
def escalate_issue(number: Number, body: EscalateIn, work: Escalating) -> Response:
    """Call people in now, by whoever holds the issue; the policy's clock goes on."""
    call = by_hand.Call(
        reason=body.reason,
        roles=tuple(body.roles),
        people=tuple(PersonCode(code) for code in body.people),
    )

    def act(store: Store) -> IssueNumber:
        visible(work, store, number)
        return by_hand.escalate(
            store,
            site=work.site,
            issue=IssueNumber(number),
            by=work.by,
            call=call,
            now=work.now,
        ).issue

    return work.write(
        act,
        show=lambda views, issue: views.issue(views.store.issues.find(views.site, issue)),
        present=_issue(number),
    )


def _issue(number: int) -> Callable[[Views], IssueOut]:
    return lambda views: views.issue(views.store.issues.find(views.site, IssueNumber(number)))
