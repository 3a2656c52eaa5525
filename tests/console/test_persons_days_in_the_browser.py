"""A day at the centre and at the desk: a handover, a device on test, a promise."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from core.facts.device import EventType
from core.facts.people import Role
from tests.api.running import PASSWORD, Centre
from tests.console.conftest import PATIENCE, RELIEVER
from tests.office import DOOR

expect.set_options(timeout=PATIENCE)
As = Callable[..., Page]


def test_a_shift_is_signed_by_both_once_no_life_is_at_stake(centre: Centre, as_: As) -> None:
    assert centre.delivers(centre.event(EventType.HELP_PRESSED, call="at-handover")).is_success
    operator = as_(Role.OPERATOR)
    operator.goto(f"{centre.url}/handover")
    # What is open stands there by itself; what no list knows is added.
    expect(operator.get_by_test_id("handover-unclaimed").locator("li")).to_have_count(1)
    expect(operator.get_by_test_id("handover-forbidden")).to_be_visible()
    operator.get_by_test_id("note-words").fill("东门岗亭钥匙在抽屉")
    operator.get_by_test_id("note-add").click()
    expect(operator.get_by_test_id("handover-notes")).to_contain_text("东门岗亭钥匙在抽屉")
    _fill_in(operator, own=PASSWORD)
    expect(operator.get_by_test_id("sign")).to_be_disabled()

    operator.get_by_test_id("room-queue").click()
    row = operator.locator("[data-testid^=queue-row-]")
    expect(row).to_have_count(1)
    operator.keyboard.press("Enter")
    expect(operator.get_by_test_id("form-category")).to_be_visible()

    operator.goto(f"{centre.url}/handover")
    expect(operator.get_by_test_id("handover-claimed").locator("li")).to_have_count(1)
    expect(operator.get_by_test_id("handover-forbidden")).to_have_count(0)
    _fill_in(operator, own="not mine")
    operator.get_by_test_id("sign").click()
    expect(operator.get_by_test_id("sign-refused")).to_be_visible()
    _fill_in(operator, own=PASSWORD)
    operator.get_by_test_id("sign-password").press("Enter")

    # The reliever sits at this console now, and reads what both have signed.
    signed = operator.get_by_test_id("handover-signed")
    expect(signed.locator(".handover-signatures b")).to_have_text(["operator 1", "operator 2"])
    expect(signed.get_by_test_id("handover-notes")).to_contain_text("东门岗亭钥匙在抽屉")
    me = operator.request.get(f"{centre.url}/api/v1/session").json()
    assert me["person"]["code"] == RELIEVER
    report = operator.request.get(f"{centre.url}/api/v1/queue").json()["items"][0]
    assert report["claim"]["mine"]


def test_a_promise_stands_until_the_customer_was_called_back(centre: Centre, as_: As) -> None:
    agent = as_(Role.DESK_AGENT)
    number = _told(centre)
    agent.goto(f"{centre.url}/issues/{number}")
    agent.get_by_test_id("promise-make").click()
    expect(agent.get_by_test_id("promise-due")).to_be_focused()
    agent.keyboard.type("+2h")
    agent.keyboard.press("Tab")
    agent.keyboard.type("王女士")
    agent.keyboard.press("Tab")
    agent.keyboard.type("今天换灯")
    agent.keyboard.press("Control+Enter")
    promise = agent.locator("[data-testid=promises] li[data-state]")
    expect(promise).to_have_attribute("data-state", "owed")
    expect(promise).to_contain_text("王女士")

    agent.get_by_test_id("room-desk").click()
    owed = agent.get_by_test_id("promises-owed")
    expect(owed).to_contain_text("今天换灯")
    owed.get_by_role("button", name=f"#{number}").click()
    agent.goto(f"{centre.url}/issues/{number}")
    agent.locator("[data-testid^=keep-]").first.click()
    # To whom it was promised stands there already.
    expect(agent.get_by_test_id("keep-whom")).to_have_value("王女士")
    agent.get_by_test_id("reason").fill("已换，请他看过")
    agent.keyboard.press("Control+Enter")
    expect(promise).to_have_attribute("data-state", "kept")
    agent.get_by_test_id("room-desk").click()
    expect(agent.get_by_test_id(f"register-row-{number}")).to_be_visible()
    expect(agent.get_by_test_id("promises-owed")).to_have_count(0)


def test_a_device_on_test_is_logged_and_alarms_nobody(centre: Centre, as_: As) -> None:
    operator = as_(Role.OPERATOR)
    before = operator.request.get(f"{centre.url}/api/v1/queue").json()["items"]
    operator.goto(f"{centre.url}/devices")
    operator.get_by_test_id("put-on-test").click()
    operator.get_by_test_id("test-what").fill(DOOR)
    expect(operator.get_by_role("option").first).to_contain_text("门口机")
    operator.keyboard.press("Enter")
    operator.get_by_test_id("test-minutes").select_option("10")
    operator.get_by_test_id("reason").fill("换门口机")
    operator.keyboard.press("Control+Enter")
    bar = operator.locator("[data-testid^=on-test-bar-]")
    expect(bar).to_contain_text("换门口机")

    assert centre.delivers(centre.event(call="while-on-test")).is_success
    card = operator.get_by_test_id("on-test").locator("article")
    expect(card.locator("li")).to_have_count(1)
    queue = operator.request.get(f"{centre.url}/api/v1/queue").json()["items"]
    assert [one["number"] for one in queue] == [one["number"] for one in before]
    # On whatever page one is.
    operator.get_by_test_id("room-queue").click()
    expect(bar).to_be_visible()
    bar.get_by_role("link").click()
    operator.locator("[data-testid^=end-test-]").click()
    expect(bar).to_have_count(0)
    expect(card).to_have_count(0)


def _fill_in(page: Page, *, own: str) -> None:
    page.get_by_test_id("sign-own-password").fill(own)
    page.get_by_test_id("sign-login").fill(f"{RELIEVER}@garden")
    page.get_by_test_id("sign-password").fill(PASSWORD)


def _told(centre: Centre) -> int:
    """A resident tells the desk by telephone."""
    said = {
        "caller": {"kind": "customer", "name": "王女士", "phone": "13800001111"},
        "channel": "telephone",
        "place": "3-2",
        "category": "street_lamp",
        "words": "楼道灯不亮",
    }
    answer = centre.as_(Role.DESK_AGENT).post("/api/v1/issues", json=said)
    assert answer.is_success, answer.text
    return int(answer.json()["number"])
