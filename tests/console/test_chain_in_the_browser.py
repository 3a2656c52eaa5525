"""The whole chain by hand: a press at a door becomes an issue the desk has, or that climbs."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.conftest import Product

Start = Callable[..., Product]
LogIn = Callable[[Product, str], Page]
#: The product starts four programs and a building; a busy machine takes its time.
PATIENCE = 30_000


@pytest.fixture(scope="module")
def product(start: Start) -> Product:
    """A building in which one resident presses one button."""
    return start("--scenario", "press")


def test_a_press_is_claimed_completed_forwarded_accepted_and_handled(
    product: Product, log_in: LogIn
) -> None:
    operator = log_in(product, "operator")
    row = operator.get_by_test_id("queue-row-1")
    expect(row).to_be_visible(timeout=PATIENCE)

    # Claim; category 8; on: the name is missing; flat 101; complete and forward in one go.
    keys = ["Enter", "8", "Control+Enter", "1", "0", "1", "Control+Enter"]
    operator.keyboard.press(keys[0])
    expect(operator.get_by_test_id("form-category")).to_be_focused()
    expect(operator.get_by_role("option").first).to_be_visible(timeout=PATIENCE)
    operator.keyboard.press(keys[1])
    expect(operator.get_by_test_id("form-category")).to_have_value(re.compile("Street lamp|路灯"))
    operator.keyboard.press(keys[2])
    expect(operator.get_by_test_id("form-caller-name")).to_be_focused()
    for key in keys[3:]:
        operator.keyboard.press(key)
    assert len(keys) <= 8
    # It stays before the operator until the desk has it.
    expect(row.locator(".row-state")).to_contain_text(
        re.compile("accept by|限 .* 受理"), timeout=PATIENCE
    )

    desk = log_in(product, "desk_agent")
    expect(desk.get_by_test_id("register-row-1")).to_be_visible()
    desk.get_by_test_id("register-row-1").click()
    desk.keyboard.press("a")
    expect(row).to_be_hidden(timeout=PATIENCE)

    desk.goto(f"{product.url}/issues/1")
    expect(desk.get_by_test_id("issue-status")).to_have_text(re.compile("accepted|已受理"))
    _act(desk, "handled", "换了灯泡")
    expect(desk.get_by_test_id("issue-status")).to_have_text(re.compile("handled|已处理"))
    for kind in ("opened", "claimed", "completed", "forwarded", "accepted", "handled"):
        expect(desk.locator(f"[data-kind={kind}]")).to_be_visible()


def test_both_languages(product: Product, log_in: LogIn) -> None:
    supervisor = log_in(product, "general_group_supervisor")
    chinese = _switched_to(supervisor, "zh")
    english = _switched_to(supervisor, "en")
    assert "升级" in chinese
    assert "Escalations" in english


def test_a_wrong_password_says_so_and_lets_nobody_in(product: Product, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(product.url)
    page.get_by_test_id("login-name").fill("J01")
    page.get_by_test_id("login-password").fill("wrong")
    page.get_by_test_id("login-submit").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_test_id("stream-state")).to_be_hidden()
    page.close()


def test_what_nobody_handles_climbs_before_the_supervisors_eyes(
    start: Start, log_in: LogIn
) -> None:
    product = start("--scenario", "unanswered", "--speed", "5000")
    supervisor = log_in(product, "general_group_supervisor")
    supervisor.goto(f"{product.url}/notices")

    expect(supervisor.locator("[data-testid^=notice-]").first).to_be_visible(timeout=60_000)


def _act(page: Page, act: str, words: str) -> None:
    page.get_by_test_id(act).click()
    page.get_by_test_id("reason").fill(words)
    page.keyboard.press("Control+Enter")


def _switched_to(page: Page, language: str) -> str:
    button = page.get_by_test_id("language")
    wanted = "English" if language == "zh" else "中文"
    if wanted not in button.inner_text():
        button.click()
    expect(button).to_have_text(wanted)
    return page.locator("body").inner_text()
