"""五.1(3)②③: when the days of the ladders end, worked out by hand for many zones.

The table is 5_1_3_ladder_days.txt; a row: zone | moment of report | ends of day 1, 2, 3 in UTC |
why. Urgent calls the General Group supervisor when day 1 ends and the director when day 2 does;
ordinary when days 2 and 3 do.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.escalation import policy
from core.escalation.policy_file import default_policy
from core.facts import moment
from core.facts.days import SiteDays
from core.facts.issue import Urgency
from core.facts.people import Role

SCHEME = default_policy()
SUPERVISOR, DIRECTOR = (Role.GENERAL_GROUP_SUPERVISOR,), (Role.DIRECTOR,)

TABLE = Path(__file__).with_name("5_1_3_ladder_days.txt").read_text(encoding="utf-8")
ROWS = [
    tuple(cell.strip() for cell in line.split("|"))
    for line in TABLE.splitlines()
    if not line.startswith("#")
]


def climb(urgency: Urgency, zone: str, reported_at: str) -> list[tuple[tuple[Role, ...], datetime]]:
    """Return who steps in when, by the scheme as it is shipped."""
    days = SiteDays(zone=ZoneInfo(zone))
    at = moment.parse(reported_at)
    found = policy.steps(urgency, reported_at=at, days=days, policy=SCHEME)
    return [(step.to, step.due_at) for step in found]


def ends(cell: str) -> list[datetime]:
    return [datetime.fromisoformat(one).replace(tzinfo=UTC) for one in cell.split()]


def name(row: tuple[str, ...]) -> str:
    return f"{row[0]} {row[1]}: {row[3]}"


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_urgent_supervisor_when_day_1_ends_director_when_day_2_ends(row: tuple[str, ...]) -> None:
    first, second, _ = ends(row[2])
    assert climb(Urgency.URGENT, row[0], row[1]) == [(SUPERVISOR, first), (DIRECTOR, second)]


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_ordinary_supervisor_when_day_2_ends_director_when_day_3_ends(row: tuple[str, ...]) -> None:
    _, second, third = ends(row[2])
    assert climb(Urgency.ORDINARY, row[0], row[1]) == [(SUPERVISOR, second), (DIRECTOR, third)]


def test_life_safety_calls_all_at_once_and_the_director_after_five_minutes() -> None:
    at = datetime(2018, 11, 4, 2, 59, 59, tzinfo=UTC)
    assert climb(Urgency.LIFE_SAFETY, "America/Sao_Paulo", moment.text(at)) == [
        ((Role.GUARD, Role.CAPTAIN, Role.OPERATOR), at),
        (DIRECTOR, at + timedelta(minutes=5)),
    ]


def test_every_step_names_its_clause() -> None:
    at, days = datetime(2026, 11, 20, 2, tzinfo=UTC), SiteDays(zone=ZoneInfo("Asia/Shanghai"))
    rules = {
        urgency: {
            step.rule for step in policy.steps(urgency, reported_at=at, days=days, policy=SCHEME)
        }
        for urgency in Urgency
    }
    assert rules == {
        Urgency.URGENT: {"五.1(3)②"},
        Urgency.ORDINARY: {"五.1(3)③"},
        Urgency.LIFE_SAFETY: {"五.1(3)"},
    }
