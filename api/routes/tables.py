"""Whole tables over the wire: handed out to be filled in, brought back to be tried or done."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any

import anyio.to_thread
from fastapi import Query, Request, Response

from api.documents import table as tables
from api.routes.answers import READS
from api.runtime import Work
from api.views import importing as shown
from core.sheets.trying import Outcome, Undone
from core.store.store import Store

_BYTES = {"schema": {"type": "string", "format": "binary"}}


class TableForm(StrEnum):
    """In which form a table is wanted."""

    XLSX = "xlsx"
    CSV = "csv"


Form = Annotated[TableForm, Query()]
Dry = Annotated[bool, Query(description="Only say what would differ.")]
#: What a route answers that hands a table out.
HANDED: Mapping[int | str, dict[str, Any]] = {
    200: {"content": dict.fromkeys(tables.MEDIA_TYPES.values(), _BYTES)},
    **READS,
}
#: What a route takes that is brought a table.
BROUGHT = {
    "requestBody": {
        "required": True,
        "content": dict.fromkeys(
            ("application/octet-stream", *tables.MEDIA_TYPES.values()), _BYTES
        ),
    }
}


def handed(rows: Sequence[Sequence[str]], *, name: str, form: TableForm) -> Response:
    """Return a table as a file of this name."""
    content = tables.csv_of(rows) if form is TableForm.CSV else tables.xlsx_of(rows)
    kept = {"Content-Disposition": f'attachment; filename="{name}.{form.value}"'}
    return Response(content, media_type=tables.MEDIA_TYPES[form.value], headers=kept)


async def brought(
    request: Request, work: Work, bring: Callable[[Store, bytes], Outcome]
) -> Response:
    """Let a table be tried or done, and say what it comes to."""
    content = await request.body()
    return await anyio.to_thread.run_sync(_bring, work, content, bring)


def _bring(work: Work, content: bytes, bring: Callable[[Store, bytes], Outcome]) -> Response:
    try:
        return work.write(
            lambda store: bring(store, content), show=lambda _views, found: shown.outcome(found)
        )
    except Undone as undone:
        answer = shown.outcome(undone.outcome)
        return Response(answer.model_dump_json(), media_type="application/json")
