"""Both sign by their own passwords, and who follows at a workstation has what was held there."""

from collections.abc import Iterator

import httpx
import pytest

from core.facts.device import EventType, SiteCode
from core.facts.people import PersonCode, Role
from core.store.database import Database
from tests.api.running import PASSWORD, PEOPLE, Centre, HandClock

SECOND = PersonCode("operator-2")
SEAT = "0123-4567-89ab"


@pytest.fixture
def centre(database: Database) -> Iterator[Centre]:
    """A centre whose claims outlast any machine, and where the second operator may log in."""
    running = Centre.start(database, clock=HandClock())
    with database.begin() as store:
        site = SiteCode("garden")
        mine = store.people.credentials("operator-1@garden", site=site)[0].password_hash
        store.people.set_password(site, SECOND, login=f"{SECOND}@garden", password_hash=mine)
    yield running
    running.stop()


def _logged_in(centre: Centre, login: str) -> httpx.Client:
    browser = centre.anybody()
    said = {"login": f"{login}@garden", "password": PASSWORD, "workstation": SEAT}
    assert browser.post("/api/v1/session", json=said).status_code == 200
    return browser


def _sign(browser: httpx.Client, **more: str) -> httpx.Response:
    read = browser.get("/api/v1/handovers/sheet").json()["sha256"]
    said = {"password": PASSWORD, "login": f"{SECOND}@garden", "sha256": read}
    said["reliever_password"] = PASSWORD
    return browser.post("/api/v1/handovers", json=said | more)


def test_a_shift_is_handed_over(centre: Centre) -> None:
    centre.delivers(centre.event(EventType.HELP_PRESSED))
    operator = centre.as_(Role.OPERATOR)
    (number,) = operator.get("/api/v1/handovers/sheet").json()["forbidding"]
    noted = operator.post("/api/v1/handovers/notes", json={"words": "东门岗亭钥匙在抽屉"})
    assert noted.json()["by"]["code"] == PEOPLE[Role.OPERATOR]

    refused = _sign(operator)
    assert (refused.status_code, refused.json()["error"]) == (409, "life_safety_unclaimed")
    assert str(number) in refused.json()["detail"]
    operator.post(f"/api/v1/reports/{number}/claim")
    assert _sign(operator, password="not mine").json()["error"] == "wrong_own_password"
    assert _sign(operator, reliever_password="not his").json()["error"] == "wrong_reliever"
    assert _sign(operator, login="agent-1@garden").json()["error"] == "wrong_reliever"
    assert _sign(operator, sha256="0" * 64).json()["error"] == "not_allowed_now"
    signed = _sign(operator)
    assert signed.status_code == 201, signed.text

    passed = operator.get(f"/api/v1/issues/{number}/journal").json()["items"]
    assert "claim_passed" in [one["kind"] for one in passed]
    (row,) = operator.get("/api/v1/handovers").json()["items"]
    assert (row["outgoing"]["code"], row["incoming"]["code"]) == ("operator-1", SECOND)
    sheet = operator.get(f"/api/v1/handovers/{row['number']}").json()
    assert (sheet["intact"], sheet["sheet"]) == (True, signed.json()["sheet"])
    assert [one["words"] for one in sheet["sheet"]["notes"]] == ["东门岗亭钥匙在抽屉"]
    assert centre.as_(Role.GUARD).get("/api/v1/handovers").status_code == 403

    # Passwords are tried as seldom as at the log-in: a try is forgiven in ten seconds.
    tries = (_sign(operator, password="x", sha256="0" * 64).status_code for _ in range(40))
    assert 429 in tries


def test_who_follows_at_the_workstation_has_what_was_held(centre: Centre) -> None:
    number = centre.ring()
    first = _logged_in(centre, "operator-1")
    assert first.post(f"/api/v1/reports/{number}/claim").json()["claim"]["mine"]
    first.delete("/api/v1/session")
    report = _logged_in(centre, SECOND).get(f"/api/v1/reports/{number}").json()
    assert report["back"] is None
    kinds = [
        one["kind"]
        for one in centre.as_(SECOND).get(f"/api/v1/issues/{number}/journal").json()["items"]
    ]
    assert "claim_passed" in kinds
    assert "claim_abandoned" not in kinds
