"""Each person's day on the screen, on one server whose clock only the test moves."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from api.auth import COOKIE
from core.facts.device import EventType, SiteCode
from core.facts.people import PersonCode, Role
from core.facts.rules import Rules
from core.store.database import Database
from tests.api.running import PASSWORD, Centre, HandClock, password_hash
from tests.console.conftest import ROOT

#: A busy machine takes its time; nothing here is measured.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
RELIEVER = PersonCode("operator-2")
As = Callable[[Role], Page]


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Iterator[Centre]:
    """A centre with the built console, and a second operator who may log in."""
    if not (ROOT / "api/console/dist/index.html").exists() or shutil.which("chromium") is None:
        pytest.skip("the console is not built, or there is no chromium")
    file = tmp_path_factory.mktemp("days") / "store.sqlite"
    database = Database.open(f"sqlite:///{file}", rules=rules)
    database.migrate()
    running = Centre.start(database, clock=HandClock())
    with database.begin() as store:
        store.people.set_password(
            SiteCode("garden"),
            RELIEVER,
            login=f"{RELIEVER}@garden",
            password_hash=password_hash(),
        )
    yield running
    running.stop()
    database.close()


@pytest.fixture
def as_(browser: Browser, centre: Centre) -> Iterator[As]:
    """Open a browser of his own for somebody who is logged in."""
    made: list[BrowserContext] = []

    def _as(role: Role) -> Page:
        context = browser.new_context(
            viewport={"width": 1440, "height": 900}, locale="zh-CN", reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        made.append(context)
        session = centre.session(role)
        context.add_cookies([{"name": COOKIE, "value": session, "url": centre.url}])
        page = context.new_page()
        page.goto(centre.url)
        page.get_by_test_id("stream-state").wait_for()
        return page

    yield _as
    for context in made:
        context.close()


def test_a_shift_is_signed_by_both_once_no_life_is_at_stake(centre: Centre, as_: As) -> None:
    assert centre.delivers(centre.event(EventType.HELP_PRESSED, call="at-handover")).is_success
    operator = as_(Role.OPERATOR)
    operator.goto(f"{centre.url}/handover")
    # What is open stands there by itself; what no list knows is added.
    expect(operator.get_by_test_id("handover-unclaimed").locator("li")).to_have_count(1)
    expect(operator.get_by_test_id("handover-forbidden")).to_be_visible()
    operator.get_by_test_id("note-words").fill("东门岗亭钥匙在抽屉")
    operator.get_by_test_id("note-add").click()
    expect(operator.get_by_test_id("handover-notes")).to_contain_text("东门岗亭钥匙在抽屉")
    _fill_in(operator, own=PASSWORD)
    expect(operator.get_by_test_id("sign")).to_be_disabled()

    operator.get_by_test_id("room-queue").click()
    row = operator.locator("[data-testid^=queue-row-]")
    expect(row).to_have_count(1)
    operator.keyboard.press("Enter")
    expect(operator.get_by_test_id("form-category")).to_be_visible()

    operator.goto(f"{centre.url}/handover")
    expect(operator.get_by_test_id("handover-claimed").locator("li")).to_have_count(1)
    expect(operator.get_by_test_id("handover-forbidden")).to_have_count(0)
    _fill_in(operator, own="not mine")
    operator.get_by_test_id("sign").click()
    expect(operator.get_by_test_id("sign-refused")).to_be_visible()
    _fill_in(operator, own=PASSWORD)
    operator.get_by_test_id("sign-password").press("Enter")

    # The reliever sits at this console now, and reads what both have signed.
    signed = operator.get_by_test_id("handover-signed")
    expect(signed.locator(".handover-signatures b")).to_have_text(["operator 1", "operator 2"])
    expect(signed.get_by_test_id("handover-notes")).to_contain_text("东门岗亭钥匙在抽屉")
    me = operator.request.get(f"{centre.url}/api/v1/session").json()
    assert me["person"]["code"] == RELIEVER
    report = operator.request.get(f"{centre.url}/api/v1/queue").json()["items"][0]
    assert report["claim"]["mine"]


def test_a_promise_stands_until_the_customer_was_called_back(centre: Centre, as_: As) -> None:
    agent = as_(Role.DESK_AGENT)
    number = _told(centre)
    agent.goto(f"{centre.url}/issues/{number}")
    agent.get_by_test_id("promise-make").click()
    expect(agent.get_by_test_id("promise-due")).to_be_focused()
    agent.keyboard.type("+2h")
    agent.keyboard.press("Tab")
    agent.keyboard.type("王女士")
    agent.keyboard.press("Tab")
    agent.keyboard.type("今天换灯")
    agent.keyboard.press("Control+Enter")
    promise = agent.locator("[data-testid=promises] li[data-state]")
    expect(promise).to_have_attribute("data-state", "owed")
    expect(promise).to_contain_text("王女士")

    agent.get_by_test_id("room-desk").click()
    owed = agent.get_by_test_id("promises-owed")
    expect(owed).to_contain_text("今天换灯")
    owed.get_by_role("button", name=f"#{number}").click()
    agent.goto(f"{centre.url}/issues/{number}")
    agent.locator("[data-testid^=keep-]").first.click()
    # To whom it was promised stands there already.
    expect(agent.get_by_test_id("keep-whom")).to_have_value("王女士")
    agent.get_by_test_id("reason").fill("已换，请他看过")
    agent.keyboard.press("Control+Enter")
    expect(promise).to_have_attribute("data-state", "kept")
    agent.get_by_test_id("room-desk").click()
    expect(agent.get_by_test_id(f"register-row-{number}")).to_be_visible()
    expect(agent.get_by_test_id("promises-owed")).to_have_count(0)


def _fill_in(page: Page, *, own: str) -> None:
    page.get_by_test_id("sign-own-password").fill(own)
    page.get_by_test_id("sign-login").fill(f"{RELIEVER}@garden")
    page.get_by_test_id("sign-password").fill(PASSWORD)


def _told(centre: Centre) -> int:
    """A resident tells the desk by telephone."""
    said = {
        "caller": {"kind": "customer", "name": "王女士", "phone": "13800001111"},
        "channel": "telephone",
        "place": "3-2",
        "category": "street_lamp",
        "words": "楼道灯不亮",
    }
    answer = centre.as_(Role.DESK_AGENT).post("/api/v1/issues", json=said)
    assert answer.is_success, answer.text
    return int(answer.json()["number"])
