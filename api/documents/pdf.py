"""Setting pages as PDF: a template of ours, data as JSON, and a font that knows Chinese."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

from api.documents.book import Book, Value
from core.errors import NoFont

_HERE = Path(__file__).parent
#: Families with simplified Chinese, the best first.
FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "SimHei",
)


def pages(template: str, data: Mapping[str, Any]) -> bytes:
    """Set a template (``book.typ``) with its data; the same data give the same bytes.

    Text comes in as data, never as a template, so that nothing in it is carried out.

    :raises NoFont: no font with Chinese is installed where documents are set.
    """
    given = {"data": json.dumps(data, ensure_ascii=False), "font": _font()}
    set_ = typst.compile(
        str(_HERE / template), root=str(_HERE), format="pdf", sys_inputs=given, timestamp=0
    )
    assert isinstance(set_, bytes)
    return set_


def book_pages(book: Book) -> bytes:
    """Set a book's tables one after the other on A4.

    :raises NoFont: as ``pages``.
    """
    data = {
        "title": book.title,
        "subtitle": book.subtitle,
        "signed": book.signed,
        "sheets": [
            {
                "title": sheet.title,
                "columns": list(sheet.columns),
                "rows": [
                    [_shown(value, share=at in sheet.shares) for at, value in enumerate(row)]
                    for row in sheet.rows
                ],
            }
            for sheet in book.sheets
        ],
    }
    return pages("book.typ", data)


def _shown(value: Value, *, share: bool) -> str:
    if value is None:
        return "–"
    if share and not isinstance(value, str):
        return f"{value:.1%}"
    return str(value)


@cache
def _font() -> str:
    families = set(typst.Fonts().families())
    found = next((name for name in FONTS if name in families), None)
    if found is None:
        raise NoFont
    return found
