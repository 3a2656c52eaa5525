"""What several commands are given alike."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

SiteFile = Annotated[Path, typer.Argument(help="The site file.", show_default=False)]
Data = Annotated[
    Path | None,
    typer.Option(
        help="The site's data folder; default: var/<site>.",
        envvar="SHOUWEN_DATA",
        show_default=False,
    ),
]
DatabaseUrl = Annotated[
    str | None,
    typer.Option(help="sqlite:///… or postgresql+psycopg://…", envvar="DATABASE_URL"),
]
SiteCode = Annotated[str | None, typer.Option(help="The site's code, where there are several.")]


def now() -> datetime:
    """Return the time: commands are shells."""
    return datetime.now(UTC)  # noqa: TID251 - the command line is a shell
