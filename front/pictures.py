"""Commands about pictures: compare, camera-check and export. Apart, for OpenCV is slow to load."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import typer

from core.errors import CoreError
from core.evidence.export import export as export_package
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode
from core.rules import rules
from core.store.database import Database
from front.data_folder import DataFolder, NoStore
from gateway import judging
from gateway.adapter import Unreadable


def compare(
    *,
    pair: tuple[Path, Path] | None,
    pairs: Path | None,
    reference: Path | None,
    region: str | None,
    picture: Path | None,
) -> Iterator[judging.Answer]:
    """Yield the verdict on a pair, or on each row of a table.

    :raises typer.BadParameter: neither or both are given, or one of them cannot be read.
    """
    if (pair is None) == (pairs is None):
        raise typer.BadParameter("either BEFORE and AFTER, or --pairs")
    try:
        if pairs is not None:
            yield from judging.compare_table(pairs)
        elif pair is not None:
            yield judging.compare(*pair, reference=reference, region=region, picture=picture)
    except (judging.BadTable, Unreadable, OSError) as problem:
        raise typer.BadParameter(str(problem)) from None


def camera_check(*, images: list[Path], references: list[Path]) -> Iterator[judging.Answer]:
    """Yield how the camera was at each picture.

    :raises typer.BadParameter: a reference cannot be read.
    """
    try:
        yield from judging.camera_check(images, references=references)
    except Unreadable as problem:
        raise typer.BadParameter(str(problem), param_hint="--reference") from None


def export(
    issue: int,
    *,
    purpose: str,
    by: str,
    out: Path,
    site: str | None,
    data: Path | None,
    database: str | None,
    now: datetime,
) -> str:
    """Write an issue's evidence package; the export itself becomes a line of the journal.

    :raises typer.BadParameter: no such issue, person or store.
    """
    try:
        folder = DataFolder.found(data)
    except NoStore as problem:
        raise typer.BadParameter(str(problem), param_hint="--data") from None
    opened = Database.open(database or folder.database_url, rules=rules())
    try:
        with opened.read() as store:
            codes = store.sites.codes()
            wanted = next((code for code in codes if site in {None, code}), None)
            if wanted is None or (site is None and len(codes) > 1):
                raise typer.BadParameter(f"one of: {', '.join(codes)}", param_hint="--site")
            person = store.people.find(wanted, PersonCode(by)).code
        count = export_package(
            opened,
            site=wanted,
            issue=IssueNumber(issue),
            purpose=purpose,
            by=person,
            out=out,
            now=now,
        )
    except (CoreError, OSError) as problem:
        raise typer.BadParameter(str(problem)) from None
    finally:
        opened.close()
    return f"{out}: {count} pictures"
