"""The desk agent's day: several issues sent at once, handled, closed with an outcome, printed."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.console.conftest import Product

PATIENCE = 60_000


def test_the_desk_agents_day(
    start: Callable[..., Product], log_in: Callable[[Product, str], Page]
) -> None:
    product = start("--scenario", "press")
    desk = log_in(product, "desk_agent")
    first, second, third = (told(desk, product, words) for words in ("路灯一", "路灯二", "路灯三"))
    several_are_sent_at_once(desk, product, first, second, third)
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
