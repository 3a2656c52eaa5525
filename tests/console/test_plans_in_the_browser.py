"""Features B12: from the plan to the issue and back, devices placed, a hostile drawing refused."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

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
    # Whichever of the stations rings just then: its mark leads to its own issue.
    expect(operator).to_have_url(re.compile(r"/issues/\d+$"))
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


def test_a_plan_is_drawn_by_pointer_and_keyboard_and_devices_move_by_arrow_keys(
    product: Product, log_in: LogIn
) -> None:
    captain = log_in(product, "captain")
    captain.goto(f"{product.url}/plans")
    captain.get_by_test_id("plan-sketch").click(timeout=PATIENCE)
    captain.get_by_test_id("sketch-code").fill("drawn-1")
    captain.get_by_test_id("sketch-name").fill("架空层")
    sheet = captain.get_by_test_id("sheet")
    expect(captain.get_by_test_id("sketch-save")).to_be_disabled()

    _drag(captain, sheet, (0.1, 0.1), (0.4, 0.5))
    expect(sheet.locator("rect.sheet-drawn")).to_have_count(1, timeout=PATIENCE)
    captain.get_by_test_id("tool-wall").check()
    sheet.focus()
    for key in ("Enter", "Shift+ArrowRight", "ArrowDown", "Enter"):
        captain.keyboard.press(key)
    expect(sheet.locator("line.sheet-drawn")).to_have_count(1, timeout=PATIENCE)
    captain.keyboard.press("Control+z")
    expect(sheet.locator("line.sheet-drawn")).to_have_count(0, timeout=PATIENCE)
    captain.get_by_test_id("sketch-redo").click()
    captain.get_by_test_id("sketch-says").fill("<大堂>")
    sheet.focus()
    captain.keyboard.press("Enter")
    expect(captain.get_by_test_id("shape-3")).to_contain_text("<大堂>", timeout=PATIENCE)
    captain.get_by_test_id("sketch-save").click()
    expect(captain.get_by_test_id("plan-drawn-1")).to_have_attribute(
        "aria-current", "page", timeout=PATIENCE
    )

    captain.get_by_test_id("plan-draw-on").click()
    expect(captain.get_by_test_id("shape-3")).to_contain_text("<大堂>", timeout=PATIENCE)
    captain.get_by_test_id("shape-1").get_by_role("button").click()
    expect(captain.get_by_test_id("shape-3")).to_have_count(0)
    captain.get_by_test_id("sketch-save").click()

    captain.get_by_test_id("plan-edit").click(timeout=PATIENCE)
    captain.get_by_test_id("middle-vto-3-2").click(timeout=PATIENCE)
    across = captain.get_by_test_id("hung-vto-3-2").get_by_role("spinbutton").first
    expect(across).to_have_value("50", timeout=PATIENCE)
    marker = captain.locator(".leaflet-marker-icon", has=captain.get_by_test_id("spot-vto-3-2"))
    marker.focus()
    captain.keyboard.press("ArrowLeft")
    expect(across).to_have_value("49", timeout=PATIENCE)
    captain.keyboard.press("Shift+ArrowRight")
    expect(across).to_have_value("54", timeout=PATIENCE)
    captain.get_by_test_id("plan-undo").click()
    expect(across).to_have_value("49", timeout=PATIENCE)
    captain.get_by_test_id("plan-save").click()
    expect(captain.get_by_test_id("spot-row-vto-3-2")).to_be_visible(timeout=PATIENCE)


def test_who_may_not_change_plans_draws_none(product: Product, log_in: LogIn) -> None:
    operator = log_in(product, "operator")
    operator.goto(f"{product.url}/plans")
    expect(operator.get_by_test_id("plans-page")).to_be_visible(timeout=PATIENCE)
    expect(operator.get_by_test_id("plan-map")).to_be_visible(timeout=PATIENCE)
    for button in ("plan-sketch", "plan-new", "plan-draw-on"):
        expect(operator.get_by_test_id(button)).to_have_count(0)


def _drag(page: Page, over: Locator, begin: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag from one point of an element to another, each in shares of its width and height."""
    over.scroll_into_view_if_needed()
    box = over.bounding_box()
    assert box is not None
    points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (begin, end)]
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move(*points[1], steps=4)
    page.mouse.up()
