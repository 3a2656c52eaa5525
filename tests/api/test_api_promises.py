"""F5, D6 over HTTP: a promise is made, listed, shown to the customer, and kept by a call."""

from datetime import timedelta

from core.facts import moment
from core.facts.people import Role
from tests.api.running import Centre

WANG = {"name": "王女士", "phones": ["13800001111"], "homes": [{"place": "3-2", "kind": "owner"}]}


def test_a_promise_is_made_shown_to_its_customer_and_kept_by_a_call(centre: Centre) -> None:
    agent, operator = centre.as_(Role.DESK_AGENT), centre.as_(Role.OPERATOR)
    assert agent.post("/api/v1/customers/wang", json=WANG).is_success
    caller = {"kind": "customer", "name": "王女士", "phone": "13800001111", "customer": "wang"}
    telling = {
        "channel": "telephone",
        "words": "楼道灯不亮",
        "place": "3-2",
        "category": "street_lamp",
        "caller": caller,
    }
    number = agent.post("/api/v1/issues", json=telling).json()["number"]
    issue = f"/api/v1/issues/{number}"
    due = centre.clock.now() + timedelta(hours=6)
    said = {"words": "今天<换>灯", "due_at": moment.text(due)}

    past = agent.post(f"{issue}/promises", json=said | {"due_at": "2020-01-01T00:00:00Z"})
    assert (past.status_code, past.json()["error"]) == (400, "not_readable")
    assert operator.post(f"{issue}/promises", json=said).status_code == 403
    made = agent.post(f"{issue}/promises", json=said)
    assert made.status_code == 201, made.text
    promise = made.json()
    assert (promise["whom"], promise["phone"], promise["state"]) == (
        "王女士",
        "13800001111",
        "owed",
    )

    # Whoever takes the customer's next call knows it.
    call = centre.ring()
    tied = operator.post(f"/api/v1/reports/{call}/customer", json={"customer": "wang"})
    assert tied.is_success, tied.text
    around = operator.get(f"/api/v1/reports/{call}/context").json()["promises"]
    assert [one["id"] for one in around] == [promise["id"]]
    second = tied.json()["issue"]
    ledger = agent.get(f"/api/v1/issues/{second}/promises").json()
    assert [[one["id"] for one in ledger[part]] for part in ("own", "before")] == [
        [],
        [promise["id"]],
    ]
    listed = operator.get("/api/v1/promises").json()
    assert [one["id"] for one in listed["items"]] == [promise["id"]]

    # The customer reads it on his page, and it is markup of ours only.
    assert agent.post(f"{issue}/handled", json={"how": "换了灯泡"}).is_success
    link = agent.post(f"{issue}/link").json()["path"]
    assert "今天&lt;换&gt;灯 · 待答复" in centre.anybody().get(link).text

    keep = f"/api/v1/promises/{promise['id']}/keep"
    nobody = agent.post(keep, json={"whom": "王女士", "how": "not_reached", "words": "未接"})
    assert (nobody.status_code, nobody.json()["error"]) == (409, "not_allowed_now")
    kept = agent.post(keep, json={"whom": "王女士", "how": "telephone", "words": "已换"})
    assert (kept.json()["state"], kept.json()["kept"]["by"]["code"]) == ("kept", "agent-1")
    assert (
        agent.post(keep, json={"whom": "王", "how": "telephone", "words": "x"}).status_code == 409
    )
    assert agent.get("/api/v1/promises").json()["items"] == []
    every = agent.get("/api/v1/promises", params={"which": "all"}).json()["items"]
    assert [one["state"] for one in every] == ["kept"]
    assert [one["how"] for one in agent.get(f"{issue}/voices").json()["visits"]] == ["telephone"]


def test_a_promise_is_moved_and_withdrawn_and_its_customer_reads_what_he_was_told(
    centre: Centre,
) -> None:
    agent, operator = centre.as_(Role.DESK_AGENT), centre.as_(Role.OPERATOR)
    caller = {"kind": "customer", "name": "王女士", "phone": "13800001111"}
    telling = {
        "channel": "telephone",
        "words": "楼道灯不亮",
        "place": "3-2",
        "category": "street_lamp",
        "caller": caller,
    }
    number = agent.post("/api/v1/issues", json=telling).json()["number"]
    issue, due = f"/api/v1/issues/{number}", centre.clock.now() + timedelta(hours=6)
    said = {"words": "换灯", "due_at": moment.text(due)}
    lamp = agent.post(f"{issue}/promises", json=said).json()
    keys = agent.post(f"{issue}/promises", json=said | {"words": "送钥匙"}).json()

    move, later = f"/api/v1/promises/{lamp['id']}/move", moment.text(due + timedelta(hours=2))
    why = {"reason": "配件<未>到", "due_at": later, "customer_told": True}
    assert operator.post(move, json=why).status_code == 403
    told = agent.post(move, json=why).json()
    assert (told["due_at"], told["state"]) == (later, "owed")
    much_later = moment.text(due + timedelta(days=2))
    untold = agent.post(move, json=why | {"customer_told": False, "due_at": much_later}).json()
    assert untold["due_at"] == later
    assert [one["customer_told"] for one in untold["changes"]] == [True, False]
    withdraw = f"/api/v1/promises/{keys['id']}/withdraw"
    gone = {"reason": "已自取", "customer_told": True}
    assert agent.post(withdraw, json=gone).json()["state"] == "withdrawn"
    again = agent.post(withdraw, json=gone)
    assert (again.status_code, again.json()["error"]) == (409, "not_allowed_now")

    assert agent.post(f"{issue}/handled", json={"how": "换了灯泡"}).is_success
    page = centre.anybody().get(agent.post(f"{issue}/link").json()["path"]).text
    assert page.count("原定 ") == 1
    assert "送钥匙 · 已与您商定撤回" in page
    assert "配件" not in page
