"""A pause of a ladder (暂停): asked with a reason and an end, granted by somebody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """From ``begins_at`` until before ``ends_at`` an issue's ladder stood still."""

    begins_at: datetime
    ends_at: datetime


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
