"""A pause of a ladder (暂停): asked with a reason and an end, granted by somebody else."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """From ``begins_at`` until before ``ends_at`` an issue's ladder stood still."""

    begins_at: datetime
    ends_at: datetime


class PauseState(StrEnum):
    """What became of an ask."""

    ASKED = "asked"  # 待批
    GRANTED = "granted"  # 暂停中
    REFUSED = "refused"  # 未批
    WITHDRAWN = "withdrawn"  # 作废: the issue was handled before anybody decided
    ENDED = "ended"  # 已结束


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """One ask for a pause, and what became of it."""

    id: int
    site: SiteCode
    issue: IssueNumber
    state: PauseState
    asked_by: PersonCode
    asked_at: datetime
    until: datetime
    reason: str
    decided_by: PersonCode | None
    decided_at: datetime | None
    decision: str | None
    begins_at: datetime | None
    ends_at: datetime | None

    @property
    def paused(self) -> Paused | None:
        """The time it makes the ladder stand still; None: it was never granted."""
        if self.begins_at is None or self.ends_at is None:
            return None
        return Paused(begins_at=self.begins_at, ends_at=self.ends_at)


def running(pauses: Sequence[Pause], now: datetime) -> Pause | None:
    """Return the pause in which an issue stands at this moment, the one that ends last."""
    now_in = [
        one
        for one in pauses
        if (time := one.paused) is not None and time.begins_at <= now < time.ends_at
    ]
    return max(now_in, key=lambda one: one.ends_at or now, default=None)


def times(pauses: Collection[Pause]) -> tuple[Paused, ...]:
    """Return the times in which these make a ladder stand still."""
    return tuple(time for one in pauses if (time := one.paused) is not None)


def after(begin: datetime, span: timedelta, paused: Sequence[Paused]) -> datetime:
    """Return when ``span`` has passed since ``begin``, not counting paused time."""
    end = begin + span
    for pause in merged(paused):
        if pause.begins_at < end and pause.ends_at > begin:
            end += pause.ends_at - max(pause.begins_at, begin)
    return end


def total(paused: Sequence[Paused]) -> timedelta:
    """Return for how long a ladder stood still; what overlaps counts once."""
    return sum((pause.ends_at - pause.begins_at for pause in merged(paused)), timedelta(0))


def merged(paused: Sequence[Paused]) -> list[Paused]:
    """Return the same time in pauses that neither touch nor overlap, in order; empty ones go."""
    apart: list[Paused] = []
    for pause in sorted(paused, key=lambda one: (one.begins_at, one.ends_at)):
        if pause.ends_at <= pause.begins_at:
            continue
        if apart and pause.begins_at <= apart[-1].ends_at:
            ends_at = max(apart[-1].ends_at, pause.ends_at)
            apart[-1] = Paused(begins_at=apart[-1].begins_at, ends_at=ends_at)
        else:
            apart.append(pause)
    return apart
