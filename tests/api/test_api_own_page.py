"""Another site's page cannot make a browser change anything (CSRF, ASVS V3)."""

import httpx
import pytest

from api.auth import COOKIE
from core.facts.people import Role
from tests.api.running import PASSWORD, Centre

FOREIGN = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"},
    {},
]


def _browser(centre: Centre, headers: dict[str, str]) -> httpx.Client:
    return httpx.Client(base_url=centre.url, headers=headers, trust_env=False)


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_change_from_elsewhere_is_refused(alone: Centre, headers: dict[str, str]) -> None:
    with _browser(alone, headers) as browser:
        browser.cookies.set(COOKIE, alone.session(Role.OPERATOR))

        answer = browser.post("/api/v1/reports/1/claim")

        assert answer.status_code == 403
        assert answer.json()["error"] == "other_origin"


@pytest.mark.parametrize("headers", FOREIGN)
def test_nobody_is_logged_in_from_elsewhere(alone: Centre, headers: dict[str, str]) -> None:
    said = {"login": "agent-1@garden", "password": PASSWORD}
    with _browser(alone, headers) as browser:
        answer = browser.post("/api/v1/session", json=said)

        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


def test_our_own_page_may(alone: Centre) -> None:
    for headers in ({"Origin": alone.url}, {"Sec-Fetch-Site": "same-origin"}):
        with _browser(alone, headers) as browser:
            browser.cookies.set(COOKIE, alone.session(Role.OPERATOR))
            assert browser.post("/api/v1/reports/1/claim").status_code == 404


def test_reading_needs_no_such_sign(alone: Centre) -> None:
    with _browser(alone, {}) as browser:
        browser.cookies.set(COOKIE, alone.session(Role.OPERATOR))
        assert browser.get("/api/v1/queue").status_code == 200
