"""Customers over HTTP: the page behind a one-time link, the context of a call, likenesses."""

import re

import httpx
import pytest

from core.facts.people import Role
from tests.api.running import Centre, telling, wait_until

WANG = {
    "name": "王女士",
    "phones": ["13800001111"],
    "homes": [{"place": "3-2", "kind": "owner"}],
}


def handled(centre: Centre) -> str:
    """An issue that is said to be handled; its address."""
    _, issue = centre.forwarded()
    agent = centre.as_(Role.DESK_AGENT)
    agent.post(f"/api/v1/issues/{issue}/accept")
    agent.post(f"/api/v1/issues/{issue}/handled", json={"how": "换了灯泡"})
    return f"/api/v1/issues/{issue}"


def link(centre: Centre, issue: str) -> str:
    made = centre.as_(Role.DESK_AGENT).post(f"{issue}/link")
    assert made.status_code == 201, made.text
    return str(made.json()["path"])


def sent(client: httpx.Client, path: str, **form: str) -> httpx.Response:
    return client.post(path, data=form)


def test_a_customer_judges_once_without_log_in_or_script(centre: Centre) -> None:
    issue = handled(centre)
    path = link(centre, issue)
    customer = centre.anybody()

    page = customer.get(path)
    refused = sent(customer, path, rating="5")
    thanks = sent(
        customer, path, solved="no", rating="2", words="还是<b>不亮</b>", feedback="complaint"
    )
    again = sent(customer, path, solved="yes")

    assert page.status_code == 200
    assert "script" not in page.text
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "set-cookie" not in page.headers
    assert refused.status_code == 400
    assert thanks.status_code == 200
    assert again.status_code == 410
    assert customer.get(path).status_code == 410
    agent = centre.as_(Role.DESK_AGENT)
    assert agent.get(issue).json()["status"] == "accepted"
    voices = agent.get(f"{issue}/voices").json()
    assert [one["kind"] for one in voices["feedback"]] == ["complaint"]
    assert voices["verdicts"][0]["solved"] is False


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"solved": "perhaps"},
        {"solved": "yes", "rating": "9"},
        {"solved": "yes", "rating": "x"},
        {"solved": "yes", "feedback": "x"},
        {"solved": "yes", "words": "x" * 20_000},
    ],
)
def test_a_form_that_cannot_be_read_uses_nothing_up(centre: Centre, form: dict[str, str]) -> None:
    path = link(centre, handled(centre))
    customer = centre.anybody()

    assert sent(customer, path, **form).status_code == 400
    assert sent(customer, path, solved="yes").status_code == 200


def test_what_was_said_cannot_become_markup(centre: Centre) -> None:
    issue = handled(centre)
    telling = {
        "channel": "desk",
        "words": "<img src=x onerror=alert(1)>",
        "place": "3-2",
        "category": "street_lamp",
        "caller": {"kind": "customer", "name": "王"},
    }
    agent = centre.as_(Role.DESK_AGENT)
    number = agent.post("/api/v1/issues", json=telling).json()["number"]
    agent.post(f"/api/v1/issues/{number}/handled", json={"how": "好"})
    page = centre.anybody().get(link(centre, f"/api/v1/issues/{number}"))

    assert "<img" not in page.text
    assert "&lt;img" in page.text
    assert issue != f"/api/v1/issues/{number}"


def test_a_guessed_link_opens_nothing_and_is_slowed_down(centre: Centre) -> None:
    customer = centre.anybody()
    answers = [customer.get(f"/c/{number}").status_code for number in range(40)]

    assert set(answers) == {404, 429}
    assert answers[-1] == 429


def test_the_link_stands_in_no_list_and_no_journal(centre: Centre) -> None:
    issue = handled(centre)
    token = link(centre, issue).rpartition("/")[2]
    agent = centre.as_(Role.DESK_AGENT)

    assert re.fullmatch(r"[\w-]{43}", token)
    for path in (issue, f"{issue}/voices", f"{issue}/journal"):
        assert token not in agent.get(path).text


def test_while_it_rings_the_operator_sees_who_may_call_and_ties_him(centre: Centre) -> None:
    agent, operator = centre.as_(Role.DESK_AGENT), centre.as_(Role.OPERATOR)
    assert agent.post("/api/v1/customers/wang", json=WANG).status_code == 200
    number = centre.ring()

    known = operator.get(f"/api/v1/reports/{number}/context").json()

    assert known["customer"] is None
    tied = operator.post(f"/api/v1/reports/{number}/customer", json={"customer": "wang"})
    assert tied.status_code == 200, tied.text
    known = operator.get(f"/api/v1/reports/{number}/context").json()
    assert known["customer"]["name"] == "王女士"
    assert centre.as_(Role.GUARD).get("/api/v1/customers").status_code == 403


def test_an_issue_says_who_lives_there_and_what_else_is_open(centre: Centre) -> None:
    agent = centre.as_(Role.DESK_AGENT)
    gone = {
        "name": "李先生",
        "homes": [{"place": "3-2", "kind": "tenant", "until_on": "2020-01-01"}],
    }
    works = {"name": "陈师傅", "homes": [{"place": "3-2", "kind": "worker"}]}
    for code, said in (("wang", WANG), ("li", gone), ("chen", works)):
        agent.post(f"/api/v1/customers/{code}", json=said)
    (_, other), (_, issue) = centre.forwarded(), centre.forwarded()

    known = agent.get(f"/api/v1/issues/{issue}/context").json()

    # Who has moved away lives there no more.
    assert [one["name"] for one in known["living"]] == ["陈师傅", "王女士"]
    assert (known["living_at"]["code"], known["more_living"]) == ("3-2", False)
    assert [one["number"] for one in known["open_near"]] == [other]
    assert [one["number"] for one in known["at_device"]] == [other]
    assert centre.as_(Role.GUARD).get(f"/api/v1/issues/{issue}/context").status_code == 403
    assert agent.get("/api/v1/issues/999/context").status_code == 404


def test_a_repeat_says_how_often_and_since_when(centre: Centre) -> None:
    agent = centre.as_(Role.DESK_AGENT)
    agent.post("/api/v1/customers/wang", json=WANG)
    said = telling(caller={"kind": "customer", "customer": "wang", "name": "王女士"})
    first, second, third = (agent.post("/api/v1/issues", json=said).json() for _ in range(3))

    def marked(issue: int) -> dict[str, object] | None:
        found: dict[str, object] | None = agent.get(f"/api/v1/issues/{issue}").json()["told_before"]
        return found

    wait_until(lambda: marked(third["number"]) is not None, within=40)
    assert marked(first["number"]) is None
    assert marked(third["number"]) == {
        "of": second["number"],
        "times": 3,
        "since": first["reported_at"],
    }
    rows = agent.get("/api/v1/issues", params={"number": [third["number"], first["number"]]}).json()
    assert [
        (row["number"], row["told_before"] and row["told_before"]["times"]) for row in rows["items"]
    ] == [
        (third["number"], 3),
        (first["number"], None),
    ]


def test_customers_of_one_site_do_not_answer_in_another(centre: Centre) -> None:
    centre.as_(Role.DESK_AGENT).post("/api/v1/customers/wang", json=WANG)

    other = centre.as_(Role.DESK_AGENT, site="harbour")

    assert other.get("/api/v1/customers").json()["items"] == []
    assert other.get("/api/v1/customers", params={"q": "1111"}).json()["items"] == []
    here = centre.as_(Role.DESK_AGENT).get("/api/v1/customers", params={"q": "1111"}).json()
    assert [one["code"] for one in here["items"]] == ["wang"]


def test_what_is_typed_finds_open_issues_and_the_teller_joins(centre: Centre) -> None:
    agent = centre.as_(Role.DESK_AGENT)
    telling = {
        "channel": "desk",
        "words": "三栋门口路灯不亮",
        "place": "3-2",
        "category": "street_lamp",
        "caller": {"kind": "customer", "name": "李"},
    }
    number = agent.post("/api/v1/issues", json=telling).json()["number"]
    asked = {"text": "门口的路灯坏了", "place": "3-2", "category": "street_lamp"}

    def found() -> list[int]:
        items = agent.get("/api/v1/issues/similar", params=asked).json()["items"]
        return [one["issue"]["number"] for one in items]

    wait_until(lambda: number in found())
    joined = agent.post(f"/api/v1/issues/{number}/tellings", json={**telling, "words": "灯黑了"})

    assert joined.status_code == 200, joined.text
    kin = agent.get(f"/api/v1/issues/{number}/kin").json()
    assert len(kin["reporters"]) == 2
    own = kin["absorbed"][0]
    lost = agent.post(f"/api/v1/issues/{own}/merge", json={"into": number, "reason": "同一盏"})
    assert lost.status_code == 409
    assert lost.json()["present"]["status"] == "merged"
    split = agent.post(f"/api/v1/issues/{own}/split", json={"reason": "另一盏"})
    assert split.json()["status"] == "reported"


def test_a_new_customer_is_not_written_over_a_known_one(centre: Centre) -> None:
    agent = centre.as_(Role.DESK_AGENT)
    agent.post("/api/v1/customers/wang", json=WANG)

    taken = agent.post("/api/v1/customers/wang", json={"name": "另一位", "fresh": True})

    assert taken.status_code == 409
    (kept,) = agent.get("/api/v1/customers").json()["items"]
    assert (kept["name"], kept["phones"]) == (WANG["name"], WANG["phones"])
    other = agent.post("/api/v1/customers/zhao", json={"name": "另一位", "fresh": True})
    assert other.status_code == 200


def test_the_register_of_feedback_names_customers_and_units(centre: Centre) -> None:
    agent = centre.as_(Role.DESK_AGENT)
    agent.post("/api/v1/customers/wang", json=WANG)
    unit = agent.get("/api/v1/people").json()["items"][0]["unit"]
    said = {"kind": "praise", "words": "快", "customer": "wang", "unit": unit["code"]}

    entered = agent.post("/api/v1/feedback", json=said)

    assert entered.status_code == 201, entered.text
    (line,) = agent.get("/api/v1/feedback").json()["items"]
    assert (line["name"], line["unit_name"]) == (WANG["name"], unit["name"])
