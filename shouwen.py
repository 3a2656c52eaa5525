"""Shouwen's front door: the command line.

Answers that a machine may read are JSON lines on stdout; what is wrong is said on stderr.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.facts.issue import Urgency

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gateway.judging import Answer

app = typer.Typer(
    name="shouwen",
    help="首问 Shouwen: whoever is first asked stays answerable until it is solved.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

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


@app.command()
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
    from front import up as starting  # noqa: PLC0415 - looking commands must not wait for it

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


@app.command()
def check(
    site: SiteFile,
    database: Annotated[
        str | None,
        typer.Option(help="Also name what this database has otherwise.", show_default=False),
    ] = None,
) -> None:
    """Say what is wrong in a site file, each mistake with its line and reason."""
    from front import checking  # noqa: PLC0415

    mistakes = checking.check(site)
    if database is not None and not mistakes:
        mistakes = checking.differences(site, database)
    for mistake in mistakes:
        print(mistake)
    if mistakes:
        raise typer.Exit(1)
    print(f"{site}: good")


@app.command()
def decode(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Payloads, one message each.", show_default=False)
    ] = None,
    *,
    profile: Annotated[str, typer.Option(help="The dialect, or a profile's own .toml file.")],
    zone: Annotated[str, typer.Option(help="The site's zone, for naive times.")] = "Asia/Shanghai",
    topic: Annotated[
        str | None, typer.Option(help="Topic, or request path, of the files.", show_default=False)
    ] = None,
    received_at: Annotated[
        str | None, typer.Option(help="When the files came; default: now.", show_default=False)
    ] = None,
    retained: Annotated[bool, typer.Option("--retained", help="The broker had kept them.")] = False,
    messages: Annotated[
        Path | None,
        typer.Option(help="JSON lines {topic, retained, received_at, payload | payload_hex}."),
    ] = None,
) -> None:
    """Say what the gateway makes of messages, in order, as one station's conversation."""
    from front import reading  # noqa: PLC0415

    lines = reading.decode(
        profile=profile,
        zone=zone,
        topic=topic,
        received_at=received_at,
        retained=retained,
        files=files or [],
        messages=messages,
        now=_now(),
    )
    for line in lines:
        print(line)


@app.command()
def explain(
    *,
    urgency: Annotated[Urgency, typer.Option(help="Which ladder.", show_default=False)],
    reported_at: Annotated[
        str, typer.Option(help="ISO time; without an offset: civil time of the zone.")
    ],
    zone: Annotated[str, typer.Option(help="The site's zone.")] = "Asia/Shanghai",
    policy: Annotated[Path | None, typer.Option(help="A policy file; default: the scheme.")] = None,
    calendar: Annotated[Path | None, typer.Option(help="Holidays and make-up days.")] = None,
) -> None:
    """Say who steps in when, by which rule, for an issue reported at that time (五.1(3))."""
    from front import reading  # noqa: PLC0415

    for line in reading.explain(
        urgency=urgency, reported_at=reported_at, zone=zone, policy=policy, calendar=calendar
    ):
        print(line)


@app.command()
def poll(
    *,
    profile: Annotated[str, typer.Option(help="The host's profile, or its own .toml file.")],
    host: Annotated[str, typer.Option(help="host[:port], or an address as in the site file.")],
    unit: Annotated[int | None, typer.Option(help="Goes before the profile's own unit.")] = None,
) -> None:
    """Show the live decoded state of a fire-phone host, for commissioning; it only reads."""
    from front import polling  # noqa: PLC0415

    print(polling.poll(profile=profile, host=host, unit=unit, clock=_now))


@app.command()
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
    from front import pictures  # noqa: PLC0415

    pair = (before, after) if before is not None and after is not None else None
    answers = pictures.compare(
        pair=pair, pairs=pairs, reference=reference, region=region, picture=picture
    )
    _print(answers)


@app.command("camera-check")
def camera_check(
    images: Annotated[list[Path], typer.Argument(show_default=False)],
    *,
    reference: Annotated[
        list[Path] | None, typer.Option(help="The place as the camera should see it; repeatable.")
    ] = None,
) -> None:
    """Say of each picture whether the camera was dark, blinded, covered, moved, blurred or well."""
    from front import pictures  # noqa: PLC0415

    _print(pictures.camera_check(images=images, references=reference or []))


@app.command()
def export(
    issue: Annotated[int, typer.Argument(help="The issue's number.", show_default=False)],
    out: Annotated[Path, typer.Argument(help="The package, a zip file.", show_default=False)],
    *,
    purpose: Annotated[str, typer.Option(help="Why; it is written into the journal.")],
    by: Annotated[str, typer.Option(help="The code of the person who asks for it.")],
    site: Annotated[
        str | None, typer.Option(help="The site's code, where there are several.")
    ] = None,
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Write an issue's evidence as a package that verifies itself on a clean machine."""
    from front import pictures  # noqa: PLC0415

    print(
        pictures.export(
            issue,
            purpose=purpose,
            by=by,
            out=out,
            site=site,
            data=data,
            database=database,
            now=_now(),
        )
    )


@app.command()
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
    site: Annotated[
        str | None, typer.Option(help="The site's code, where there are several.")
    ] = None,
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Print a month's report as JSON, or write it; a closed month as it was frozen (五.2(3))."""
    from front import months  # noqa: PLC0415

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
        print(months.recount(wanted, now=_now()))
    if not recount or wanted.files():
        print(months.report(wanted))


@app.command()
def verify(*, data: Data = None, database: DatabaseUrl = None) -> None:
    """Prove that no line of the journal was changed, removed or inserted; else name each."""
    from front import verifying  # noqa: PLC0415

    sound = True
    for line in verifying.verify(data=data, database=database):
        print(line.text)
        sound = sound and line.sound
    if not sound:
        raise typer.Exit(1)


@app.command()
def backup(
    out: Annotated[Path, typer.Argument(help="The file to write.", show_default=False)],
    *,
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Write database and pictures into one file, while everything runs; not the seals' key."""
    from front import restoring  # noqa: PLC0415

    print(restoring.make(out, data=data, database=database))


@app.command()
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
    from front import restoring  # noqa: PLC0415

    sound = True
    for line in restoring.put_back(file, data=data, database=database, seal_key=seal_key):
        print(line.text)
        sound = sound and line.sound
    if not sound:
        raise typer.Exit(1)


@app.command("log-in")
def log_in(
    person: Annotated[str, typer.Argument(help="The person's code.", show_default=False)],
    *,
    site: Annotated[
        str | None, typer.Option(help="The site's code, where there are several.")
    ] = None,
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Let a person log in, with a new password, which is printed once; ends his sessions."""
    from front import log_ins  # noqa: PLC0415

    print(log_ins.renew(person, site=site, data=data, database=database))


def main() -> None:
    """Run the command line; a closed pipe is no error."""
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _print(answers: "Iterable[Answer]") -> None:
    """Print each answer as it comes; fail at the end if a picture could not be read."""
    good = True
    for answer in answers:
        print(answer.text)
        good = good and answer.good
    if not good:
        raise typer.Exit(1)


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the command line is a shell


if __name__ == "__main__":
    main()
