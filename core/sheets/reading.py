"""Tables that people bring, CSV or XLSX, read as plain text: nothing in them is carried out."""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import openpyxl

from core.errors import NotReadable

#: Bounds of one table: more is no office's list.
MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 5000, 30, 500
#: What a workbook may hold when it is unpacked, whatever it says of itself.
_MOST_PARTS, _MOST_BYTES = 200, 20 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_OLD_BOOK = b"\xd0\xcf\x11\xe0"
#: What begins so was quoted when it was written out, so that no spreadsheet carries it out.
_QUOTED = ("'=", "'+", "'-", "'@", "'＝", "'＋", "'－", "'＠")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a table: its number as a spreadsheet counts, and its cells as text."""

    number: int
    cells: tuple[str, ...]
    #: Columns, from 0, that hold a formula and not a value.
    formulas: frozenset[int] = frozenset()


def read(content: bytes, *, most: int = MOST_ROWS, letters: int = MOST_LETTERS) -> list[Line]:
    """Return the rows of the first sheet that are not empty, whichever form the table has.

    :param most: so many rows a table may have below its headings.
    :param letters: so many characters a cell may hold.
    :raises NotReadable: neither CSV (UTF-8 or GBK) nor XLSX, or larger than any office's list.
    """
    if content.startswith(_OLD_BOOK):
        raise NotReadable("an old or protected workbook: save it as .xlsx without a password")
    lines = _of_book(content, most) if content.startswith(_ZIP) else _of_text(content, most)
    found = [line for line in lines if any(line.cells) or line.formulas]
    for line in found:
        if any(len(cell) > letters for cell in line.cells):
            raise NotReadable(f"row {line.number}: a cell of more than {letters} characters")
    return found


def _of_text(content: bytes, most: int) -> Iterator[Line]:
    try:
        rows = csv.reader(io.StringIO(_decoded(content), newline=""), strict=True)
        for number, row in enumerate(rows, start=1):
            _bounded(number, len(row), most)
            yield Line(number=number, cells=tuple(_plain(cell) for cell in row))
    except csv.Error as problem:
        raise NotReadable(f"not a CSV table: {problem}") from None


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise NotReadable("UTF-16 text: save the table as CSV UTF-8 or as .xlsx")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
        break
    raise NotReadable("neither a table in UTF-8 or GBK nor an .xlsx workbook")


def _of_book(content: bytes, most: int) -> Iterator[Line]:
    _judge_zip(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=most + 2, max_col=MOST_COLUMNS + 1)
        for number, row in enumerate(rows, start=1):
            cells = [cell.value for cell in row]
            while cells and cells[-1] is None:
                cells.pop()
            _bounded(number if cells else 1, len(cells), most)
            alive = frozenset(at for at, cell in enumerate(row) if cell.data_type == "f")
            yield Line(
                number=number,
                cells=tuple("" if at in alive else _plain(_text(v)) for at, v in enumerate(cells)),
                formulas=alive,
            )
        book.close()
    except NotReadable:
        raise
    except Exception as problem:  # noqa: BLE001 - a stranger's file breaks a parser in any way it likes
        raise NotReadable(f"not a workbook that can be read: {type(problem).__name__}") from None


def _judge_zip(content: bytes) -> None:
    """Refuse what would unpack to more than a list, or brings definitions of its own."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = book.infolist()
            if len(parts) > _MOST_PARTS or sum(one.file_size for one in parts) > _MOST_BYTES:
                raise NotReadable("the workbook unpacks to more than a list of an office")
            for part in parts:
                # No more is ever unpacked than a part says of itself, and its sum was judged.
                if b"<!" in book.read(part) and part.filename.endswith((".xml", ".rels")):
                    raise NotReadable(f"{part.filename[:80]!r} brings definitions of its own")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as problem:
        raise NotReadable(f"not a workbook: {problem}") from None


def _bounded(number: int, columns: int, most: int) -> None:
    if number > most + 1 or columns > MOST_COLUMNS:
        raise NotReadable(f"more than {most} rows or {MOST_COLUMNS} columns")


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _plain(cell: str) -> str:
    bare = cell.strip()
    return bare[1:] if bare.startswith(_QUOTED) else bare
