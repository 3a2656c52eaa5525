"""What pictures show, and an issue with its pictures as evidence."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from front.commands.options import Data, DatabaseUrl, SiteCode, now

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gateway.judging import Answer


def compare(
    before: Annotated[Path | None, typer.Argument(show_default=False)] = None,
    after: Annotated[Path | None, typer.Argument(show_default=False)] = None,
    *,
    reference: Annotated[Path | None, typer.Option(help="The place as it should be.")] = None,
    region: Annotated[str | None, typer.Option(help='Corners, "x,y x,y …" in pixels.')] = None,
    picture: Annotated[Path | None, typer.Option(help="Write the evidence picture there.")] = None,
    pairs: Annotated[Path | None, typer.Option(help="A CSV table of pairs.")] = None,
) -> None:
    """Say whether two pictures of one place show that something changed; a person decides."""
    from front import pictures

    pair = (before, after) if before is not None and after is not None else None
    answers = pictures.compare(
        pair=pair, pairs=pairs, reference=reference, region=region, picture=picture
    )
    _print(answers)


def camera_check(
    images: Annotated[list[Path], typer.Argument(show_default=False)],
    *,
    reference: Annotated[
        list[Path] | None, typer.Option(help="The place as the camera should see it; repeatable.")
    ] = None,
) -> None:
    """Say of each picture whether the camera was dark, blinded, covered, moved, blurred or well."""
    from front import pictures

    _print(pictures.camera_check(images=images, references=reference or []))


def export(
    issue: Annotated[int, typer.Argument(help="The issue's number.", show_default=False)],
    out: Annotated[Path, typer.Argument(help="The package, a zip file.", show_default=False)],
    *,
    purpose: Annotated[str, typer.Option(help="Why; it is written into the journal.")],
    by: Annotated[str, typer.Option(help="The code of the person who asks for it.")],
    site: SiteCode = None,
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Write an issue's evidence as a package that verifies itself on a clean machine."""
    from front import pictures

    print(
        pictures.export(
            issue,
            purpose=purpose,
            by=by,
            out=out,
            site=site,
            data=data,
            database=database,
            now=now(),
        )
    )


def _print(answers: "Iterable[Answer]") -> None:
    """Print each answer as it comes; fail at the end if a picture could not be read."""
    good = True
    for answer in answers:
        print(answer.text)
        good = good and answer.good
    if not good:
        raise typer.Exit(1)
