"""五.1(1), 五.1(2), features J2, J7, F6: the guard's telephone, in a real browser at 360 × 640."""

import io
from collections.abc import Callable, Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, ViewportSize, expect

from tests.console.conftest import Product

#: A busy machine takes its time; nothing here is measured.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
SMALL = ViewportSize(width=360, height=640)


@pytest.fixture(scope="module")
def product(start: Callable[..., Product]) -> Product:
    return start("--scenario", "press")


@pytest.fixture
def telephone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport=SMALL, has_touch=True, is_mobile=True, locale="zh-CN", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def carried(telephone: BrowserContext, product: Product, path: str = "/m/") -> Page:
    """A guard's telephone, logged in, its page kept by the worker for hours without a net."""
    page = telephone.new_page()
    login, password = product.log_ins["guard"]
    page.goto(f"{product.url}{path}")
    page.get_by_test_id("login-name").fill(login)
    page.get_by_test_id("login-password").fill(password)
    page.get_by_test_id("login-submit").click()
    expect(page.get_by_test_id("shoot-button")).to_be_visible(timeout=PATIENCE)
    return page


def photo(colour: str) -> FilePayload:
    file = io.BytesIO()
    Image.new("RGB", (800, 600), colour).save(file, "JPEG")
    return FilePayload(name=f"{colour}.jpg", mimeType="image/jpeg", buffer=file.getvalue())


class Taps:
    """Counts what a thumb has to do; the camera's own button is the camera's."""

    def __init__(self, page: Page) -> None:
        self.page, self.made = page, 0

    def shoot(self, button: str, colour: str) -> None:
        self.made += 1
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_test_id(f"{button}-button").tap()
        chooser.value.set_files(photo(colour))

    def tap(self, test_id: str) -> None:
        self.made += 1
        self.page.get_by_test_id(test_id).first.tap()


def test_a_guard_reports_in_four_taps_and_on_the_spot_in_one_more(
    product: Product, telephone: BrowserContext
) -> None:
    page = carried(telephone, product)
    taps = Taps(page)
    taps.shoot("shoot", "red")
    places = page.locator("[data-testid^=place-]")
    expect(places.first).to_be_visible(timeout=PATIENCE)
    place = places.nth(2).get_attribute("data-testid")
    assert place is not None
    taps.tap(place)
    taps.tap("kind-street_lamp")
    taps.tap("send")
    assert taps.made == 4
    expect(page.locator("[data-testid=sent][data-state=delivered]")).to_have_count(
        1, timeout=PATIENCE
    )

    # At the spot a code is scanned: one tap less.
    page.goto(f"{product.url}/m/p/{place.removeprefix('place-')}")
    expect(page.get_by_test_id("scanned")).to_be_visible(timeout=PATIENCE)
    taps = Taps(page)
    taps.shoot("shoot-spot", "green")
    taps.tap("kind-litter")
    taps.tap("send-spot")
    assert taps.made == 3
    delivered = page.locator("[data-testid=sent][data-state=delivered]")
    expect(delivered).to_have_count(2, timeout=PATIENCE)
    expect(delivered.first).to_contain_text("计入当场处理")

    # The next time place and kind are known: the picture, and one tap.
    taps = Taps(page)
    taps.shoot("shoot-spot", "blue")
    taps.tap("send-spot")
    assert taps.made == 2
    expect(delivered).to_have_count(3, timeout=PATIENCE)
    page.get_by_test_id("tab-mine").tap()
    expect(page.get_by_test_id("spot-count")).to_have_text("2", timeout=PATIENCE)
    expect(page.locator("[data-testid^=issue-]")).to_have_count(1, timeout=PATIENCE)

    page.get_by_test_id("language").tap()
    expect(page.get_by_test_id("tab-report")).to_have_text("Report")
    for target in page.locator("button:visible").all():
        box = target.bounding_box()
        assert box is None or min(box["width"], box["height"]) >= 44, target.inner_text()


def test_three_reports_without_a_net_arrive_once_with_their_time(
    product: Product, telephone: BrowserContext
) -> None:
    page = carried(telephone, product)
    page.wait_for_function(
        "async () => (await navigator.serviceWorker.ready).active?.state === 'activated'",
        timeout=PATIENCE,
    )
    taps = Taps(page)
    taps.shoot("shoot", "white")  # places and kinds are read while there is a net
    expect(page.locator("[data-testid^=place-]").first).to_be_visible(timeout=PATIENCE)
    page.get_by_test_id("back").tap()

    telephone.set_offline(True)
    page.reload()
    expect(page.get_by_test_id("shoot-button")).to_be_visible(timeout=PATIENCE)
    for count, colour in enumerate(("orange", "purple", "cyan"), start=1):
        taps.shoot("shoot", colour)
        page.locator("[data-testid^=place-]").first.tap()
        page.get_by_test_id("kind-dirt").tap()
        page.get_by_test_id("words").fill(f"地下室 {colour}")
        page.get_by_test_id("send").tap()
        expect(page.locator("[data-testid=sent][data-state=kept]")).to_have_count(count)
    expect(page.get_by_test_id("sending")).to_contain_text("3")

    telephone.set_offline(False)
    page.reload()  # two rounds at once: by the page that left, and by the one that came
    expect(page.locator("[data-testid=sent][data-state=delivered]")).to_have_count(
        3, timeout=PATIENCE
    )
    mine = page.evaluate(
        "() => fetch('/api/v1/issues?mine=true&open=true&limit=50').then((said) => said.json())"
    )
    told = [one for one in mine["items"] if one["words"].startswith("地下室")]
    assert sorted(one["words"] for one in told) == [
        "地下室 cyan",
        "地下室 orange",
        "地下室 purple",
    ]
    for one in told:
        whole = page.evaluate(
            f"() => fetch('/api/v1/issues/{one['number']}').then((said) => said.json())"
        )
        assert len([shot for shot in whole["pictures"] if shot["by"]]) == 1
        report = whole["reports"][0]
        assert (report["channel"], report["told_at"] < report["received_at"]) == ("mobile", True)
