"""Who parks, passes on or logs off: as the consoles are told."""

from core.facts.people import PersonCode, Role
from tests.api.running import Centre

SECOND = PersonCode("operator-2")


def test_parked_passed_on_and_left(centre: Centre) -> None:
    """In one story, for one server: each part rings a report of its own."""
    _park_three_times(centre)
    _pass_on(centre)
    _log_off(centre)


def _park_three_times(centre: Centre) -> None:
    number = centre.ring()
    report, said = f"/api/v1/reports/{number}", {"minutes": 10, "reason": "等电工回电"}
    operator, captain = centre.as_(Role.OPERATOR), centre.as_(Role.CAPTAIN)
    for times in (1, 2):
        operator.post(f"{report}/claim")
        parked = operator.post(f"{report}/park", json=said).json()
        assert (parked["parks"], parked["claim"]) == (times, None)
        assert parked["parked"]["by"]["code"] == "operator-1"
    operator.post(f"{report}/claim")
    refused = operator.post(f"{report}/park", json=said)
    assert (refused.status_code, refused.json()["error"]) == (403, "parked_twice")

    captain.post(f"{report}/take-over", json={"reason": "我来定"})
    assert captain.post(f"{report}/park", json=said).json()["parks"] == 3


def _pass_on(centre: Centre) -> None:
    number = centre.ring()
    report = f"/api/v1/reports/{number}"
    operator, second = centre.as_(Role.OPERATOR), centre.as_(SECOND)
    operator.post(f"{report}/claim")
    assert operator.post(f"{report}/offer", json={"to": SECOND}).status_code == 200

    queue = second.get("/api/v1/queue").json()["items"]
    asked = next(one["offer"] for one in queue if one["number"] == number)
    assert (asked["to_me"], asked["by"]["code"]) == (True, "operator-1")
    taken = second.post(f"{report}/answer-offer", json={"takes": True}).json()
    assert (taken["claim"]["mine"], taken["offer"]) == (True, None)
    again = second.post(f"{report}/answer-offer", json={"takes": True})
    assert again.status_code == 409


def _log_off(centre: Centre) -> None:
    number = centre.ring()
    operator, second = centre.as_(Role.OPERATOR), centre.as_(SECOND)
    operator.post(f"/api/v1/reports/{number}/claim")
    operator.delete("/api/v1/session")

    back = second.get(f"/api/v1/reports/{number}").json()
    assert back["claim"] is None
    assert (back["back"]["why"], back["back"]["by"]["code"]) == ("logged_off", "operator-1")
