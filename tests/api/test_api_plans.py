"""Features B12, A8: floor plans, the devices on them, who calls there, and where nobody sees."""

import io
from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from PIL import Image

from core.facts.people import Role
from core.store.journal import THE_SITE
from tests.api.running import Centre

BASE = "/api/v1/plans"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">'
    '<rect width="9" height="9"/></svg>'
)
SPOT = {"device": "door-3-2", "x": 0.25, "y": 0.5}


@pytest.fixture
def admin(centre: Centre) -> httpx.Client:
    return centre.as_(Role.ADMINISTRATOR)


def drawn(client: httpx.Client, content: bytes | str = SVG, code: str = "floor-1") -> Any:
    sent = content if isinstance(content, bytes) else content.encode()
    answer = client.put(f"{BASE}/{code}/drawing", params={"name": "一层"}, content=sent)
    assert answer.is_success, answer.text
    return answer.json()["items"][0]


def hung(client: httpx.Client, *spots: dict[str, object], code: str = "floor-1") -> httpx.Response:
    return client.put(f"{BASE}/{code}", json={"name": "一层大堂", "spots": list(spots)})


def kinds(centre: Centre) -> list[str]:
    with centre.database.read() as store:
        return [one.kind for one in store.journal.of_issue(centre.office.site, THE_SITE)]


def test_a_plan_is_drawn_hung_and_taken_down(centre: Centre, admin: httpx.Client) -> None:
    plan = drawn(admin)
    assert (plan["name"], plan["width"], plan["height"], plan["spots"]) == ("一层", 400, 300, [])

    assert hung(admin, SPOT).is_success
    assert hung(admin, SPOT).is_success  # nothing changes, nothing is written
    shown = centre.as_(Role.OPERATOR).get(BASE).json()["items"][0]
    spot = shown["spots"][0]
    assert (spot["device"], spot["x"], spot["y"], spot["calls"]) == ("door-3-2", 0.25, 0.5, [])
    assert shown["name"] == "一层大堂"

    again = drawn(admin, SVG.replace("9", "8"))
    assert again["sha256"] != plan["sha256"]
    assert len(again["spots"]) == 1  # devices keep their spots

    assert admin.delete(f"{BASE}/floor-1").json()["items"] == []
    assert admin.delete(f"{BASE}/floor-1").status_code == 404
    assert kinds(centre) == ["plan_changed"] * 4


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_drawing_comes_back_under_headers_that_run_nothing(
    centre: Centre, admin: httpx.Client
) -> None:
    drawn(admin)

    answer = centre.as_(Role.OPERATOR).get(f"{BASE}/floor-1/drawing")

    assert answer.text == SVG
    assert answer.headers["content-type"].startswith("image/svg+xml")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_photograph_is_a_plan_too_and_loses_its_metadata(
    centre: Centre, admin: httpx.Client
) -> None:
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "where its owner lives"
    Image.new("RGB", (64, 48), "white").save(file, "PNG", exif=exif)

    plan = drawn(admin, file.getvalue())

    assert (plan["media_type"], plan["width"], plan["height"]) == ("image/jpeg", 64, 48)
    kept = centre.as_(Role.OPERATOR).get(f"{BASE}/floor-1/drawing").content
    assert b"owner" not in kept
    assert Image.open(io.BytesIO(kept)).size == (64, 48)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_hostile_or_no_drawing_is_refused_and_nothing_changes(
    centre: Centre, admin: httpx.Client
) -> None:
    for content in (SVG.replace("<rect", "<script/><rect").encode(), b"<svg", b"GIF89a", b""):
        answer = admin.put(f"{BASE}/floor-1/drawing", params={"name": "x"}, content=content)
        assert (answer.status_code, answer.json()["error"]) == (400, "not_readable"), content

    assert admin.get(BASE).json()["items"] == []
    assert kinds(centre) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_spot_must_be_a_known_device_on_the_drawing(admin: httpx.Client) -> None:
    drawn(admin)
    for spot, status in (
        ({"device": "nobody"}, 404),
        ({"x": 1.01}, 422),
        ({"y": -0.1}, 422),
        ({"z": 1}, 422),
    ):
        assert hung(admin, {**SPOT, **spot}).status_code == status, spot
    assert hung(admin, SPOT, code="floor-2").status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_only_those_who_answer_see_plans_and_only_leaders_change_them(centre: Centre) -> None:
    assert centre.as_(Role.CLEANER).get(BASE).status_code == 403
    assert centre.as_(Role.OPERATOR).get(BASE).status_code == 200
    assert hung(centre.as_(Role.OPERATOR), SPOT).status_code == 403
    assert hung(centre.as_(Role.CAPTAIN), SPOT).status_code == 404  # may, but there is none


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_press_shows_at_its_spot_until_it_leaves_the_queue(
    centre: Centre, admin: httpx.Client
) -> None:
    drawn(admin)
    hung(admin, SPOT)
    number = centre.ring()
    operator = centre.as_(Role.OPERATOR)

    def calls() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = operator.get(BASE).json()["items"][0]["spots"][0]["calls"]
        return found

    issue = operator.get(f"/api/v1/reports/{number}").json()["issue"]
    assert [(one["report"], one["issue"]) for one in calls()] == [(number, issue)]
    operator.post(f"/api/v1/reports/{number}/claim")
    answer = operator.post(
        f"/api/v1/reports/{number}/dismiss", json={"cause": "test", "reason": "a drill"}
    )
    assert answer.is_success, answer.text
    assert calls() == []


def beats(centre: Centre, **said: Mapping[str, str]) -> None:
    """Let the gateway say of whom it has heard, and who is silent."""
    how = {"spooled": 0, "oldest_at": None, "quarantined": 0}
    answer = centre.gateway().post("/api/v1/gateways/heartbeat", json=how | said)
    assert answer.is_success, answer.text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_silent_device_leaves_its_place_blind_until_it_is_heard(
    centre: Centre, admin: httpx.Client
) -> None:
    drawn(admin)
    hung(admin, SPOT)
    assert admin.get(BASE).json()["blind"] == []

    beats(centre, silent={"door-3-2": "2026-11-20T01:30:00Z"})

    shown = admin.get(BASE).json()
    assert [one["device"] for one in shown["blind"]] == ["door-3-2"]
    assert shown["items"][0]["spots"][0]["state"] == "silent"

    beats(centre, heard={"door-3-2": "2026-11-20T01:59:00Z"})
    assert admin.get(BASE).json()["blind"] == []
