"""A storm and a wall display in the browser, on one server; nothing serious by axe."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from api.auth import COOKIE
from core.facts.device import DeviceCode, EventType
from core.facts.people import Role
from core.facts.rules import Rules
from core.store.database import Database
from tests.api.running import Centre
from tests.console.conftest import ROOT
from tests.console.test_every_page_in_the_browser import RULES, SERIOUS

PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
#: One more than the shipped policy allows in a minute.
MANY = 301
AXE = ROOT / "api/console/node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Iterator[Centre]:
    """A centre with the built console, and nobody's devices but the test's."""
    if not (ROOT / "api/console/dist/index.html").exists() or shutil.which("chromium") is None:
        pytest.skip("the console is not built, or there is no chromium")
    file = tmp_path_factory.mktemp("storm") / "store.sqlite"
    database = Database.open(f"sqlite:///{file}", rules=rules)
    database.migrate()
    running = Centre.start(database)
    yield running
    running.stop()
    database.close()


@pytest.fixture
def operator(browser: Browser, centre: Centre) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900},
        locale="en-US",
        bypass_csp=True,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    session = centre.session(Role.OPERATOR)
    context.add_cookies([{"name": COOKIE, "value": session, "url": centre.url}])
    page = context.new_page()
    page.goto(centre.url)
    page.get_by_test_id("stream-state").wait_for()
    yield page
    context.close()


def test_a_storm_is_one_row_and_its_roll_is_called_by_keys_alone(
    centre: Centre, operator: Page
) -> None:
    silent = (
        centre.event(EventType.DEVICE_SILENT, device=DeviceCode(f"meter-{at:03}"))
        for at in range(MANY)
    )
    assert centre.delivers(*silent, centre.event(EventType.HELP_PRESSED, call="help")).is_success

    expect(operator.get_by_test_id("storm-row-1")).to_contain_text(str(MANY + 1))
    expect(operator.locator("[data-testid^=queue-row-]")).to_have_count(1)

    operator.keyboard.press("s")
    expect(operator.get_by_test_id("storm-events")).to_contain_text(str(MANY + 1))
    rows = operator.locator("[data-testid^=roll-device-]")
    expect(rows).to_have_count(MANY + 1)
    operator.keyboard.press("j")
    expect(operator.get_by_test_id("roll-device-meter-000")).to_have_attribute(
        "aria-selected", "true"
    )
    expect(operator.locator("[data-testid^=rolled-]")).to_have_count(1)
    assert _serious(operator) == []
    operator.keyboard.press("w")
    expect(operator.get_by_test_id("storm-ticked")).to_have_text(f"1 of {MANY + 1} ticked")

    operator.keyboard.press("a")
    expect(operator.get_by_test_id("tick-all")).to_be_checked()
    operator.keyboard.press("d")
    expect(operator.get_by_test_id("dismiss-cause")).to_be_focused()
    operator.keyboard.press("6")
    expect(operator.get_by_test_id("reason")).to_be_focused()
    operator.keyboard.type("停电已恢复")
    operator.keyboard.press("Control+Enter")
    expect(operator.get_by_test_id("tick-dismiss")).to_have_count(0)
    (storm,) = centre.as_(Role.OPERATOR).get("/api/v1/queue").json()["storms"]
    assert (storm["ticked"], storm["folded"]) == (MANY + 1, 0)
    operator.get_by_test_id("room-queue").click()
    expect(operator.locator("[data-testid^=queue-row-]")).to_have_count(2)


def test_a_wall_is_let_in_reads_from_afar_and_is_dark_once_revoked(
    centre: Centre, browser: Browser
) -> None:
    leader = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    session = centre.session(Role.GENERAL_GROUP_SUPERVISOR)
    leader.add_cookies([{"name": COOKIE, "value": session, "url": centre.url}])
    page = leader.new_page()
    page.goto(f"{centre.url}/walls")
    page.get_by_test_id("wall-name").fill("Control room")
    page.get_by_test_id("wall-grant").click()
    link = page.get_by_test_id("wall-link-en").text_content()
    assert link is not None
    display = browser.new_context(viewport={"width": 1920, "height": 1080}, bypass_csp=True)
    wall = display.new_page()
    wall.goto(link)
    expect(wall.get_by_test_id("wall-state")).to_contain_text("Live")
    smallest = wall.evaluate(
        "() => Math.min(...[...document.querySelectorAll('body *')]"
        ".filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))"
        ".map(one => parseFloat(getComputedStyle(one).fontSize)))"
    )
    assert smallest >= 32
    assert _serious(wall) == []
    assert display.cookies() == []

    page.get_by_test_id("wall-revoke-1").click()
    expect(wall.get_by_text("not let in")).to_be_visible()
    leader.close()
    display.close()


def _serious(page: Page) -> list[str]:
    page.add_script_tag(path=str(AXE))
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules}).then(({violations}) => violations"
        ".map(({id, impact, nodes}) => [id, impact, nodes[0].html]))",
        RULES,
    )
    return [f"{rule}: {html}" for rule, impact, html in found if impact in SERIOUS]
