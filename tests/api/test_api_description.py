"""The API describes itself completely, and protects browsers on every answer."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest

from api import description
from api.app import bare_app
from api.description import OPEN
from api.settings import Settings
from core.facts.people import Role
from core.store.database import Database
from tests.api.running import Centre


@cache
def _document() -> dict[str, Any]:
    return json.loads(description.text(bare_app()))  # type: ignore[no-any-return]


OPERATIONS = [
    pytest.param(operation, id=str(operation["operationId"]))
    for path in _document()["paths"].values()
    for operation in path.values()
]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_route_is_described(operation: dict[str, Any]) -> None:
    name = str(operation["operationId"])
    assert operation["summary"]
    assert operation["description"]
    assert name.isidentifier()
    assert "/" not in name
    responses = operation["responses"]
    good = [status for status in responses if status.startswith("2")]
    assert sorted(good) in (["200"], ["201"], ["204"], ["200", "201"]), good
    if good[0] != "204":
        assert responses[good[0]]["content"]
    for status in set(responses) - set(good) - {"503"}:
        schema = responses[status]["content"]["application/json"]["schema"]
        assert schema == {"$ref": "#/components/schemas/Problem"}, (name, status)
    if name not in OPEN:
        assert "401" in responses
        assert operation["security"]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_body_may_be_unreadable_or_too_large(operation: dict[str, Any]) -> None:
    if "requestBody" in operation:
        assert {"400", "413"} <= set(operation["responses"]), operation["operationId"]


def test_every_field_that_is_answered_is_required() -> None:
    schemas = _document()["components"]["schemas"]

    for name, schema in schemas.items():
        if name.endswith(("Out", "Ref", "Row")) or name in {"Problem", "Hint", "Claim"}:
            assert set(schema["required"]) == set(schema["properties"]), name


def test_the_description_is_served_as_it_is_printed(alone: Centre) -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "api.openapi"], capture_output=True, check=True, text=True
    )

    assert alone.anybody().get("/api/v1/openapi.json").json() == json.loads(printed.stdout)


def test_no_page_of_others_is_loaded_for_it(alone: Centre) -> None:
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert "swagger" not in alone.anybody().get(path).text.lower()


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/api/v1/queue", "/api/v1/nothing", "/api/v1/openapi.json", "/x/y"]
)
def test_every_answer_protects_browsers(alone: Centre, path: str) -> None:
    headers = alone.anybody().get(path).headers

    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy.split("style-src")[0]
    assert headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in headers
    assert "server" not in headers


def test_what_the_api_answers_is_kept_by_no_cache(alone: Centre) -> None:
    answer = alone.as_(Role.DIRECTOR).get("/api/v1/people")

    assert answer.headers["cache-control"] == "no-store"


def _console(tmp_path: Path) -> Path:
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<!doctype html><p>console")
    (dist / "assets" / "index-abc.js").write_text("let it = 1")
    return dist


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_console_is_served_and_finds_its_own_paths(database: Database, tmp_path: Path) -> None:
    centre = Centre.start(database, settings=Settings(console=_console(tmp_path)))
    browser = centre.anybody()

    assert "console" in browser.get("/").text
    assert "console" in browser.get("/issues/7").text
    script = browser.get("/assets/index-abc.js")
    assert "immutable" in script.headers["cache-control"]
    assert script.headers["content-type"].startswith("text/javascript")
    assert browser.get("/assets/index-gone.js").status_code == 404
    assert browser.get("/api/v1/gone").json()["error"] == "not_found"
    assert browser.get("/..%2f..%2fsettings.py").status_code == 404
    assert "no-cache" in browser.get("/").headers["cache-control"]
    centre.stop()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_without_a_built_console_the_page_says_what_builds_it(
    database: Database, tmp_path: Path
) -> None:
    centre = Centre.start(database, settings=Settings(console=tmp_path / "missing"))

    answer = centre.anybody().get("/")

    assert answer.status_code == 503
    assert "make setup" in answer.text
    centre.stop()


def test_a_refusal_has_one_form(alone: Centre) -> None:
    def form(answer: httpx.Response) -> set[str]:
        assert answer.headers["content-type"] == "application/json"
        return set(answer.json())

    browser = alone.as_(Role.DIRECTOR)
    answers = [
        alone.anybody().get("/api/v1/queue"),
        browser.get("/api/v1/gateways"),
        browser.get("/api/v1/issues/999"),
        browser.put("/api/v1/issues/999"),
        browser.get("/api/v1/issues/x"),
        browser.post("/api/v1/issues/999/close", json={}),
    ]

    assert [one.status_code for one in answers] == [401, 403, 404, 405, 422, 422]
    assert all(form(one) == {"error", "detail", "present"} for one in answers)
