"""What a ladder may look like in policy.toml: its steps by days, or by seconds, always climbing."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Annotated

from pydantic import Field, field_validator

from core.escalation import toml_text
from core.facts.issue import Urgency
from core.facts.ladder import AfterRung, DayRung, Rung
from core.facts.people import Role

Seconds = Annotated[int, Field(strict=True, ge=0, le=366 * 86_400)]


class _Rung(toml_text.Table):
    to: Annotated[tuple[Role, ...], Field(min_length=1)]
    rule: Annotated[str, Field(min_length=1, max_length=64)]

    @field_validator("to", mode="before")
    @classmethod
    def _one_or_many(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value

    @field_validator("to")
    @classmethod
    def _each_once(cls, value: tuple[Role, ...]) -> tuple[Role, ...]:
        if len(set(value)) < len(value):
            raise ValueError("a role stands here twice")
        return value


class _DayRung(_Rung):
    day: Annotated[int, Field(strict=True, ge=1, le=366)]


class _AfterRung(_Rung):
    after_seconds: Seconds


class _DayLadder(toml_text.Table):
    steps: Annotated[tuple[_DayRung, ...], Field(min_length=1)]

    @field_validator("steps")
    @classmethod
    def _climbs(cls, value: tuple[_DayRung, ...]) -> tuple[_DayRung, ...]:
        _must_climb([step.day for step in value])
        return value

    def rungs(self) -> tuple[Rung, ...]:
        return tuple(DayRung(day=one.day, to=one.to, rule=one.rule) for one in self.steps)


class _AfterLadder(toml_text.Table):
    steps: Annotated[tuple[_AfterRung, ...], Field(min_length=1)]

    @field_validator("steps")
    @classmethod
    def _climbs(cls, value: tuple[_AfterRung, ...]) -> tuple[_AfterRung, ...]:
        _must_climb([step.after_seconds for step in value])
        if value[0].after_seconds:
            raise ValueError("life safety begins at once: the first after_seconds is 0")
        return value

    def rungs(self) -> tuple[Rung, ...]:
        return tuple(
            AfterRung(after=timedelta(seconds=one.after_seconds), to=one.to, rule=one.rule)
            for one in self.steps
        )


class Ladders(toml_text.Table):
    """Each urgency's ladder, as far as the text has one."""

    urgent: _DayLadder | None = None
    ordinary: _DayLadder | None = None
    life_safety: _AfterLadder | None = None

    def rungs(self) -> dict[Urgency, tuple[Rung, ...]]:
        """Return the steps of the ladders the text has."""
        said = (
            (Urgency.LIFE_SAFETY, self.life_safety),
            (Urgency.URGENT, self.urgent),
            (Urgency.ORDINARY, self.ordinary),
        )
        return {urgency: ladder.rungs() for urgency, ladder in said if ladder}


def _must_climb(times: Sequence[int]) -> None:
    if any(upper < lower for lower, upper in pairwise(times)):
        raise ValueError("a ladder climbs: no step stands before the one above it")
