"""``shouwen poll``: every point of a host as it is now."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gateway.fire_phone.address import BadAddress
from gateway.fire_phone.profile import load
from gateway.poll import NotPolled, Row, poll, table
from simulators.fire_phone_host.host import Host
from simulators.fire_phone_host.maps import BitTables, EventLog, StatusWords, TwoBits
from simulators.fire_phone_host.wire import Cable, FirePhoneHost


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a shell of the test's own


@pytest.fixture
def host() -> Iterator[FirePhoneHost]:
    with FirePhoneHost(Host(map=BitTables(registers=4), extensions=64)) as running:
        yield running


def state_of(rows: list[Row], block: str, code: str) -> str:
    return next(one.state for one in rows if (one.block, one.code) == (block, code))


def test_every_point_is_shown_as_it_is(host: FirePhoneHost) -> None:
    host.lift(17)
    host.cut_line(3)

    rows = poll(profile=load("siemens-bit-table"), host=f"127.0.0.1:{host.port}", clock=now)

    assert len(rows) == 3 * 64
    assert state_of(rows, "alarm", "17") == "calling"
    assert state_of(rows, "fault", "3") == "line"
    assert state_of(rows, "alarm", "3") == "idle"
    assert next(one.address for one in rows if one.code == "17") == "18001.0"
    assert host.host.written == 0


def test_what_cannot_be_read_is_unknown_and_says_why(host: FirePhoneHost) -> None:
    profile = load("notifier-word")

    rows = poll(profile=profile, host=f"127.0.0.1:{host.port}", clock=now)
    dead = poll(profile=profile, host="tcp://127.0.0.1:1", clock=now, within=0.5)

    assert {one.state for one in rows} == {"unknown: exception 2"}
    assert {one.state for one in dead} == {"unknown: unreachable"}


def test_words_and_logs_are_shown_raw_and_decoded() -> None:
    with FirePhoneHost(Host(map=StatusWords(registers=64), extensions=8)) as words:
        words.lift(2)
        rows = poll(profile=load("notifier-word"), host=words.address, clock=now)
    with FirePhoneHost(Host(map=EventLog(), extensions=8)) as log:
        log.lift(5)
        (entry,) = poll(profile=load("faast-event-log"), host=log.address, clock=now)

    assert [(one.raw, one.state) for one in rows[:2]] == [("0x1400", "idle"), ("0x0C13", "calling")]
    assert rows[20].state == "unknown"
    assert (entry.raw, entry.state) == ("1", "last: 5 calling")


@pytest.mark.parametrize("cable", list(Cable))
def test_a_host_is_polled_over_every_cable(cable: Cable) -> None:
    with FirePhoneHost(Host(map=TwoBits(registers=9), extensions=64), cable=cable) as host:
        host.lift(3)
        rows = poll(profile=load("gst-two-bit"), host=host.address, clock=now, within=60.0)

    assert [one.state for one in rows[:4]] == ["idle", "idle", "calling", "idle"]


def test_the_table_lines_up_also_with_wide_letters(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'name = "own"\nextends = "siemens-bit-table"\n[places]\n17 = "水泵房"\n', encoding="utf-8"
    )
    with FirePhoneHost(Host(map=BitTables(registers=4), extensions=64)) as host:
        lines = table(poll(profile=load(str(own)), host=host.address, clock=now)).splitlines()

    assert lines[0].split() == [
        "unit", "block", "address", "part", "code", "place", "raw", "state",
    ]  # fmt: skip
    placed = next(line for line in lines if "水泵房" in line)
    # Three wide letters take six places.
    assert placed.index("idle") + 3 == lines[0].index("state")


@pytest.mark.parametrize(
    ("profile", "host", "unit", "problem"),
    [
        ("gb26875", "10.0.0.1", None, NotPolled),
        ("dry-contacts", "mqtt://10.0.0.1", None, BadAddress),
    ],
)
def test_what_cannot_be_polled_is_refused(
    profile: str, host: str, unit: int | None, problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        poll(profile=load(profile), host=host, clock=now, unit=unit)
