"""The ladder: who steps in when, as the policy writes it and as one issue climbs it (升级催办)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.facts.people import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRung:
    """Falls due when day ``day`` ends; the day of report is day 1."""

    day: int
    to: tuple[Role, ...]
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterRung:
    """Falls due so long after the report: no calendar, no quiet hours."""

    after: timedelta
    to: tuple[Role, ...]
    rule: str


Rung = DayRung | AfterRung


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One rung, for one issue: these roles step in at this moment, all at once."""

    #: ``urgent.1@v1``: which ladder, which rung, by which version of the policy.
    key: str
    to: tuple[Role, ...]
    #: For each of ``to``: the how-manieth time this ladder calls that role.
    nth: tuple[int, ...]
    due_at: datetime
    rule: str
    #: The number of the day at whose end the step falls due, and its date; None: no calendar.
    day: int | None
    ends_on: date | None
    #: What the rung waits for after the report, where no calendar counts.
    after: timedelta | None
    #: The day ended sooner, but the policy's least time had not passed.
    held: bool = False
    #: The date at whose end it would have fallen due without pauses; None: none moved it.
    unpaused_on: date | None = None

    @property
    def parallel(self) -> bool:
        """Several are called in at the same moment, none after the other."""
        return len(self.to) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A step that has fired: who was called in, and when."""

    key: str
    to: tuple[Role, ...]
    at: datetime
