"""Shouwen's front door: the command line; what each command does stands in ``front.commands``."""

import os
import sys

import typer

from front.commands import commissioning, pictures, records, starting

app = typer.Typer(
    name="shouwen",
    help="首问 Shouwen: whoever is first asked stays answerable until it is solved.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
#: In the order in which ``shouwen --help`` names them.
_COMMANDS = (
    starting.up,
    starting.check,
    commissioning.decode,
    commissioning.explain,
    commissioning.poll,
    pictures.compare,
    pictures.camera_check,
    pictures.export,
    records.month,
    records.verify,
    records.backup,
    records.restore,
    starting.log_in,
)
for _command in _COMMANDS:
    app.command(_command.__name__.replace("_", "-"))(_command)


def main() -> None:
    """Run the command line; a closed pipe is no error."""
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
