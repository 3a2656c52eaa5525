"""Site days: every clock change of the tricky zones, options, ends of the calendar."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import NotReadable
from core.facts.days import Calendar, SiteDays

SHANGHAI = ZoneInfo("Asia/Shanghai")
TRICKY = [
    "Africa/Cairo",
    "America/Asuncion",
    "America/Havana",
    "America/New_York",
    "America/Nuuk",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Pyongyang",
    "Asia/Shanghai",
    "Asia/Tehran",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
]
#: National Day 2026, with two make-up days.
AUTUMN = Calendar(
    holidays=frozenset(date(2026, 10, day) for day in range(1, 8)),
    working=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def days(
    zone: ZoneInfo = SHANGHAI, ends: str = "00:00", working: Calendar | None = None
) -> SiteDays:
    return SiteDays(zone=zone, day_ends_at=time.fromisoformat(ends), working=working)


def clock(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def odd_days(zone: ZoneInfo) -> Iterator[date]:
    """Days of 1972 to 2037 at whose noon the offset is not yesterday's or tomorrow's noon's."""
    day = date(1972, 1, 2)
    while day < date(2038, 1, 1):
        noon = datetime.combine(day, time(12), zone)
        near = (noon - timedelta(days=1), noon + timedelta(days=1))
        if any(other.utcoffset() != noon.utcoffset() for other in near):
            yield day
        day += timedelta(days=1)


def scanned_end(day: date, zone: ZoneInfo) -> datetime:
    """Watch the clock minute by minute: one minute after the last one before midnight."""
    midnight = datetime.combine(day + timedelta(days=1), time(0))
    around = midnight.replace(tzinfo=zone).astimezone(UTC)
    minutes = (around + timedelta(minutes=step) for step in range(-150, 151))
    return max(one for one in minutes if clock(one, zone) < midnight) + timedelta(minutes=1)


@pytest.mark.parametrize("name", TRICKY)
def test_each_odd_day_ends_when_its_date_is_gone_for_good(name: str) -> None:
    zone = ZoneInfo(name)
    odd = list(odd_days(zone))
    assert odd
    assert {day: days(zone).end_of(day) for day in odd} == {
        day: scanned_end(day, zone) for day in odd
    }


@pytest.mark.parametrize(
    ("ends", "reported_at", "first", "second"),
    [
        ("18:00", "2026-11-20T10:00", "2026-11-20T18:00", "2026-11-21T18:00"),
        ("18:00", "2026-11-20T17:59:59.999999", "2026-11-20T18:00", "2026-11-21T18:00"),
        ("18:00", "2026-11-20T18:00", "2026-11-21T18:00", "2026-11-22T18:00"),
        ("06:00", "2026-11-20T10:00", "2026-11-21T06:00", "2026-11-22T06:00"),
        ("06:00", "2026-11-20T05:59", "2026-11-20T06:00", "2026-11-21T06:00"),
        ("06:00", "2026-11-20T06:00", "2026-11-21T06:00", "2026-11-22T06:00"),
    ],
)
def test_a_day_may_end_at_another_hour(
    ends: str, reported_at: str, first: str, second: str
) -> None:
    site, moment = days(ends=ends), at(f"{reported_at}+08:00")
    assert [site.day_end(moment, 1), site.day_end(moment, 2)] == [
        at(f"{first}+08:00"),
        at(f"{second}+08:00"),
    ]


@pytest.mark.parametrize(
    ("ends", "reported_at", "day"),
    [
        ("06:00", "2026-11-20T05:59", date(2026, 11, 19)),
        ("06:00", "2026-11-20T06:00", date(2026, 11, 20)),
        ("11:59", "2026-11-20T11:58", date(2026, 11, 19)),
        ("12:00", "2026-11-20T11:58", date(2026, 11, 20)),
        ("18:00", "2026-11-20T17:59", date(2026, 11, 20)),
        ("18:00", "2026-11-20T18:00", date(2026, 11, 21)),
        ("00:00", "2026-11-20T23:59", date(2026, 11, 20)),
        ("00:00", "2026-11-21T00:00", date(2026, 11, 21)),
    ],
)
def test_an_end_before_noon_closes_the_date_before(ends: str, reported_at: str, day: date) -> None:
    assert days(ends=ends).site_day(at(f"{reported_at}+08:00")) == day


@pytest.mark.parametrize("ends", ["02:00", "02:10", "02:30", "02:59"])
def test_an_hour_that_is_jumped_over_ends_the_day_at_the_jump(ends: str) -> None:
    site = days(ZoneInfo("America/New_York"), ends=ends)
    assert site.end_of(date(2026, 3, 7)) == at("2026-03-08T07:00Z")


def test_an_hour_that_comes_twice_ends_the_day_the_second_time() -> None:
    site = days(ZoneInfo("America/New_York"), ends="01:30")
    assert site.end_of(date(2026, 10, 31)) == at("2026-11-01T06:30Z")


@pytest.mark.parametrize(
    ("reported_at", "counted"),
    [
        ("2026-09-30T10:00", ["2026-09-30", "2026-10-08", "2026-10-09"]),  # before the holidays
        ("2026-10-01T10:00", ["2026-10-08", "2026-10-09", "2026-10-10"]),  # on the first of them
        ("2026-10-07T23:59", ["2026-10-08", "2026-10-09", "2026-10-10"]),  # on the last
        ("2026-10-09T10:00", ["2026-10-09", "2026-10-10", "2026-10-12"]),  # a Saturday made up
        ("2026-10-10T10:00", ["2026-10-10", "2026-10-12", "2026-10-13"]),  # on that Saturday
        ("2026-10-17T10:00", ["2026-10-19", "2026-10-20", "2026-10-21"]),  # a plain Saturday
        ("2026-09-20T10:00", ["2026-09-20", "2026-09-21", "2026-09-22"]),  # a Sunday made up
        ("2026-11-20T10:00", ["2026-11-20", "2026-11-23", "2026-11-24"]),  # a plain Friday
        ("2026-11-21T00:00", ["2026-11-23", "2026-11-24", "2026-11-25"]),  # midnight to Saturday
        ("2028-02-28T10:00", ["2028-02-28", "2028-02-29", "2028-03-01"]),  # leap day, a Tuesday
    ],
)
def test_only_working_days_count_where_the_policy_says_so(
    reported_at: str, counted: list[str]
) -> None:
    site, moment = days(working=AUTUMN), at(f"{reported_at}+08:00")
    assert [site.nth_day(moment, n).isoformat() for n in (1, 2, 3)] == counted


def test_a_night_shift_belongs_to_the_working_day_it_began_on() -> None:
    site = days(ends="06:00", working=Calendar())
    saturday_night = at("2026-11-21T02:00+08:00")
    assert site.site_day(saturday_night) == date(2026, 11, 20)
    assert site.day_end(saturday_night, 1) == at("2026-11-21T06:00+08:00")


def test_a_calendar_knows_the_years_it_has_days_for() -> None:
    assert AUTUMN.knows(2026)
    assert not AUTUMN.knows(2027)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ("2026-11-20T16:00Z", "2026-11-20 24:00"),
        ("2026-11-20T16:01Z", "2026-11-21 00:01"),
        ("2026-11-20T15:59:59.5Z", "2026-11-20 23:59:59"),
        ("2026-11-20T02:05Z", "2026-11-20 10:05"),
    ],
)
def test_midnight_reads_as_the_end_of_its_day(moment: str, text: str) -> None:
    assert days().text(at(moment)) == text


@pytest.mark.parametrize(
    ("zone", "moment", "text"),
    [
        ("America/Sao_Paulo", "2018-11-04T03:00Z", "2018-11-03 24:00"),  # jumped over
        ("America/Sao_Paulo", "2018-02-18T02:00Z", "2018-02-17 23:00"),  # not yet over
        ("America/Havana", "2026-11-01T04:00Z", "2026-10-31 24:00"),  # the first of two
        ("America/Havana", "2026-11-01T05:00Z", "2026-11-01 00:00"),  # the second is no end
        ("Pacific/Apia", "2011-12-30T10:00Z", "2011-12-29 24:00"),  # the 30th never was
    ],
)
def test_odd_midnights_read_as_what_they_are(zone: str, moment: str, text: str) -> None:
    assert days(ZoneInfo(zone)).text(at(moment)) == text


def test_where_days_end_at_six_midnight_is_an_hour_like_any_other() -> None:
    assert days(ends="06:00").text(at("2026-11-20T16:00Z")) == "2026-11-21 00:00"


@pytest.mark.parametrize(
    ("ends", "over"),
    [
        ("00:00", "2011-12-30T10:00Z"),  # the jump itself: it is 00:00 of the 31st
        ("02:00", "2011-12-30T12:00Z"),  # 02:00 on the 31st, the next date there is
        ("18:00", "2011-12-30T04:00Z"),  # 18:00 on the 29th, and nothing of the 30th
    ],
)
def test_a_date_that_never_was_has_no_length_wherever_a_day_ends(ends: str, over: str) -> None:
    """Apia had no 30 December 2011."""
    site = days(ZoneInfo("Pacific/Apia"), ends=ends)

    assert site.end_of(date(2011, 12, 29)) == site.end_of(date(2011, 12, 30)) == at(over)
    assert site.nth_day(at(over) - timedelta(hours=1), 2) == date(2011, 12, 31)


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59.999999Z", "0001-01-01T00:00Z"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_the_ends_of_the_calendar_are_said_not_stumbled_over(moment: str, zone: str) -> None:
    site = days(ZoneInfo(zone))
    with pytest.raises(NotReadable, match="end of the calendar"):
        site.day_end(at(moment), 3)


def test_counting_past_the_last_year_is_refused() -> None:
    with pytest.raises(NotReadable, match="end of the calendar"):
        days().day_end(at("9999-12-30T10:00+08:00"), 3)


def test_a_moment_without_offset_is_nobodys() -> None:
    with pytest.raises(NotReadable, match="no offset"):
        days().site_day(at("2026-11-20T10:00"))


@settings(max_examples=2_000, deadline=None)
@given(
    zone=st.sampled_from(sorted(available_timezones())),
    moment=st.datetimes(at("1900-01-01"), at("2200-01-01"), timezones=st.just(UTC)),
    ends=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
)
def test_days_follow_one_another_without_gap_or_overlap(
    zone: str, moment: datetime, ends: time
) -> None:
    site = SiteDays(zone=ZoneInfo(zone), day_ends_at=ends)
    day = site.site_day(moment)
    before = site.end_of(day - timedelta(days=1))
    assert before <= moment < site.end_of(day)
    assert site.site_day(site.end_of(day)) > day
    assert site.site_day(site.end_of(day) - timedelta(microseconds=1)) == day
