"""The month (五.2(3)): its report, the issues behind each number, closing it, and files of it."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.dependencies import Permitted
from api.documents import comma, pdf, xlsx
from api.documents.month import book
from api.documents.register import printed
from api.documents.words import Language
from api.permissions import Action
from api.routes.answers import READS, WRITES, refusals
from api.routes.paging import Cursor, Limit
from api.runtime import Work
from api.schemas.month import Cell, CellOut, Month, MonthOut, MonthsOut, RegisterOut
from api.views.month import cell_out, month_out, months_out
from api.views.register import register_out, register_rows
from core.facts.month import MonthCode
from core.statistics import closing, reading

router = APIRouter(prefix="/months", tags=["months"])

Seeing = Annotated[Work, Depends(Permitted(Action.SEE_MONTHS))]
Printing = Annotated[Work, Depends(Permitted(Action.PRINT_REGISTER))]
Tongue = Annotated[Language, Query(description="In which of the office's languages.")]
Day = Annotated[date | None, Query(description="Only this day of the month.")]


class Form(StrEnum):
    """As what file a month is taken away."""

    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"


_TYPES = {
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.CSV: "text/csv; charset=utf-8",
    Form.PDF: "application/pdf",
}
_WRITTEN = {Form.XLSX: xlsx.written, Form.CSV: comma.written, Form.PDF: pdf.book_pages}
_BYTES = {"schema": {"type": "string", "format": "binary"}}


@router.get(
    "",
    summary="The months and their two rates",
    operation_id="read_months",
    response_model=MonthsOut,
    responses=READS,
)
def read_months(work: Seeing) -> Response:
    """Return the months in which anything was told, the newest first, each with its units."""
    return work.read(months_out)


@router.get(
    "/{month}",
    summary="A month's report",
    operation_id="read_month",
    response_model=MonthOut,
    responses=READS,
)
def read_month(month: Month, work: Seeing) -> Response:
    """Return a month in step with the journal; a closed one as it was frozen."""
    return work.read(lambda views: month_out(views, MonthCode(month)))


@router.get(
    "/{month}/cells/{cell}/issues",
    summary="The issues behind a number",
    operation_id="read_month_cell",
    response_model=CellOut,
    responses=READS,
)
def read_month_cell(
    month: Month, cell: Cell, work: Seeing, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """Return as many issues as the number says, page by page."""
    return work.read(
        lambda views: cell_out(views, MonthCode(month), cell, limit=limit, after=cursor)
    )


@router.post(
    "/{month}/close",
    summary="Close a month",
    operation_id="close_month",
    response_model=MonthOut,
    responses=WRITES,
)
def close_month(
    month: Month, work: Annotated[Work, Depends(Permitted(Action.CLOSE_MONTH))]
) -> Response:
    """Freeze a month that has ended; whatever comes later is a correction, shown apart."""
    return work.write(
        lambda store: closing.close(
            store, site=work.site, month=MonthCode(month), by=work.by, now=work.now
        ),
        show=lambda views, closed: month_out(views, closed.month),
    )


@router.get(
    "/{month}/file",
    summary="A month as XLSX, CSV or PDF",
    operation_id="take_month",
    response_class=Response,
    responses={200: {"content": dict.fromkeys(_TYPES.values(), _BYTES)}, **READS, **refusals(503)},
)
def take_month(month: Month, work: Seeing, form: Form, language: Tongue = "zh") -> Response:
    """Return the month's tables as a file; of a closed month as it was frozen."""
    code = MonthCode(month)
    with work.runtime.database.read() as store:
        tables = book(
            reading.shown(store, site=work.site, month=code),
            closed=store.closed_months.closed(work.site, [code]).get(code),
            days=store.rules_of(work.site).days(store.sites.zone(work.site)),
            language=language,
        )
    return _file(_WRITTEN[form](tables), _TYPES[form], f"{work.site}-{month}.{form.value}")


@router.get(
    "/{month}/register",
    summary="The register of a month",
    operation_id="read_month_register",
    response_model=RegisterOut,
    responses=READS,
)
def read_month_register(
    month: Month, work: Printing, on: Day = None, limit: Limit = 200, cursor: Cursor = None
) -> Response:
    """Return the register (登记表) of a month or a day by number, with the scheme's columns."""
    return work.read(
        lambda views: register_out(views, MonthCode(month), on=on, limit=limit, after=cursor)
    )


@router.get(
    "/{month}/register/file",
    summary="The register as PDF",
    operation_id="print_month_register",
    response_class=Response,
    responses={200: {"content": {"application/pdf": _BYTES}}, **READS, **refusals(503)},
)
def print_month_register(
    month: Month, work: Printing, on: Day = None, language: Tongue = "zh"
) -> Response:
    """Return the register on A4 with its signature line."""
    with work.runtime.database.read() as store:
        views = work.views(store)
        rows = register_rows(views, MonthCode(month), on=on)
        content = printed(
            rows,
            site_name=store.sites.find(work.site).name,
            of=on.isoformat() if on else month,
            days=store.rules_of(work.site).days(store.sites.zone(work.site)),
            language=language,
        )
    return _file(content, "application/pdf", f"{work.site}-register-{month}.pdf")


def _file(content: bytes, media_type: str, name: str) -> Response:
    """Return a file to be kept, never shown as a page of ours."""
    return Response(
        content,
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
