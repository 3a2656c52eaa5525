"""What an operator's console must never miss: a cut line, a silent browser, an empty seat."""

from collections.abc import Callable
from datetime import time, timedelta

from playwright.sync_api import Browser, Page, expect

from api.auth import COOKIE, hash_token
from core.facts.device import SiteCode
from core.facts.people import Role
from core.facts.roster import Post, PostCode, Row, Shift, ShiftCode
from core.facts.seat import Trouble
from core.roster import writing
from core.store.journal import THE_SITE
from tests.api.running import PEOPLE, Centre, HandClock, wait_until
from tests.console.conftest import PATIENCE
from tests.office import ZONE
from tests.wire.fire_phone.hosts import Proxy

expect.set_options(timeout=PATIENCE)
As = Callable[..., Page]
HERE = SiteCode("garden")
_ROW = "[data-testid^=queue-row-]"


def test_an_empty_seat_is_missed_and_mute_is_remembered(
    centre: Centre, browser: Browser, as_: As
) -> None:
    _on_duty(centre)
    # Nothing but the seat is in trouble: this browser may sound.
    operator, captain = _operator(centre, browser, _SOUNDING), as_(Role.CAPTAIN)
    assert isinstance(centre.clock, HandClock)
    wait_until(lambda: _told(centre, operator))
    centre.clock.forward(minutes=10)
    expect(operator.get_by_test_id("seat-asked")).to_be_visible()
    centre.clock.forward(seconds=60)
    go = captain.locator("[data-testid^=summons-go-]")
    go.click()
    expect(go).to_have_count(0)
    operator.keyboard.press("j")
    expect(operator.get_by_test_id("seat-asked")).to_have_count(0)
    assert "seat_taken" in centre.office.kinds(THE_SITE)

    # The workstation remembers what is left of the minute, and the centre who began it.
    operator.keyboard.press("m")
    mute = operator.get_by_test_id("mute")
    expect(mute).to_have_attribute("aria-pressed", "true")
    wait_until(lambda: "sound_muted" in centre.office.kinds(THE_SITE))
    operator.reload()
    expect(mute).to_have_attribute("aria-pressed", "true")
    mute.click()
    expect(mute).to_have_attribute("aria-pressed", "false")
    operator.context.close()


def test_what_came_while_the_line_was_cut_is_there_afterwards(
    centre: Centre, browser: Browser
) -> None:
    port = int(centre.url.rpartition(":")[2])
    with Proxy(("127.0.0.1", port)) as line:
        url = f"http://127.0.0.1:{line.proxy.port}"
        context = browser.new_context()
        context.add_cookies([{"name": COOKIE, "value": centre.session(Role.OPERATOR), "url": url}])
        operator = context.new_page()
        operator.clock.install()
        operator.goto(url)
        stream, rows = operator.get_by_test_id("stream-state"), operator.locator(_ROW)
        expect(stream).to_have_attribute("data-state", "live")
        before = rows.count()
        line.set(half_open=True)
        for _ in range(3):
            centre.ring()
        operator.clock.fast_forward(45_000)
        # What is shown is old, and says so.
        expect(operator.get_by_test_id("stream-stale")).to_be_visible()
        expect(rows).to_have_count(before)

        line.set()
        line.reset()
        expect(rows).to_have_count(before + 3)
        expect(stream).to_have_attribute("data-state", "live")
        expect(operator.get_by_test_id("stream-stale")).to_have_count(0)
        context.close()


def test_a_browser_that_may_not_sound_is_said_and_known(centre: Centre, browser: Browser) -> None:
    # Chromium takes each look of a test for somebody's touch: here it waits for a real one.
    operator = _operator(centre, browser, _SILENT)
    expect(operator.get_by_test_id("sound-blocked")).to_be_visible()
    wait_until(lambda: _silent(centre, operator))

    operator.keyboard.press("j")
    expect(operator.get_by_test_id("sound-blocked")).to_have_count(0)
    wait_until(lambda: not _silent(centre, operator))
    operator.context.close()


def _operator(centre: Centre, browser: Browser, script: str) -> Page:
    """Open a console of which the browser sounds as this script says."""
    context = browser.new_context()
    context.add_init_script(script)
    session = centre.session(Role.OPERATOR)
    context.add_cookies([{"name": COOKIE, "value": session, "url": centre.url}])
    page = context.new_page()
    page.goto(centre.url)
    page.get_by_test_id("stream-state").wait_for()
    return page


_SOUNDING = """
    Object.defineProperty(AudioContext.prototype, "state", { get() { return "running"; } });
"""
_SILENT = """
    let touched = false;
    for (const kind of ["keydown", "pointerdown"])
        addEventListener(kind, (event) => { touched ||= event.isTrusted; }, true);
    const prototype = AudioContext.prototype, resume = prototype.resume;
    const { get } = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, "state");
    Object.defineProperty(prototype, "state", {
        get() { return touched ? get.call(this) : "suspended"; },
    });
    prototype.resume = function () { return touched ? resume.call(this) : new Promise(() => {}); };
"""


def _silent(centre: Centre, page: Page) -> bool:
    """Whether the console has told that its browser keeps it silent."""
    (cookie,) = (one for one in page.context.cookies() if one["name"] == COOKIE)
    with centre.database.read() as store:
        session = store.sessions.find(hash_token(cookie["value"]), now=centre.clock.now())
        assert session is not None
        seat = store.seats.find(session.site, session.seat)
    return seat is not None and seat.since(Trouble.SOUND_BLOCKED) is not None


def _told(centre: Centre, page: Page) -> bool:
    """Whether the console has told that somebody is there."""
    (cookie,) = (one for one in page.context.cookies() if one["name"] == COOKIE)
    with centre.database.read() as store:
        session = store.sessions.find(hash_token(cookie["value"]), now=centre.clock.now())
        assert session is not None
        return store.seats.find(session.site, session.seat) is not None


def _on_duty(centre: Centre) -> None:
    """An operator is on duty from eight to eight."""
    post, day = PostCode("centre"), ShiftCode("day")
    today = centre.clock.now().astimezone(ZONE).date()
    by = PEOPLE[Role.CAPTAIN]
    with centre.database.begin() as store:
        now = centre.clock.now() - timedelta(days=1)
        seat = Post(code=post, name="监控中心", role=Role.OPERATOR, place=None, least=1)
        writing.write_post(store, site=HERE, post=seat, by=by, now=now)
        shift = Shift(code=day, name="白班", begins=time(8), ends=time(20))
        writing.write_shift(store, site=HERE, shift=shift, by=by, now=now)
        row = Row(day=today, post=post, shift=day, person=PEOPLE[Role.OPERATOR])
        writing.write(store, site=HERE, first=today, last=today, rows=[row], by=by, now=now)
