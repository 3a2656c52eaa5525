"""The month over the wire: numbers that open, closing, files, the register and the five panels."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from api.settings import Settings
from core.facts.people import Role
from core.store.database import Database
from tests.api.running import Centre, HandClock, wait_until
from tests.month_sheet import live

NOVEMBER = "/api/v1/months/2026-11"


@pytest.fixture
def counted(database: Database) -> Iterator[Centre]:
    """A centre whose office has lived through forty lines of the sheet, in December."""
    clock = HandClock()
    clock.forward(days=16)
    running = Centre.start(database, sites=("garden", "harbour"), clock=clock)
    live(running.office, lines=40)
    yield running
    running.stop()


def get(browser: httpx.Client, path: str, **query: str | int) -> httpx.Response:
    answer = browser.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer


def test_a_number_opens_as_many_issues_as_it_says(counted: Centre) -> None:
    director = counted.as_(Role.DIRECTOR)
    month = get(director, NOVEMBER).json()
    report = month["report"]
    sums = dict(zip(report["measures"], report["whole"]["counts"], strict=True))

    assert sums["told"] == 38
    assert month["closed"] is None
    assert month["may_close"]
    for name, many in (("all.told.", sums["told"]), ("all.customers.", sums["customers"])):
        items, cursor = [], None
        while True:
            more: dict[str, str] = {"cursor": cursor} if cursor else {}
            path = f"{NOVEMBER}/cells/{quote(name, safe='')}/issues"
            page = get(director, path, limit=10, **more).json()
            assert page["n"] == many
            items += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert len(items) == many
        assert all(item["issue"]["number"] for item in items)
    for spread in report["acceptance"]:
        path = f"{NOVEMBER}/cells/{quote(spread['cell'], safe='')}/issues"
        page = get(director, path, limit=200).json()
        assert len(page["items"]) == spread["n"]
        assert max(item["seconds"] for item in page["items"]) >= spread["p90"]


def test_closing_freezes_and_is_the_director_s(counted: Centre) -> None:
    supervisor, director = counted.as_(Role.GENERAL_GROUP_SUPERVISOR), counted.as_(Role.DIRECTOR)
    before = get(supervisor, NOVEMBER).json()["report"]

    assert supervisor.post(f"{NOVEMBER}/close").status_code == 403
    assert director.post("/api/v1/months/2026-12/close").status_code == 409
    closed = director.post(f"{NOVEMBER}/close", headers={"Idempotency-Key": "k"})
    again = director.post(f"{NOVEMBER}/close", headers={"Idempotency-Key": "k"})
    assert closed.status_code == again.status_code == 200, closed.text
    assert closed.json() == again.json()
    assert director.post(f"{NOVEMBER}/close").status_code == 409
    month = get(supervisor, NOVEMBER).json()
    assert month["report"] == before
    assert month["closed"]["closed_by"]["code"] == "director"
    assert month["correction"] == []
    months = get(supervisor, "/api/v1/months").json()
    assert [(one["month"], bool(one["closed"])) for one in months["items"]][-2:] == [
        ("2026-11", True),
        ("2026-10", False),
    ]


def test_files_come_as_they_are_called(counted: Centre) -> None:
    director = counted.as_(Role.DIRECTOR)
    for form, begins in (("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("pdf", b"%PDF-")):
        answer = get(director, f"{NOVEMBER}/file", form=form)
        assert answer.content.startswith(begins)
        assert f"garden-2026-11.{form}" in answer.headers["content-disposition"]
    assert "示范小区" in get(director, f"{NOVEMBER}/file", form="csv").content.decode()
    assert director.get(f"{NOVEMBER}/file", params={"form": "exe"}).status_code == 422


def test_the_register_has_the_scheme_s_columns_and_prints(counted: Centre) -> None:
    agent = counted.as_(Role.DESK_AGENT)
    register = get(agent, f"{NOVEMBER}/register", limit=200).json()

    assert list(register["columns"]) == [
        "number", "reported_at", "first_reporter", "unit", "caller", "channel", "hops", "place",
        "category", "words", "urgency", "accepted_at", "assigned_to", "handled_at", "handled_how",
        "outcome", "signature",
    ]  # fmt: skip
    assert len(register["items"]) == 38
    numbers = [one["number"] for one in register["items"]]
    assert numbers == sorted(numbers)
    printed = get(agent, f"{NOVEMBER}/register/file")
    assert printed.content.startswith(b"%PDF-")
    day = get(agent, f"{NOVEMBER}/register", on="2026-11-01").json()
    assert {one["reported_on"] for one in day["items"]} == {"2026-11-01"}
    assert get(agent, f"{NOVEMBER}/register/file", on="2026-11-01").content.startswith(b"%PDF-")


def test_five_panels_each_with_owner_and_the_day_it_was_read(counted: Centre) -> None:
    director, supervisor = counted.as_(Role.DIRECTOR), counted.as_(Role.GENERAL_GROUP_SUPERVISOR)
    panels = get(director, "/api/v1/panels", month="2026-11").json()

    assert [one["panel"] for one in panels["items"]] == [
        "feedback", "recordings", "counts", "complaints", "inspections",
    ]  # fmt: skip
    for panel in panels["items"]:
        for number in panel["numbers"]:
            path = f"{NOVEMBER}/cells/{quote(number['cell'], safe='')}/issues"
            assert get(director, path).json()["n"] == number["n"]
    path = "/api/v1/panels/recordings"
    assert supervisor.post(f"{path}/owner", json={"owner": "supervisor"}).status_code == 403
    assert supervisor.post(f"{path}/review", json={"words": "看过"}).status_code == 422
    assert director.post(f"{path}/owner", json={"owner": "nobody"}).status_code == 404
    assert director.post(f"{path}/owner", json={"owner": "supervisor"}).status_code == 200
    assert director.post(f"{path}/review", json={"words": "看过"}).status_code == 403
    done = supervisor.post(f"{path}/review", json={"words": "三件未处理，已退回"})
    assert done.status_code == 200, done.text
    shown = get(director, "/api/v1/panels", month="2026-11").json()["items"][1]
    assert shown["owner"]["code"] == shown["reviewed_by"]["code"] == "supervisor"
    assert datetime.fromisoformat(shown["reviewed_at"]) == counted.clock.now()
    assert shown["words"] == "三件未处理，已退回"


def test_no_month_of_one_site_answers_in_another(counted: Centre) -> None:
    stranger = counted.as_(Role.DIRECTOR, site="harbour")

    report = get(stranger, NOVEMBER).json()["report"]
    assert sum(report["whole"]["counts"]) == 0
    assert get(stranger, f"{NOVEMBER}/register").json()["items"] == []
    assert get(stranger, f"{NOVEMBER}/cells/all.told./issues").json()["n"] == 0
    assert get(stranger, "/api/v1/months").json()["items"] == []


def test_what_is_no_month_or_no_number_is_refused(counted: Centre) -> None:
    director = counted.as_(Role.DIRECTOR)
    for month in ("2026-13", "november", "2026-11-01"):
        assert director.get(f"/api/v1/months/{month}").status_code == 422
    answer = director.get(f"{NOVEMBER}/cells/all.nothing./issues")
    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")


def test_the_ticker_keeps_the_month_in_step(counted: Centre) -> None:
    director = counted.as_(Role.DIRECTOR)
    before = get(director, "/api/v1/months/2026-12").json()["report"]["whole"]["counts"][0]
    counted.office.now = datetime(2026, 12, 6, 3, tzinfo=UTC)

    counted.ring()

    wait_until(
        lambda: (
            get(director, "/api/v1/months/2026-12").json()["report"]["whole"]["counts"][0]
            == before + 1
        )
    )


def test_the_address_of_a_number_is_a_page_of_the_console(
    database: Database, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("<title>console</title>")
    centre = Centre.start(database, settings=Settings(console=tmp_path))
    try:
        browser = centre.anybody()
        assert "console" in browser.get("/months/2026-11/all.told.").text
        assert browser.get("/robots.txt").status_code == 404
        assert browser.get("/assets/gone.js").status_code == 404
    finally:
        centre.stop()
