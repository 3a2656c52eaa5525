"""Copies to on-site supervisors: read, acknowledged, overdue (五.1(1))."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.paging import Cursor, Limit, next_cursor
from api.routes.scope import own_unit
from api.runtime import Work
from api.schemas.following import CopiesOut, CopiesReadIn, CopiesReadOut, CopyOut
from api.schemas.values import Number
from api.views import following
from api.views.views import Views
from core.alerting import copies
from core.facts.issue import IssueNumber

router = APIRouter(prefix="/copies", tags=["copies"])

Copied = Annotated[Work, Depends(Permitted(Action.ACKNOWLEDGE_COPIES))]
SeeingOverdue = Annotated[Work, Depends(Permitted(Action.SEE_MISSED))]


@router.get(
    "",
    summary="My copies",
    operation_id="read_copies",
    response_model=CopiesOut,
    responses=READS,
)
def read_copies(work: Copied, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Return the reports of my unit's people that I was sent, the newest issue first."""

    def page(views: Views) -> CopiesOut:
        found = views.store.copies.of_person(views.site, views.me, limit=limit + 1, before=cursor)
        return CopiesOut(
            items=following.copies(views, found[:limit]),
            next_cursor=next_cursor([copy.issue for copy in found], limit),
        )

    return work.read(page)


@router.get(
    "/overdue",
    summary="Copies that nobody acknowledged in time",
    operation_id="read_overdue_copies",
    response_model=CopiesOut,
    responses=READS,
)
def read_overdue_copies(work: SeeingOverdue, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Return what is still unacknowledged, the oldest first; a supervisor sees his unit's."""

    def page(views: Views) -> CopiesOut:
        offset = cursor or 0
        found = views.store.copies.overdue(
            views.site, unit=own_unit(work), limit=limit + 1, offset=offset
        )
        places = range(offset + 1, offset + 1 + len(found))
        return CopiesOut(
            items=following.copies(views, found[:limit]), next_cursor=next_cursor(places, limit)
        )

    return work.read(page)


@router.post(
    "/read",
    summary="Copies stand before my eyes",
    operation_id="copies_read",
    response_model=CopiesReadOut,
    responses=WRITES,
)
def copies_read(body: CopiesReadIn, work: Copied) -> Response:
    """Note that these copies were shown to me; the first time counts."""
    return work.write(
        lambda store: copies.read(
            store,
            site=work.site,
            issues=[IssueNumber(one) for one in body.issues],
            by=work.by,
            now=work.now,
        ),
        show=lambda _views, first: CopiesReadOut(first=first),
    )


@router.post(
    "/{number}/acknowledge",
    summary="I know of it",
    operation_id="acknowledge_copy",
    response_model=CopyOut,
    responses=WRITES,
)
def acknowledge_copy(number: Number, work: Copied) -> Response:
    """Acknowledge the copy of an issue; the first time counts."""
    return work.write(
        lambda store: copies.acknowledge(
            store, site=work.site, issue=IssueNumber(number), by=work.by, now=work.now
        ),
        show=lambda views, copy: following.copies(views, [copy])[0],
    )
