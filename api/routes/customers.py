"""Customers, and what is known of a caller while it rings (B20, A10)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.paging import Limit
from api.routes.scope import visible
from api.runtime import Work
from api.schemas.customer import ContextOut, CustomerIn, CustomerOut, CustomersOut, TieIn
from api.schemas.report import ReportOut
from api.schemas.values import Code, Number
from api.views.customers import context_out, customer_out
from api.views.views import Views
from core.customers import service as customers
from core.facts.customer import CustomerCode
from core.facts.place import PlaceCode
from core.facts.report import ReportNumber

router = APIRouter(tags=["customers"])

Seeing = Annotated[Work, Depends(Permitted(Action.SEE_CUSTOMERS))]
Entering = Annotated[Work, Depends(Permitted(Action.ENTER_CUSTOMER))]
CustomerCodeIn = Annotated[Code, Path()]


@router.get(
    "/customers",
    summary="Customers",
    operation_id="read_customers",
    response_model=CustomersOut,
    responses=READS,
)
def read_customers(
    work: Seeing,
    limit: Limit = 50,
    cursor: Annotated[Code | None, Query()] = None,
    q: Annotated[Code | None, Query(description="Part of name, code or telephone.")] = None,
    place: Annotated[Code | None, Query()] = None,
) -> Response:
    """Return customers by code; a page goes on behind ``cursor``."""

    def page(views: Views) -> CustomersOut:
        found = views.store.customers.page(
            views.site,
            text=q,
            place=PlaceCode(place) if place is not None else None,
            limit=limit + 1,
            after=cursor,
        )
        return CustomersOut(
            items=[customer_out(views, one) for one in found[:limit]],
            next_cursor=found[limit - 1].code if len(found) > limit else None,
        )

    return work.read(page)


@router.post(
    "/customers/{code}",
    summary="Enter a customer, or change what is known of him",
    operation_id="enter_customer",
    response_model=CustomerOut,
    responses=WRITES,
)
def enter_customer(code: CustomerCodeIn, body: CustomerIn, work: Entering) -> Response:
    """Write a customer whole; the journal of the site says which parts changed."""
    return work.write(
        lambda store: customers.enter(
            store,
            site=work.site,
            customers=[body.fact(code)],
            by=work.by,
            now=work.now,
            fresh=body.fresh,
        ),
        show=lambda views, done: customer_out(views, done[0]),
    )


@router.get(
    "/reports/{number}/context",
    summary="What is known around a report",
    operation_id="read_context",
    response_model=ContextOut,
    responses=READS,
)
def read_context(number: Number, work: Seeing) -> Response:
    """Return who may be calling, and the last twelve months of caller, device and place."""
    return work.read(
        lambda views: context_out(
            views,
            customers.context(
                views.store, site=views.site, report=ReportNumber(number), now=views.now
            ),
        )
    )


@router.get(
    "/issues/{number}/context",
    summary="What is known around an issue",
    operation_id="read_issue_context",
    response_model=ContextOut,
    responses=READS,
)
def read_issue_context(number: Number, work: Seeing) -> Response:
    """Return who lives or works there, and the last twelve months of caller, device and place."""
    return work.read(
        lambda views: context_out(
            views,
            customers.around(
                views.store,
                site=views.site,
                issue=visible(work, views.store, number).number,
                now=views.now,
            ),
        )
    )


@router.post(
    "/reports/{number}/customer",
    summary="Say which customer told it",
    operation_id="tie_customer",
    response_model=ReportOut,
    responses=WRITES,
)
def tie_customer(number: Number, body: TieIn, work: Seeing) -> Response:
    """Tie a report to a customer; only a person says so."""
    return work.write(
        lambda store: customers.tie(
            store,
            site=work.site,
            report=ReportNumber(number),
            customer=CustomerCode(body.customer),
            by=work.by,
            now=work.now,
        ),
        show=Views.report,
    )
