"""A wall display: let in by a leader, reads counts without a name, does nothing, and is revoked."""

import json

from core.facts.device import EventType
from core.facts.people import Role
from tests.api.running import PEOPLE, Centre


def test_a_wall_display(centre: Centre) -> None:
    """In one story, for one server."""
    supervisor = centre.as_(Role.GENERAL_GROUP_SUPERVISOR)
    granted = supervisor.post("/api/v1/walls", json={"name": "监控室北墙"})
    assert granted.status_code == 201, granted.text
    token = granted.json()["token"]
    centre.delivers(centre.event(EventType.HELP_PRESSED, call="help"))
    number = centre.ring()
    assert centre.as_(Role.OPERATOR).post(f"/api/v1/reports/{number}/claim").is_success
    display = centre.anybody(Authorization=f"Bearer {token}")

    shown = display.get("/api/v1/wall").json()
    (life,) = shown["life_safety"]
    assert (life["event_type"], life["path"], life["taken"]) == (
        "help.pressed",
        ["示范小区", "3栋", "2单元"],
        False,
    )
    calls = next(one for one in shown["classes"] if one["cls"] == "call")
    assert (calls["waiting"], calls["untaken"]) == (1, 0)
    assert (shown["silent_devices"], shown["forwarded"], shown["storms"]) == (0, 0, 0)
    with centre.database.read() as store:
        people = store.people.all(centre.office.site)
    said = json.dumps(shown, ensure_ascii=False)
    assert len(people) >= len(PEOPLE)
    assert [one.name for one in people if one.name in said or one.code in said] == []

    for path in ("queue", "session", "walls", "issues", "stream", "device-events"):
        assert display.get(f"/api/v1/{path}").status_code == 401, path
    assert display.post(f"/api/v1/reports/{number}/claim").status_code == 401

    assert supervisor.get("/api/v1/walls").json()["items"][0]["revoked_at"] is None
    assert centre.as_(Role.OPERATOR).post("/api/v1/walls/1/revoke").status_code == 403
    assert supervisor.post("/api/v1/walls/1/revoke").json()["revoked_by"]["code"] == "supervisor"
    again = supervisor.post("/api/v1/walls/1/revoke")
    assert (again.status_code, again.json()["error"]) == (409, "not_allowed_now")
    dark = display.get("/api/v1/wall")
    assert (dark.status_code, dark.json()["error"]) == (401, "unknown_wall")
    assert centre.anybody().get("/api/v1/wall").status_code == 401
