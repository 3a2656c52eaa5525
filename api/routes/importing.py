"""Tables of people, units and places read in whole: first told, then done (features K1, K2)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import WRITES
from api.routes.tables import BROUGHT, HANDED, Dry, Form, TableForm, brought, handed
from api.runtime import Work
from api.schemas.importing import ImportOut
from api.views import importing as shown
from core.administration import importing
from core.administration.forms import ImportKind

router = APIRouter(prefix="/administration/tables", tags=["administration"])

Administering = Annotated[Work, Depends(Permitted(Action.ADMINISTER))]
Table = Annotated[ImportKind, Path(description="What the table holds.")]


@router.get(
    "/{table}",
    summary="A table to fill in",
    operation_id="read_table",
    response_class=Response,
    responses={**HANDED},
)
def read_table(table: Table, work: Administering, form: Form = TableForm.XLSX) -> Response:
    """Return what is known now as a table: fill it in, change it, and bring it back."""
    with work.runtime.database.read() as store:
        rows = shown.rows(store, work.site, table)
    return handed(rows, name=table.value, form=form)


@router.post(
    "/{table}",
    summary="Bring a table: what would differ, or do it",
    operation_id="bring_table",
    response_model=ImportOut,
    responses=WRITES,
    openapi_extra=BROUGHT,
)
async def bring_table(request: Request, table: Table, work: Administering, dry: Dry) -> Response:
    """Say every difference and every mistake by row; with a mistake nothing is done (``done``)."""
    return await brought(
        request,
        work,
        lambda store, content: importing.bring(
            store,
            site=work.site,
            kind=table,
            content=content,
            by=work.by,
            now=work.now,
            dry=dry,
        ),
    )
