"""五.1(2): claim, two steps of the playbook, forward: eight keys at most and no mouse."""

import re
from collections.abc import Callable

from playwright.sync_api import FilePayload, Page, expect

from simulators.camera.jpeg import jpeg
from simulators.camera.scene import Place, View
from tests.console.conftest import Product

PATIENCE = 30_000


def test_two_steps_on_the_way_to_the_desk(
    start: Callable[..., Product], log_in: Callable[[Product, str], Page]
) -> None:
    product = start("--scenario", "press")
    operator = log_in(product, "operator")
    row = operator.get_by_test_id("queue-row-1")
    expect(row).to_be_visible(timeout=PATIENCE)
    # Claim; category 9; the first answer, which waits; flat 101; the second answer; on.
    keys = ["Enter", "9", "Control+1", "1", "0", "1", "Control+1", "Control+Enter"]
    assert len(keys) <= 8

    operator.keyboard.press(keys[0])
    expect(operator.get_by_test_id("form-category")).to_be_focused()
    expect(operator.get_by_role("option").first).to_be_visible(timeout=PATIENCE)
    operator.keyboard.press(keys[1])
    expect(operator.get_by_test_id("step-near_power")).to_be_visible(timeout=PATIENCE)
    operator.keyboard.press(keys[2])
    expect(operator.get_by_test_id("form-caller-name")).to_be_focused()
    for key in keys[3:6]:
        operator.keyboard.press(key)
    expect(operator.get_by_test_id("step-answer-yes")).to_be_visible()
    operator.keyboard.press(keys[6])
    expect(operator.get_by_test_id("step-valve")).to_have_class("step-done", timeout=PATIENCE)
    expect(operator.get_by_test_id("step-valve")).to_contain_text(re.compile("[0-9]:"))
    operator.keyboard.press(keys[7])
    expect(operator.get_by_test_id("queue-count")).to_have_text("0", timeout=PATIENCE)

    operator.goto(f"{product.url}/issues/1")
    expect(operator.get_by_test_id("issue-status")).to_have_text(
        re.compile("forwarded|已转待受理"), timeout=PATIENCE
    )
    expect(operator.locator("[data-kind=step_done]")).to_have_count(2)

    # 五.2(3)②: what a person took stands beside what cameras saw; a file that is none is refused.
    picture = jpeg(Place(seed=5, width=320, height=180).draw(View(), at=0.0))
    file = FilePayload(name="before.jpg", mimeType="image/jpeg", buffer=picture)
    operator.get_by_test_id("add-picture-before").set_input_files([file])
    people = operator.get_by_test_id("peoples-pictures")
    shown = people.get_by_test_id("shot-before").locator("img")
    expect(shown).to_be_visible(timeout=PATIENCE)
    expect(operator.locator("[data-kind=picture_attached]").first).to_be_visible(timeout=PATIENCE)
    no_picture = FilePayload(name="after.jpg", mimeType="image/jpeg", buffer=b"<html>no</html>")
    operator.get_by_test_id("add-picture-after").set_input_files([no_picture])
    expect(people.get_by_role("alert")).to_be_visible(timeout=PATIENCE)
    expect(people.locator("img")).to_have_count(1)
