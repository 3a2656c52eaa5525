"""Inspections: plan samples, and record what was found (五.2(3)⑤)."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.paging import Cursor, Limit, next_cursor
from api.runtime import Work
from api.schemas.inspection import InspectionOut, InspectionsOut, Month, PlanIn, ResultIn
from api.schemas.values import Number
from api.views.customers import inspection_out
from api.views.views import Views
from core.facts.catalogue import CategoryCode
from core.facts.inspection import Found, InspectionNumber, Plan
from core.facts.month import MonthCode
from core.facts.people import PersonCode, UnitCode
from core.facts.place import PlaceCode
from core.inspections import service as inspections

router = APIRouter(prefix="/inspections", tags=["inspections"])

Inspecting = Annotated[Work, Depends(Permitted(Action.INSPECT))]
Planning = Annotated[Work, Depends(Permitted(Action.PLAN_INSPECTIONS))]


@router.get(
    "",
    summary="Inspections",
    operation_id="read_inspections",
    response_model=InspectionsOut,
    responses=READS,
)
def read_inspections(
    work: Inspecting,
    limit: Limit = 50,
    cursor: Cursor = None,
    month: Annotated[Month | None, Query()] = None,
    *,
    mine: Annotated[bool, Query()] = False,
    waiting: Annotated[bool, Query(description="Only those without a result.")] = False,
) -> Response:
    """Return inspections, the newest first."""

    def page(views: Views) -> InspectionsOut:
        found = views.store.inspections.page(
            views.site,
            month=MonthCode(month) if month is not None else None,
            inspector=work.by if mine else None,
            open_only=waiting,
            limit=limit + 1,
            before=cursor,
        )
        return InspectionsOut(
            items=[inspection_out(views, one) for one in found[:limit]],
            next_cursor=next_cursor([one.number for one in found], limit),
        )

    return work.read(page)


@router.post(
    "",
    summary="Plan inspections",
    operation_id="plan_inspections",
    response_model=InspectionsOut,
    status_code=HTTPStatus.CREATED,
    responses=WRITES,
)
def plan_inspections(body: PlanIn, work: Planning) -> Response:
    """Draw samples for a month by lot."""
    return work.write(
        lambda store: inspections.plan(
            store,
            site=work.site,
            wanted=Plan(
                month=MonthCode(body.month),
                places=tuple(PlaceCode(code) for code in body.places),
                categories=tuple(CategoryCode(code) for code in body.categories),
                many=body.many,
                inspector=PersonCode(body.inspector),
            ),
            by=work.by,
            now=work.now,
        ),
        show=lambda views, done: InspectionsOut(
            items=[inspection_out(views, one) for one in done], next_cursor=None
        ),
        status=HTTPStatus.CREATED,
    )


@router.post(
    "/{number}/result",
    summary="Record what was found",
    operation_id="record_inspection",
    response_model=InspectionOut,
    responses=WRITES,
)
def record_inspection(number: Number, body: ResultIn, work: Inspecting) -> Response:
    """Record a result; a problem opens a report, "not handled" re-opens the claim."""
    return work.write(
        lambda store: inspections.record(
            store,
            site=work.site,
            inspection=InspectionNumber(number),
            by=work.by,
            said=Found(
                result=body.result,
                words=body.words,
                person=PersonCode(body.person) if body.person is not None else None,
                unit=UnitCode(body.unit) if body.unit is not None else None,
                category=CategoryCode(body.category) if body.category is not None else None,
            ),
            now=work.now,
        ),
        show=inspection_out,
    )
