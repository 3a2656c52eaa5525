"""The desk agent's day: several issues sent at once, handled, closed with an outcome, printed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import Product

PATIENCE = 60_000
#: More rows than a low window draws.
MANY = 38


@pytest.fixture(scope="module")
def product(start: Callable[..., Product]) -> Product:
    """A building in which one resident presses one button."""
    return start("--scenario", "press")


def test_the_desk_agents_day(product: Product, log_in: Callable[[Product, str], Page]) -> None:
    desk = log_in(product, "desk_agent")
    first, second, third = (told(desk, product, words) for words in ("路灯一", "路灯二", "路灯三"))
    several_are_sent_at_once(desk, product, first, second, third)
    a_row_is_edited_by_key(desk, product, second)
    what_is_marked_is_printed(desk, first, second)
    an_outcome_stands_apart_from_the_state(desk, product, first)
    director = log_in(product, "director")
    a_proposal_by_hand_rests_on_the_journal(director, product, first)


def told(desk: Page, product: Product, words: str) -> int:
    """A guard tells the desk by telephone."""
    answer = desk.request.post(
        f"{product.url}/api/v1/issues",
        headers={"Origin": product.url},
        data={
            "caller": {"kind": "staff", "person": "A11"},
            "channel": "telephone",
            "place": "bldg-1-unit-1",
            "category": "street_lamp",
            "words": words,
        },
    )
    assert answer.ok, answer.text()
    return int(answer.json()["number"])


def several_are_sent_at_once(
    desk: Page, product: Product, first: int, second: int, third: int
) -> None:
    desk.goto(f"{product.url}/desk")
    expect(desk.get_by_test_id(f"register-row-{first}")).to_be_visible(timeout=PATIENCE)
    desk.get_by_test_id("filter-place").select_option("bldg-1-unit-1")
    expect(desk.get_by_test_id(f"register-row-{first}")).to_be_visible(timeout=PATIENCE)
    desk.get_by_test_id(f"mark-{second}").check()
    desk.get_by_test_id(f"mark-{first}").check()
    desk.get_by_test_id(f"mark-{third}").check()
    # One of them is over before the agent has chosen whom to send.
    over = desk.request.post(
        f"{product.url}/api/v1/issues/{third}/close",
        headers={"Origin": product.url},
        data={"outcome": "not_ours", "words": "市政路灯"},
    )
    assert over.ok, over.text()
    desk.get_by_test_id("assign-to").fill("A11")
    desk.get_by_test_id("assign-to").press("Enter")
    desk.get_by_test_id("assign-promised").fill("+2h")
    desk.get_by_test_id("confirm").click()
    became = desk.get_by_test_id("bulk-became")
    expect(became.locator("li")).to_have_count(1, timeout=PATIENCE)
    expect(became.locator("li")).to_contain_text(f"#{third}")
    for one in (first, second):
        expect(desk.get_by_test_id(f"mark-{one}")).not_to_be_checked(timeout=PATIENCE)
        expect(desk.get_by_test_id(f"register-row-{one}").locator(".due")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.get_by_test_id("bulk-became")).to_have_count(0)


def a_row_is_edited_by_key(desk: Page, product: Product, issue: int) -> None:
    row = desk.get_by_test_id(f"register-row-{issue}")
    row.click()
    expect(row).to_have_attribute("aria-selected", "true")
    desk.keyboard.press("e")
    category = desk.get_by_test_id("edit-category")
    expect(category).to_be_focused(timeout=PATIENCE)
    # Litter is no urgent matter: the ladder would climb later, so it asks why.
    expect(desk.locator(".choice-list li").first).to_be_visible(timeout=PATIENCE)
    category.press_sequentially("litter")
    category.press("Enter")
    why = desk.get_by_test_id("edit-reason")
    expect(why).to_be_focused(timeout=PATIENCE)
    why.fill("灯是好的，地上有垃圾")
    why.press("Enter")
    expect(row.locator(".col-what")).to_contain_text(re.compile("Litter|垃圾"), timeout=PATIENCE)
    expect(row).to_contain_text(re.compile("ordinary|一般"), timeout=PATIENCE)
    # On by Tab: urgency, then who is sent; a unit first narrows the names.
    expect(desk.get_by_test_id("cell-category")).to_be_visible(timeout=PATIENCE)
    desk.keyboard.press("e")
    expect(desk.get_by_test_id("edit-category")).to_be_focused(timeout=PATIENCE)
    desk.keyboard.press("Tab")
    expect(desk.get_by_test_id("edit-urgency")).to_be_focused(timeout=PATIENCE)
    desk.keyboard.press("Tab")
    handler = desk.get_by_test_id("edit-handler")
    expect(handler).to_be_focused(timeout=PATIENCE)
    expect(desk.locator(".choice-list li").first).to_be_visible(timeout=PATIENCE)
    handler.fill("A12")
    handler.press("Enter")
    expect(desk.get_by_test_id("edit-handler")).to_have_count(0, timeout=PATIENCE)
    said = desk.request.get(f"{product.url}/api/v1/issues/{issue}").json()
    assert (said["category"]["code"], said["urgency"]) == ("litter", "ordinary")
    assert said["assigned_to"]["code"] == "A12"
    assert said["promised_at"]  # what the customer was promised stands


def what_is_marked_is_printed(desk: Page, first: int, second: int) -> None:
    for one in (first, second):
        desk.get_by_test_id(f"mark-{one}").check()
    desk.get_by_test_id("print-register").click()
    paper = desk.get_by_test_id("register-paper")
    expect(paper.locator("tbody tr")).to_have_count(2, timeout=PATIENCE)
    expect(paper.locator("tbody")).to_contain_text(str(second))
    desk.keyboard.press("Escape")
    expect(desk.get_by_test_id("filter-place")).to_be_visible(timeout=PATIENCE)


def an_outcome_stands_apart_from_the_state(desk: Page, product: Product, issue: int) -> None:
    desk.goto(f"{product.url}/desk")
    desk.get_by_test_id(f"register-row-{issue}").click(timeout=PATIENCE)
    desk.get_by_test_id("handled").wait_for(timeout=PATIENCE)
    desk.keyboard.press("h")
    desk.get_by_test_id("reason").fill("换了灯泡")
    desk.keyboard.press("Control+Enter")
    desk.get_by_test_id("close").wait_for(timeout=PATIENCE)
    desk.keyboard.press("l")
    desk.get_by_test_id("reason").fill("已亮")
    desk.keyboard.press("Control+Enter")
    desk.get_by_test_id("reopen").wait_for(timeout=PATIENCE)
    desk.get_by_test_id("filter-open").uncheck()
    expect(desk.get_by_test_id(f"outcome-{issue}")).to_be_visible(timeout=PATIENCE)


def a_proposal_by_hand_rests_on_the_journal(director: Page, product: Product, issue: int) -> None:
    director.goto(f"{product.url}/merit/suggest")
    director.get_by_test_id("suggest-who").fill("A11", timeout=PATIENCE)
    expect(director.get_by_role("option").first).to_be_visible(timeout=PATIENCE)
    director.get_by_test_id("suggest-who").press("Enter")
    director.get_by_test_id("suggest-points").fill("3")
    director.get_by_test_id("suggest-issue").fill(str(issue))
    director.get_by_test_id("evidence-handled").check(timeout=PATIENCE)
    director.get_by_test_id("reason").fill("主动处理")
    director.get_by_test_id("confirm").click()
    expect(director.get_by_test_id("suggest-done")).to_be_visible(timeout=PATIENCE)
    director.goto(f"{product.url}/merit/proposals")
    expect(director.locator("[data-testid^=proposal-]").first).to_be_visible(timeout=PATIENCE)


def test_a_long_register_is_walked_by_key(
    product: Product, log_in: Callable[[Product, str], Page]
) -> None:
    desk = log_in(product, "desk_agent")
    desk.set_viewport_size({"width": 1280, "height": 420})
    numbers = [told(desk, product, f"路灯第{number}盏") for number in range(MANY)]
    desk.goto(f"{product.url}/desk")
    newest = desk.get_by_test_id(f"register-row-{numbers[-1]}")
    expect(newest).to_be_visible(timeout=PATIENCE)
    # No more is drawn than can be seen, and some.
    assert desk.locator(".register-row").count() < MANY
    for _ in numbers[1:]:
        desk.keyboard.press("j")
    oldest = desk.get_by_test_id(f"register-row-{numbers[0]}")
    expect(oldest).to_have_attribute("aria-selected", "true", timeout=PATIENCE)
    for _ in numbers[1:]:
        desk.keyboard.press("k")
    expect(newest).to_have_attribute("aria-selected", "true", timeout=PATIENCE)
    # Wholly in sight: not under the head, which stays where it is.
    head = "document.querySelector('thead').getBoundingClientRect().bottom"
    desk.wait_for_function(
        f"() => {_row(numbers[-1])}.getBoundingClientRect().top >= {head}", timeout=PATIENCE
    )
    # What comes in above moves nothing that is being read.
    desk.keyboard.press("j")
    second = desk.get_by_test_id(f"register-row-{numbers[-2]}")
    expect(second).to_have_attribute("aria-selected", "true")
    before = desk.evaluate(f"{_row(numbers[-2])}.getBoundingClientRect().top")
    another = told(desk, product, "又一盏")
    expect(desk.get_by_test_id(f"register-row-{another}")).to_have_count(1, timeout=PATIENCE)
    assert desk.evaluate(f"{_row(numbers[-2])}.getBoundingClientRect().top") == before


def test_a_long_queue_is_walked_by_key(
    product: Product, log_in: Callable[[Product, str], Page]
) -> None:
    operator = log_in(product, "operator")
    operator.set_viewport_size({"width": 1280, "height": 420})
    said = {
        "caller": {"kind": "staff", "person": "A11"},
        "channel": "telephone",
        "place": "bldg-1-unit-1",
        "category": "street_lamp",
        "words": "路灯不亮",
    }
    for _ in range(MANY):
        answer = operator.request.post(
            f"{product.url}/api/v1/reports", headers={"Origin": product.url}, data=said
        )
        assert answer.ok, answer.text()
    # All are counted, those in sight are drawn.
    operator.wait_for_function(
        "(many) => document.querySelector('li[data-number]')?.ariaSetSize >= many",
        arg=MANY,
        timeout=PATIENCE,
    )
    assert operator.locator("li[data-number]").count() < MANY
    for _ in range(MANY):
        operator.keyboard.press("j")
    chosen = operator.locator("li[aria-selected=true]")
    expect(chosen).to_have_attribute("aria-posinset", re.compile("^(3[89]|[4-9].)$"))
    expect(chosen).to_be_in_viewport(ratio=1, timeout=PATIENCE)


def _row(number: int) -> str:
    return f"document.querySelector('[data-testid=register-row-{number}]')"
