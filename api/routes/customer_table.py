"""All customers as one table: first told, then done (features K1, K2)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import WRITES
from api.routes.tables import BROUGHT, HANDED, Dry, Form, TableForm, brought, handed
from api.runtime import Work
from api.schemas.importing import ImportOut
from core.customers import importing

router = APIRouter(prefix="/customer-table", tags=["customers"])

Bringing = Annotated[Work, Depends(Permitted(Action.BRING_CUSTOMERS))]


@router.get(
    "",
    summary="All customers as a table",
    operation_id="read_customer_table",
    response_class=Response,
    responses={**HANDED},
)
def read_customer_table(work: Bringing, form: Form = TableForm.XLSX) -> Response:
    """Return all customers, a row for each of their places; the journal says who took it home."""
    with work.runtime.database.begin() as store:
        rows = importing.hand_out(store, site=work.site, by=work.by, now=work.now)
    return handed(rows, name="customers", form=form)


@router.post(
    "",
    summary="Bring a table of customers: what would differ, or do it",
    operation_id="bring_customer_table",
    response_model=ImportOut,
    responses=WRITES,
    openapi_extra=BROUGHT,
)
async def bring_customer_table(request: Request, work: Bringing, dry: Dry) -> Response:
    """Say every difference and every mistake by row; with a mistake nothing is done (``done``)."""
    return await brought(
        request,
        work,
        lambda store, content: importing.bring(
            store, site=work.site, content=content, by=work.by, now=work.now, dry=dry
        ),
    )
