"""Who is there, and how he shows it (ASVS V6, V7)."""

import hashlib
from dataclasses import replace

from api.auth import COOKIE
from core.facts.device import SiteCode
from core.facts.people import PersonCode, Role
from tests.api.running import PASSWORD, Centre

LOGIN = {"site": "garden", "login": "operator-1@garden", "password": PASSWORD}


def test_a_log_in_says_who_one_is_and_what_one_may(centre: Centre) -> None:
    browser = centre.anybody()

    answer = browser.post("/api/v1/session", json=LOGIN)

    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert said["person"]["code"] == "operator-1"
    assert said["site"] == {"code": "garden", "name": "示范小区", "zone": "Asia/Shanghai"}
    assert "claim" in said["actions"]
    assert "close" not in said["actions"]
    assert browser.get("/api/v1/session").json()["person"] == said["person"]


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(centre: Centre) -> None:
    cookie = centre.anybody().post("/api/v1/session", json=LOGIN).headers["set-cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie


def test_the_site_may_be_left_out_where_the_name_tells_it(centre: Centre) -> None:
    said = {"login": LOGIN["login"], "password": PASSWORD}

    assert centre.anybody().post("/api/v1/session", json=said).json()["site"]["code"] == "garden"


def test_a_wrong_name_and_a_wrong_password_answer_alike(centre: Centre) -> None:
    browser = centre.anybody()

    wrong = browser.post("/api/v1/session", json={**LOGIN, "password": "not it"})
    nobody = browser.post("/api/v1/session", json={**LOGIN, "login": "nobody"})
    elsewhere = browser.post("/api/v1/session", json={**LOGIN, "site": "harbour"})

    assert {one.status_code for one in (wrong, nobody, elsewhere)} == {401}
    assert wrong.json() == nobody.json() == elsewhere.json()
    assert COOKIE not in browser.cookies


def test_who_left_cannot_log_in(centre: Centre) -> None:
    with centre.database.begin() as store:
        person = store.people.find(SiteCode("garden"), PersonCode("operator-1"))
        store.people.seed(SiteCode("garden"), [], [replace(person, active=False)])

    assert centre.anybody().post("/api/v1/session", json=LOGIN).status_code == 401


def test_who_leaves_is_out_at_once(centre: Centre) -> None:
    browser = centre.as_(Role.OPERATOR)
    assert browser.get("/api/v1/queue").status_code == 200

    with centre.database.begin() as store:
        person = store.people.find(SiteCode("garden"), PersonCode("operator-1"))
        store.people.seed(SiteCode("garden"), [], [replace(person, active=False)])

    assert browser.get("/api/v1/queue").status_code == 401


def test_the_store_holds_no_token_that_opens_anything(centre: Centre) -> None:
    browser = centre.anybody()
    browser.post("/api/v1/session", json=LOGIN)
    token = browser.cookies[COOKIE]
    kept = hashlib.sha256(token.encode()).hexdigest()

    with centre.database.read() as store:
        assert store.sessions.find(kept, now=centre.clock.now()) is not None
    thief = centre.anybody()
    thief.cookies.set(COOKIE, kept)

    assert thief.get("/api/v1/session").status_code == 401


def test_logging_out_ends_the_session_for_every_copy_of_the_cookie(centre: Centre) -> None:
    browser = centre.as_(Role.OPERATOR)
    copy = centre.anybody()
    copy.cookies.set(COOKIE, browser.cookies[COOKIE])

    assert browser.delete("/api/v1/session").status_code == 204

    assert copy.get("/api/v1/session").status_code == 401


def test_guessing_is_slowed_down_for_the_guesser_alone(centre: Centre) -> None:
    guesser = centre.anybody()
    answers = [
        guesser.post("/api/v1/session", json={**LOGIN, "password": f"guess {number}"})
        for number in range(7)
    ]

    assert [one.status_code for one in answers[:5]] == [401] * 5
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1
    # Another person at the same place is not kept out.
    other = {**LOGIN, "login": "agent-1@garden"}
    assert guesser.post("/api/v1/session", json=other).status_code == 200


def test_a_session_runs_out(centre: Centre) -> None:
    browser = centre.as_(Role.OPERATOR)
    token = hashlib.sha256(browser.cookies[COOKIE].encode()).hexdigest()

    with centre.database.read() as store:
        session = store.sessions.find(token, now=centre.clock.now())
        assert session is not None
        assert store.sessions.find(token, now=session.expires_at) is None
