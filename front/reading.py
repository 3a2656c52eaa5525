"""Commands that only look: decode and explain. Their answers are JSON lines."""

import json
import tomllib
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import typer

from core.errors import CoreError, NotReadable
from core.escalation.calendar_file import parse_calendar
from core.escalation.civil_time import zone_named
from core.escalation.explain import explain as explain_steps
from core.escalation.policy_file import default_policy, parse_policy
from core.facts import moment
from core.facts.days import Calendar
from core.facts.issue import Urgency
from core.facts.policy import Policy
from gateway import decode as decoding
from gateway.access_control import profile as profiles
from gateway.adapter import Message
from gateway.fire_phone import profile as hosts
from gateway.profiles import BadProfile, UnknownProfile


def decode(
    *,
    profile: str,
    zone: str,
    topic: str | None,
    received_at: str | None,
    retained: bool,
    files: list[Path],
    messages: Path | None,
    now: datetime,
) -> Iterator[str]:
    """Yield what the gateway makes of each message, one JSON line each, in order.

    :raises typer.BadParameter: an unknown profile or zone, or messages not written as agreed.
    """
    try:
        dialect = hosts.load(profile) if _is_fire_phone(profile) else profiles.load(profile)
        site_zone = zone_named(zone)
        told = _messages(
            topic=topic,
            received_at=moment.parse(received_at) if received_at else now,
            retained=retained,
            files=files,
            messages=messages,
            now=now,
        )
        yield from decoding.decode(told, profile=dialect, zone=site_zone)
    except (UnknownProfile, BadProfile) as problem:
        raise typer.BadParameter(str(problem), param_hint="--profile") from None
    except decoding.BadMessages as problem:
        raise typer.BadParameter(str(problem), param_hint="--messages") from None
    except CoreError as problem:
        raise typer.BadParameter(str(problem)) from None


def _is_fire_phone(profile: str) -> bool:
    """Whether a profile is a fire-phone host's; of an own file its tables tell."""
    if not profile.endswith(".toml"):
        return profile in hosts.names()
    try:
        keys = tomllib.loads(Path(profile).read_text(encoding="utf-8")).keys()
    except (OSError, ValueError):
        return False  # whoever loads it says what is wrong with it
    return bool(keys & {"unit", "system", "component", "protocol", "extends"})


def explain(
    *, urgency: Urgency, reported_at: str, zone: str, policy: Path | None, calendar: Path | None
) -> Iterator[str]:
    """Yield the steps an issue would climb, one JSON line each.

    :raises typer.BadParameter: a time, zone, policy or calendar that cannot be read.
    """
    try:
        steps = explain_steps(
            urgency=urgency,
            reported_at=reported_at,
            rules=_policy(policy),
            zone=zone,
            calendar=_calendar(calendar),
        )
    except CoreError as problem:
        raise typer.BadParameter(str(problem)) from None
    for step in steps:
        yield json.dumps(step, ensure_ascii=False)


def _messages(
    *,
    topic: str | None,
    received_at: datetime,
    retained: bool,
    files: list[Path],
    messages: Path | None,
    now: datetime,
) -> Iterable[Message]:
    if messages is not None:
        if topic is not None or files:
            raise typer.BadParameter("either --messages, or --topic with files")
        return decoding.messages_from_jsonl(_lines(messages), now=now)
    if topic is None or not files:
        raise typer.BadParameter("say --messages FILE, or --topic T with one or more files")
    return decoding.messages_from_files(
        files, topic=topic, received_at=received_at, retained=retained
    )


def _lines(file: Path) -> list[str]:
    # A byte that is no UTF-8 must not stop the lines around it.
    return _bytes(file).decode("utf-8-sig", errors="surrogateescape").split("\n")


def _policy(file: Path | None) -> Policy:
    shipped = default_policy()
    if file is None:
        return shipped
    return parse_policy(_text(file), where=str(file), fallback=shipped)


def _calendar(file: Path | None) -> Calendar | None:
    return parse_calendar(_text(file), where=str(file)) if file is not None else None


def _text(file: Path) -> str:
    try:
        return _bytes(file).decode("utf-8")
    except UnicodeDecodeError:
        raise NotReadable(f"{file}: not UTF-8") from None


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        raise NotReadable(f"{file}: {problem.strerror}") from None
