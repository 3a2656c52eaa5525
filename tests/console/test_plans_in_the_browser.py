"""Features B12: from the plan to the issue and back, devices placed, a hostile drawing refused."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import Product

Start = Callable[..., Product]
LogIn = Callable[[Product, str], Page]
PATIENCE = 60_000
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">'
    '<rect width="400" height="300" fill="#fff"/>{}</svg>'
)


@pytest.fixture(scope="module")
def product(start: Start) -> Product:
    """A building in which one resident presses one button."""
    return start("--scenario", "press")


def test_a_press_blinks_on_its_plan_and_one_click_leads_there_and_back(
    product: Product, log_in: LogIn
) -> None:
    operator = log_in(product, "operator")
    operator.emulate_media(reduced_motion="reduce")  # a ring, not a blink: nothing to hit in flight
    expect(operator.get_by_test_id("queue-row-1")).to_be_visible(timeout=PATIENCE)
    operator.get_by_test_id("on-plan").click()
    calling = operator.locator("[data-testid^=spot-][data-telling=calling]")
    expect(calling.first).to_be_visible(timeout=PATIENCE)
    expect(operator.locator(".spot-chosen")).to_have_count(1)

    calling.first.click()
    expect(operator.get_by_test_id("issue-page")).to_be_visible(timeout=PATIENCE)
    assert operator.url.endswith("/issues/1")
    operator.get_by_test_id("on-plan").first.click()
    expect(operator.get_by_test_id("plan-map")).to_be_visible(timeout=PATIENCE)


def test_a_plan_is_uploaded_and_devices_are_placed_by_keyboard(
    product: Product, log_in: LogIn, tmp_path: Path
) -> None:
    captain = log_in(product, "captain")
    captain.goto(f"{product.url}/plans")
    hostile, good = tmp_path / "hostile.svg", tmp_path / "good.svg"
    hostile.write_text(DRAWING.format("<script/>"), encoding="utf-8")
    good.write_text(DRAWING.format(""), encoding="utf-8")

    captain.get_by_test_id("plan-new").click(timeout=PATIENCE)
    captain.get_by_test_id("draw-code").fill("floor-9")
    captain.get_by_test_id("draw-name").fill("九层")
    captain.get_by_test_id("draw-file").set_input_files(hostile)
    captain.get_by_test_id("draw-send").click()
    expect(captain.get_by_test_id("draw-refused")).to_contain_text("script", timeout=PATIENCE)
    captain.get_by_test_id("draw-file").set_input_files(good)
    captain.get_by_test_id("draw-send").click()
    expect(captain.get_by_test_id("plan-floor-9")).to_have_attribute(
        "aria-current", "page", timeout=PATIENCE
    )

    captain.get_by_test_id("plan-edit").click()
    captain.get_by_test_id("middle-vto-3-2").focus()
    captain.keyboard.press("Enter")
    expect(captain.get_by_test_id("hung-vto-3-2")).to_be_visible()
    captain.get_by_test_id("plan-save").click()
    expect(captain.get_by_test_id("spot-row-vto-3-2")).to_be_visible(timeout=PATIENCE)
    captain.reload()
    expect(captain.get_by_test_id("plan-floor-9")).to_be_visible(timeout=PATIENCE)
    expect(captain.get_by_test_id("spot-vto-3-2")).to_be_visible(timeout=PATIENCE)
    expect(captain.get_by_test_id("spot-vto-3-2")).to_have_attribute(
        "data-telling", re.compile("heard|never|silent|calling")
    )
