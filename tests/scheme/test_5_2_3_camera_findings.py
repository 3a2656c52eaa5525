"""五.2(3)②: what cameras find is a proposal; a rule that is mostly wrong mutes itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.desk import service as desk
from core.errors import Incomplete, NotAllowedNow
from core.facts.device import EventType, Source, System
from core.facts.finding import CameraRule
from core.facts.report import Cause, Report
from core.findings import service as findings
from core.monitoring import service as monitoring
from core.store.journal import THE_SITE
from tests.office import AGENT, OPERATOR, SUPERVISOR, Office
from tests.recordings import CAMERA, hang_camera

LEFT = EventType.SCENE_LEFT_OBJECT


@pytest.fixture
def watched(office: Office) -> Office:
    """The office with a camera that sees the door."""
    hang_camera(office)
    return office


def finds(office: Office, what: EventType = LEFT, *, place: str = "3-2") -> Report | None:
    """The camera finds something; return the report that it opened, if any."""
    event = replace(
        office.event(what, device=CAMERA),
        source=Source(office.site, System.CCTV, CAMERA),
        subject=place,
    )
    before = {one.number for one in office.queue()}
    office.hears(event)
    opened = [one for one in office.queue() if one.number not in before]
    return opened[0] if opened else None


def rejects(office: Office, cause: Cause = Cause.NOTHING_FOUND) -> None:
    report = finds(office)
    assert report is not None
    office.claim(report)
    office.does(
        monitoring.dismiss, report=report.number, by=OPERATOR, cause=cause, reason="现场没有东西"
    )
    office.tick()


def confirms(office: Office) -> None:
    report = finds(office)
    assert report is not None
    office.claim(report)
    office.complete(report, category="litter")
    office.does(desk.accept, issue=office.forward(report).issue, by=AGENT)
    office.tick()


def rule(office: Office, what: EventType = LEFT) -> CameraRule | None:
    with office.database.read() as store:
        found = findings.rules(store, site=office.site, now=office.now)
    return next((one for one in found if one.what is what), None)


def test_a_finding_stands_before_the_operator_as_a_proposal(watched: Office) -> None:
    report = finds(watched)

    assert report is not None
    assert [one.number for one in watched.queue()] == [report.number]


def test_one_proposal_for_each_place_while_it_stands(watched: Office) -> None:
    first = finds(watched)
    assert first is not None
    assert finds(watched) is None, "told again, folded"
    assert watched.report(first.number).times_told == 2
    assert finds(watched, place="3-1") is not None, "another place is another finding"


def test_what_operators_do_with_it_is_how_a_rule_fares(watched: Office) -> None:
    confirms(watched)
    rejects(watched)
    rejects(watched, Cause.FALSE_ALARM)
    rejects(watched, Cause.TEST)  # says nothing of the rule

    fared = rule(watched)

    assert fared is not None
    assert (fared.confirmed, fared.rejected) == (1, 2)
    assert fared.precision == pytest.approx(1 / 3)
    assert fared.muted_at is None, "three judgements say little"


def test_a_rule_of_which_less_than_half_is_confirmed_mutes_itself_and_says_so(
    watched: Office,
) -> None:
    confirms(watched)
    confirms(watched)
    for _ in range(3, 6):
        rejects(watched)

    muted = rule(watched)

    assert muted is not None
    assert muted.muted_at == watched.now
    assert finds(watched) is None, "a muted rule opens nothing"
    assert finds(watched, EventType.SCENE_BLOCKED_PASSAGE) is not None, "others go on"
    assert "rule_muted" in watched.kinds(THE_SITE)
    with watched.database.read() as store:
        logged = store.device_events.page(watched.site, limit=50, device=CAMERA)
    assert len(logged) == 7, "nothing it said vanished"


def test_half_confirmed_is_worth_looking_at(watched: Office) -> None:
    for _ in range(3):
        confirms(watched)
        rejects(watched)

    fared = rule(watched)

    assert fared is not None
    assert fared.muted_at is None


def test_what_is_older_than_thirty_days_counts_no_more(watched: Office) -> None:
    for _ in range(4):
        rejects(watched)
    watched.now += timedelta(days=31)
    rejects(watched)

    fared = rule(watched)

    assert fared is not None
    assert (fared.rejected, fared.muted_at) == (1, None)


def test_a_supervisor_lets_it_find_again_with_a_reason_and_a_clean_slate(watched: Office) -> None:
    for _ in range(5):
        rejects(watched)
    watched.now += timedelta(hours=1)

    with pytest.raises(Incomplete):
        watched.does(findings.unmute, camera=CAMERA, what=LEFT, by=SUPERVISOR, reason=" ")
    watched.does(findings.unmute, camera=CAMERA, what=LEFT, by=SUPERVISOR, reason="镜头已擦净")

    assert rule(watched) is None, "nothing was judged since"
    assert "rule_unmuted" in watched.kinds(THE_SITE)
    rejects(watched)
    fared = rule(watched)
    assert fared is not None
    assert (fared.rejected, fared.muted_at) == (1, None)
    with pytest.raises(NotAllowedNow):
        watched.does(findings.unmute, camera=CAMERA, what=LEFT, by=SUPERVISOR, reason="再来")
