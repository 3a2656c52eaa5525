"""Files of the month: the same tables as XLSX, CSV and PDF, inert, always the same bytes."""

import csv
import io
import re
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import typst

from api.documents import comma, pdf, xlsx
from api.documents.book import Book, Sheet
from api.documents.month import book
from api.documents.words import Language, word
from core.errors import NoFont
from core.facts.days import SiteDays
from core.facts.issue import CallerKind, Outcome, Status, Urgency
from core.facts.month import MEASURES, MonthCode
from core.facts.month_report import MonthReport
from core.facts.report import Cause, Channel, ReportClass
from core.facts.rules import Rules
from core.statistics import reading
from core.statistics.month import ANSWERS, PARTS
from core.store.database import Database
from tests.month_sheet import ZONE, live
from tests.office import SITE, Office

DANGEROUS = ["=1+1", "+49", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1+1", "\n=1"]
HARMLESS = ["王 @ 3栋", "a=b", "", "'", "1-2", "完"]
BOOK = Book(
    title="示范小区",
    subtitle="=cmd",
    signed="",
    sheets=[Sheet(title="表/一", columns=["=x", "n"], rows=[(text, 1) for text in DANGEROUS])],
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Iterator[MonthReport]:
    file = tmp_path_factory.mktemp("documents") / "store.sqlite"
    database = Database.open(f"sqlite:///{file}", rules=rules)
    database.migrate()
    live(Office(database), lines=40)
    with database.read() as store:
        yield reading.of_month(store, site=SITE, month=MonthCode("2026-11"))
    database.close()


def tables(report: MonthReport, language: Language = "zh") -> Book:
    return book(report, closed=None, days=SiteDays(zone=ZONE), language=language)


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    assert comma.inert(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert comma.inert(text) == text


def test_a_csv_opens_as_utf_8_and_every_cell_is_inert() -> None:
    content = comma.written(BOOK)

    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    cells = [cell for row in rows for cell in row]
    assert "示范小区" in cells
    assert [cell for cell in cells if re.match(r"\s*[=+\-@\t\r\n＝＋－＠]", cell)] == []


def test_an_xlsx_holds_text_and_no_formula() -> None:
    names, sheets = _xlsx(xlsx.written(BOOK))

    assert names == ["表 一"]
    assert "<f>" not in sheets
    assert "=cmd" in sheets


def _xlsx(content: bytes) -> tuple[list[str], str]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        workbook = ET.fromstring(packed.read("xl/workbook.xml"))
        names = [one.attrib["name"] for one in workbook.iter() if one.tag.endswith("}sheet")]
        inside = [packed.read(one).decode() for one in packed.namelist() if one.startswith("xl/")]
    return names, "".join(inside)


def test_the_same_month_is_in_all_three_and_always_the_same_bytes(report: MonthReport) -> None:
    made = tables(report)

    assert xlsx.written(made) == xlsx.written(tables(report))
    assert comma.written(made) == comma.written(tables(report))
    assert pdf.book_pages(made) == pdf.book_pages(tables(report))
    names, sheets = _xlsx(xlsx.written(made))
    text = comma.written(made).decode()
    for sheet in made.sheets:
        assert sheet.title[:31] in names
        assert sheet.title in text
    assert "先于客户发现率" in sheets
    assert pdf.book_pages(made).startswith(b"%PDF-")


def test_the_numbers_of_the_tables_are_the_report_s(report: MonthReport) -> None:
    made = {sheet.title: sheet for sheet in tables(report, "en").sheets}

    whole = {row[0]: row[1] for row in made["The month"].rows}
    assert whole["Told"] == 38
    units = made["By unit"].rows
    assert units[-1][0] == "All"
    assert sum(int(row[1] or 0) for row in units[:-1]) == units[-1][1] == 38


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_code_of_a_report_has_words(language: Language) -> None:
    with (Path(pdf.__file__).parent / "words.toml").open("rb") as file:
        words = tomllib.load(file)
    families = {
        "channel": Channel, "cls": ReportClass, "cause": Cause, "outcome": Outcome,
        "urgency": Urgency, "status": Status, "caller": CallerKind,
        "measure": MEASURES, "time": ANSWERS, "table": PARTS,
    }  # fmt: skip
    for family, codes in families.items():
        assert [code for code in codes if not words[family].get(code, {}).get(language)] == []
    assert word(language, "channel", "not_one_of_ours") == "not one of ours"


def test_text_is_set_and_never_carried_out() -> None:
    tricky = Book(
        title="#panic()", subtitle="$x$ *a* _b_", signed='#read("book.typ")',
        sheets=[Sheet(title="#{1/0}", columns=["<a>", "@b"], rows=[('#eval("1")', "\\")])],
    )  # fmt: skip

    assert pdf.book_pages(tricky).startswith(b"%PDF-")


def test_without_a_chinese_font_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "FONTS", ("No Such Font",))
    pdf._font.cache_clear()
    try:
        with pytest.raises(NoFont):
            pdf.book_pages(BOOK)
    finally:
        pdf._font.cache_clear()
    assert typst.Fonts().families()
