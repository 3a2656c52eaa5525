"""calendar.toml → Calendar: a site's holidays and make-up working days (调休), one a line."""

from datetime import date
from enum import StrEnum

from pydantic import field_validator

from core.escalation import toml_text
from core.facts.days import Calendar


class _Kind(StrEnum):
    WORKING = "working"
    HOLIDAY = "holiday"


class _Document(toml_text.Table):
    days: dict[str, _Kind]

    @field_validator("days")
    @classmethod
    def _dates(cls, value: dict[str, _Kind]) -> dict[str, _Kind]:
        for text in value:
            if _date(text) is None:
                raise ValueError(f"{text!r} is not a date as in 2026-10-01")
        return value


def parse_calendar(text: str, *, where: str) -> Calendar:
    """Read ``[days]``: ``"2026-10-01" = "holiday"``, ``"2026-10-10" = "working"``.

    :param where: the file's name, for the messages.
    :raises BadPolicy: with one line for each mistake: where, which key, and why.
    """
    days = toml_text.read(text, _Document, where=where).days
    return Calendar(holidays=_those(days, _Kind.HOLIDAY), working=_those(days, _Kind.WORKING))


def _those(days: dict[str, _Kind], kind: _Kind) -> frozenset[date]:
    return frozenset(date.fromisoformat(text) for text, said in days.items() if said is kind)


def _date(text: str) -> date | None:
    """One spelling for each day: ISO's others would let a day be entered twice."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None
