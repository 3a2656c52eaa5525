"""policy.toml → Policy. What a policy cannot mean is refused, with the key and the reason."""

import re
from collections.abc import Sequence
from datetime import time, timedelta
from importlib import resources
from itertools import pairwise
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from core.errors import BadPolicy
from core.escalation import toml_text
from core.facts.catalogue import CategoryCode
from core.facts.issue import Urgency
from core.facts.ladder import AfterRung, DayRung, Rung
from core.facts.people import Role
from core.facts.policy import (
    COPY_LIMIT,
    PAUSE,
    STAND_IN,
    Clock,
    ComesBack,
    Correlation,
    Customers,
    DayCount,
    Grouping,
    Monitoring,
    Policy,
    Quiet,
    StormRule,
    Target,
    Verification,
)
from core.facts.report import ReportClass

_CLOCK_TIME = re.compile(r"(?!00:00)(?:[01]\d|2[0-3]):[0-5]\d|24:00")
_HOUR = r"^(?:[01]\d|2[0-3]):[0-5]\d$"

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


class _Ladders(toml_text.Table):
    urgent: _DayLadder | None = None
    ordinary: _DayLadder | None = None
    life_safety: _AfterLadder | None = None

    def rungs(self) -> dict[Urgency, tuple[Rung, ...]]:
        said = (
            (Urgency.LIFE_SAFETY, self.life_safety),
            (Urgency.URGENT, self.urgent),
            (Urgency.ORDINARY, self.ordinary),
        )
        return {urgency: ladder.rungs() for urgency, ladder in said if ladder}


class _Clock(toml_text.Table):
    day_ends_at: str = "24:00"
    days: DayCount = DayCount.CALENDAR
    least_seconds: Seconds = 0

    @field_validator("day_ends_at")
    @classmethod
    def _clock_time(cls, value: str) -> str:
        if not _CLOCK_TIME.fullmatch(value):
            raise ValueError(
                'a civil time from "00:01" to "24:00"; the day ends at 24:00, not 00:00'
            )
        return value

    def fact(self) -> Clock:
        ends_at = time.fromisoformat(self.day_ends_at.replace("24:00", "00:00"))
        least = timedelta(seconds=self.least_seconds)
        return Clock(day_ends_at=ends_at, days=self.days, least=least)


class _Target(toml_text.Table):
    answer_seconds: tuple[Seconds, Seconds]
    accept_seconds: Seconds

    @field_validator("answer_seconds")
    @classmethod
    def _climbs(cls, value: tuple[int, int]) -> tuple[int, int]:
        if value[0] > value[1]:
            raise ValueError("the first threshold is not after the limit")
        return value

    def fact(self) -> Target:
        first, limit, accept = (
            timedelta(seconds=seconds) for seconds in (*self.answer_seconds, self.accept_seconds)
        )
        return Target(answer_first=first, answer_limit=limit, accept=accept)


class _Monitoring(toml_text.Table):
    claim_seconds: Annotated[Seconds, Field(ge=1)]
    life_safety_claim_seconds: Annotated[Seconds, Field(ge=1)]
    presence_seconds: Annotated[Seconds, Field(ge=60)] = 600
    presence_at_night_seconds: Annotated[Seconds, Field(ge=60)] = 1_200
    targets: dict[ReportClass, _Target]

    @field_validator("targets")
    @classmethod
    def _every_class(cls, value: dict[ReportClass, _Target]) -> dict[ReportClass, _Target]:
        if missing := [name.value for name in ReportClass if name not in value]:
            raise ValueError(f"no target for {', '.join(missing)}")
        return value

    def fact(self) -> Monitoring:
        return Monitoring(
            claim=timedelta(seconds=self.claim_seconds),
            life_safety_claim=timedelta(seconds=self.life_safety_claim_seconds),
            presence=timedelta(seconds=self.presence_seconds),
            presence_at_night=timedelta(seconds=self.presence_at_night_seconds),
            targets={name: target.fact() for name, target in self.targets.items()},
        )


class _Followup(toml_text.Table):
    hour: Annotated[int, Field(strict=True, ge=0, le=23)]


class _Copies(toml_text.Table):
    acknowledge_seconds: Annotated[int, Field(strict=True, ge=60, le=366 * 86_400)]


class _Roster(toml_text.Table):
    stand_in_seconds: Annotated[int, Field(strict=True, ge=60, le=86_400)] = 1_800


class _Verification(toml_text.Table):
    categories: tuple[Annotated[str, Field(min_length=1, max_length=64)], ...] = ()
    sample_percent: Annotated[int, Field(strict=True, ge=0, le=100)] = 0
    keep_days: Annotated[int, Field(strict=True, ge=1, le=3_660)] = 30
    days_before: Annotated[int, Field(strict=True, ge=3, le=365)] = 3

    def fact(self) -> Verification:
        return Verification(
            categories=frozenset(CategoryCode(code) for code in self.categories),
            sample_percent=self.sample_percent,
            keep_days=self.keep_days,
            days_before=self.days_before,
        )


class _Customers(toml_text.Table):
    repeat_days: Annotated[int, Field(strict=True, ge=1, le=3_660)] = 30
    alike: Annotated[int, Field(strict=True, ge=1, le=100)] = 60
    first_answer_seconds: Annotated[int, Field(strict=True, ge=60, le=366 * 86_400)] = 86_400
    link_days: Annotated[int, Field(strict=True, ge=1, le=366)] = 7
    told_before_closing: Annotated[bool, Field(strict=True)] = True

    def fact(self) -> Customers:
        return Customers(
            repeat_days=self.repeat_days,
            alike=self.alike,
            first_answer=timedelta(seconds=self.first_answer_seconds),
            link_lasts=timedelta(days=self.link_days),
            told_before_closing=self.told_before_closing,
        )


class _Pause(toml_text.Table):
    limit_seconds: Seconds


class _ComesBack(toml_text.Table):
    accepted_seconds: Seconds = 86_400
    assigned_seconds: Seconds = 259_200

    def fact(self) -> ComesBack:
        accepted, assigned = (
            timedelta(seconds=seconds) if seconds else None
            for seconds in (self.accepted_seconds, self.assigned_seconds)
        )
        return ComesBack(accepted=accepted, assigned=assigned)


class _Storm(toml_text.Table):
    events_per_minute: Annotated[int, Field(strict=True, ge=0, le=1_000_000)] = 300
    calm_per_minute: Annotated[int, Field(strict=True, ge=0, le=1_000_000)] = 60
    calm_seconds: Annotated[int, Field(strict=True, ge=60, le=86_400)] = 120

    @model_validator(mode="after")
    def _calms_below(self) -> "_Storm":
        if self.events_per_minute and self.calm_per_minute >= self.events_per_minute:
            raise ValueError("calm_per_minute is below events_per_minute, or it would come and go")
        return self

    def fact(self) -> StormRule:
        return StormRule(
            over=self.events_per_minute,
            calm=self.calm_per_minute,
            calm_for=timedelta(seconds=self.calm_seconds),
        )


class _Correlation(toml_text.Table):
    within_seconds: Seconds = 600
    back_seconds: Seconds = 120

    def fact(self) -> Correlation:
        return Correlation(
            within=timedelta(seconds=self.within_seconds),
            back_after=timedelta(seconds=self.back_seconds),
        )


class _Grouping(toml_text.Table):
    alarms: Annotated[int, Field(strict=True, ge=0, le=1_000)] = 3
    within_seconds: Annotated[Seconds, Field(ge=1, le=3_600)] = 120

    @field_validator("alarms")
    @classmethod
    def _more_than_one(cls, value: int) -> int:
        if value == 1:
            raise ValueError("one alarm is no group: 2 or more, or 0 for never")
        return value

    def fact(self) -> Grouping:
        return Grouping(alarms=self.alarms, within=timedelta(seconds=self.within_seconds))


class _Messages(toml_text.Table):
    quiet_from: Annotated[str, Field(pattern=_HOUR)]
    quiet_until: Annotated[str, Field(pattern=_HOUR)]

    def fact(self) -> Quiet | None:
        begins, ends = (time.fromisoformat(one) for one in (self.quiet_from, self.quiet_until))
        return Quiet(begins=begins, ends=ends) if begins != ends else None


class _Document(toml_text.Table):
    version: Annotated[int, Field(strict=True, ge=1, le=999_999)]
    clock: _Clock = _Clock()
    ladder: _Ladders = _Ladders()
    monitoring: _Monitoring | None = None
    followup: _Followup | None = None
    verification: _Verification | None = None
    roster: _Roster | None = None
    customers: _Customers | None = None
    copies: _Copies | None = None
    pause: _Pause | None = None
    comes_back: _ComesBack | None = None
    storm: _Storm | None = None
    correlation: _Correlation | None = None
    grouping: _Grouping | None = None
    messages: _Messages | None = None


def parse_policy(text: str, *, where: str, fallback: Policy | None = None) -> Policy:
    """Read a policy.

    :param where: the file's name, for the messages.
    :param fallback: answers for each ladder, and for ``[monitoring]``, ``[followup]`` and
        ``[verification]``, where the text has none; ``[clock]`` left out always means the scheme's
        own way of counting days.
    :raises BadPolicy: with one line for each mistake: where, which key, and why.
    """
    said = toml_text.read(text, _Document, where=where)
    ladders = dict(fallback.ladders if fallback else {}) | said.ladder.rungs()
    monitoring = fallback.monitoring if fallback else None
    hour = fallback.followup_hour if fallback else None
    if said.monitoring:
        monitoring = said.monitoring.fact()
    if said.followup:
        hour = said.followup.hour
    checked = fallback.verification if fallback else Verification()
    if said.verification:
        checked = said.verification.fact()
    customers = fallback.customers if fallback else Customers()
    if said.customers:
        customers = said.customers.fact()
    copy_limit = fallback.copy_limit if fallback else COPY_LIMIT
    if said.copies:
        copy_limit = timedelta(seconds=said.copies.acknowledge_seconds)
    stand_in = fallback.stand_in if fallback else STAND_IN
    if said.roster:
        stand_in = timedelta(seconds=said.roster.stand_in_seconds)
    pause = fallback.pause if fallback else PAUSE
    if said.pause:
        pause = timedelta(seconds=said.pause.limit_seconds)
    comes_back = fallback.comes_back if fallback else ComesBack()
    if said.comes_back:
        comes_back = said.comes_back.fact()
    quiet = said.messages.fact() if said.messages else (fallback.quiet if fallback else None)
    missing = [f"ladder.{urgency}" for urgency in Urgency if urgency not in ladders]
    if missing or monitoring is None or hour is None:
        missing += ["monitoring"] * (monitoring is None) + ["followup"] * (hour is None)
        raise BadPolicy("\n".join(f"{where}: {key}: is missing" for key in missing))
    return Policy(
        version=said.version,
        clock=said.clock.fact(),
        ladders=ladders,
        monitoring=monitoring,
        followup_hour=hour,
        verification=checked,
        customers=customers,
        stand_in=stand_in,
        quiet=quiet,
        copy_limit=copy_limit,
        pause=pause,
        comes_back=comes_back,
        storm=_storm_of(said, fallback),
        correlation=_correlation_of(said, fallback),
        grouping=_grouping_of(said, fallback),
    )


def _storm_of(said: _Document, fallback: Policy | None) -> StormRule:
    if said.storm:
        return said.storm.fact()
    return fallback.storm if fallback else StormRule()


def _correlation_of(said: _Document, fallback: Policy | None) -> Correlation:
    if said.correlation:
        return said.correlation.fact()
    return fallback.correlation if fallback else Correlation()


def _grouping_of(said: _Document, fallback: Policy | None) -> Grouping:
    if said.grouping:
        return said.grouping.fact()
    return fallback.grouping if fallback else Grouping()


def default_policy() -> Policy:
    """Return the scheme as the product ships it, ``core/policy.toml``."""
    return parse_policy(default_text(), where="core/policy.toml")


def default_text() -> str:
    """Return the shipped policy as it is written."""
    return resources.files("core").joinpath("policy.toml").read_text(encoding="utf-8")


def _must_climb(times: Sequence[int]) -> None:
    if any(upper < lower for lower, upper in pairwise(times)):
        raise ValueError("a ladder climbs: no step stands before the one above it")
