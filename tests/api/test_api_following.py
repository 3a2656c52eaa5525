"""五.1(1)(2)(3), 五.3 over the wire: steps, alerts, daily cards, copies and briefings."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from core.facts.people import Role
from core.store.database import Database
from tests.api.running import Centre, HandClock, completion, wait_until


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def centre(database: Database, clock: HandClock) -> Iterator[Centre]:
    """A centre whose clock only the test moves: Friday, 10:00 in Shanghai."""
    running = Centre.start(database, sites=("garden", "harbour"), clock=clock)
    yield running
    running.stop()


def completed(centre: Centre, **more: object) -> tuple[int, int]:
    """A press that an operator has claimed and completed: numbers of report and issue."""
    number = centre.ring()
    operator = centre.as_(Role.OPERATOR)
    path = f"/api/v1/reports/{number}"
    operator.post(f"{path}/claim")
    answer = operator.post(f"{path}/complete", json=completion(**more))
    assert answer.status_code == 200, answer.text
    return number, answer.json()["issue"]


def items(client: httpx.Client, path: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.text
    found = answer.json()["items"]
    assert isinstance(found, list)
    return found


def by_cleaner() -> dict[str, object]:
    return {"caller": {"kind": "staff", "person": "cleaner-3"}}


def test_close_stays_locked_until_the_steps_are_done(centre: Centre) -> None:
    report, issue = completed(
        centre,
        category="pipe_leak",
        words="漏水",
        caller={"kind": "staff", "person": "guard-7"},
    )
    operator, path = centre.as_(Role.OPERATOR), f"/api/v1/issues/{issue}"
    spot = f"/api/v1/reports/{report}/handled"
    locked = operator.post(spot, json={"how": "关了"})
    assert (locked.status_code, locked.json()["error"]) == (422, "steps_open")

    shown = operator.get(f"{path}/playbook").json()
    assert [step["code"] for step in shown["way"]] == ["near_power"]
    after = operator.post(f"{path}/steps", json={"step": "near_power", "answer": "no"}).json()
    assert [step["lacking"] for step in after["way"]] == [False, True]
    early = operator.post(f"{path}/steps", json={"step": "power_off"})
    assert (early.status_code, early.json()["error"]) == (409, "not_allowed_now")
    done = operator.post(f"{path}/steps", json={"step": "valve", "answer": "yes"}).json()
    assert done["way"][0]["did"]["by"]["code"] == "operator-1"
    assert operator.post(spot, json={"how": "关了"}).status_code == 200

    close = {"outcome": "solved", "words": "好了"}
    unseen = centre.as_(Role.DESK_AGENT).post(f"{path}/close", json=close)
    assert (unseen.status_code, unseen.json()["error"]) == (422, "pictures_lacking")
    waive = {"reason": "现场已看"}
    assert operator.post(f"{path}/waive-pictures", json=waive).status_code == 403
    waived = centre.as_(Role.DIRECTOR).post(f"{path}/waive-pictures", json=waive)
    assert waived.json()["pictures_waived"] == "现场已看"
    assert centre.as_(Role.DESK_AGENT).post(f"{path}/close", json=close).status_code == 200


def test_each_category_shows_its_first_actions_to_everybody(centre: Centre) -> None:
    playbooks = {
        one["category"]["code"]: one for one in items(centre.as_(Role.CLEANER), "playbooks")
    }

    fire = playbooks["fire"]
    assert {one["role"] for one in fire["first_actions_of"]} == {"guard", "cleaner"}
    assert fire["alert"] == {"roles": ["guard", "squad_leader", "captain"], "minutes": 1}
    assert playbooks["litter"]["pictures"] == ["after"]


def test_the_alerted_guard_sees_what_and_where_and_answers(centre: Centre) -> None:
    _, issue = completed(centre, category="lift_stopped", words="电梯停了")
    guard = centre.as_(Role.GUARD)
    wait_until(lambda: items(guard, "alerts"))
    alert = items(guard, "alerts")[0]
    assert alert["issue"]["place"]["name"] == "2单元"
    assert alert["first_actions"]

    path = f"/api/v1/alerts/{alert['id']}/answer"
    assert centre.as_(Role.CAPTAIN).post(path, json={"coming": True}).status_code == 404
    assert (
        centre.as_(Role.GUARD, site="harbour").post(path, json={"coming": True}).status_code == 404
    )
    assert guard.post(path, json={"coming": True}).json()["state"] == "coming"
    again = guard.post(path, json={"coming": False})
    assert (again.status_code, again.json()["error"]) == (409, "not_allowed_now")
    following = centre.as_(Role.OPERATOR).get(f"/api/v1/issues/{issue}/following").json()
    assert [one["person"]["code"] for one in following["alerts"]] == ["guard-7"]


def test_a_card_a_day_and_what_was_missed_stays(centre: Centre, clock: HandClock) -> None:
    wait_until(lambda: _asks(centre))
    _, issue = completed(centre, caller={"kind": "staff", "person": "guard-7"})
    guard, path = centre.as_(Role.GUARD), "/api/v1/followups"
    clock.forward(hours=8)
    wait_until(lambda: guard.get(path).json()["cards"])
    card = guard.get(path).json()["cards"][0]
    assert (card["issue"]["number"], card["state"], card["on"]) == (issue, "asked", "2026-11-20")

    clock.forward(hours=6)
    guard = centre.as_(Role.GUARD)  # sessions last twelve hours
    wait_until(lambda: guard.get(path).json()["missed_days"] == 1)
    mine = guard.get(path).json()
    assert (mine["cards"], mine["missed"][0]["state"]) == ([], "missed")
    refused = centre.as_(Role.ENGINEER).post(f"{path}/{issue}", json={"word": "solved"})
    assert (refused.status_code, refused.json()["error"]) == (403, "not_permitted")
    said = guard.post(f"{path}/{issue}", json={"word": "solved", "words": "已换"})
    assert said.json()["state"] == "solved"
    assert items(centre.as_(Role.CAPTAIN), "followups/missed")[0]["of"]["code"] == "guard-7"
    assert items(centre.as_(Role.ON_SITE_SUPERVISOR), "followups/missed") == []
    solved = items(centre.as_(Role.DESK_AGENT), "followups/solved")
    assert [one["issue"]["number"] for one in solved] == [issue]


def test_the_copy_is_read_acknowledged_or_overdue(centre: Centre, clock: HandClock) -> None:
    _, first = completed(centre, **by_cleaner())
    _, second = completed(centre, **by_cleaner())
    chief = centre.as_(Role.ON_SITE_SUPERVISOR)
    wait_until(lambda: len(items(chief, "copies")) == 2)
    assert chief.post("/api/v1/copies/read", json={"issues": [first, second]}).json()["first"] == 2
    known = chief.post(f"/api/v1/copies/{first}/acknowledge").json()
    assert known["acknowledged_at"] is not None

    clock.forward(hours=1)
    wait_until(lambda: items(centre.as_(Role.DIRECTOR), "copies/overdue"))

    late = items(chief, "copies/overdue")
    assert [one["issue"]["number"] for one in late] == [second]
    assert centre.as_(Role.CLEANER).post(f"/api/v1/copies/{second}/acknowledge").status_code == 404


def test_a_briefing_says_who_has_not_acknowledged(centre: Centre) -> None:
    supervisor, guard = centre.as_(Role.GENERAL_GROUP_SUPERVISOR), centre.as_(Role.GUARD)
    draft = {"sort": "meeting", "title": "晨会", "words": "冬季防火", "roles": ["guard", "cleaner"]}
    assert guard.post("/api/v1/briefings", json=draft).status_code == 403
    assert (
        supervisor.post("/api/v1/briefings", json={**draft, "sort": "playbook"}).status_code == 422
    )
    number = supervisor.post("/api/v1/briefings", json=draft).json()["number"]
    path = f"/api/v1/briefings/{number}"
    assert guard.post(f"{path}/acknowledge", json={"version": 1}).json()["acknowledged_at"]
    known = supervisor.get(f"{path}/audience").json()
    assert [one["code"] for one in known["missing"]] == ["cleaner-3"]
    assert items(centre.as_(Role.ENGINEER), "briefings") == []

    newer = supervisor.post(f"{path}/versions", json={**draft, "words": "加强巡查"}).json()
    assert newer["version"] == 2
    old = guard.post(f"{path}/acknowledge", json={"version": 1})
    assert (old.status_code, old.json()["error"]) == (409, "not_allowed_now")
    assert items(guard, "briefings")[0]["acknowledged_at"] is None
    assert items(centre.as_(Role.GUARD, site="harbour"), "briefings") == []


def _asks(centre: Centre) -> bool:
    with centre.database.read() as store:
        return store.followups.clock(centre.office.site) is not None
