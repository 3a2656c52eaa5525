"""A day over the wire: from the press to the end of the issue, each answer as the contract says."""

from datetime import timedelta

from core.facts import moment
from core.facts.device import EventType
from core.facts.people import Role
from tests.api.running import Centre, completion, telling, wait_until


def test_from_the_press_to_the_end(centre: Centre) -> None:
    operator, agent = centre.as_(Role.OPERATOR), centre.as_(Role.DESK_AGENT)
    number = centre.ring()
    report = f"/api/v1/reports/{number}"

    held = operator.post(f"{report}/claim").json()
    assert held["claim"]["mine"] is True
    assert held["claim"]["by"]["unit"]["kind"] == "office"
    early = operator.post(f"{report}/forward")
    assert (early.status_code, early.json()["error"]) == (422, "incomplete")
    complete = operator.post(f"{report}/complete", json=completion()).json()
    assert complete["completed"] is True
    assert complete["category"]["code"] == "street_lamp"
    assert complete["caller"]["name"] == "1502 住户"
    forwarded = operator.post(f"{report}/forward").json()
    assert (forwarded["status"], forwarded["claim"]) == ("forwarded", None)

    queue = operator.get("/api/v1/queue").json()
    assert (queue["waiting"], queue["forwarded"]) == (0, 1)

    issue = f"/api/v1/issues/{forwarded['issue']}"
    waiting = agent.get(issue).json()
    assert waiting["accept_limit_at"] > waiting["forwarded_at"]
    assert waiting["first_reporter"]["person"]["code"] == "operator-1"
    assert agent.post(f"{issue}/accept").json()["status"] == "accepted"
    assert operator.get("/api/v1/queue").json()["items"] == []
    promised = moment.text(centre.clock.now() + timedelta(hours=2))
    sent = agent.post(f"{issue}/assign", json={"to": "engineer-1", "promised_at": promised})
    assert sent.json()["assigned_to"]["code"] == "engineer-1"
    assert agent.post(f"{issue}/handled", json={"how": "换了灯泡"}).json()["next_due_at"] is None
    told = {"whom": "1502 住户", "how": "telephone", "words": "已修好", "solved": True}
    assert agent.post(f"{issue}/told", json=told).json()["status"] == "handled"
    closed = agent.post(f"{issue}/close", json={"outcome": "solved", "words": "已回复"}).json()
    assert (closed["status"], closed["outcome"]) == ("closed", "solved")

    journal = agent.get(f"{issue}/journal").json()["items"]
    assert [one["kind"] for one in journal] == [
        "opened",
        "claimed",
        "completed",
        "first_reporter_named",
        "forwarded",
        "accepted",
        "assigned",
        "promise_made",
        "handled",
        "reporter_told",
        "promise_kept",
        "customer_judged",
        "closed",
    ]
    assert [one["ordinal"] for one in journal] == list(range(1, 14))
    assert journal[1]["by"]["name"] == "operator 1"


def test_a_lost_race_says_how_it_stands(centre: Centre) -> None:
    number, issue = centre.forwarded()
    agent = centre.as_(Role.DESK_AGENT)
    assert agent.post(f"/api/v1/issues/{issue}/accept").status_code == 200

    late = agent.post(f"/api/v1/issues/{issue}/return", json={"reason": "地址不清"})
    gone = centre.as_(Role.OPERATOR).post(f"/api/v1/reports/{number}/claim")

    assert (late.status_code, late.json()["error"]) == (409, "not_allowed_now")
    assert late.json()["present"]["status"] == "accepted"
    assert gone.status_code == 409
    assert gone.json()["present"]["number"] == number


def test_a_captain_takes_over_and_finishes(centre: Centre) -> None:
    number = centre.ring()
    centre.as_(Role.OPERATOR).post(f"/api/v1/reports/{number}/claim")
    captain = centre.as_(Role.CAPTAIN)

    taken = captain.post(f"/api/v1/reports/{number}/take-over", json={"reason": "换班"}).json()

    assert taken["claim"]["by"]["code"] == "captain"
    done = captain.post(f"/api/v1/reports/{number}/complete", json=completion())
    assert done.status_code == 200
    how = {"how": "当场处理了"}
    assert captain.post(f"/api/v1/reports/{number}/handled", json=how).json()["status"] == "handled"


def test_a_dismissal_has_a_cause_and_a_reason(centre: Centre) -> None:
    number = centre.ring()
    operator = centre.as_(Role.OPERATOR)
    operator.post(f"/api/v1/reports/{number}/claim")
    path = f"/api/v1/reports/{number}/dismiss"

    assert operator.post(path, json={"cause": "test", "reason": " "}).status_code == 422
    gone = operator.post(path, json={"cause": "test", "reason": "季度测试"}).json()

    assert gone["status"] == "dismissed"


def test_the_desk_sends_back_with_a_reason(centre: Centre) -> None:
    number, issue = centre.forwarded()
    agent = centre.as_(Role.DESK_AGENT)

    agent.post(f"/api/v1/issues/{issue}/return", json={"reason": "哪一盏灯?"})

    report = centre.as_(Role.OPERATOR).get(f"/api/v1/reports/{number}").json()
    assert report["returned"]["reason"] == "哪一盏灯?"
    assert report["returned"]["by"]["code"] == "agent-1"
    assert report["status"] == "reported"


def test_relays_keep_who_told_whom_and_what_it_cost(centre: Centre) -> None:
    now = centre.clock.now()
    first, second = now - timedelta(minutes=10), now - timedelta(minutes=4)
    said = telling(
        channel="squad_leader",
        caller={"kind": "staff", "person": "guard-7"},
        relays=[
            {
                "by_person": "guard-7",
                "to": "leader 2",
                "means": "radio",
                "told_at": moment.text(first),
            },
            {"by": "班长老王", "to": "监控", "means": "telephone", "told_at": moment.text(second)},
        ],
    )

    report = centre.as_(Role.OPERATOR).post("/api/v1/reports", json=said).json()

    assert [hop["by"] for hop in report["relays"]] == ["guard 7", "班长老王"]
    assert [hop["order"] for hop in report["relays"]] == [1, 2]
    assert [hop["seconds"] for hop in report["relays"]] == [None, 360.0]
    issue = centre.as_(Role.DESK_AGENT).get(f"/api/v1/issues/{report['issue']}").json()
    assert issue["first_reporter"]["person"]["code"] == "guard-7"
    row = centre.as_(Role.DESK_AGENT).get("/api/v1/issues").json()["items"][0]
    assert (row["channel"], row["relays_count"]) == ("squad_leader", 2)


def test_a_hop_by_nobody_is_incomplete(centre: Centre) -> None:
    hop = {"to": "监控", "means": "radio", "told_at": moment.text(centre.clock.now())}

    answer = centre.as_(Role.OPERATOR).post("/api/v1/reports", json=telling(relays=[hop]))

    assert (answer.status_code, answer.json()["error"]) == (422, "incomplete")


def test_a_card_near_the_call_is_a_hint(centre: Centre) -> None:
    now = centre.clock.now()
    near = centre.event(EventType.CREDENTIAL_PRESENTED, ago=timedelta(seconds=6))
    far = centre.event(EventType.CREDENTIAL_PRESENTED, ago=timedelta(minutes=6))
    call = centre.event(call="call-1")
    assert call.occurred_at - now < timedelta(seconds=1)
    centre.delivers(near, far, call)

    report = centre.as_(Role.OPERATOR).get("/api/v1/queue").json()["items"][0]

    assert [hint["seconds"] for hint in report["hints"]] == [6]
    assert report["hints"][0]["device"]["code"] == "door-3-2"


def test_what_else_is_open_here_is_counted(centre: Centre) -> None:
    centre.forwarded()
    number = centre.ring()

    report = centre.as_(Role.OPERATOR).get(f"/api/v1/reports/{number}").json()

    assert report["open_here"] == 1


def test_the_register_narrows_and_pages(centre: Centre) -> None:
    agent = centre.as_(Role.DESK_AGENT)
    numbers = [
        agent.post("/api/v1/issues", json=telling(words=f"第{n}盏路灯")).json()["number"]
        for n in range(5)
    ]
    agent.post(f"/api/v1/issues/{numbers[0]}/handled", json={"how": "修好"})

    def listed(**asked: object) -> list[int]:
        answer = agent.get("/api/v1/issues", params=asked)  # type: ignore[arg-type]
        assert answer.status_code == 200, answer.text
        return [row["number"] for row in answer.json()["items"]]

    assert listed() == numbers[::-1]
    assert listed(open="true") == numbers[:0:-1]
    assert listed(status=["handled", "closed"]) == numbers[:1]
    assert listed(q="第3盏") == [numbers[3]]
    assert listed(q=f"#{numbers[2]}") == [numbers[2]]
    assert listed(category="street_lamp", place="3-2", urgency="life_safety") == []
    page = agent.get("/api/v1/issues", params={"limit": 2}).json()
    assert listed(limit=2, cursor=page["next_cursor"]) == numbers[2:0:-1]


def test_a_correction_keeps_both_names(centre: Centre) -> None:
    _, issue = centre.forwarded()
    path = f"/api/v1/issues/{issue}/correct-first-reporter"
    supervisor = centre.as_(Role.GENERAL_GROUP_SUPERVISOR)
    assert supervisor.post(path, json={"reason": "记错"}).status_code == 422
    both = {"person": "guard-7", "name": "x", "reason": "记错"}
    assert supervisor.post(path, json=both).status_code == 422

    right = supervisor.post(path, json={"person": "guard-7", "reason": "记错"}).json()

    assert right["first_reporter"]["person"]["code"] == "guard-7"
    journal = supervisor.get(f"/api/v1/issues/{issue}/journal").json()["items"]
    corrected = journal[-1]
    assert corrected["kind"] == "first_reporter_corrected"
    assert (corrected["body"]["before"], corrected["body"]["after"]) == ("operator-1", "guard-7")


def test_life_safety_calls_people_in_at_once_and_they_say_they_read_it(centre: Centre) -> None:
    centre.delivers(centre.event(EventType.HELP_PRESSED))
    guard = centre.as_(Role.GUARD)

    wait_until(lambda: guard.get("/api/v1/notices").json()["items"])

    notice = guard.get("/api/v1/notices").json()["items"][0]
    assert notice["to"]["code"] == "guard-7"
    assert notice["acknowledged_at"] is None
    assert "事关生命" in notice["reason"]["zh"]
    path = f"/api/v1/notices/{notice['id']}/acknowledge"
    first = guard.post(path).json()["acknowledged_at"]
    assert first is not None
    assert guard.post(path).json()["acknowledged_at"] == first
    assert centre.as_(Role.CAPTAIN).post(path).status_code == 404

    director = centre.as_(Role.DIRECTOR)
    fired = director.get("/api/v1/escalations", params={"state": "fired"}).json()["items"]
    assert fired[0]["step"]["state"] == "fired"
    assert {one["code"] for one in fired[0]["step"]["people"]} >= {"guard-7", "captain"}
    upcoming = director.get("/api/v1/escalations").json()["items"]
    assert upcoming[0]["step"]["to"] == ["director"]
    issue = director.get(f"/api/v1/issues/{notice['issue']}").json()
    assert [step["state"] for step in issue["steps"]] == ["fired", "waiting"]
    assert issue["next_to"] == ["director"]


def test_the_directory_names_everybody_and_everything(centre: Centre) -> None:
    browser = centre.as_(Role.DIRECTOR)

    people = browser.get("/api/v1/people").json()["items"]
    places = browser.get("/api/v1/places").json()["items"]
    devices = browser.get("/api/v1/devices").json()["items"]
    units = browser.get("/api/v1/units").json()["items"]
    categories = browser.get("/api/v1/categories").json()["items"]

    assert {"director", "guard-7", "on-site-1"} <= {one["code"] for one in people}
    assert {"code": "3-2", "name": "2单元", "path": ["示范小区", "3栋", "2单元"]} in places
    assert [(one["code"], one["state"]) for one in devices] == [("door-3-2", "never")]
    assert [one["kind"] for one in units] == ["subcontractor", "office"]
    assert all(one["first_actions"]["zh"] and one["zh"] for one in categories)


def test_the_queue_pages_and_counts_all_of_it(centre: Centre) -> None:
    centre.forwarded()
    for _ in range(6):
        centre.ring()
    operator = centre.as_(Role.OPERATOR)
    whole = [one["number"] for one in operator.get("/api/v1/queue").json()["items"]]

    first = operator.get("/api/v1/queue", params={"limit": 3}).json()
    # The last one of the page leaves the queue: the next page goes on all the same.
    last = first["items"][-1]["number"]
    operator.post(f"/api/v1/reports/{last}/claim")
    gone = {"cause": "test", "reason": "测试"}
    operator.post(f"/api/v1/reports/{last}/dismiss", json=gone)
    rest = operator.get("/api/v1/queue", params={"cursor": first["next_cursor"]}).json()

    assert [one["number"] for one in first["items"]] == whole[:3]
    assert (first["waiting"], first["forwarded"]) == (6, 1)
    assert [one["number"] for one in rest["items"]] == whole[3:]
    assert rest["next_cursor"] is None
    assert (rest["waiting"], rest["forwarded"]) == (5, 1)


def test_the_queue_tells_what_an_issue_has_in_it(centre: Centre) -> None:
    _, forwarded = centre.forwarded()
    rung = [centre.ring() for _ in range(3)]
    operator = centre.as_(Role.OPERATOR)
    issue = {one["number"]: one["issue"] for one in operator.get("/api/v1/queue").json()["items"]}
    first, last = issue[rung[0]], issue[rung[2]]

    asked = operator.get("/api/v1/queue", params={"issue": [last, first, forwarded, 999]}).json()
    none = operator.get("/api/v1/queue", params={"issue": [999]}).json()

    assert [one["issue"] for one in asked["items"]] == sorted([forwarded, first, last])
    # Counted is the whole queue, so that whoever keeps it can see what he has missed.
    assert (asked["waiting"], asked["forwarded"]) == (3, 1)
    assert (none["items"], none["waiting"]) == ([], 3)
    assert operator.get("/api/v1/queue", params={"issue": ["x"]}).status_code == 422
