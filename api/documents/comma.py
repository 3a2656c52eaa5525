"""A book as CSV that spreadsheets open as it is: UTF-8 with BOM, and no cell can do anything."""

import csv
import io

from api.documents.book import Book, Value

#: A cell that begins so would be taken for a formula, in its wide form too, or for another cell.
_ALIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BOM = "\ufeff"


def written(book: Book) -> bytes:
    """Return the book's tables one below the other, each under its title."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([inert(book.title)])
    writer.writerow([inert(book.subtitle)])
    for sheet in book.sheets:
        writer.writerow([])
        writer.writerow([inert(sheet.title)])
        writer.writerow([inert(column) for column in sheet.columns])
        writer.writerows([inert(value) for value in row] for row in sheet.rows)
    return (_BOM + text.getvalue()).encode()


def inert(value: Value) -> Value:
    """Return a value that no spreadsheet carries out: text that could be a formula is quoted."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_ALIVE):
        return f"'{value}"
    return value
