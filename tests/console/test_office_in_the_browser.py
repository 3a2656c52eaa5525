"""Features K1, K2: the office changes its own people, places and tables, on the screen."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.console.conftest import Product

PATIENCE = 60_000


def test_the_office_enters_a_person_a_place_and_a_table(
    start: Callable[..., Product],
    log_in: Callable[[Product, str], Page],
    browser: Browser,
    tmp_path: Path,
) -> None:
    product = start()
    office = log_in(product, "administrator")
    a_person_gets_a_log_in_that_is_shown_once(office, product, browser)
    a_place_is_hung_into_the_tree(office, product)
    a_table_is_told_before_it_is_done(office, product, tmp_path)


def a_person_gets_a_log_in_that_is_shown_once(
    office: Page, product: Product, browser: Browser
) -> None:
    office.goto(f"{product.url}/administration/people")
    expect(office.get_by_test_id("people-list")).to_be_visible(timeout=PATIENCE)
    office.keyboard.press("n")
    expect(office.get_by_test_id("office-code")).to_be_focused(timeout=PATIENCE)
    office.keyboard.type("W77")
    office.get_by_test_id("office-name").fill("王小明")
    office.get_by_test_id("office-role-guard").check()
    office.get_by_test_id("office-save").click()
    office.get_by_test_id("renew").click(timeout=PATIENCE)
    office.get_by_test_id("renew-yes").click()
    password = office.get_by_test_id("once-password").inner_text(timeout=PATIENCE)
    office.reload()
    office.get_by_test_id("office-row-W77").click(timeout=PATIENCE)
    expect(office.get_by_test_id("log-in-once")).to_contain_text("W77", timeout=PATIENCE)
    expect(office.get_by_test_id("once-password")).to_have_count(0)

    page = browser.new_context().new_page()
    page.goto(product.url)
    page.get_by_test_id("login-name").fill("W77")
    page.get_by_test_id("login-password").fill(password)
    page.get_by_test_id("login-submit").click()
    page.get_by_test_id("stream-state").wait_for(timeout=PATIENCE)
    office.get_by_test_id("office-active").uncheck()
    office.get_by_test_id("office-save").click()
    expect(office.get_by_test_id("log-in-once")).to_have_count(0, timeout=PATIENCE)
    page.reload()
    page.get_by_test_id("login-name").wait_for(timeout=PATIENCE)
    page.context.close()


def a_place_is_hung_into_the_tree(office: Page, product: Product) -> None:
    office.goto(f"{product.url}/administration/places")
    rows = office.get_by_test_id("places-list").locator("tbody tr")
    expect(rows.first).to_be_visible(timeout=PATIENCE)
    rows.first.click()
    office.keyboard.press("Escape")
    expect(office.get_by_test_id("office-card")).to_have_count(0)
    rows.first.click()
    office.get_by_test_id("office-new").click()
    office.get_by_test_id("office-code").fill("pump-9")
    office.get_by_test_id("office-name").fill("九号泵房")
    office.get_by_test_id("office-save").click()
    expect(office.get_by_test_id("office-row-pump-9")).to_contain_text("└", timeout=PATIENCE)

    office.get_by_test_id("office-retired").check()
    office.get_by_test_id("office-save").click()
    expect(office.get_by_test_id("office-row-pump-9")).to_have_class(
        re.compile("office-gone"), timeout=PATIENCE
    )


def a_table_is_told_before_it_is_done(office: Page, product: Product, folder: Path) -> None:
    office.goto(f"{product.url}/administration/tables")
    wrong, right = folder / "wrong.csv", folder / "right.csv"
    head = "编号,姓名,单位,角色\n"
    wrong.write_text(f"{head}W78,李,nowhere,安管员\n", "utf-8")
    right.write_text(f"{head}W78,李小红,office,安管员\n", "utf-8")

    office.get_by_test_id("table-file").set_input_files(wrong)
    expect(office.get_by_test_id("table-mistakes")).to_contain_text("nowhere", timeout=PATIENCE)
    expect(office.get_by_test_id("table-do")).to_be_disabled()
    office.get_by_test_id("table-file").set_input_files(right)
    expect(office.get_by_test_id("table-differences")).to_contain_text("李小红", timeout=PATIENCE)
    office.get_by_test_id("table-do").click()
    expect(office.get_by_test_id("table-done")).to_be_visible(timeout=PATIENCE)
    with office.expect_download() as handed:
        office.get_by_test_id("table-csv").click()
    assert "李小红" in Path(handed.value.path()).read_text("utf-8-sig")
