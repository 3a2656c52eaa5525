"""Reward and punishment over the wire: who sees, decides, objects; lists and the dossier (五.2)."""

from typing import Any

import httpx
import pytest

from core.facts.issue import IssueNumber
from core.facts.people import Role
from tests.api.running import PEOPLE, Centre
from tests.merits import proposals, writes

MERIT = "/api/v1/merit"


def praised(centre: Centre, **about: Any) -> IssueNumber:
    issue = centre.office.accepted()
    writes(centre.office, "Praised", issue, customer="c-1502", words="很及时", **about)
    proposals(centre.office)
    return issue


def waiting(browser: httpx.Client) -> list[dict[str, Any]]:
    answer = browser.get(f"{MERIT}/proposals")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def decides(browser: httpx.Client, *items: dict[str, Any], key: str = "") -> list[dict[str, Any]]:
    answer = browser.post(
        f"{MERIT}/decisions",
        json={"items": list(items)},
        headers={"Idempotency-Key": key} if key else {},
    )
    assert answer.status_code == 200, answer.text
    made: list[dict[str, Any]] = answer.json()["items"]
    return made


def approve(number: int) -> dict[str, Any]:
    return {"proposal": number, "decision": "approved", "reason": "属实"}


def test_a_person_sees_his_own_with_evidence_and_objects(centre: Centre) -> None:
    issue = praised(centre, person=PEOPLE[Role.GUARD])
    guard, director = centre.as_(Role.GUARD), centre.as_(Role.DIRECTOR)

    (mine,) = guard.get(f"{MERIT}/mine").json()["items"]
    (evidence,) = mine["evidence"]
    assert (evidence["issue"], evidence["kind"]) == (issue, "praised")
    assert evidence["body"] == {
        "person": "guard-7",
        "words": "很及时",
    }, "who praised or complained is between the customer and the office"
    assert (mine["may_object"], mine["may_decide"]) == (True, False)
    assert centre.as_(Role.ENGINEER).get(f"{MERIT}/mine").json()["items"] == []
    assert guard.get(f"{MERIT}/proposals").status_code == 403

    path = f"{MERIT}/proposals/{mine['number']}"
    engineer = centre.as_(Role.ENGINEER)
    assert engineer.post(f"{path}/object", json={"words": "不是"}).status_code == 403
    assert guard.post(f"{path}/object", json={"words": "是班长做的"}).status_code == 200
    (seen,) = waiting(director)
    assert seen["evidence"][0]["body"]["customer"] == "c-1502"
    assert (seen["may_answer"], seen["may_decide"]) == (True, False)
    (made,) = decides(director, approve(mine["number"]))
    assert made["problem"]["error"] == "not_allowed_now"
    assert director.post(f"{path}/answer", json={"words": "已核"}).status_code == 200
    (made,) = decides(director, approve(mine["number"]))
    assert made["decided"]["decision"]["points"] == 2
    ledger = guard.get(f"{MERIT}/ledger/mine").json()
    assert (ledger["balance"], len(ledger["items"])) == (2, 1)


def test_a_batch_is_decided_once_and_each_stands_alone(centre: Centre) -> None:
    praised(centre, person=PEOPLE[Role.GUARD])
    praised(centre, person=PEOPLE[Role.DIRECTOR])
    director = centre.as_(Role.DIRECTOR)
    first, own = (one["number"] for one in waiting(director))
    items = [approve(first), approve(own), approve(999_999)]

    made = decides(director, *items, key="once")

    assert [one["problem"] and one["problem"]["error"] for one in made] == [
        None,
        "not_permitted",
        "not_found",
    ]
    assert decides(director, *items, key="once") == made
    ledger = director.get(f"{MERIT}/ledger", params={"person": "guard-7"}).json()
    assert ledger["balance"] == 2
    commended = director.get(f"{MERIT}/lists/commend").json()["items"]
    assert [one["person"]["code"] for one in commended] == ["guard-7"]
    assert (
        centre.as_(Role.GENERAL_GROUP_SUPERVISOR)
        .post(f"{MERIT}/decisions", json={"items": [approve(own)]})
        .status_code
        == 403
    )


def test_another_site_s_proposals_are_nobody_s_here(centre: Centre) -> None:
    praised(centre, person=PEOPLE[Role.GUARD])
    number = waiting(centre.as_(Role.DIRECTOR))[0]["number"]
    other = centre.as_(Role.DIRECTOR, site="harbour")

    assert waiting(other) == []
    (made,) = decides(other, approve(number))
    assert made["problem"]["error"] == "not_found"
    path = f"{MERIT}/proposals/{number}/answer"
    assert other.post(path, json={"words": "无"}).status_code == 404


def test_losses_and_proposals_by_hand(centre: Centre) -> None:
    issue = praised(centre, unit="clean")
    supervisor = centre.as_(Role.GENERAL_GROUP_SUPERVISOR)
    loss = {"saved": False, "amount": 12_000, "words": "玻璃门撞碎", "unit": "clean"}
    assert supervisor.post(f"{MERIT}/losses", json=loss).status_code == 200
    assert supervisor.post(f"{MERIT}/losses", json={**loss, "amount": 0}).status_code == 422
    assert supervisor.post(f"{MERIT}/losses", json={**loss, "person": "x"}).status_code == 422
    assert supervisor.post(f"{MERIT}/losses", json={**loss, "unit": "x"}).status_code == 404
    proposals(centre.office)
    evidence = waiting(supervisor)[0]["evidence"][0]
    by_hand = {
        "unit": "clean",
        "points": -5,
        "consequence": "contract_end",
        "words": "屡教不改",
        "evidence": [{"issue": issue, "seq": evidence["seq"]}],
    }
    answer = supervisor.post(f"{MERIT}/proposals", json=by_hand)
    assert answer.status_code == 200, answer.text
    assert [one["rule"] for one in waiting(supervisor)] == [
        "praised_unit",
        "causes_loss_unit",
        "by_hand",
    ]


def test_a_unit_s_dossier_comes_from_decisions_and_is_printed(centre: Centre) -> None:
    praised(centre, unit="clean")
    writes(centre.office, "CopyOverdue", to="cleaner-3")
    writes(centre.office, "AlertAnswered", person="cleaner-3", coming=False)
    proposals(centre.office)
    director = centre.as_(Role.DIRECTOR)
    decides(director, approve(waiting(director)[0]["number"]))

    shown = director.get("/api/v1/units/clean/dossier").json()

    (month,) = shown["months"]
    counted = {name: month[name] for name in ("points", "late", "refused", "praised")}
    assert counted == {"points": 3, "late": 1, "refused": 1, "praised": 1}
    assert shown["balance"] == 3
    assert [one["deed"] for one in shown["deeds"]] == ["praised", "late", "refused"]
    assert all(one["line"] is None for one in shown["standing"])
    for language in ("zh", "en"):
        path = "/api/v1/units/clean/dossier/file"
        printed = director.get(path, params={"language": language})
        assert printed.status_code == 200, printed.text
        assert printed.content.startswith(b"%PDF")
        assert printed.headers["content-type"] == "application/pdf"
    assert director.get("/api/v1/units/nobody/dossier").status_code == 404
    assert centre.as_(Role.GUARD).get("/api/v1/units/clean/dossier").status_code == 403


def test_rules_are_changed_by_the_director_with_line_and_reason_for_mistakes(
    centre: Centre,
) -> None:
    director = centre.as_(Role.DIRECTOR)
    present = director.get(f"{MERIT}/rules").json()
    assert (present["version"], present["since"]) == (1, None)
    text = present["text"].replace("version = 1", "version = 2")
    body = {"text": text, "base": 1, "reason": "试行"}
    bad = {**body, "text": text.replace("objection_days", "objection_weeks")}

    refused = director.post(f"{MERIT}/rules", json=bad)
    assert (refused.status_code, refused.json()["error"]) == (422, "bad_merit_rules")
    assert "objection_weeks: unknown key" in refused.json()["detail"]
    assert director.post(f"{MERIT}/rules", json=body).json()["version"] == 2
    assert director.post(f"{MERIT}/rules", json=body).status_code == 409


@pytest.mark.parametrize("path", ["proposals", "ledger"])
def test_lists_come_page_by_page(centre: Centre, path: str) -> None:
    for _ in range(3):
        praised(centre, person=PEOPLE[Role.GUARD])
    director = centre.as_(Role.DIRECTOR)
    if path == "ledger":
        decides(director, *(approve(one["number"]) for one in waiting(director)))
    first = director.get(f"{MERIT}/{path}", params={"limit": 2}).json()
    cursor = first["next_cursor"]
    rest = director.get(f"{MERIT}/{path}", params={"limit": 2, "cursor": cursor}).json()
    numbers = [one["number"] for one in (*first["items"], *rest["items"])]
    assert len(set(numbers)) == 3
    assert rest["next_cursor"] is None


def test_only_the_director_weighs_other_rules_and_reads_their_versions(centre: Centre) -> None:
    director, supervisor = centre.as_(Role.DIRECTOR), centre.as_(Role.GENERAL_GROUP_SUPERVISOR)
    rules = "/api/v1/merit/rules"
    text = director.get(rules).json()["text"].replace("version = 1", "version = 2")
    for path in (f"{rules}/what-if", rules):
        body = {"text": text, "base": 1, "reason": "试行"} if path == rules else {"text": text}
        assert supervisor.post(path, json=body).status_code == 403
        answer = director.post(path, json=body)
        assert (answer.status_code, answer.json()["version"]) == (200, 2), answer.text
    assert director.post(f"{rules}/what-if", json={"text": "version ="}).status_code == 422
    assert supervisor.get(f"{rules}/versions").status_code == 403
    (kept,) = director.get(f"{rules}/versions").json()["items"]
    assert (kept["version"], kept["text"], kept["reason"]) == (2, text, "试行")
