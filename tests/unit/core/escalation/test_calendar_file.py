"""calendar.toml: holidays and make-up working days (调休)."""

from datetime import date

import pytest

from core.errors import BadPolicy
from core.escalation.calendar_file import parse_calendar

AUTUMN = """
[days]
"2026-10-01" = "holiday"
2026-10-10 = "working"
"""


def test_holidays_and_make_up_days_override_the_week() -> None:
    calendar = parse_calendar(AUTUMN, where="c.toml")
    assert not calendar.works_on(date(2026, 10, 1))  # a Thursday
    assert calendar.works_on(date(2026, 10, 10))  # a Saturday
    assert calendar.works_on(date(2026, 10, 9))
    assert not calendar.works_on(date(2026, 10, 11))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[days]\n"2026-02-29" = "holiday"', "c.toml: days: '2026-02-29' is not a date"),
        ('[days]\n"20261001" = "holiday"', "c.toml: days: '20261001' is not a date"),
        ('[days]\n"2026-W40-4" = "holiday"', "is not a date"),
        ('[days]\n"2026-10-01" = "free"', "c.toml: days.2026-10-01: Input should be"),
        ('[days]\n"2026-10-01" = "holiday"\n"2026-10-01" = "working"', "c.toml: not TOML"),
        ('"2026-10-01" = "holiday"', "c.toml: 2026-10-01: unknown key"),
        ("", "c.toml: days: is missing"),
    ],
)
def test_what_a_calendar_cannot_mean_is_refused(text: str, message: str) -> None:
    with pytest.raises(BadPolicy) as refused:
        parse_calendar(text, where="c.toml")
    assert message in str(refused.value)
