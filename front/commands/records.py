"""What the office keeps: months, the journal's proof, backups."""

from pathlib import Path
from typing import Annotated

import typer

from front.commands.options import Data, DatabaseUrl, SiteCode, now


def month(  # noqa: PLR0913 - one for each form, and where the store is
    of: Annotated[str, typer.Argument(metavar="YYYY-MM", show_default=False)],
    *,
    xlsx: Annotated[Path | None, typer.Option(help="Write its tables there, as XLSX.")] = None,
    csv: Annotated[Path | None, typer.Option(help="Write its tables there, as CSV.")] = None,
    pdf: Annotated[Path | None, typer.Option(help="Write its tables there, as PDF.")] = None,
    english: Annotated[bool, typer.Option("--english", help="Files in English.")] = False,
    recount: Annotated[
        bool, typer.Option("--recount", help="Count the site again from its journal first.")
    ] = False,
    site: SiteCode = None,
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Print a month's report as JSON, or write it; a closed month as it was frozen (五.2(3))."""
    from front import months

    wanted = months.Wanted(
        month=of,
        site=site,
        data=data,
        database=database,
        language="en" if english else "zh",
        xlsx=xlsx,
        csv=csv,
        pdf=pdf,
    )
    if recount:
        print(months.recount(wanted, now=now()))
    if not recount or wanted.files():
        print(months.report(wanted))


def verify(*, data: Data = None, database: DatabaseUrl = None) -> None:
    """Prove that no line of the journal was changed, removed or inserted; else name each."""
    from front import verifying

    sound = True
    for line in verifying.verify(data=data, database=database):
        print(line.text)
        sound = sound and line.sound
    if not sound:
        raise typer.Exit(1)


def backup(
    out: Annotated[Path, typer.Argument(help="The file to write.", show_default=False)],
    *,
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Write database and pictures into one file, while everything runs; not the seals' key."""
    from front import restoring

    print(restoring.make(out, data=data, database=database))


def restore(
    file: Annotated[Path, typer.Argument(help="A backup.", show_default=False)],
    *,
    data: Annotated[Path, typer.Option(help="An empty data folder.", envvar="SHOUWEN_DATA")],
    database: DatabaseUrl = None,
    seal_key: Annotated[
        Path | None, typer.Option(help="The seals' key, which no backup holds.")
    ] = None,
) -> None:
    """Put a backup into an empty place, and verify every entry, seal and picture of it."""
    from front import restoring

    sound = True
    for line in restoring.put_back(file, data=data, database=database, seal_key=seal_key):
        print(line.text)
        sound = sound and line.sound
    if not sound:
        raise typer.Exit(1)
