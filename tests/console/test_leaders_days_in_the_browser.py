"""Days of those who decide: proposals, pauses, reviews, and whom no message reached."""

from collections import deque
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from core.facts import moment
from core.facts.device import EventType
from core.facts.issue import IssueNumber
from core.facts.message import Messenger, MessengerCode, MessengerKind
from core.facts.people import PersonCode, Role
from simulators.messengers import Messengers
from tests.api.running import PEOPLE, Centre, wait_until
from tests.console.conftest import PATIENCE
from tests.merits import proposals, writes
from tests.office import Office
from tests.recordings import compares, hang_camera, shoots_all

expect.set_options(timeout=PATIENCE)
As = Callable[..., Page]


def test_a_director_decides_together_and_answers_an_objection(centre: Centre, as_: As) -> None:
    for person in (Role.GUARD, Role.GUARD, Role.ENGINEER):
        _praised(centre, PEOPLE[person])
    engineer = as_(Role.ENGINEER)
    engineer.goto(f"{centre.url}/points")
    engineer.locator("[data-testid^=object-]").click()
    engineer.get_by_test_id("reason").fill("是班长做的")
    engineer.keyboard.press("Control+Enter")
    expect(engineer.get_by_test_id("objection")).to_contain_text("是班长做的")

    director = as_(Role.DIRECTOR)
    director.get_by_test_id("room-merit").click()
    stack = director.locator("[data-testid^=proposal-]")
    expect(stack).to_have_count(3)
    # What is objected to is answered before it is decided, and never with the rest.
    director.get_by_test_id("approve-all").click()
    director.get_by_test_id("reason").fill("三件属实")
    director.keyboard.press("Control+Enter")
    expect(stack).to_have_count(1)
    expect(director.get_by_test_id("objection")).to_contain_text("是班长做的")
    expect(director.get_by_test_id("approve")).to_have_count(0)
    director.get_by_test_id("reason").fill("已核：当班的是他")
    director.keyboard.press("Control+Enter")
    expect(director.get_by_test_id("objection")).to_contain_text("已核：当班的是他")
    expect(director.get_by_test_id("approve")).to_be_visible()
    director.keyboard.press("a")
    expect(director.get_by_test_id("reason")).to_be_focused()
    director.keyboard.type("属实")
    director.keyboard.press("Control+Enter")
    expect(stack).to_have_count(0)
    director.goto(f"{centre.url}/merit/ledger")
    expect(director.get_by_test_id("ledger").locator("tbody tr")).to_have_count(3)
    engineer.reload()
    expect(engineer.get_by_test_id("balance")).to_have_text("+2")


def test_a_supervisor_grants_a_pause_and_judges_a_claim_by_key(centre: Centre, as_: As) -> None:
    office = _office(centre)
    agent = centre.as_(Role.DESK_AGENT)
    waits = office.accepted()
    until = moment.text(centre.clock.now() + timedelta(hours=5))
    asked = agent.post(f"/api/v1/issues/{waits}/pause", json={"until": until, "reason": "等配件"})
    assert asked.is_success, asked.text
    hang_camera(office)
    claimed = [_claimed(office), _claimed(office)]

    supervisor = as_(Role.GENERAL_GROUP_SUPERVISOR)
    supervisor.get_by_test_id("tab-pauses").click()
    supervisor.get_by_test_id("pause-grant").click()
    expect(supervisor.get_by_test_id("pause-grant")).to_have_count(0)
    expect(supervisor.get_by_test_id("pauses-page")).to_contain_text("supervisor")
    assert agent.get(f"/api/v1/issues/{waits}").json()["pauses"][0]["state"] == "granted"

    supervisor.get_by_test_id("room-reviews").click()
    for issue in claimed:
        expect(supervisor.get_by_test_id(f"review-{issue}")).to_be_visible()
    shown = supervisor.locator(".review-row[aria-current=page]")
    expect(shown).to_have_count(1)
    first = int((shown.get_attribute("data-testid") or "").removeprefix("review-"))
    for key, words in (("1", "地上已经干净"), ("2", "垃圾还在")):
        expect(supervisor.get_by_test_id("verdict-handled")).to_be_visible()
        supervisor.keyboard.press(key)
        expect(supervisor.get_by_test_id("reason")).to_be_focused()
        supervisor.keyboard.type(words)
        supervisor.keyboard.press("Control+Enter")
        expect(supervisor.get_by_test_id("reason")).to_have_count(0)
    expect(supervisor.locator(".review-row")).to_have_count(0)
    # The machine said that it was gone: the first agrees, the second does not and is open again.
    (second,) = (one for one in claimed if one != first)
    stands = [agent.get(f"/api/v1/issues/{one}").json() for one in (first, second)]
    assert [one["review"]["agreed"] for one in stands] == [True, False]
    assert [one["status"] for one in stands] == ["handled", "accepted"]


def test_what_reached_nobody_is_shown_and_sent_again(centre: Centre, as_: As) -> None:
    house = Messengers()
    robot = Messenger(
        code=MessengerCode("group"),
        kind=MessengerKind.WECOM,
        url=f"{house.start()}/wecom",
        secret="SEC-of-the-robot",
    )
    house.failing["/wecom"] = deque([404] * 50)
    with centre.database.begin() as store:
        store.messengers.seed(centre.office.site, [robot])
    try:
        captain = as_(Role.CAPTAIN)
        captain.goto(f"{centre.url}/messages")
        rows = captain.locator("tr[data-testid^=message-]")
        assert centre.delivers(centre.event(EventType.HELP_PRESSED, call="unreached")).is_success
        expect(rows.first).to_contain_text("404")
        expect(captain.get_by_test_id("messages-failed")).to_have_attribute("aria-pressed", "true")
        name = rows.first.get_attribute("data-testid") or ""
        house.failing.clear()
        captain.get_by_test_id(name.replace("message-", "retry-")).click()
        wait_until(lambda: house.to("/wecom"))
        expect(captain.get_by_test_id(name)).to_have_count(0)
        captain.get_by_test_id("messages-all").click()
        expect(captain.get_by_test_id(name)).to_be_visible()
        expect(captain.get_by_test_id(name.replace("message-", "retry-"))).to_have_count(0)
    finally:
        house.stop()


def _office(centre: Centre) -> Office:
    centre.office.now = centre.clock.now()
    return centre.office


def _praised(centre: Centre, person: PersonCode) -> None:
    office = _office(centre)
    writes(office, "Praised", office.accepted(), customer="c-1502", words="很及时", person=person)
    proposals(office)


def _claimed(office: Office) -> IssueNumber:
    """A problem at a covered place, pictured, said to be handled; a machine saw it gone."""
    issue = office.accepted(category="litter")
    shoots_all(office)
    office.handled(issue)
    shoots_all(office, words="cleared")
    compares(office)
    return issue
