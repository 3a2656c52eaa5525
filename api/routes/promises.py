"""The promise ledger: what customers were promised, and who called back (F5, D6)."""

from enum import StrEnum
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.paging import Limit
from api.runtime import Work
from api.schemas.promise import (
    CallBackIn,
    LedgerOut,
    PromiseIn,
    PromiseMoveIn,
    PromiseOut,
    PromisesOut,
    PromiseWithdrawIn,
)
from api.schemas.values import Number
from api.views.promises import ledger_out, promise_out, promises_out
from api.views.views import Views
from core.facts.issue import IssueNumber
from core.facts.promise import CallBack, PromiseNumber
from core.promises import changing
from core.promises import service as promises

router = APIRouter(tags=["promises"])

Seeing = Annotated[Work, Depends(Permitted(Action.SEE_PROMISES))]
Promising = Annotated[Work, Depends(Permitted(Action.PROMISE))]
Cursor = Annotated[Number | None, Query()]


class Which(StrEnum):
    """Which promises a list holds."""

    OWED = "owed"
    BROKEN = "broken"
    ALL = "all"


@router.get(
    "/promises",
    summary="The promise ledger",
    operation_id="read_promises",
    response_model=PromisesOut,
    responses=READS,
)
def read_promises(
    work: Seeing, which: Which = Which.OWED, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """Return what is owed, the first to fall due first; or all or the broken, newest first."""
    behind = PromiseNumber(cursor) if cursor is not None else None

    def page(views: Views) -> PromisesOut:
        found = (
            views.store.promises.owed(views.site, limit=limit + 1, after=behind)
            if which is Which.OWED
            else views.store.promises.page(
                views.site, broken=which is Which.BROKEN, limit=limit + 1, before=behind
            )
        )
        return PromisesOut(
            items=promises_out(views, found[:limit]),
            next_cursor=found[limit - 1].id if len(found) > limit else None,
        )

    return work.read(page)


@router.get(
    "/issues/{number}/promises",
    summary="What was promised with an issue",
    operation_id="read_issue_promises",
    response_model=LedgerOut,
    responses=READS,
)
def read_issue_promises(number: Number, work: Seeing) -> Response:
    """Return its promises, and what the same customer is owed or waited for with others."""
    return work.read(lambda views: ledger_out(views, IssueNumber(number)))


@router.post(
    "/issues/{number}/promises",
    summary="Promise something to the customer",
    operation_id="make_promise",
    response_model=PromiseOut,
    status_code=HTTPStatus.CREATED,
    responses=WRITES,
)
def make_promise(number: Number, body: PromiseIn, work: Promising) -> Response:
    """Enter what was promised, to whom and until when; from then on it falls due by itself."""
    return work.write(
        lambda store: promises.make(
            store,
            site=work.site,
            issue=IssueNumber(number),
            whom=body.whom,
            words=body.words,
            due_at=body.due_at,
            by=work.by,
            now=work.now,
        ),
        show=promise_out,
        status=HTTPStatus.CREATED,
    )


@router.post(
    "/promises/{number}/keep",
    summary="Record the call-back that keeps a promise",
    operation_id="keep_promise",
    response_model=PromiseOut,
    responses=WRITES,
)
def keep_promise(number: Number, body: CallBackIn, work: Promising) -> Response:
    """Record who was told, how, what and when; what fell due before stays broken."""
    kept = CallBack(
        whom=body.whom,
        how=body.how,
        words=body.words,
        told_at=body.told_at or work.now,
        by=work.by,
    )
    return work.write(
        lambda store: promises.keep(
            store, site=work.site, promise=PromiseNumber(number), kept=kept, now=work.now
        ),
        show=promise_out,
    )


@router.post(
    "/promises/{number}/move",
    summary="Move a promise to another time",
    operation_id="move_promise",
    response_model=PromiseOut,
    responses=WRITES,
)
def move_promise(number: Number, body: PromiseMoveIn, work: Promising) -> Response:
    """Move what has not fallen due; what its customer was not told does not count."""
    return work.write(
        lambda store: changing.move(
            store,
            site=work.site,
            promise=PromiseNumber(number),
            due_at=body.due_at,
            reason=body.reason,
            customer_told=body.customer_told,
            by=work.by,
            now=work.now,
        ),
        show=promise_out,
    )


@router.post(
    "/promises/{number}/withdraw",
    summary="Withdraw a promise",
    operation_id="withdraw_promise",
    response_model=PromiseOut,
    responses=WRITES,
)
def withdraw_promise(number: Number, body: PromiseWithdrawIn, work: Promising) -> Response:
    """Withdraw what has not fallen due; until its customer is told he waits as before."""
    return work.write(
        lambda store: changing.withdraw(
            store,
            site=work.site,
            promise=PromiseNumber(number),
            reason=body.reason,
            customer_told=body.customer_told,
            by=work.by,
            now=work.now,
        ),
        show=promise_out,
    )
