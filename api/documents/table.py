"""One plain table as XLSX or CSV, headings in the first row: made to be filled in and read back."""

import csv
import io
from collections.abc import Mapping, Sequence

import xlsxwriter

from api.documents.comma import inert

MEDIA_TYPES: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
_BOM = "\ufeff"


def xlsx_of(rows: Sequence[Sequence[str]]) -> bytes:
    """Return the table as a workbook of one sheet, every cell text."""
    kept = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(kept, options) as workbook:
        page = workbook.add_worksheet()
        as_text = workbook.add_format({"num_format": "@"})
        page.set_column(0, len(rows[0]) - 1, 18, as_text)
        page.freeze_panes(1, 1)
        for down, row in enumerate(rows):
            for at, value in enumerate(row):
                page.write_string(down, at, value, as_text)
    return kept.getvalue()


def csv_of(rows: Sequence[Sequence[str]]) -> bytes:
    """Return the table as UTF-8 with BOM, as spreadsheets open it; what could live is quoted."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([inert(v) for v in row] for row in rows)
    return (_BOM + text.getvalue()).encode()
