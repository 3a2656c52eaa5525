"""What policy.toml may say beside its ladders, table by table, and what each table means."""

import re
from datetime import time, timedelta
from typing import Annotated, Any

from pydantic import Field, field_validator, model_validator

from core.escalation import toml_text
from core.escalation.ladder_form import Ladders, Seconds
from core.facts.catalogue import CategoryCode
from core.facts.policy import (
    Clock,
    ComesBack,
    Correlation,
    Customers,
    DayCount,
    Grouping,
    Monitoring,
    Quiet,
    StormRule,
    Target,
    Verification,
)
from core.facts.report import ReportClass

_CLOCK_TIME = re.compile(r"(?!00:00)(?:[01]\d|2[0-3]):[0-5]\d|24:00")
_HOUR = r"^(?:[01]\d|2[0-3]):[0-5]\d$"
#: Tables that a policy calls as the file does.
_AS_NAMED = (
    "monitoring",
    "verification",
    "customers",
    "comes_back",
    "storm",
    "correlation",
    "grouping",
)


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


class Document(toml_text.Table):
    """The whole file."""

    version: Annotated[int, Field(strict=True, ge=1, le=999_999)]
    clock: _Clock = _Clock()
    ladder: Ladders = Ladders()
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

    def facts(self) -> dict[str, Any]:
        """Return what the text says, by the names a policy has for it; ladders by themselves."""
        found: dict[str, Any] = {"version": self.version, "clock": self.clock.fact()}
        for name in _AS_NAMED:
            if (table := getattr(self, name)) is not None:
                found[name] = table.fact()
        if self.followup:
            found["followup_hour"] = self.followup.hour
        if self.copies:
            found["copy_limit"] = timedelta(seconds=self.copies.acknowledge_seconds)
        if self.roster:
            found["stand_in"] = timedelta(seconds=self.roster.stand_in_seconds)
        if self.pause:
            found["pause"] = timedelta(seconds=self.pause.limit_seconds)
        if self.messages:
            found["quiet"] = self.messages.fact()
        return found
