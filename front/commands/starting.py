"""Starting Shouwen, what is checked before, and letting people in."""

from pathlib import Path
from typing import Annotated

import typer

from front.commands.options import Data, DatabaseUrl, SiteCode, SiteFile


def up(  # noqa: PLR0913 - one for each option
    *,
    site: Annotated[Path | None, typer.Option(help="The site file.", show_default=False)] = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="With a simulated building, people and a scripted day.")
    ] = False,
    speed: Annotated[
        float, typer.Option(min=1, max=5_000, help="Demo only: seconds of its day in a real one.")
    ] = 1.0,
    scenario: Annotated[str, typer.Option(help="Demo only: what is played.")] = "demo-day",
    history: Annotated[
        bool, typer.Option(help="Demo only: begin with two months that lie behind the office.")
    ] = True,
    host: Annotated[str, typer.Option(help="Where the console listens.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="0: any free one.")] = 8080,
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Start everything on this machine: broker, centre, gateway; print address and log-ins."""
    from front import up as starting

    if speed != 1.0 and not demo:
        raise typer.BadParameter("an accelerated clock exists only with --demo")
    wanted = starting.Wanted(
        site=site,
        demo=demo,
        history=history,
        speed=speed,
        scenario=scenario,
        host=host,
        port=port,
        data=data,
        database=database,
    )
    raise typer.Exit(starting.run(wanted))


def check(
    site: SiteFile,
    database: Annotated[
        str | None,
        typer.Option(help="Also name what this database has otherwise.", show_default=False),
    ] = None,
) -> None:
    """Say what is wrong in a site file, each mistake with its line and reason."""
    from front import checking

    mistakes = checking.check(site)
    if database is not None and not mistakes:
        mistakes = checking.differences(site, database)
    for mistake in mistakes:
        print(mistake)
    if mistakes:
        raise typer.Exit(1)
    print(f"{site}: good")


def log_in(
    person: Annotated[str, typer.Argument(help="The person's code.", show_default=False)],
    *,
    site: SiteCode = None,
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Let a person log in, with a new password, which is printed once; ends his sessions."""
    from front import log_ins

    print(log_ins.renew(person, site=site, data=data, database=database))
