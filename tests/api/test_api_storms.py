"""A storm as the consoles are told: one row, every event in the roll-call, ticked by operators."""

from dataclasses import replace

import httpx

from core.facts.device import DeviceCode, EventType
from core.facts.people import Role
from tests.api.running import Centre

#: One more than the shipped policy allows in a minute.
MANY = 301


def test_a_storm_and_its_roll_call(centre: Centre) -> None:
    """In one story, for one server."""
    silent = [
        centre.event(EventType.DEVICE_SILENT, device=DeviceCode(f"meter-{at}"))
        for at in range(MANY)
    ]
    assert centre.delivers(*silent).json()["stored"] == MANY
    assert centre.delivers(
        *(
            centre.event(EventType.DEVICE_SILENT, device=DeviceCode(f"pump-{at}"))
            for at in range(20)
        ),
        centre.event(EventType.HELP_PRESSED, call="help"),
    ).is_success
    operator = centre.as_(Role.OPERATOR)

    _one_row(operator)
    _every_event(operator)
    _ticked(operator)
    _not_by_everybody(centre)


def _one_row(operator: httpx.Client) -> None:
    queue = operator.get("/api/v1/queue").json()
    assert [one["cls"] for one in queue["items"]] == ["life_safety"]
    (storm,) = queue["storms"]
    assert (storm["events"], storm["devices"], storm["folded"]) == (MANY + 21, MANY + 21, MANY + 20)
    assert {one["event_type"]: one["events"] for one in storm["kinds"]} == {
        "device.silent": MANY + 20,
        "help.pressed": 1,
    }
    assert storm["buildings"] == [{"name": None, "events": MANY + 20}, {"name": "3栋", "events": 1}]
    assert queue["waiting"] == MANY + 21


def _every_event(operator: httpx.Client) -> None:
    found: list[int] = []
    cursor = ""
    while True:
        page = operator.get(f"/api/v1/storms/1/roll-call?limit=150{cursor}").json()
        found += [line["number"] for line in page["items"]]
        assert all(line["issue"] for line in page["items"])
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert found == list(range(1, MANY + 22))
    one = operator.get("/api/v1/storms/1/roll-call", params={"device": "pump-3"}).json()["items"]
    assert [line["device"]["code"] for line in one] == ["pump-3"]


def _ticked(operator: httpx.Client) -> None:
    report = operator.get("/api/v1/storms/1/roll-call?limit=1").json()["items"][0]["report"]
    assert operator.post(f"/api/v1/reports/{report}/claim").is_success
    taken = operator.get("/api/v1/storms/1/roll-call?limit=1").json()["items"][0]
    assert taken["claimed_by"]["code"] == taken["ticked_by"]["code"] == "operator-1"

    one = operator.post("/api/v1/storms/1/tick", json={"then": "work", "devices": ["pump-3"]})
    assert one.json()["storm"]["ticked"] == 2
    bare = operator.post("/api/v1/storms/1/tick", json={"then": "dismiss", "cause": "cleared"})
    assert (bare.status_code, bare.json()["error"]) == (422, "incomplete")
    said = {"then": "dismiss", "cause": "cleared", "reason": "停电已恢复"}
    done = operator.post("/api/v1/storms/1/tick", json=said).json()
    assert (done["storm"]["ticked"], done["storm"]["folded"]) == (MANY + 21, 0)
    again = operator.post("/api/v1/storms/1/tick", json=said)
    assert (again.status_code, again.json()["error"]) == (409, "not_allowed_now")
    queue = operator.get("/api/v1/queue").json()
    assert [one["device"]["code"] for one in queue["items"]] == ["door-3-2", "meter-0", "pump-3"]


def _not_by_everybody(centre: Centre) -> None:
    agent = centre.as_(Role.DESK_AGENT)
    assert agent.get("/api/v1/storms").json()["items"][0]["number"] == 1
    assert agent.post("/api/v1/storms/1/tick", json={"then": "work"}).status_code == 403
    assert centre.as_(Role.GUARD).get("/api/v1/storms/1").status_code == 403
    assert centre.as_(Role.OPERATOR, site="harbour").get("/api/v1/storms/1").status_code == 404


def test_what_a_trouble_explains(centre: Centre) -> None:
    door = DeviceCode("door-3-2")
    with centre.database.begin() as store:
        site = store.sites.find(centre.office.site)
        (known,) = (one.device for one in store.sites.devices(site.code))
        fed = replace(known, code=DeviceCode("lock-3-2"), address="lock-3-2", parent=door)
        store.sites.seed(replace(site, devices={fed.code: fed}))
    centre.delivers(centre.event(EventType.HOST_FAULT, device=door))
    centre.delivers(centre.event(EventType.DEVICE_SILENT, device=fed.code))
    operator = centre.as_(Role.OPERATOR)

    (cause,) = operator.get("/api/v1/queue").json()["items"]
    assert (cause["device"]["code"], cause["explains"]) == (door, 1)
    (below,) = operator.get(f"/api/v1/reports/{cause['number']}/under").json()["items"]
    assert (below["device"]["code"], below["under"]) == ("lock-3-2", cause["number"])
