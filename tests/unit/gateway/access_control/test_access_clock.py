"""hardware §7, item 2: every way a device writes a time, and clocks that are wrong."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gateway.access_control import clock
from gateway.access_control.fields import Lookup

SHANGHAI = ZoneInfo("Asia/Shanghai")
Listen = Callable[..., Any]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        (1583172673, "2020-03-02T18:11:13"),
        (1613061998.0, "2021-02-11T16:46:38"),
        ("1601635273", "2020-10-02T10:41:13"),
        (1583172673123, "2020-03-02T18:11:13.123"),
        ("1583172673123456", "2020-03-02T18:11:13.123456"),
        ("2026-09-08T07:42:18-04:00", "2026-09-08T11:42:18"),
        ("2024-08-26T12:32:28+01:00", "2024-08-26T11:32:28"),
        ("2026-11-20T20:12:02Z", "2026-11-20T20:12:02"),
        ("2026-11-20T20:12:02.5Z", "2026-11-20T20:12:02.5"),
        ("2014-05-20T13:15:27.131-0500", "2014-05-20T18:15:27.131"),
        ("2026-11-20T20:12:02+0800", "2026-11-20T12:12:02"),
        ("20261120T201202Z", "2026-11-20T20:12:02"),
        ("2019-08-09 16:18:55 PDT", "2019-08-09T23:18:55"),
        ("2019-01-09 16:18:55 PST", "2019-01-10T00:18:55"),
        ("2019-08-09 16:18:55 CEST", "2019-08-09T14:18:55"),
        ("2019-08-09 16:18:55 UTC", "2019-08-09T16:18:55"),
        ("2019-08-09 16:18:55 CST", "2019-08-09T08:18:55"),  # the site's own zone is called so
        ("2019-08-09 16:18:55 +08", "2019-08-09T08:18:55"),
        ("2019-08-09 16:18:55 +0800", "2019-08-09T08:18:55"),
        ("2019-08-09 16:18:55 Europe/Berlin", "2019-08-09T14:18:55"),
        ("2020-03-02 20:11:13", "2020-03-02T12:11:13"),
        ("2020-03-02T20:11:13", "2020-03-02T12:11:13"),
        ("02-03-2020 21:42:59", "2020-03-02T13:42:59"),
        ("2020/03/02 20:11:13", "2020-03-02T12:11:13"),
    ],
)
def test_a_written_time_is_this_moment(written: object, moment: str) -> None:
    expected = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    found = clock.parse(written, SHANGHAI)
    assert found is not None
    assert abs(found - expected) < timedelta(milliseconds=1)


@pytest.mark.parametrize(
    "rubbish",
    [
        "", "soon", "2020-13-45 99:99:99", "2019-08-09 16:18:55 XYZ", True, None, [], {},
        10**400, 1e300, -1e300, "9" * 20, float("nan"), float("inf"), "../../etc/x/y",
        "2019-08-09 16:18:55 ../etc", "0001-01-01T00:00:00+14:00",
    ],
)  # fmt: skip
def test_what_is_no_time_is_none(rubbish: object) -> None:
    assert clock.parse(rubbish, SHANGHAI) is None


def test_utc_wins_over_local_time_and_local_time_over_an_absurd_utc() -> None:
    lookups = (Lookup("UTC"), Lookup("LocaleTime"))
    local = "2020-03-02 20:11:13"
    right = clock.given(lookups, {"utc": 1583172673, "localetime": local}, SHANGHAI)
    absurd = clock.given(lookups, {"utc": 0, "localetime": local}, SHANGHAI)

    assert right.at == datetime(2020, 3, 2, 18, 11, 13, tzinfo=UTC)
    assert absurd.at == datetime(2020, 3, 2, 12, 11, 13, tzinfo=UTC)


@pytest.mark.parametrize("utc", [0, 946_684_805, 4_102_444_800, "1970-01-01 08:00:07"])
def test_an_absurd_clock_is_replaced_by_arrival_and_kept_as_text(
    listen: Listen, utc: object
) -> None:
    vto = listen("dahua-vto")
    reading = vto.hears("VTO/Invite/Event", {"Action": "Pulse", "Data": {"UTC": utc}})

    assert vto.told == ["intercom.ringing"]
    assert reading.event.occurred_at == vto.now
    assert reading.event.time_estimated
    assert reading.event.data["device_time"] == str(utc)


def test_a_clock_a_little_ahead_is_believed(listen: Listen) -> None:
    vto = listen("dahua-vto")
    ahead = vto.now.timestamp() + 30
    reading = vto.hears("VTO/Invite/Event", {"Action": "Pulse", "Data": {"UTC": ahead}})

    assert reading.event.occurred_at.timestamp() == ahead
    assert not reading.event.time_estimated
