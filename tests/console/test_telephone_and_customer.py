"""五.1(3)①, 五.2, features J2, H8: what waits on the telephone, and the customer's page."""

from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import cv2
import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from api.auth import COOKIE
from core.facts.people import Role
from core.facts.rules import Rules
from core.store.database import Database
from tests.api.running import Centre, HandClock
from tests.console import axe
from tests.console.conftest import ROOT

#: A busy machine takes its time; nothing here is measured.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
SMALL = ViewportSize(width=360, height=640)
ZONE = ZoneInfo("Asia/Shanghai")
Small = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Iterator[Centre]:
    """A centre whose clock only the test moves, with the built pages."""
    if not (ROOT / "api/console/dist/m/index.html").exists():
        pytest.skip("the telephone's page is not built")
    file = tmp_path_factory.mktemp("telephone") / "store.sqlite"
    database = Database.open(f"sqlite:///{file}", rules=rules)
    database.migrate()
    running = Centre.start(database, clock=HandClock())
    yield running
    running.stop()
    database.close()


@pytest.fixture
def small(browser: Browser) -> Iterator[Small]:
    """A small telephone of its own for somebody."""
    made: list[BrowserContext] = []

    def _small(**options: object) -> BrowserContext:
        context = browser.new_context(viewport=SMALL, has_touch=True, is_mobile=True, **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        made.append(context)
        return context

    yield _small
    for context in made:
        context.close()


def carried(context: BrowserContext, centre: Centre, who: Role) -> Page:
    context.add_cookies([{"name": COOKIE, "value": centre.session(who), "url": centre.url}])
    page = context.new_page()
    page.goto(f"{centre.url}/m/")
    return page


def evening(centre: Centre) -> tuple[int, int]:
    """A guard's day: what he found, a call, a briefing, a proposal; return issue and proposal."""
    clock = centre.clock
    assert isinstance(clock, HandClock)
    guard, supervisor = centre.as_(Role.GUARD), centre.as_(Role.GENERAL_GROUP_SUPERVISOR)
    found = {"place": "3-2", "category": "litter", "words": "纸箱堆在门口"}
    issue = guard.post("/api/v1/tellings", json=found).json()["issue"]
    clock.forward(hours=11)
    lift = {"place": "3-2", "category": "lift_stopped", "words": "电梯停在三楼"}
    assert centre.as_(Role.CLEANER).post("/api/v1/tellings", json=lift).is_success
    briefing = {"sort": "notice", "title": "台风", "words": "关好门窗", "roles": ["guard"]}
    assert supervisor.post("/api/v1/briefings", json=briefing).is_success
    director = centre.as_(Role.DIRECTOR)
    entries = director.get(f"/api/v1/issues/{issue}/journal").json()["items"]
    said = {
        "person": "guard-7",
        "points": -2,
        "consequence": "points",
        "words": "没有及时清理",
        "evidence": [{"issue": issue, "seq": entries[0]["seq"]}],
    }
    proposed = supervisor.post("/api/v1/merit/proposals", json=said)
    assert proposed.is_success, proposed.text
    centre.office.now = clock.now()
    centre.office.tick()
    return issue, proposed.json()["number"]


def test_an_evening_on_the_telephone(centre: Centre, small: Small) -> None:
    issue, proposal = evening(centre)
    guard = centre.as_(Role.GUARD)
    (alert,) = guard.get("/api/v1/alerts", params={"open": True}).json()["items"]
    page = carried(small(reduced_motion="reduce"), centre, Role.GUARD)
    page.get_by_test_id("tab-duties").tap()

    # Called: where, what, what to do first; and he comes.
    call = page.get_by_test_id(f"alert-{alert['id']}")
    expect(call).to_contain_text("电梯停在三楼")
    page.get_by_test_id(f"come-{alert['id']}").tap()
    expect(call).to_be_hidden()

    # A swipe is taken back, a tap clears the day.
    card = page.get_by_test_id(f"card-{issue}")
    box = card.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 240, box["y"] + 44, steps=4)
    page.mouse.up()
    expect(card).to_be_hidden()
    page.get_by_test_id("take-back").tap()
    expect(card).to_be_visible()
    page.get_by_test_id(f"still_open-{issue}").tap()
    expect(card).to_be_hidden()

    briefing = page.locator("[data-testid^=briefing-]")
    expect(briefing).to_contain_text("关好门窗")
    page.locator("[data-testid^=read-]").tap()
    expect(briefing).to_be_hidden()

    page.get_by_test_id("tab-mine").tap()
    page.get_by_test_id(f"object-{proposal}").tap()
    page.get_by_test_id("object-words").fill("当时已报客服")
    page.get_by_test_id("object-send").tap()
    expect(page.get_by_test_id("objection")).to_contain_text("当时已报客服", timeout=PATIENCE)
    expect(page.locator("[data-testid=sent][data-state=delivered]")).to_have_count(
        4, timeout=PATIENCE
    )

    assert guard.get("/api/v1/followups").json()["cards"] == []
    assert guard.get(f"/api/v1/alerts/{alert['id']}").json()["state"] == "coming"
    (mine,) = guard.get("/api/v1/briefings").json()["items"]
    assert mine["acknowledged_at"] is not None


@pytest.mark.parametrize(
    ("locale", "title", "thanks"),
    [("zh-CN", "问题解决了吗", "谢谢"), ("en-GB", "Is it solved", "Thank you")],
    ids=["zh", "en"],
)
def test_a_customer_judges_once_without_script(
    centre: Centre, small: Small, locale: str, title: str, thanks: str
) -> None:
    agent = centre.as_(Role.DESK_AGENT)
    telling = {
        "channel": "telephone",
        "words": "楼道灯不亮",
        "place": "3-2",
        "category": "street_lamp",
        "caller": {"kind": "customer", "name": "王女士"},
    }
    number = agent.post("/api/v1/issues", json=telling).json()["number"]
    path = f"/api/v1/issues/{number}"
    promised = {"to": "engineer-1", "promised_at": "2026-11-21T04:00:00Z"}
    assert agent.post(f"{path}/assign", json=promised).is_success
    assert agent.post(f"{path}/handled", json={"how": "换了灯泡"}).is_success
    link = agent.post(f"{path}/link", json={}).json()["path"]

    page = small(java_script_enabled=False, locale=locale).new_page()
    page.goto(f"{centre.url}{link}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    expect(page.locator("main")).to_contain_text("楼道灯不亮")
    expect(page.locator("main")).to_contain_text("2026-11-21 12:00")  # promised, by the site
    page.locator("label", has=page.locator("[name=solved][value=no]")).tap()
    page.locator("label", has=page.locator("[name=rating][value='2']")).tap()
    page.locator("[name=words]").fill("还是不亮")
    page.get_by_role("button").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text(thanks)

    assert agent.get(path).json()["status"] == "accepted"
    page.goto(f"{centre.url}{link}")
    expect(page.locator("form")).to_have_count(0)


@pytest.mark.parametrize(("hour", "shade"), [(11, "light"), (22, "dark")], ids=["day", "night"])
def test_telephone_and_customers_page_can_be_used_by_everybody(
    centre: Centre, small: Small, hour: int, shade: str
) -> None:
    clock = centre.clock
    assert isinstance(clock, HandClock)
    clock.forward(hours=(hour - clock.now().astimezone(ZONE).hour) % 24)
    dark = {"color_scheme": shade, "reduced_motion": "reduce", "bypass_csp": True}
    context = small(**dark)
    page = carried(context, centre, Role.GUARD)
    expect(page.locator("html")).to_have_attribute("data-shade", shade)
    wrong: list[str] = []
    for tab in ("report", "duties", "mine"):
        page.get_by_test_id(f"tab-{tab}").tap()
        expect(page.get_by_test_id(f"tab-{tab}")).to_have_attribute("aria-current", "page")
        wrong += [f"{tab}: {said}" for said in (*axe.violations(page), *axe.moving(page))]
        wrong += [f"{tab}: {said}" for said in axe.unseen_focus(page)]

    agent = centre.as_(Role.DESK_AGENT)
    caller = {"kind": "customer", "name": "王女士"}
    what = {"channel": "telephone", "words": "灯不亮", "place": "3-2", "category": "street_lamp"}
    number = agent.post("/api/v1/issues", json={**what, "caller": caller}).json()["number"]
    path = f"/api/v1/issues/{number}"
    assert agent.post(f"{path}/handled", json={"how": "换了灯泡"}).is_success
    customer = context.new_page()
    customer.goto(f"{centre.url}{agent.post(f'{path}/link', json={}).json()['path']}")
    expect(customer.locator("form")).to_be_visible()
    wrong += [f"customer: {said}" for said in axe.violations(customer)]
    wrong += [f"customer: {said}" for said in axe.unseen_focus(customer)]
    assert not wrong, "\n".join(wrong)


def test_a_printed_code_leads_to_its_place(centre: Centre, browser: Browser) -> None:
    context = browser.new_context(viewport=ViewportSize(width=1280, height=800))
    context.add_cookies(
        [{"name": COOKIE, "value": centre.session(Role.DESK_AGENT), "url": centre.url}]
    )
    page = context.new_page()
    page.goto(f"{centre.url}/codes")
    page.get_by_test_id("codes-find").fill("2单元")
    code = page.get_by_test_id("code-3-2")
    expect(code).to_be_visible()
    expect(page.locator("[data-testid^=code-]")).to_have_count(1)

    picture = cv2.imdecode(np.frombuffer(code.screenshot(), np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    read, *_ = cv2.QRCodeDetector().detectAndDecode(picture)
    assert read == f"{centre.url}/m/p/3-2"
    page.goto(f"{read}")
    expect(page.get_by_test_id("scanned")).to_contain_text("2单元")
    context.close()
