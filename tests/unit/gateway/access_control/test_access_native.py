"""The native dialect: CloudEvents with receipts, told until somebody says that he has them."""

from collections.abc import Callable
from typing import Any

import pytest

from core.facts.device import EventType
from gateway.adapter import Verdict

Listen = Callable[..., Any]
TOPIC = "shouwen/hq/lobby/event"


def event(number: int, kind: str = "intercom.ringing", **fields: Any) -> Any:
    return {
        "specversion": "1.0",
        "id": f"lobby-{number}",
        "source": "/hq/access_control/lobby",
        "type": kind,
        "time": "2026-05-01T08:00:00Z",
        **fields,
    }


def test_the_event_is_kept_as_told_and_receipted(listen: Listen) -> None:
    lobby = listen("native")
    reading = lobby.hears(TOPIC, event(1, call="c-1", subject="2", data={"battery": 88}))

    assert reading.verdict is Verdict.EVENT
    assert (reading.event.event_id, reading.call, reading.event.subject) == ("lobby-1", "c-1", "2")
    assert reading.receipt.topic == "shouwen/hq/lobby/receipt"
    assert reading.receipt.event_id == "lobby-1"


def test_told_again_it_is_receipted_again_with_the_very_same_event(listen: Listen) -> None:
    lobby = listen("native")
    first = lobby.hears(TOPIC, event(1))
    lobby.wait(600)  # the receipts were lost; it is no late call for that
    again = lobby.hears(TOPIC, event(1))

    assert (again.verdict, again.event, again.receipt) == (
        Verdict.STALE,
        first.event,
        first.receipt,
    )


def test_first_told_late_it_is_missed_and_receipted(listen: Listen) -> None:
    lobby = listen("native")
    lobby.wait(600)
    reading = lobby.hears(TOPIC, event(1, call="c-1"))

    assert (reading.event.type, reading.event.late) == (EventType.INTERCOM_MISSED, True)
    assert reading.receipt is not None


def test_past_the_limit_and_retained_are_old_news_and_receipted(listen: Listen) -> None:
    lobby = listen("native")
    kept = lobby.hears(TOPIC, event(1), retained=True)
    lobby.wait(90_000)
    old = lobby.hears(TOPIC, event(2))

    for reading in (kept, old):
        assert (reading.verdict, reading.event.stale) == (Verdict.STALE, True)
        assert reading.receipt is not None


def test_a_clock_in_the_future_is_replaced_by_arrival(listen: Listen) -> None:
    lobby = listen("native")
    reading = lobby.hears(TOPIC, event(1, time="2099-01-01T00:00:00Z"))

    assert (reading.event.occurred_at, reading.event.time_estimated) == (lobby.now, True)
    assert reading.event.data["device_time"] == "2099-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    ("topic", "body"),
    [
        (TOPIC, event(1, source="/hq/access_control/gate")),
        (TOPIC, event(1, source="/other/access_control/lobby")),
        ("shouwen/hq/gate/event", event(1)),
        ("shouwen/hq/lobby/receipt", event(1)),
        ("shouwen/hq/lobby/event/x", event(1)),
        (TOPIC, event(1, id="")),
        (TOPIC, event(1, id="a\nb")),
        (TOPIC, event(1, type="intercom.exploded")),
        (TOPIC, event(1, time="2026-05-01T08:00:00")),
        (TOPIC, event(1, time="9999-12-31T23:59:59-12:00")),
        (TOPIC, event(1, data={"x": 10**30})),
        (TOPIC, event(1, data={"x": [1]})),
        (TOPIC, event(1, specversion="0.3")),
        (TOPIC, [event(1)]),
    ],
)
def test_what_is_not_as_agreed_is_unreadable_and_not_receipted(
    listen: Listen, topic: str, body: Any
) -> None:
    reading = listen("native").hears(topic, body)
    assert (reading.verdict, reading.event, reading.receipt) == (Verdict.UNREADABLE, None, None)


def test_an_impostor_is_named(listen: Listen) -> None:
    reading = listen("native").hears(TOPIC, event(1, source="/hq/access_control/gate"))
    assert "claims to be '/hq/access_control/gate'" in reading.reason


def test_a_heartbeat_proves_life_and_needs_no_receipt(listen: Listen) -> None:
    reading = listen("native").hears("shouwen/hq/lobby/heartbeat", b"")

    assert (reading.verdict, reading.device, reading.receipt) == (Verdict.HEALTH, "lobby", None)
    wrong = listen("native").hears("shouwen/hq//heartbeat", b"")
    assert wrong.verdict is Verdict.UNREADABLE
