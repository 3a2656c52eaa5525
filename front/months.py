"""``shouwen month``: a month's report as JSON, XLSX, CSV or PDF, and counting all of it again."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import typer

from api.documents import comma, pdf, xlsx
from api.documents.book import Book
from api.documents.month import book
from api.documents.words import Language
from core.errors import CoreError
from core.facts.device import SiteCode
from core.facts.month import MonthCode
from core.rules import rules
from core.statistics import reading, service
from core.store.database import Database
from core.store.store import Store
from front.data_folder import DataFolder, NoStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which month, of which store, and as what files."""

    month: str
    site: str | None
    data: Path | None
    database: str | None
    language: Language
    xlsx: Path | None = None
    csv: Path | None = None
    pdf: Path | None = None

    def files(self) -> list[tuple[Path, Callable[[Book], bytes]]]:
        """Return what is to be written, and by what."""
        forms = ((self.xlsx, xlsx.written), (self.csv, comma.written), (self.pdf, pdf.book_pages))
        return [(out, written) for out, written in forms if out is not None]


def report(wanted: Wanted) -> str:
    """Write the files that are wanted and say so, or else return the report as JSON.

    :raises typer.BadParameter: no such month, site or store, or the file cannot be written.
    """
    opened = _opened(wanted)
    try:
        with opened.read() as store:
            site = _site(store, wanted.site)
            month = MonthCode(wanted.month)
            found = reading.shown(store, site=site, month=month)
            files = wanted.files()
            if not files:
                return found.canonical().decode()
            tables = book(
                found,
                closed=store.closed_months.closed(site, [month]).get(month),
                days=store.rules_of(site).days(store.sites.zone(site)),
                language=wanted.language,
            )
        for out, written in files:
            out.write_bytes(written(tables))
    except (CoreError, OSError) as problem:
        raise typer.BadParameter(str(problem)) from None
    finally:
        opened.close()
    return "\n".join(str(out) for out, _ in files)


def recount(wanted: Wanted, *, now: datetime) -> str:
    """Count a site's months again from its journal; say of the month whether it had been right.

    :raises typer.BadParameter: as ``report``.
    """
    opened = _opened(wanted)
    try:
        with opened.begin() as store:
            site = _site(store, wanted.site)
            month = MonthCode(wanted.month)
            service.catch_up(store, site=site, now=now)
            before = reading.of_month(store, site=site, month=month).canonical()
            service.recount(store, site=site, now=now)
            equal = reading.of_month(store, site=site, month=month).canonical() == before
    except CoreError as problem:
        raise typer.BadParameter(str(problem)) from None
    finally:
        opened.close()
    return json.dumps({"site": site, "month": month, "recounted": True, "equal": equal})


def _opened(wanted: Wanted) -> Database:
    try:
        folder = DataFolder.found(wanted.data)
    except NoStore as problem:
        if wanted.database is None:
            raise typer.BadParameter(str(problem), param_hint="--data") from None
        return Database.open(wanted.database, rules=rules())
    return Database.open(wanted.database or folder.database_url, rules=rules())


def _site(store: Store, code: str | None) -> SiteCode:
    codes = store.sites.codes()
    if code is None and len(codes) == 1:
        return codes[0]
    if code not in codes:
        raise typer.BadParameter(f"one of: {', '.join(codes)}", param_hint="--site")
    return SiteCode(code)
