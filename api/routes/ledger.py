"""What counts (五.2): the ledger, who stands in a list, and losses that were saved or caused."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.paging import Cursor, Limit, next_cursor
from api.runtime import Work
from api.schemas.merit import LedgerOut, LossIn, LossOut, StandingOut
from api.schemas.values import Code
from api.views import merit
from api.views.views import Views
from core.facts.issue import IssueNumber
from core.facts.merit import Consequence
from core.facts.people import PersonCode, UnitCode
from core.scoring import suggesting
from core.scoring.suggesting import Loss

router = APIRouter(prefix="/merit", tags=["merit"])

Mine = Annotated[Work, Depends(Permitted(Action.SEE_OWN_MERIT))]
Seeing = Annotated[Work, Depends(Permitted(Action.SEE_MERIT))]
Proposing = Annotated[Work, Depends(Permitted(Action.PROPOSE_MERIT))]
Of = Annotated[Code | None, Query(description="A code.")]


@router.post(
    "/losses",
    summary="Write down a loss saved or caused",
    operation_id="record_loss",
    response_model=LossOut,
    responses=WRITES,
)
def record_loss(body: LossIn, work: Proposing) -> Response:
    """Write it down; a rule proposes what follows from it."""
    loss = Loss(
        saved=body.saved,
        amount=body.amount,
        words=body.words,
        person=PersonCode(body.person) if body.person is not None else None,
        unit=UnitCode(body.unit) if body.unit is not None else None,
        issue=IssueNumber(body.issue) if body.issue is not None else None,
    )
    return work.write(
        lambda store: suggesting.record_loss(
            store, site=work.site, loss=loss, by=work.by, now=work.now
        ),
        show=lambda _views, _none: LossOut(saved=body.saved, amount=body.amount),
    )


@router.get(
    "/ledger",
    summary="The ledger",
    operation_id="read_ledger",
    response_model=LedgerOut,
    responses=READS,
)
def read_ledger(
    work: Seeing, person: Of = None, unit: Of = None, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """Return lines, the last first; of a person or a unit with the balance."""
    return work.read(
        lambda views: _ledger(
            views,
            person=PersonCode(person) if person is not None else None,
            unit=UnitCode(unit) if unit is not None else None,
            limit=limit,
            cursor=cursor,
        )
    )


@router.get(
    "/ledger/mine",
    summary="My points",
    operation_id="read_own_ledger",
    response_model=LedgerOut,
    responses=READS,
)
def read_own_ledger(work: Mine, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Return my lines, the last first, and their sum."""
    return work.read(
        lambda views: _ledger(views, person=work.by, unit=None, limit=limit, cursor=cursor)
    )


@router.get(
    "/lists/{consequence}",
    summary="Who is commended, criticised, eligible",
    operation_id="read_merit_list",
    response_model=StandingOut,
    responses=READS,
)
def read_merit_list(consequence: Consequence, work: Seeing) -> Response:
    """Return who stands in a list, each with the line that put him there: decisions only."""
    return work.read(
        lambda views: StandingOut(
            consequence=consequence,
            items=merit.lines(views, views.store.ledger.standing(views.site, consequence)),
        )
    )


def _ledger(
    views: Views,
    *,
    person: PersonCode | None,
    unit: UnitCode | None,
    limit: int,
    cursor: int | None,
) -> LedgerOut:
    found = views.store.ledger.page(
        views.site, person=person, unit=unit, limit=limit + 1, before=cursor
    )
    one = (person is None) != (unit is None)
    return LedgerOut(
        items=merit.lines(views, found[:limit]),
        balance=views.store.ledger.balance(views.site, person=person, unit=unit) if one else None,
        next_cursor=next_cursor([line.id for line in found], limit),
    )
