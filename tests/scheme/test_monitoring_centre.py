"""The monitoring centre: one queue, one holder, and nothing leaves before the desk has it."""

from datetime import timedelta

import pytest

from core.desk import service as desk
from core.errors import Incomplete, NotAllowedNow, NotFound, NotYours
from core.facts.device import EventType, SiteCode
from core.facts.issue import Outcome, Status, Urgency
from core.facts.report import Cause, ReportNumber
from core.monitoring import service as monitoring
from core.store.database import Database
from tests.office import AGENT, CAPTAIN, OPERATOR, SECOND_OPERATOR, Office


def test_priority_then_the_oldest_first(office: Office) -> None:
    kinds = [
        EventType.DEVICE_SILENT,
        EventType.DOOR_FORCED,
        EventType.INTERCOM_RINGING,
        EventType.INTERCOM_RINGING,
        EventType.INTERCOM_MISSED,
        EventType.HELP_PRESSED,
    ]
    for minute, kind in enumerate(kinds):
        office.hears(office.event(kind, call=f"call-{minute}"))
        office.now += timedelta(seconds=1)

    waiting = office.queue()
    assert [row.event_type for row in waiting] == [
        EventType.HELP_PRESSED,
        EventType.INTERCOM_MISSED,
        EventType.INTERCOM_RINGING,
        EventType.INTERCOM_RINGING,
        EventType.DOOR_FORCED,
        EventType.DEVICE_SILENT,
    ]
    assert waiting[2].told_at < waiting[3].told_at


def test_what_turns_out_to_be_life_safety_comes_first_from_then_on(office: Office) -> None:
    office.press("first")
    second = office.claim(office.press("second"))
    office.complete(second, category="lift_trapped")

    assert office.queue()[0].number == second.number
    office.tick()
    assert CAPTAIN in office.called_in(second.issue)


def test_the_first_view_is_kept_and_later_ones_change_nothing(office: Office) -> None:
    press = office.press()
    office.now += timedelta(seconds=2)
    assert office.does(monitoring.shown, reports=[press.number], by=OPERATOR) == 1
    first = office.now
    office.now += timedelta(seconds=9)
    assert office.does(monitoring.shown, reports=[press.number], by=SECOND_OPERATOR) == 0

    assert office.report(press.number).shown_at == first
    assert office.kinds(press.issue) == ["opened", "shown"]


def test_one_holder_at_a_time(office: Office) -> None:
    press = office.press()
    office.claim(press)
    with pytest.raises(NotYours, match=OPERATOR):
        office.claim(press, by=SECOND_OPERATOR)
    assert office.claim(press).holder(office.now) == OPERATOR


def test_a_claim_is_a_lease_that_returns_by_itself(office: Office) -> None:
    press = office.press()
    office.claim(press)
    office.now += timedelta(seconds=59)
    with pytest.raises(NotYours):
        office.claim(press, by=SECOND_OPERATOR)
    office.now += timedelta(seconds=1)
    assert office.claim(press, by=SECOND_OPERATOR).holder(office.now) == SECOND_OPERATOR
    with pytest.raises(NotYours):
        office.complete(press, by=OPERATOR)


def test_a_lease_on_life_safety_is_half_as_long(office: Office) -> None:
    office.hears(office.event(EventType.HELP_PRESSED, call="help"))
    claimed = office.claim(office.queue()[0])
    assert claimed.claim is not None
    assert claimed.claim.until - office.now == timedelta(seconds=30)


def test_renewing_holds_on_and_releasing_lets_go(office: Office) -> None:
    press = office.claim(office.press())
    office.now += timedelta(seconds=50)
    office.does(monitoring.renew, report=press.number, by=OPERATOR)
    office.now += timedelta(seconds=50)
    office.does(monitoring.release, report=press.number, by=OPERATOR)
    assert office.claim(press, by=SECOND_OPERATOR).holder(office.now) == SECOND_OPERATOR
    with pytest.raises(NotYours):
        office.does(monitoring.renew, report=press.number, by=OPERATOR)


def test_taking_over_needs_a_reason_and_both_names_are_kept(office: Office) -> None:
    press = office.claim(office.press())
    with pytest.raises(Incomplete):
        office.does(monitoring.take_over, report=press.number, by=CAPTAIN, reason="")
    office.does(monitoring.take_over, report=press.number, by=CAPTAIN, reason="离岗")
    assert office.report(press.number).holder(office.now) == CAPTAIN
    assert f'"holder":"{OPERATOR}"' in office.journal(press.issue)[-1].body


def test_nothing_is_forwarded_before_it_is_complete(office: Office) -> None:
    press = office.claim(office.press())
    with pytest.raises(Incomplete):
        office.forward(press)


def test_a_forwarded_report_stays_before_the_operators_until_the_desk_accepts(
    office: Office,
) -> None:
    issue = office.forwarded()
    assert [row.issue for row in office.queue()] == [issue]
    with pytest.raises(NotAllowedNow):
        office.claim(office.queue()[0])

    office.does(desk.accept, issue=issue, by=AGENT)
    assert office.queue() == []


def test_the_desk_may_send_back_with_a_reason(office: Office) -> None:
    issue = office.forwarded()
    with pytest.raises(Incomplete):
        office.does(desk.send_back, issue=issue, by=AGENT, reason=" ")
    office.does(desk.send_back, issue=issue, by=AGENT, reason="哪一盏灯？")

    (row,) = office.queue()
    assert row.returned is not None
    assert (row.returned.reason, row.returned.by) == ("哪一盏灯？", AGENT)
    office.claim(row)
    office.forward(row)
    assert office.issue(issue).status is Status.FORWARDED
    assert office.queue()[0].returned is None


def test_handled_on_the_spot_is_recorded_and_stops_the_ladder(office: Office) -> None:
    press = office.claim(office.press())
    with pytest.raises(Incomplete):
        _on_the_spot(office, press.number)
    office.complete(press, urgency=Urgency.URGENT)
    _on_the_spot(office, press.number)

    assert office.queue() == []
    assert office.issue(press.issue).status is Status.HANDLED
    assert office.fast_forward(days=4).escalated == 0
    assert office.closed(press.issue, Outcome.HANDLED_ON_THE_SPOT).status is Status.CLOSED


def test_dismissing_needs_a_claim_a_cause_and_a_reason(office: Office) -> None:
    press = office.press()
    with pytest.raises(NotYours):
        _dismiss(office, press.number, "测试呼叫")
    office.claim(press)
    with pytest.raises(Incomplete):
        _dismiss(office, press.number, "")
    _dismiss(office, press.number, "测试呼叫")

    assert office.queue() == []
    assert office.kinds(press.issue)[-1] == "dismissed"
    assert office.fast_forward(days=4).escalated == 0


def test_solved_means_that_somebody_handled_it(office: Office) -> None:
    issue = office.accepted()
    with pytest.raises(NotAllowedNow):
        office.closed(issue, Outcome.SOLVED)
    assert office.closed(issue, Outcome.NOT_OURS).status is Status.CLOSED


def test_no_number_of_one_site_answers_at_another(database: Database) -> None:
    garden, river = Office(database), Office(database, site=SiteCode("river"))
    press = garden.press("call-1")
    assert river.press("call-1").number == press.number == ReportNumber(1)
    with pytest.raises(NotFound):
        river.does(monitoring.claim, report=ReportNumber(2), by=OPERATOR)
    garden.claim(press)
    assert river.queue()[0].claim is None


def _on_the_spot(office: Office, report: ReportNumber) -> None:
    office.does(monitoring.handled_on_the_spot, report=report, by=OPERATOR, how="当场换好")


def _dismiss(office: Office, report: ReportNumber, reason: str) -> None:
    office.does(monitoring.dismiss, report=report, by=OPERATOR, cause=Cause.TEST, reason=reason)
