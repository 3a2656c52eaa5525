"""No number of one site answers at another (design, decision 9); own issues are one's own."""

import re
from dataclasses import replace

import pytest

from core.facts.device import SiteCode
from core.facts.people import PersonCode, Role
from tests.api.running import PEOPLE, Centre, completion, telling
from tests.api.test_api_permissions import GUARDED

READ_AND_WRITE = [(method, path) for method, path, _ in GUARDED if "{number}" in path]
BODIES: dict[str, dict[str, object]] = {
    "take-over": {"reason": "x"},
    "complete": completion(),
    "handled": {"how": "x"},
    "dismiss": {"cause": "test", "reason": "x"},
    "return": {"reason": "x"},
    "assign": {"to": "engineer-1"},
    "reclassify": {"category": "litter", "reason": "x"},
    "close": {"outcome": "cannot", "words": "x"},
    "reopen": {"reason": "x"},
    "note": {"words": "x"},
    "correct-first-reporter": {"person": "guard-7", "reason": "x"},
    "reviews/{number}": {"verdict": "handled", "reason": "x"},
    "followups/{number}": {"word": "solved"},
    "steps": {"step": "x"},
    "waive-steps": {"reason": "x"},
    "waive-pictures": {"reason": "x"},
    "pause": {"until": "2030-01-01T00:00:00Z", "reason": "x"},
    "refuse": {"reason": "x"},
    "end": {"reason": "x"},
    "escalate": {"reason": "x", "roles": ["director"]},
    "join": {"issue": 1},
    "tellings": telling(),
    "merge": {"into": 2, "reason": "x"},
    "split": {"reason": "x"},
    "unmark-repeat": {"reason": "x"},
    "customer": {"customer": "x"},
    "told": {"whom": "x", "how": "telephone", "words": "x"},
    "result": {"result": "in_order"},
    "promises": {"words": "x", "due_at": "2030-01-01T00:00:00Z"},
    "move": {"due_at": "2030-01-01T00:00:00Z", "reason": "x", "customer_told": True},
    "withdraw": {"reason": "x", "customer_told": True},
    "keep": {"whom": "x", "how": "telephone", "words": "x"},
    "feedback/{number}/answer": {"how": "telephone", "words": "x"},
    "object": {"words": "x"},
    "proposals/{number}/answer": {"words": "x"},
    "answer": {"coming": True},
    "versions": {"sort": "notice", "title": "x", "words": "x"},
    "acknowledge": {"version": 1},
    "park": {"minutes": 5, "reason": "x"},
    "offer": {"to": "guard-7"},
    "answer-offer": {"takes": True},
    "end-test": {},
    "tick": {"then": "work", "devices": ["x"]},
}


def _body(path: str) -> dict[str, object]:
    """What a route asks for, by the end of its path: the longest end that is known."""
    parts = path.split("/")
    ends = ("/".join(parts[-length:]) for length in (3, 2, 1))
    return next((BODIES[end] for end in ends if end in BODIES), {})


#: What some of the routes want to be told besides, so that only the number can be what is wrong.
ASKED = {
    "purpose": "x",
    "shows": "before",
    "taken_at": "2026-11-20T10:00:00+08:00",
    "origin": "taken",
}


def _everybody(centre: Centre, site: str) -> PersonCode:
    """One person who may do everything, at a site."""
    person = PersonCode("everything")
    with centre.database.begin() as store:
        known = store.people.find(SiteCode(site), PEOPLE[Role.DIRECTOR])
        store.people.seed(SiteCode(site), [], [replace(known, code=person, roles=frozenset(Role))])
    return person


def test_every_number_of_another_site_is_unknown_here(centre: Centre) -> None:
    for _ in range(3):
        centre.forwarded(site="harbour")
    browser = centre.as_(_everybody(centre, "garden"), site="garden")

    for method, path in READ_AND_WRITE:
        for number in (1, 2, 3):
            said = _body(path)
            filled = re.sub(r"\{\w+\}", str(number), path.replace("{sha256}", "a" * 64))
            answer = browser.request(method, filled, json=said, params=ASKED)
            assert answer.status_code == 404, f"{method} {path} {answer.text}"

    # And nothing happened there.
    with centre.database.read() as store:
        reports = store.reports.queue(SiteCode("harbour"))
    assert len(reports) == 3
    assert {report.claim for report in reports} == {None}


def test_lists_hold_nothing_of_another_site(centre: Centre) -> None:
    centre.forwarded(site="harbour")
    here = centre.as_(_everybody(centre, "garden"), site="garden")
    there = centre.as_(_everybody(centre, "harbour"), site="harbour")

    for path in ("queue", "issues", "escalations", "device-events"):
        assert here.get(f"/api/v1/{path}").json()["items"] == [], path
        assert there.get(f"/api/v1/{path}").json()["items"] != [], path


def test_codes_of_another_site_are_unknown_here(centre: Centre) -> None:
    with centre.database.begin() as store:
        known = store.people.find(SiteCode("harbour"), PEOPLE[Role.GUARD])
        store.people.seed(
            SiteCode("harbour"), [], [replace(known, code=PersonCode("harbour-guard"))]
        )
    caller = {"kind": "staff", "person": "harbour-guard"}

    answer = centre.as_(Role.OPERATOR).post("/api/v1/reports", json=telling(caller=caller))

    assert answer.status_code == 404


def _told_by(centre: Centre, person: str) -> int:
    agent = centre.as_(Role.DESK_AGENT)
    said = telling(caller={"kind": "staff", "person": person})
    answer = agent.post("/api/v1/issues", json=said)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["number"])


@pytest.mark.parametrize("role", [Role.GUARD, Role.CLEANER, Role.ENGINEER, Role.SQUAD_LEADER])
def test_staff_read_what_they_reported_or_are_sent_to(centre: Centre, role: Role) -> None:
    own, others = _told_by(centre, PEOPLE[role]), _told_by(centre, "captain")
    sent = _told_by(centre, "captain")
    agent = centre.as_(Role.DESK_AGENT)
    assert agent.post(f"/api/v1/issues/{sent}/assign", json={"to": PEOPLE[role]}).is_success
    browser = centre.as_(role)

    listed = [row["number"] for row in browser.get("/api/v1/issues").json()["items"]]

    assert listed == [sent, own]
    assert browser.get(f"/api/v1/issues/{own}").status_code == 200
    assert browser.get(f"/api/v1/issues/{sent}/journal").status_code == 200
    assert browser.get(f"/api/v1/issues/{others}").status_code == 404
    assert browser.get(f"/api/v1/issues/{others}/journal").status_code == 404


def test_an_on_site_supervisor_reads_what_concerns_his_unit(centre: Centre) -> None:
    units, offices = _told_by(centre, "cleaner-3"), _told_by(centre, "guard-7")
    browser = centre.as_(Role.ON_SITE_SUPERVISOR)

    listed = [row["number"] for row in browser.get("/api/v1/issues").json()["items"]]

    assert listed == [units]
    assert browser.get(f"/api/v1/issues/{units}").status_code == 200
    assert browser.get(f"/api/v1/issues/{offices}").status_code == 404
