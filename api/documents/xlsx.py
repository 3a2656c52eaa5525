"""A book as XLSX: a sheet for each table, text as text, so nothing in it is ever a formula."""

import io
import re
from datetime import UTC, datetime

import xlsxwriter

from api.documents.book import Book, Sheet, Value

#: The same book gives the same bytes: the file does not say when it was written.
_WRITTEN = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
#: What a sheet may not be called, and how long its name may be.
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST = 31
_WIDEST = 40


def written(book: Book) -> bytes:
    """Return the workbook."""
    kept = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(kept, options) as workbook:
        workbook.set_properties({"title": book.title, "created": _WRITTEN})
        bold = workbook.add_format({"bold": True})
        head = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        share = workbook.add_format({"num_format": "0.0%"})
        taken: set[str] = set()
        for sheet in book.sheets:
            page = workbook.add_worksheet(_name(sheet.title, taken))
            page.set_landscape()
            page.set_paper(9)  # A4
            page.fit_to_pages(1, 0)
            page.write_string(0, 0, f"{book.title} · {sheet.title}", bold)
            page.write_string(1, 0, book.subtitle)
            for at, column in enumerate(sheet.columns):
                page.write_string(3, at, column, head)
                page.set_column(at, at, _width(sheet, at))
            page.freeze_panes(4, 1)
            for down, row in enumerate(sheet.rows, start=4):
                for at, value in enumerate(row):
                    _write(page, down, at, value, share if at in sheet.shares else None)
    return kept.getvalue()


def _write(
    page: xlsxwriter.worksheet.Worksheet, down: int, at: int, value: Value, shown: object
) -> None:
    if value is None:
        return
    if isinstance(value, str):
        page.write_string(down, at, value)
    else:
        page.write_number(down, at, value, shown)


def _name(title: str, taken: set[str]) -> str:
    """Return a name that no other sheet has; case does not tell them apart."""
    plain = _FORBIDDEN.sub(" ", title)[:_LONGEST].strip() or "-"
    name, number = plain, 2
    while name.lower() in taken:
        name = f"{plain[: _LONGEST - 4]} ({number})"
        number += 1
    taken.add(name.lower())
    return name


def _width(sheet: Sheet, at: int) -> int:
    texts = [sheet.columns[at], *(str(row[at]) for row in sheet.rows if row[at] is not None)]
    # A Chinese character is as wide as two letters.
    widest = max(sum(1 + (ord(letter) > 0x2E80) for letter in text) for text in texts)
    return min(_WIDEST, max(8, widest + 1))
