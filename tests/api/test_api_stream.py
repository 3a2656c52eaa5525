"""What happens reaches every console at once, once, and without a gap."""

import random
import threading

import pytest

from api import stream_response
from api.auth import COOKIE
from core.facts.device import SiteCode
from core.facts.people import Role
from core.store.database import Database
from tests.api.listening import Listener
from tests.api.running import Centre, HandClock, telling, wait_until


def _journal(centre: Centre, site: str = "garden") -> list[int]:
    with centre.database.read() as store:
        return [entry.seq for entry in store.journal.after(SiteCode(site), 0, limit=100_000)]


def test_a_press_is_told_at_once(centre: Centre) -> None:
    listener = Listener.open(centre, centre.session(Role.OPERATOR))

    number = centre.ring()

    listener.hears(1)
    said = listener.entries[0].data
    assert (said["kind"], said["report"], said["by"]) == ("opened", number, None)
    assert said["seq"] == listener.entries[0].id
    assert b"text/event-stream" in listener.head
    assert b"x-accel-buffering: no" in listener.head
    assert b"no-cache" in listener.head
    listener.close()


def test_the_stream_tells_the_time_first(centre: Centre) -> None:
    listener = Listener.open(centre, centre.session(Role.OPERATOR))

    clock = listener.clocks[0].data

    assert set(clock) == {"now", "speed", "auditor_late", "gateways_late"}
    assert clock["gateways_late"] == ["gateway-1"]
    listener.close()


def test_nothing_of_another_site_is_told(centre: Centre) -> None:
    listener = Listener.open(centre, centre.session(Role.OPERATOR))

    centre.ring(site="harbour")
    centre.ring(site="garden")

    listener.hears(1)
    assert listener.seqs == _journal(centre)
    listener.close()


def test_a_console_that_dies_again_and_again_misses_nothing(centre: Centre) -> None:
    token = centre.session(Role.OPERATOR)
    writing = threading.Event()

    def write() -> None:
        for _ in range(120):
            centre.delivers(*(centre.event(call=f"call-{random.random()}") for _ in range(3)))
        writing.set()

    writer = threading.Thread(target=write)
    seen: list[int] = []
    listener = Listener.open(centre, token, last=0)
    writer.start()
    while not writing.is_set():
        enough = random.randrange(1, 30)
        wait_until(lambda: len(listener.entries) >= enough or writing.is_set())  # noqa: B023 - at once
        listener.close()
        listener.over.wait(60)
        seen += listener.seqs
        listener = Listener.open(centre, token, last=seen[-1] if seen else 0)
    writer.join()
    expected = _journal(centre)
    wait_until(lambda: len(seen) + len(listener.seqs) >= len(expected))
    listener.close()

    assert seen + listener.seqs == expected  # each once, in order, none missing


def test_what_was_missed_is_told_first(centre: Centre) -> None:
    for _ in range(5):
        centre.ring()
    journal = _journal(centre)

    listener = Listener.open(centre, centre.session(Role.OPERATOR), last=journal[1])

    listener.hears(3)
    assert listener.seqs == journal[2:]
    listener.close()


@pytest.mark.parametrize("last", ["x", "-1", "99999999999999999999", "1; drop"])
def test_a_last_id_that_is_not_ours_begins_from_now(centre: Centre, last: str) -> None:
    centre.ring()

    listener = Listener.open(centre, centre.session(Role.OPERATOR), last=last)  # type: ignore[arg-type]
    centre.ring()

    listener.hears(1)
    assert listener.seqs == _journal(centre)[1:]
    listener.close()


def test_who_reads_only_his_own_learns_only_that_something_moved(centre: Centre) -> None:
    listener = Listener.open(centre, centre.session(Role.CLEANER))

    centre.ring()

    listener.hears(1)
    said = listener.entries[0].data
    assert (said["kind"], said["issue"], said["report"]) == ("changed", None, None)
    listener.close()


def test_logging_out_ends_the_stream_at_once(centre: Centre) -> None:
    browser = centre.as_(Role.OPERATOR)
    listener = Listener.open(centre, browser.cookies[COOKIE])
    other = Listener.open(centre, centre.session(Role.DESK_AGENT))

    browser.delete("/api/v1/session")

    assert listener.over.wait(60)
    assert not other.over.is_set()
    listener.close()
    other.close()


def test_without_a_session_there_is_no_stream(centre: Centre) -> None:
    assert centre.anybody().get("/api/v1/stream").status_code == 401


def test_a_stopping_centre_lets_go_of_its_streams(database: Database) -> None:
    centre = Centre.start(database, clock=HandClock())
    listener = Listener.open(centre, centre.session(Role.OPERATOR))

    centre.server.config.timeout_graceful_shutdown = None  # a held stream would hold it for ever
    centre.stop()

    assert listener.over.wait(60)
    listener.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_console_that_does_not_read_costs_nobody_anything(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream_response, "UNSENT", 1.0)
    stalled = Listener.open(centre, centre.session(Role.OPERATOR), reads=False)
    reading = Listener.open(centre, centre.session(Role.OPERATOR))
    told = 0

    def dropped() -> bool:
        nonlocal told
        centre.delivers(*(centre.event(call=f"c{told}-{i}") for i in range(400)))
        told += 400
        said = centre.anybody().get("/metrics").text
        return "shouwen_stream_dropped_total 1.0" in said

    wait_until(dropped)
    wait_until(lambda: len(reading.entries) >= told)
    assert reading.seqs == _journal(centre)
    stalled.close()
    reading.close()


def test_after_a_change_by_hand_too(centre: Centre) -> None:
    listener = Listener.open(centre, centre.session(Role.DESK_AGENT))

    centre.as_(Role.OPERATOR).post("/api/v1/reports", json=telling())

    listener.hears(2)
    assert [one.data["kind"] for one in listener.entries] == ["told", "first_reporter_named"]
    assert {one.data["by"] for one in listener.entries} == {"operator-1"}
    listener.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_another_process_wrote_is_told_too(centre: Centre) -> None:
    listener = Listener.open(centre, centre.session(Role.OPERATOR))

    centre.office.press()  # past the API: nothing wakes the hub

    listener.hears(1)
    assert listener.seqs == _journal(centre)
    listener.close()
