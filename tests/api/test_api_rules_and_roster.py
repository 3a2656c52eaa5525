"""Rules, roster, pauses and steps by hand over the wire, each answer as the contract says."""

from datetime import timedelta

import httpx

from core.facts import moment
from core.facts.people import Role
from tests.api.running import Centre

LATER = """version = 2
[ladder.urgent]
steps = [{ day = 3, to = "director", rule = "五.1(3)②" }]
"""


def _accepted(centre: Centre) -> int:
    _, issue = centre.forwarded()
    agent = centre.as_(Role.DESK_AGENT)
    assert agent.post(f"/api/v1/issues/{issue}/accept").is_success
    return issue


def _error(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]


def test_a_policy_is_tried_out_saved_and_listed(centre: Centre) -> None:
    issue = _accepted(centre)
    director = centre.as_(Role.DIRECTOR)
    shipped = director.get("/api/v1/rules").json()["items"]
    assert [(one["kind"], one["version"]) for one in shipped] == [
        ("policy", 0),
        ("catalogue", 0),
        ("calendar", 0),
    ]
    assert "[ladder.urgent]" in shipped[0]["text"]

    looked = director.post("/api/v1/rules/policy/preview", json={"text": LATER}).json()
    assert (looked["version"], looked["base"]) == (2, 0)
    move = next(one for one in looked["items"] if one["issue"] == issue)
    assert move["after"][0]["due_at"] > move["before"][0]["due_at"]
    assert move["after"][0]["to"] == ["director"]

    body = {"text": LATER, "base": 0, "reason": "试行三天"}
    saved = director.put("/api/v1/rules/policy", json=body)
    assert (saved.status_code, saved.json()["version"]) == (200, 2)
    assert (
        director.get(f"/api/v1/issues/{issue}").json()["next_due_at"]
        == (move["after"][0]["due_at"])
    )
    late = director.put("/api/v1/rules/policy", json=body)
    assert _error(late) == (409, "not_allowed_now")

    versions = director.get("/api/v1/rules/policy/versions").json()["items"]
    assert [(one["version"], one["by"]["code"]) for one in versions] == [(2, "director")]
    one = director.get("/api/v1/rules/policy/versions/2").json()
    assert (one["text"], one["reason"]) == (LATER, "试行三天")
    assert director.get("/api/v1/rules/policy/versions/3").status_code == 404


def test_mistakes_in_a_text_are_named(centre: Centre) -> None:
    director = centre.as_(Role.DIRECTOR)
    wrong = director.post("/api/v1/rules/policy/preview", json={"text": "version = 0"})
    assert _error(wrong) == (422, "bad_policy")
    assert "version" in wrong.json()["detail"]
    wrong = director.post("/api/v1/rules/catalogue/preview", json={"text": "[x]\n"})
    assert _error(wrong) == (422, "bad_catalogue")
    agent = centre.as_(Role.DESK_AGENT)
    body = {"text": LATER, "base": 0, "reason": "x"}
    assert agent.put("/api/v1/rules/policy", json=body).status_code == 403


def test_a_year_is_seeded_and_saved_as_the_calendar(centre: Centre) -> None:
    director = centre.as_(Role.DIRECTOR)
    seed = director.get("/api/v1/rules/calendar/seed/2026").json()
    assert {"day": "2026-10-10", "working": True, "name": "调休上班"} in seed["items"]
    body = {"text": seed["text"], "base": 0, "reason": "2026 年放假通知"}
    assert director.put("/api/v1/rules/calendar", json=body).json()["version"] == 1


def test_a_pause_is_asked_granted_and_ended(centre: Centre) -> None:
    issue = _accepted(centre)
    agent, supervisor = (
        centre.as_(role) for role in (Role.DESK_AGENT, Role.GENERAL_GROUP_SUPERVISOR)
    )
    before = agent.get(f"/api/v1/issues/{issue}").json()["next_due_at"]
    until = moment.text(centre.clock.now() + timedelta(days=3))
    asked = agent.post(f"/api/v1/issues/{issue}/pause", json={"until": until, "reason": "等配件"})
    assert (asked.status_code, asked.json()["state"], asked.json()["mine"]) == (200, "asked", True)
    number = asked.json()["id"]
    again = agent.post(f"/api/v1/issues/{issue}/pause", json={"until": until, "reason": "等"})
    assert _error(again) == (409, "not_allowed_now")

    listed = supervisor.get("/api/v1/pauses").json()["items"]
    assert [(one["pause"]["id"], one["issue"]["number"]) for one in listed] == [(number, issue)]
    assert agent.post(f"/api/v1/pauses/{number}/grant", json={}).status_code == 403
    granted = supervisor.post(f"/api/v1/pauses/{number}/grant", json={}).json()
    assert (granted["state"], granted["decided_by"]["code"]) == ("granted", "supervisor")
    shown = agent.get(f"/api/v1/issues/{issue}").json()
    assert shown["next_due_at"] > before
    assert [one["state"] for one in shown["pauses"]] == ["granted"]
    assert "暂停" in shown["sentence"]["zh"]

    ended = agent.post(f"/api/v1/pauses/{number}/end", json={"reason": "配件到了"}).json()
    assert ended["state"] == "ended"
    assert agent.get(f"/api/v1/issues/{issue}").json()["next_due_at"] == before
    refused = supervisor.post(f"/api/v1/pauses/{number}/refuse", json={"reason": "晚了"})
    assert _error(refused) == (409, "not_allowed_now")


def test_a_holder_calls_in_by_hand(centre: Centre) -> None:
    issue = _accepted(centre)
    agent, cleaner = centre.as_(Role.DESK_AGENT), centre.as_(Role.CLEANER)
    path, body = f"/api/v1/issues/{issue}/escalate", {"reason": "业主吵闹", "roles": ["director"]}
    assert cleaner.post(path, json=body).status_code == 404  # not his to read
    called = agent.post(path, json=body).json()
    step = next(one for one in called["steps"] if one["key"].startswith("by_hand"))
    assert (step["to"], [one["code"] for one in step["people"]]) == (["director"], ["director"])
    assert (step["by"]["code"], step["reason"]) == ("agent-1", "业主吵闹")
    assert _error(agent.post(path, json={"reason": "急"})) == (422, "incomplete")


def test_a_roster_is_written_imported_and_asked(centre: Centre) -> None:
    captain = centre.as_(Role.CAPTAIN)
    post = {"name": "监控中心", "role": "operator", "place": "3", "least": 2}
    assert captain.put("/api/v1/roster/posts/seat", json=post).json()["least"] == 2
    shift = {"name": "全天", "begins": "00:00", "ends": "00:00"}
    assert captain.put("/api/v1/roster/shifts/all", json=shift).is_success

    now = centre.clock.now() + timedelta(hours=8)  # Shanghai's date
    day = now.date().isoformat()
    table = f"日期,岗位,班次,人员\n{day},监控中心,全天,operator 1\n"
    brought = "/api/v1/roster/tables/duties"
    tried = captain.post(brought, content=table.encode(), params={"dry": True}).json()
    assert [one["after"] for one in tried["differences"]] == [{"people": "operator-1"}]
    assert captain.get("/api/v1/roster", params={"first": day}).json()["duties"] == []
    done = captain.post(brought, content=table.encode(), params={"dry": False})
    assert done.json()["done"], done.text
    week = captain.get("/api/v1/roster", params={"first": day, "days": 1}).json()
    assert [(one["post"], one["wanted"], one["there"]) for one in week["gaps"]] == [("seat", 2, 1)]

    on_duty = centre.as_(Role.OPERATOR).get("/api/v1/roster/on-duty").json()["items"]
    assert [(one["person"]["code"], one["post"]) for one in on_duty] == [("operator-1", "seat")]

    cell = {"day": day, "post": "seat", "shift": "all"}
    late = captain.put("/api/v1/roster/cell", json=cell | {"people": [], "before": []})
    assert _error(late) == (409, "not_allowed_now")
    moved = {"people": ["operator-2"], "before": ["operator-1"]}
    stands = captain.put("/api/v1/roster/cell", json=cell | moved).json()["duties"]
    assert [one["person"]["code"] for one in stands] == ["operator-2"]
    back = {"people": ["operator-1"], "before": ["operator-2"]}
    assert captain.put("/api/v1/roster/cell", json=cell | back).is_success
    assert centre.as_(Role.GUARD).put("/api/v1/roster/cell", json=cell | back).status_code == 403

    wrong = captain.put(
        "/api/v1/roster",
        json={
            "first": day,
            "last": day,
            "rows": [{"day": day, "post": "seat", "shift": "all", "person": "guard-7"}],
        },
    )
    assert _error(wrong) == (422, "bad_roster")
    assert wrong.json()["detail"] == "line 1: guard-7 is no operator, as seat asks for"
    assert centre.as_(Role.GUARD).put("/api/v1/roster/posts/x", json=post).status_code == 403


def test_absences_and_stand_ins_over_the_wire(centre: Centre) -> None:
    director = centre.as_(Role.DIRECTOR)
    now = centre.clock.now()
    leave = {
        "person": "supervisor",
        "begins_at": moment.text(now),
        "ends_at": moment.text(now + timedelta(days=3)),
        "deputy": "captain",
        "reason": "年假",
    }
    entered = director.post("/api/v1/roster/absences", json=leave)
    assert (entered.status_code, entered.json()["deputy"]["code"]) == (201, "captain")
    assert _error(director.post("/api/v1/roster/absences", json=leave)) == (409, "not_allowed_now")
    number = entered.json()["id"]
    back = director.post(f"/api/v1/roster/absences/{number}/cancel")
    assert back.json()["cancelled_at"] is not None

    relief = {
        "post": "seat",
        "instead_of": "operator-1",
        "person": "operator-2",
        "seconds": 600,
        "reason": "用餐",
    }
    nobody = centre.as_(Role.OPERATOR).post("/api/v1/roster/stand-ins", json=relief)
    assert _error(nobody) == (409, "not_allowed_now")


def test_no_site_reaches_anothers_pauses_and_rules(centre: Centre) -> None:
    issue = _accepted(centre)
    agent = centre.as_(Role.DESK_AGENT)
    until = moment.text(centre.clock.now() + timedelta(days=1))
    body = {"until": until, "reason": "等配件"}
    number = agent.post(f"/api/v1/issues/{issue}/pause", json=body).json()["id"]
    elsewhere = centre.as_(Role.DIRECTOR, site="harbour")
    assert elsewhere.post(f"/api/v1/pauses/{number}/grant", json={}).status_code == 404
    assert elsewhere.get("/api/v1/pauses").json()["items"] == []
