"""The hour at which a site asks lies within its day, whatever the zone's clock does (五.1(3)①)."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.facts.days import SiteDays
from core.followup import policy

ZONES = [
    "America/Havana",
    "America/New_York",
    "America/Nuuk",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Shanghai",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
]


@settings(max_examples=10_000, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(date(1990, 1, 2), date(2040, 12, 30)),
    hour=st.integers(0, 23),
    ends_at=st.sampled_from([time(0), time(6), time(11, 59), time(12), time(18), time(23, 30)]),
)
def test_the_hour_lies_within_the_day_and_the_next_day_asks_later(
    zone: str, day: date, hour: int, ends_at: time
) -> None:
    days = SiteDays(zone=ZoneInfo(zone), day_ends_at=ends_at)
    begins, ends = days.end_of(day - timedelta(days=1)), days.end_of(day)
    at = days.at_hour(day, hour)

    if begins < ends:
        assert begins <= at < ends
        assert days.site_day(at) == day
    following, later = policy.next_day(days, day, hour=hour)
    assert following > day
    assert later > at or begins == ends


@pytest.mark.parametrize(
    ("zone", "day", "hour", "told"),
    [
        ("Asia/Shanghai", date(2026, 11, 20), 18, "2026-11-20T18:00:00+08:00"),
        # The clock goes forward over 02:00: it strikes at the jump.
        ("America/New_York", date(2026, 3, 8), 2, "2026-03-08T03:00:00-04:00"),
        # 01:00 comes twice: the first counts, unless the clock falls back before it.
        ("America/New_York", date(2026, 11, 1), 1, "2026-11-01T01:00:00-04:00"),
        # Midnight is jumped over: the day begins at 01:00.
        ("Asia/Beirut", date(2026, 3, 29), 0, "2026-03-29T01:00:00+03:00"),
    ],
)
def test_hours_of_odd_days(zone: str, day: date, hour: int, told: str) -> None:
    days = SiteDays(zone=ZoneInfo(zone))

    assert days.at_hour(day, hour) == datetime.fromisoformat(told)


def test_a_date_the_zone_never_had_is_passed_over() -> None:
    """Apia went from 29 to 31 December 2011."""
    days = SiteDays(zone=ZoneInfo("Pacific/Apia"))

    assert policy.next_day(days, date(2011, 12, 29), hour=18)[0] == date(2011, 12, 31)


def test_a_day_that_ends_in_the_morning_has_its_small_hours_on_the_next_date() -> None:
    days = SiteDays(zone=ZoneInfo("Asia/Shanghai"), day_ends_at=time(6))

    assert days.local(days.at_hour(date(2026, 11, 20), 3)).date() == date(2026, 11, 21)
