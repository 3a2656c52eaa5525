"""Tables of people, units and places read in whole: first told, then done (features K1, K2)."""

from enum import StrEnum
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Depends, Path, Query, Request, Response

from api.dependencies import Permitted
from api.documents import table as tables
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.runtime import Work
from api.schemas.importing import ImportOut
from api.views import importing as shown
from core.administration import importing
from core.administration.forms import ImportKind

router = APIRouter(prefix="/administration/tables", tags=["administration"])

Administering = Annotated[Work, Depends(Permitted(Action.ADMINISTER))]
Table = Annotated[ImportKind, Path(description="What the table holds.")]
_BYTES = {"schema": {"type": "string", "format": "binary"}}


class TableForm(StrEnum):
    """In which form a table is wanted."""

    XLSX = "xlsx"
    CSV = "csv"


@router.get(
    "/{table}",
    summary="A table to fill in",
    operation_id="read_table",
    response_class=Response,
    responses={200: {"content": dict.fromkeys(tables.MEDIA_TYPES.values(), _BYTES)}, **READS},
)
def read_table(
    table: Table,
    work: Administering,
    form: Annotated[TableForm, Query()] = TableForm.XLSX,
) -> Response:
    """Return what is known now as a table: fill it in, change it, and bring it back."""
    with work.runtime.database.read() as store:
        rows = shown.rows(store, work.site, table)
    content = tables.csv_of(rows) if form is TableForm.CSV else tables.xlsx_of(rows)
    name = f'attachment; filename="{table.value}.{form.value}"'
    return Response(
        content, media_type=tables.MEDIA_TYPES[form.value], headers={"Content-Disposition": name}
    )


@router.post(
    "/{table}",
    summary="Bring a table: what would differ, or do it",
    operation_id="bring_table",
    response_model=ImportOut,
    responses=WRITES,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": dict.fromkeys(
                ("application/octet-stream", *tables.MEDIA_TYPES.values()), _BYTES
            ),
        }
    },
)
async def bring_table(
    request: Request,
    table: Table,
    work: Administering,
    dry: Annotated[bool, Query(description="Only say what would differ.")],
) -> Response:
    """Say every difference and every mistake by row; with a mistake nothing is done (``done``)."""
    content = await request.body()
    return await anyio.to_thread.run_sync(_bring, work, table, content, dry)


def _bring(work: Work, table: ImportKind, content: bytes, dry: bool) -> Response:  # noqa: FBT001
    try:
        return work.write(
            lambda store: importing.bring(
                store,
                site=work.site,
                kind=table,
                content=content,
                by=work.by,
                now=work.now,
                dry=dry,
            ),
            show=lambda _views, outcome: shown.outcome(outcome),
        )
    except importing.Undone as undone:
        answer = shown.outcome(undone.outcome)
        return Response(answer.model_dump_json(), media_type="application/json")
