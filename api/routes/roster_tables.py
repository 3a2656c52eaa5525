"""The roster's tables: first told, then done (features K1, K2, E11)."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import WRITES
from api.routes.tables import BROUGHT, HANDED, Dry, Form, TableForm, brought, handed
from api.runtime import Work
from api.schemas.importing import ImportOut
from core.roster import handing, importing
from core.roster.forms import RosterTable

router = APIRouter(prefix="/roster/tables", tags=["roster"])

Writing = Annotated[Work, Depends(Permitted(Action.WRITE_ROSTER))]
Table = Annotated[RosterTable, Path(description="What the table holds.")]
#: A table has room for four weeks beside the post and the shift.
Days = Annotated[int, Query(ge=1, le=28, description="Of duties: how many days.")]
First = Annotated[date | None, Query(description="Of duties: the first day; not said: today.")]


@router.get(
    "/{table}",
    summary="A table of the roster to fill in",
    operation_id="read_roster_table",
    response_class=Response,
    responses={**HANDED},
)
def read_roster_table(
    table: Table,
    work: Writing,
    first: First = None,
    days: Days = 7,
    form: Form = TableForm.XLSX,
) -> Response:
    """Return the roster as a table: duties as a grid with a column for each day."""
    with work.runtime.database.read() as store:
        rows = handing.hand_out(
            store, site=work.site, table=table, first=first, days=days, now=work.now
        )
    return handed(rows, name=f"roster-{table.value}", form=form)


@router.post(
    "/{table}",
    summary="Bring a table of the roster: what would differ, or do it",
    operation_id="bring_roster_table",
    response_model=ImportOut,
    responses=WRITES,
    openapi_extra=BROUGHT,
)
async def bring_roster_table(request: Request, table: Table, work: Writing, dry: Dry) -> Response:
    """Say every difference and every mistake by row; with a mistake nothing is done (``done``)."""
    return await brought(
        request,
        work,
        lambda store, content: importing.bring(
            store,
            site=work.site,
            table=table,
            content=content,
            by=work.by,
            now=work.now,
            dry=dry,
        ),
    )
