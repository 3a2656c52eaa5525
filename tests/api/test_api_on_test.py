"""Who puts a device on test, and what the consoles are told of it."""

from core.facts.device import EventType
from core.facts.people import Role
from tests.api.running import Centre
from tests.office import DOOR


def test_put_on_test_heard_and_ended(centre: Centre) -> None:
    operator, administrator = centre.as_(Role.OPERATOR), centre.as_(Role.ADMINISTRATOR)
    asked = {"device": DOOR, "minutes": 30, "reason": "换门口机"}

    begun = operator.post("/api/v1/on-test", json=asked)
    assert begun.status_code == 201, begun.text
    number = begun.json()["number"]
    centre.delivers(centre.event(EventType.TAMPER_RAISED), centre.event(call="while-on-test"))

    assert operator.get("/api/v1/queue").json()["items"] == []
    (shown,) = operator.get("/api/v1/on-test").json()["items"]
    assert (shown["events"], shown["life_safety"], shown["device"]["code"]) == (2, False, DOOR)
    assert [one["type"] for one in shown["heard"]] == ["intercom.ringing", "tamper.raised"]
    (device,) = operator.get("/api/v1/devices").json()["items"]
    assert device["on_test_until"] == shown["until"]
    log = administrator.get("/api/v1/device-events").json()["items"]
    assert [one["on_test"] for one in log] == [True, True]

    again = operator.post("/api/v1/on-test", json=asked)
    assert (again.status_code, again.json()["error"]) == (409, "not_allowed_now")
    over = administrator.post(f"/api/v1/on-test/{number}/end-test")
    assert over.json()["ended_at"] is not None
    assert operator.get("/api/v1/on-test").json()["items"] == []
    assert operator.get("/api/v1/devices").json()["items"][0]["on_test_until"] is None


def test_eight_hours_and_no_more(centre: Centre) -> None:
    asked = {"device": DOOR, "minutes": 481, "reason": "换门口机"}
    refused = centre.as_(Role.OPERATOR).post("/api/v1/on-test", json=asked)
    assert (refused.status_code, refused.json()["error"]) == (422, "too_long_on_test")
    assert "eight hours" in refused.json()["detail"]
    allowed = asked | {"minutes": 480}
    assert centre.as_(Role.DESK_AGENT).post("/api/v1/on-test", json=allowed).status_code == 403
