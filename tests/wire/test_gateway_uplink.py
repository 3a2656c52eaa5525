"""Spool → centre over real HTTP: nothing lost, nothing doubled, each device's order kept."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.facts.device import DeviceCode, DeviceEvent, EventId, EventType, SiteCode, Source, System
from gateway import centre as centre_of_gateway
from gateway.centre import Centre as Line
from gateway.heartbeat import Heartbeat
from gateway.spool import Spool, Told, told
from gateway.uplink import Uplink
from tests.wire.rig import Centre, eventually

NOW = datetime(2026, 11, 20, 20, 12, tzinfo=UTC)


def events(first: int, last: int, *, device: int = 0, text: str = "") -> list[Told]:
    return [
        told(
            DeviceEvent(
                event_id=EventId(f"e{number:06d}"),
                source=Source(SiteCode("site"), System.ACCESS_CONTROL, DeviceCode(f"d{device}")),
                type=EventType.DOOR_OPENED,
                occurred_at=NOW,
                data={"text": text} if text else {},
            ),
            at=NOW,
        )
        for number in range(first, last)
    ]


def ids(first: int, last: int) -> list[object]:
    return [f"e{number:06d}" for number in range(first, last)]


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    spool = Spool(tmp_path)
    yield spool
    spool.close()


@pytest.fixture
def uplink(spool: Spool, centre: Centre) -> Iterator[Uplink]:
    """An uplink that runs."""
    line = Line(url=centre.url, token="secret")
    uplink = Uplink(spool=spool, centre=line, clock=lambda: NOW)
    stopping = threading.Event()
    thread = threading.Thread(target=uplink.run, args=(stopping,))
    thread.start()
    yield uplink
    stopping.set()
    centre.released.set()
    with spool.news:
        spool.news.notify_all()
    thread.join()
    line.close()


def test_events_arrive_in_order_at_once_with_our_token(
    spool: Spool, centre: Centre, uplink: Uplink
) -> None:
    spool.put(events(0, 3))
    assert eventually(lambda: centre.ids() == ids(0, 3))
    spool.put(events(3, 5))

    assert eventually(lambda: centre.ids() == ids(0, 5))  # by itself it would look much later
    assert eventually(lambda: spool.state().spooled == 0)
    assert centre.tokens == {"Bearer secret"}
    assert uplink.reachable


@pytest.mark.usefixtures("uplink")
def test_a_backlog_goes_in_batches_of_bounded_number_and_size(spool: Spool, centre: Centre) -> None:
    spool.put(events(0, 1200))

    assert eventually(lambda: centre.ids() == ids(0, 1200))
    assert max(centre.batches) == 500

    spool.put(events(1200, 1210, text="x" * 100_000))
    assert eventually(lambda: len(centre.events) == 1210)
    assert max(size for size in centre.batches if size < 11) <= 5


@pytest.mark.parametrize(
    "mood", ["500", "503", "404", "301", "reset", "answer lost", "html", "proxy 400", "429"]
)
@pytest.mark.usefixtures("uplink")
def test_trouble_passes_without_loss_or_double(spool: Spool, centre: Centre, mood: str) -> None:
    centre.mood.extend([mood] * 3)

    for first in range(0, 50, 10):
        spool.put(events(first, first + 10))

    assert eventually(lambda: centre.ids() == ids(0, 50))
    assert eventually(lambda: spool.state().spooled == 0)
    assert spool.state().quarantined == 0
    assert len(centre.events) == len(centre.seen)


@pytest.mark.usefixtures("uplink")
def test_a_centre_that_is_down_and_comes_back_gets_everything_once(
    spool: Spool, centre: Centre
) -> None:
    spool.put(events(0, 5))
    assert eventually(lambda: len(centre.events) == 5)
    centre.stop()
    spool.put(events(5, 20))
    spool.put(events(0, 10, device=1))
    centre.released.clear()
    centre.start()

    assert eventually(lambda: len(centre.events) == 30)
    assert centre.ids() == ids(0, 20)
    assert centre.ids(1) == ids(0, 10)
    assert centre.absorbed == 0


def test_a_centre_that_never_answers_is_given_up_and_tried_again(
    spool: Spool, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(centre_of_gateway, "_TIMEOUT", 0.3)
    line = Line(url=centre.url, token=None)
    uplink = Uplink(spool=spool, centre=line, clock=lambda: NOW)
    centre.mood.append("hang")
    spool.put(events(0, 3))

    assert [uplink.step(), uplink.step()] == [False, True]
    assert centre.ids() == ids(0, 3)
    line.close()


@pytest.mark.usefixtures("uplink")
def test_a_denied_gateway_keeps_everything(spool: Spool, centre: Centre) -> None:
    centre.always = "401"
    spool.put(events(0, 3))
    assert eventually(lambda: sum(centre.batches.values()) >= 2)
    assert spool.state().spooled == 3

    centre.always = None

    assert eventually(lambda: centre.ids() == ids(0, 3))


@pytest.mark.usefixtures("uplink")
def test_what_is_too_large_goes_in_halves(spool: Spool, centre: Centre) -> None:
    centre.largest = 3000
    spool.put(events(0, 100))

    assert eventually(lambda: centre.ids() == ids(0, 100))
    assert spool.state().quarantined == 0


@pytest.mark.usefixtures("uplink")
def test_one_unreadable_event_is_found_by_halves_and_stands_alone(
    spool: Spool, centre: Centre
) -> None:
    centre.unreadable = "e000037"
    spool.put(events(0, 100))

    assert eventually(lambda: spool.state().spooled == 0)
    assert centre.ids() == [one for one in ids(0, 100) if one != "e000037"]
    (kept,) = spool.in_quarantine()
    assert kept.reason == "answered 400: not_readable: one of them"


@pytest.mark.usefixtures("uplink")
def test_what_the_centre_refuses_is_quarantined_with_its_reason(
    spool: Spool, centre: Centre
) -> None:
    centre.refused = "e000002"
    spool.put(events(0, 5))

    assert eventually(lambda: spool.state().spooled == 0)
    assert len(centre.events) == 4
    assert [one.reason for one in spool.in_quarantine()] == ["not of this site"]


def test_a_heartbeat_says_how_much_waits_and_who_was_heard(spool: Spool, centre: Centre) -> None:
    spool.put(events(0, 3), counts={("event", "door.opened"): 3, ("mqtt", "session lost"): 1})
    line = Line(url=centre.url, token="secret")
    device = DeviceCode("d0")

    Heartbeat(
        gateway="site-1",
        spool=spool,
        centre=line,
        heard=lambda: {device: NOW},
        silent=lambda: {DeviceCode("d1"): NOW},
    ).beat()
    line.close()

    assert centre.beats == [
        {
            "gateway": "site-1",
            "spooled": 3,
            "oldest_at": "2026-11-20T20:12:00Z",
            "quarantined": 0,
            "counts": {"event": 3, "mqtt": 1},
            "heard": {"d0": "2026-11-20T20:12:00Z"},
            "silent": {"d1": "2026-11-20T20:12:00Z"},
        }
    ]
