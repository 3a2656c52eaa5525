"""Every page of every role: found by the navigation, and nothing that axe calls serious (WCAG 2.2).

In the light shade for everybody, and in the dark one for whoever sits at night.
"""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console import axe
from tests.console.conftest import Product
from tests.screenshots import ROLES, log_in, pages_of, settled

Enter = Callable[..., Page]
PATIENCE = 60_000
#: What a storm's walk asks for, too.
RULES, SERIOUS = axe.RULES, axe.SERIOUS
#: Nobody finds his work among more.
MOST_ROOMS = 7


@pytest.fixture(scope="module")
def product(start: Callable[..., Product]) -> Product:
    """A building on its first day, whose pages are as empty as they ever are."""
    return start("--scenario", "press")


@pytest.fixture
def entered(browser: Browser, product: Product) -> Iterator[Enter]:
    """Log somebody in, in a browser that lets a test's own script in."""
    contexts = []

    def _entered(role: str, shade: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": 1440, "height": 900}, bypass_csp=True, reduced_motion="reduce"
        )
        contexts.append(context)
        settings = json.dumps({"language": "zh", "shade": shade})
        context.add_init_script(f"localStorage.setItem('shouwen.settings', '{settings}')")
        return log_in(context, product, role)

    yield _entered
    for context in contexts:
        context.close()


@pytest.mark.timeout(600)  # some forty pages, on a machine that does other things as well
def test_each_page_can_be_used_by_everybody(
    product: Product, entered: Callable[[str], Page]
) -> None:
    seen: set[str] = set()
    wrong: list[str] = []
    for role in ROLES:
        page = entered(role)
        assert 0 < page.locator("[data-testid^=room-]").count() <= MOST_ROOMS, role
        for address in pages_of(page):
            if address in seen:
                continue
            seen.add(address)
            page.goto(product.url + address)
            settled(page)
            wrong += [f"{role} {address}: {said}" for said in axe.violations(page)]
            wrong += [f"{role} {address}: {said}" for said in axe.moving(page)]
    assert len(seen) > len(ROLES)
    assert not wrong, "\n".join(wrong)


@pytest.mark.timeout(600)
def test_at_night_each_page_of_an_operator_can_be_used_too(
    product: Product, entered: Enter
) -> None:
    page = entered("operator", "dark")
    wrong: list[str] = []
    for address in pages_of(page):
        page.goto(product.url + address)
        settled(page)
        expect(page.locator("html")).to_have_attribute("data-shade", "dark", timeout=PATIENCE)
        wrong += [f"{address}: {said}" for said in axe.violations(page)]
        wrong += [f"{address}: {said}" for said in axe.unseen_focus(page)]
    assert not wrong, "\n".join(wrong)


def test_a_supervisors_and_a_directors_day(product: Product, entered: Enter) -> None:
    supervisor = entered("general_group_supervisor")
    expect(supervisor.get_by_test_id("today-page")).to_be_visible(timeout=PATIENCE)
    for part in ("coming", "missed-by-unit", "today-reviews", "today-pauses", "blind"):
        expect(supervisor.get_by_test_id(part)).to_be_visible(timeout=PATIENCE)
    for night in ("tonight", "tomorrow"):
        expect(supervisor.get_by_test_id(night)).to_be_visible(timeout=PATIENCE)
    supervisor.get_by_test_id("tab-pauses").click()
    expect(supervisor.get_by_test_id("pauses-page")).to_be_visible(timeout=PATIENCE)

    director = entered("director")
    expect(director.get_by_test_id("overview-page")).to_be_visible(timeout=PATIENCE)
    for rate in ("found-first", "repeat-rate"):
        expect(director.get_by_test_id(rate)).to_be_visible(timeout=PATIENCE)
    director.get_by_test_id("room-merit").click()
    expect(director.get_by_test_id("merit-page")).to_be_visible(timeout=PATIENCE)
    # On paper stands the register, and nothing of the screen around it.
    director.goto(f"{product.url}/register")
    expect(director.get_by_test_id("print")).to_be_visible(timeout=PATIENCE)
    director.emulate_media(media="print")
    expect(director.get_by_test_id("print")).to_be_hidden()
    expect(director.locator("header")).to_be_hidden()
    expect(director.locator(".tabs")).to_be_hidden()
