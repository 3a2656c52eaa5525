"""An issue belongs to the month of its site's civil calendar, whatever clocks do there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import NotReadable
from core.facts import moment
from core.facts.device import EventType
from core.facts.issue import CallerKind, IssueNumber
from core.facts.month import FoundBy, IssueFact, MonthCode
from core.facts.report import Channel
from core.monitoring.policy import OPENS
from core.statistics.counting import seconds, values
from core.statistics.folding import begun
from core.statistics.month import bounds, nearest, rate
from core.statistics.office import Office
from tests.unit.core.statistics.test_recount import Line

ZONES = (
    "Asia/Shanghai", "Asia/Kolkata", "Europe/Berlin", "America/New_York", "America/St_Johns",
    "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kiritimati", "America/Sao_Paulo", "UTC",
)  # fmt: skip
EDGES = [
    ("Asia/Shanghai", "2026-11-30T15:59:59Z", "2026-11"),
    ("Asia/Shanghai", "2026-11-30T16:00:00Z", "2026-12"),
    ("America/New_York", "2026-12-01T04:59:59Z", "2026-11"),
    ("America/New_York", "2026-12-01T05:00:00Z", "2026-12"),
    # New York's November begins in summer time.
    ("America/New_York", "2026-11-01T03:59:59Z", "2026-10"),
    ("America/New_York", "2026-11-01T04:00:00Z", "2026-11"),
    # Berlin's April begins in summer time, its November in winter time.
    ("Europe/Berlin", "2026-03-31T21:59:59Z", "2026-03"),
    ("Europe/Berlin", "2026-03-31T22:00:00Z", "2026-04"),
    ("Europe/Berlin", "2026-10-31T22:59:59Z", "2026-10"),
    ("Europe/Berlin", "2026-10-31T23:00:00Z", "2026-11"),
    # Kiritimati is a day ahead of Honolulu.
    ("Pacific/Kiritimati", "2026-12-31T10:00:00Z", "2027-01"),
    ("Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12"),
]


@pytest.mark.parametrize(("zone", "at", "month"), EDGES)
def test_an_issue_belongs_to_the_month_of_its_site(zone: str, at: str, month: str) -> None:
    told = moment.parse(at)
    fact = _told(told, ZoneInfo(zone))
    begins, ends = bounds(MonthCode(month), ZoneInfo(zone))

    assert fact.month == month
    assert fact.reported_on == told.astimezone(ZoneInfo(zone)).date()
    assert begins <= told < ends


def _told(at: datetime, zone: ZoneInfo) -> IssueFact:
    body = {
        "urgency": "urgent",
        "channel": "telephone",
        "caller": "unknown",
        "told_at": moment.text(at),
    }
    line = Line(seq=1, issue=IssueNumber(1), kind="told", at=at, by=None, body="")
    fact = begun(line, body, Office(zone=zone, units={}))
    assert fact is not None
    return fact


@settings(max_examples=1_000, deadline=None)
@given(
    st.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 30)),  # noqa: DTZ001 - made aware below
    st.sampled_from(ZONES),
)
def test_every_moment_lies_in_exactly_the_month_it_is_counted_in(at: datetime, zone: str) -> None:
    told = at.replace(tzinfo=UTC)
    fact = _told(told, ZoneInfo(zone))
    begins, ends = bounds(fact.month, ZoneInfo(zone))

    assert begins <= told < ends
    assert f"{fact.reported_on:%Y-%m}" == fact.month


@pytest.mark.parametrize("zone", ZONES)
def test_months_follow_each_other_without_a_gap(zone: str) -> None:
    months = [MonthCode(f"{year}-{month:02d}") for year in (2025, 2026) for month in range(1, 13)]

    for one, following in pairwise(months):
        assert bounds(one, ZoneInfo(zone))[1] == bounds(following, ZoneInfo(zone))[0]


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "26-11", "2026-1", "2026-11-01", "", "x"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(NotReadable):
        bounds(MonthCode(text), ZoneInfo("UTC"))


def test_what_each_hop_added_is_counted() -> None:
    at = datetime(2026, 11, 3, 2, tzinfo=UTC)
    hops = [at, at + timedelta(seconds=40), at + timedelta(seconds=100)]
    body = {
        "urgency": "urgent", "channel": "captain", "caller": "staff", "told_at": moment.text(at),
        "relays": [f"甲, 乙 → 丙, radio, {moment.text(hop)}" for hop in hops],
    }  # fmt: skip
    line = Line(
        seq=1, issue=IssueNumber(1), kind="told", at=at + timedelta(seconds=130.5), by=None, body=""
    )
    fact = begun(line, body, Office(zone=ZoneInfo("UTC"), units={}))

    assert fact is not None
    assert (fact.hops, fact.hop_seconds) == (3, (40, 60, 31))
    added = [(of.group, value) for of, value in values(fact) if of.measure == "hop"]
    assert added == [("1", 40), ("2", 60), ("3", 31)]
    accepted = replace(fact, accepted_at=at + timedelta(seconds=200))
    assert {(of.measure, of.group): value for of, value in values(accepted)}[
        "acceptance", "captain:3"
    ] == 200


@pytest.mark.parametrize("kind", OPENS)
def test_classes_are_those_of_the_monitoring_centre(kind: EventType) -> None:
    opening = OPENS[kind]
    at = datetime(2026, 11, 3, tzinfo=UTC)
    body = {
        "urgency": opening.urgency.value, "channel": opening.channel.value, "event": kind.value,
        "device": "d", "told_at": moment.text(at),
    }  # fmt: skip
    line = Line(seq=1, issue=IssueNumber(1), kind="opened", at=at, by=None, body="")
    fact = begun(line, body, Office(zone=ZoneInfo("UTC"), units={}))

    assert fact is not None
    assert fact.cls is opening.cls
    found = "device" if opening.channel in {Channel.DEVICE, Channel.CAMERA} else "unknown"
    assert fact.found_by == found


@pytest.mark.parametrize(
    ("took", "counted"), [(0, 0), (0.001, 1), (30, 30), (30.2, 31), (-5, 0), (89.999, 90)]
)
def test_a_begun_second_counts_whole(took: float, counted: int) -> None:
    at = datetime(2026, 11, 3, tzinfo=UTC)
    assert seconds(at, at + timedelta(seconds=took)) == counted


@settings(max_examples=2_000, deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=60), st.integers(1, 1_000))
def test_the_nearest_rank_is_the_least_value_that_enough_do_not_exceed(
    some: list[int], per_mille: int
) -> None:
    ordered = sorted(some)
    found = nearest(ordered, per_mille)

    enough = [
        value
        for value in ordered
        if 1_000 * sum(one <= value for one in ordered) >= per_mille * len(ordered)
    ]
    assert found == min(enough)


def test_a_rate_of_nothing_is_none_and_halves_go_up() -> None:
    assert rate(0, 0) is None
    assert rate(1, 3) == 0.3333
    assert rate(2, 3) == 0.6667
    assert rate(1, 20_000) == 0.0001


def test_whoever_calls_is_one_by_whom_problems_are_found() -> None:
    assert {kind.value for kind in CallerKind} == {kind.value for kind in FoundBy}
