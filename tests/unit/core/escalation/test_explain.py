"""``shouwen explain``: what is written as a time, and the steps that come out."""

import json
from datetime import date

import pytest

from core.errors import NotReadable
from core.escalation.explain import explain
from core.escalation.policy_file import default_policy, parse_policy
from core.facts.days import Calendar
from core.facts.issue import Urgency

SCHEME = default_policy()
WORKING = parse_policy('version = 2\n[clock]\ndays = "working"', where="w.toml", fallback=SCHEME)
AUTUMN = Calendar(
    holidays=frozenset(date(2026, 10, day) for day in range(1, 8)),
    working=frozenset({date(2026, 10, 10)}),
)


def dues(reported_at: str, zone: str = "Asia/Shanghai") -> list[object]:
    steps = explain(urgency=Urgency.URGENT, reported_at=reported_at, rules=SCHEME, zone=zone)
    return [step["due_at"] for step in steps]


def test_one_object_a_step_that_json_can_carry() -> None:
    supervisor, director = explain(
        urgency=Urgency.URGENT, reported_at="2026-11-20T10:00", rules=SCHEME
    )
    assert json.loads(json.dumps(supervisor)) == {
        "step": 1,
        "key": "urgent.1@v1",
        "to": ["general_group_supervisor"],
        "due_at": "2026-11-21T00:00:00+08:00",
        "due_at_utc": "2026-11-20T16:00:00Z",
        "day": 1,
        "rule": "五.1(3)②",
        "sentence": {
            "zh": "按五.1(3)②，到 2026-11-20 24:00（第 1 天结束）仍未处理的，由综合组主管介入；"
            "章程算到报事当天结束，所以不提前。",
            "en": "By 五.1(3)②, the General Group supervisor is called in at 2026-11-20 24:00 (the"
            " end of day 1) if it is still not handled; not sooner, because the scheme counts"
            " until the day of report ends.",
        },
    }
    assert (director["step"], director["to"], director["day"]) == (2, ["director"], 2)


def test_life_safety_has_no_day() -> None:
    at_once, director = explain(
        urgency=Urgency.LIFE_SAFETY, reported_at="2026-11-20T23:58:00+08:00", rules=SCHEME
    )
    assert at_once["to"] == ["guard", "captain", "operator"]
    assert [at_once["due_at_utc"], director["due_at_utc"]] == [
        "2026-11-20T15:58:00Z",
        "2026-11-20T16:03:00Z",
    ]
    assert at_once["day"] is None


@pytest.mark.parametrize(
    "spelling",
    [
        "2026-11-20T10:00",
        "2026-11-20 10:00:00",
        "2026-11-20T02:00Z",
        "2026-11-20t02:00:00z",
        "2026-11-19T21:00:00.000-05:00",
        " 2026-11-20T10:00+08:00 ",
        "20261120T100000+0800",
    ],
)
def test_a_moment_may_be_written_in_many_ways(spelling: str) -> None:
    assert dues(spelling) == ["2026-11-21T00:00:00+08:00", "2026-11-22T00:00:00+08:00"]


@pytest.mark.parametrize("spelling", ["2026-11-20T24:00", "2026-11-20 24:00:00+08:00"])
def test_24_00_is_the_midnight_that_opens_the_next_day(spelling: str) -> None:
    assert dues(spelling) == dues("2026-11-21T00:00")


def test_without_an_offset_it_is_the_civil_time_of_the_zone() -> None:
    assert dues("2026-07-01T10:00", "Europe/London")[0] == "2026-07-02T00:00:00+01:00"
    assert dues("2026-12-01T10:00", "Europe/London")[0] == "2026-12-02T00:00:00+00:00"


def test_the_day_that_ends_at_a_jump_is_due_at_the_jump() -> None:
    assert dues("2018-11-03T12:00", "America/Sao_Paulo")[0] == "2018-11-04T01:00:00-02:00"


@pytest.mark.parametrize(
    ("text", "zone", "message"),
    [
        ("2026-11-20", "Asia/Shanghai", "the time of day is missing"),
        ("2026-W47-5", "Asia/Shanghai", "the time of day is missing"),
        ("yesterday", "Asia/Shanghai", "is not a time"),
        ("", "Asia/Shanghai", "is not a time"),
        ("2026-02-29T10:00", "Asia/Shanghai", "is not a time"),
        ("2026-11-20T25:00", "Asia/Shanghai", "is not a time"),
        ("2026-11-20T24:01", "Asia/Shanghai", "is not a time"),
        ("2026-11-20T10:00:60", "Asia/Shanghai", "is not a time"),
        ("9999-12-31T24:00", "Asia/Shanghai", "is not a time"),
        ("2026-03-08T02:30", "America/New_York", "never was in America/New_York"),
        ("2018-11-04T00:00", "America/Sao_Paulo", "never was in America/Sao_Paulo"),
        ("2011-12-30T12:00", "Pacific/Apia", "never was in Pacific/Apia"),
        ("9999-12-31T10:00", "Asia/Shanghai", "end of the calendar"),
        ("9999-12-31T23:00-12:00", "Asia/Shanghai", "outside the calendar"),
    ],
)
def test_what_is_no_moment_is_refused_and_said(text: str, zone: str, message: str) -> None:
    with pytest.raises(NotReadable, match=message):
        dues(text, zone)


@pytest.mark.parametrize(
    ("zone", "message"),
    [
        ("Asia/Shangai", "Asia/Shanghai may be meant"),
        ("asia/shanghai", "Asia/Shanghai may be meant"),
        ("Asia/Beijing", "China's is Asia/Shanghai"),
        ("America", "no time zone 'America'"),
        ("", "no time zone ''"),
        ("../etc/passwd", "no time zone"),
        ("+08:00", "no time zone"),
        ("Asia/Shanghai\x00", "no time zone"),
    ],
)
def test_an_unknown_zone_is_refused_with_the_nearest(zone: str, message: str) -> None:
    with pytest.raises(NotReadable, match=message):
        dues("2026-11-20T10:00", zone)


def test_of_a_time_that_came_twice_the_first_is_taken_and_said() -> None:
    steps = explain(
        urgency=Urgency.LIFE_SAFETY,
        reported_at="2026-11-01T01:30",
        rules=SCHEME,
        zone="America/New_York",
    )
    assert steps[0]["due_at"] == "2026-11-01T01:30:00-04:00"
    for step in steps:
        assert isinstance(step["note"], dict)
        assert "the first is taken, 2026-11-01T01:30:00-04:00" in step["note"]["en"]
        assert "按第一次 2026-11-01T01:30:00-04:00 计算" in step["note"]["zh"]


def test_a_time_with_an_offset_is_never_doubtful() -> None:
    steps = explain(
        urgency=Urgency.URGENT,
        reported_at="2026-11-01T01:30-05:00",
        rules=SCHEME,
        zone="America/New_York",
    )
    assert all("note" not in step for step in steps)


def test_working_days_follow_the_calendar() -> None:
    steps = explain(
        urgency=Urgency.ORDINARY, reported_at="2026-10-09T10:00", rules=WORKING, calendar=AUTUMN
    )
    assert [step["due_at"] for step in steps] == [
        "2026-10-11T00:00:00+08:00",  # the made-up Saturday is day 2
        "2026-10-13T00:00:00+08:00",
    ]
    assert all("note" not in step for step in steps)


def test_a_year_without_calendar_is_said_to_be_a_guess() -> None:
    steps = explain(
        urgency=Urgency.URGENT, reported_at="2026-12-31T10:00", rules=WORKING, calendar=AUTUMN
    )
    note = steps[0]["note"]
    assert isinstance(note, dict)
    assert "no days for 2027" in note["en"]
    assert "2026" not in note["en"]


def test_the_calendar_changes_nothing_where_calendar_days_count() -> None:
    assert explain(
        urgency=Urgency.URGENT, reported_at="2026-10-01T10:00", rules=SCHEME, calendar=AUTUMN
    ) == explain(urgency=Urgency.URGENT, reported_at="2026-10-01T10:00", rules=SCHEME)
