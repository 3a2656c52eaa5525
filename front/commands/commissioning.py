"""What those who set up devices and rules ask: what is made of messages, hosts and moments."""

from pathlib import Path
from typing import Annotated

import typer

from core.facts.issue import Urgency
from front.commands.options import now


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
    from front import reading

    lines = reading.decode(
        profile=profile,
        zone=zone,
        topic=topic,
        received_at=received_at,
        retained=retained,
        files=files or [],
        messages=messages,
        now=now(),
    )
    for line in lines:
        print(line)


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
    from front import reading

    for line in reading.explain(
        urgency=urgency, reported_at=reported_at, zone=zone, policy=policy, calendar=calendar
    ):
        print(line)


def poll(
    *,
    profile: Annotated[str, typer.Option(help="The host's profile, or its own .toml file.")],
    host: Annotated[str, typer.Option(help="host[:port], or an address as in the site file.")],
    unit: Annotated[int | None, typer.Option(help="Goes before the profile's own unit.")] = None,
) -> None:
    """Show the live decoded state of a fire-phone host, for commissioning; it only reads."""
    from front import polling

    print(polling.poll(profile=profile, host=host, unit=unit, clock=now))
