"""Gateways deliver: each event once, bad ones alone, other sites' never (design: one path in)."""

import json

import pytest

from api.auth import hash_token
from core.facts import cloudevent
from core.facts.device import EventType, SiteCode
from core.facts.people import Role
from core.store import tables
from tests.api.running import Centre, batch

PATH = "/api/v1/device-events"


def test_a_press_delivered_stands_in_the_queue(centre: Centre) -> None:
    centre.delivers(centre.event(call="call-1"))

    queue = centre.as_(Role.OPERATOR).get("/api/v1/queue").json()

    assert queue["waiting"] == 1
    report = queue["items"][0]
    assert report["device"] == {"code": "door-3-2", "name": "3栋2单元门口机"}
    assert report["place"]["path"] == ["示范小区", "3栋", "2单元"]
    assert report["call"]["state"] == "ringing"


def test_told_again_is_absorbed(centre: Centre) -> None:
    event = centre.event(call="call-1")

    first = centre.delivers(event).json()
    again = centre.delivers(event, event).json()

    assert first == {"received": 1, "stored": 1, "absorbed": 0, "refused": []}
    assert again == {"received": 2, "stored": 0, "absorbed": 2, "refused": []}


def test_one_bad_event_stands_alone(centre: Centre) -> None:
    good, better = centre.event(call="call-1"), centre.event(call="call-2")
    document = b"[%b,%b,%b]" % (
        cloudevent.encode(good),
        b'{"specversion": "1.0", "id": "bad-1", "type": "door.sings"}',
        cloudevent.encode(better),
    )

    answer = centre.gateway().post(PATH, content=document).json()

    assert (answer["received"], answer["stored"]) == (3, 2)
    assert [(one["index"], one["id"]) for one in answer["refused"]] == [(1, "bad-1")]
    assert "source" in answer["refused"][0]["reason"]
    with centre.database.read() as store:
        kept = store.connection.execute(tables.quarantine.select()).one()
    assert "door.sings" in kept.body
    assert kept.gateway == "gateway-1"


def test_no_gateway_speaks_for_another_site(centre: Centre) -> None:
    own, foreign = centre.event(call="call-1"), centre.event(site="harbour", call="call-2")

    answer = centre.gateway(site="garden").post(PATH, content=batch([foreign, own])).json()

    assert answer["stored"] == 1
    assert answer["refused"][0]["index"] == 0
    assert answer["refused"][0]["id"] == foreign.event_id
    with centre.database.read() as store:
        assert store.reports.queue(SiteCode("harbour")) == []


def _event(centre: Centre, **changes: object) -> bytes:
    document = json.loads(cloudevent.encode(centre.event(call="call-1")))
    return json.dumps([{**document, **changes}]).encode()


POISON = [
    {"data": {"x": "\0"}},
    {"data": {"x": float("nan")}},
    {"data": {"x": float("inf")}},
    {"time": "0001-01-01T00:00:00+08:00"},
    {"time": "9999-12-31T23:59:59-08:00"},
    {"time": "1970-01-01T00:00:00Z"},
    {"time": "2026-11-20T10:00:00"},
    {"source": "/garden/door-3-2"},
    {"source": "garden"},
    {"id": "x" * 5000},
    {"id": ""},
    {"type": None},
    {"data": {"deep": {"deeper": 1}}},
]


@pytest.mark.parametrize("changes", POISON, ids=str)
def test_poison_is_refused_and_never_told_again(centre: Centre, changes: dict[str, object]) -> None:
    answer = centre.gateway().post(PATH, content=_event(centre, **changes))

    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert (said["stored"], len(said["refused"])) == (0, 1)
    assert said["refused"][0]["reason"]


@pytest.mark.parametrize("document", [b"", b"{}", b"null", b"[1", b"\xff", b"[" * 50_000])
def test_what_is_no_batch_is_not_readable(alone: Centre, document: bytes) -> None:
    answer = alone.gateway().post(PATH, content=document)

    assert answer.status_code == 400
    assert answer.json()["error"] == "not_readable"


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=1+1",
    "'; DROP TABLE report; --",
    "\u202e\u2066 right to left",
    "{{7*7}}",
    "路灯\u200b不亮🔥",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_device_says_comes_back_as_data(centre: Centre, text: str) -> None:
    document = json.loads(cloudevent.encode(centre.event(EventType.ALARM_RAISED)))
    document |= {
        "source": f"/garden/access_control/{text}",
        "subject": text,
        "data": {"name": text},
    }
    assert centre.gateway().post(PATH, content=json.dumps([document])).json()["stored"] == 1

    answer = centre.as_(Role.ADMINISTRATOR).get(PATH)
    queue = centre.as_(Role.OPERATOR).get("/api/v1/queue")

    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.json()["items"][0]["data"] == {"name": text}
    assert queue.json()["items"][0]["device"] == {"code": text, "name": text}


def test_the_log_pages_from_the_newest(centre: Centre) -> None:
    told = [centre.event(EventType.DOOR_OPENED) for _ in range(7)]
    centre.delivers(*told)
    browser = centre.as_(Role.ADMINISTRATOR)

    seen: list[str] = []
    cursor = None
    while True:
        asked = {"limit": 3, **({"cursor": cursor} if cursor else {})}
        page = browser.get(PATH, params=asked).json()
        seen += [one["event_id"] for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert seen == [event.event_id for event in reversed(told)]


def test_the_log_says_which_report_a_call_opened(centre: Centre) -> None:
    number = centre.ring()

    logged = centre.as_(Role.ADMINISTRATOR).get(PATH).json()["items"][0]

    assert logged["report"] == number


def test_a_gateway_says_how_it_is(centre: Centre) -> None:
    said = {"spooled": 12, "oldest_at": "2026-11-20T01:00:00Z", "quarantined": 3, "more": 1}
    browser = centre.as_(Role.ADMINISTRATOR)
    assert browser.get("/api/v1/gateways").json()["items"][0]["late"] is True

    centre.gateway().post(
        "/api/v1/gateways/heartbeat",
        json={
            **said,
            "heard": {"door-3-2": "2026-11-20T01:59:00Z", "unknown": "2026-11-20T01:59:00Z"},
        },
    )

    gateway = browser.get("/api/v1/gateways").json()["items"][0]
    assert gateway["late"] is False
    assert (gateway["spooled"], gateway["quarantined"]) == (12, 3)
    assert gateway["oldest_at"] == "2026-11-20T01:00:00Z"
    device = browser.get("/api/v1/devices").json()["items"][0]
    assert (device["state"], device["last_heard_at"]) == ("heard", "2026-11-20T01:59:00Z")


def test_an_old_token_ends_with_the_new_one(centre: Centre) -> None:
    old = centre.gateway()
    with centre.database.begin() as store:
        store.gateways.register(SiteCode("garden"), "gateway-1", token_hash=hash_token("new"))

    assert old.post(PATH, content=b"[]").status_code == 401
    fresh = centre.anybody(Authorization="Bearer new")
    assert fresh.post(PATH, content=b"[]").status_code == 200
