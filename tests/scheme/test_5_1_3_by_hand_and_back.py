"""五.1(3): calling in by hand stops no clock (E9); acknowledged is not handled (E4)."""

from datetime import date, timedelta

import pytest

from core.desk import service as desk
from core.errors import Incomplete, NotAllowedNow, NotPermitted
from core.escalation import by_hand
from core.escalation import service as escalation
from core.facts.issue import IssueNumber, Urgency
from core.facts.people import PersonCode, Role
from core.facts.rules import RuleKind
from tests.office import (
    AGENT,
    CAPTAIN,
    CLEANER,
    DIRECTOR,
    ENGINEER,
    GUARD,
    OPERATOR,
    SUPERVISOR,
    Office,
)

FRIDAY = date(2026, 11, 20)


def escalates(office: Office, issue: IssueNumber, by: PersonCode, *roles: Role) -> None:
    call = by_hand.Call(reason="业主在现场吵闹", roles=roles or (Role.DIRECTOR,))
    office.does(by_hand.escalate, issue=issue, by=by, call=call)


def sentence(office: Office, issue: IssueNumber) -> str:
    with office.database.read() as store:
        found = escalation.ladders(
            store, site=office.site, issues=[store.issues.find(office.site, issue)], now=office.now
        )
    return found[issue].sentence.zh


def test_any_holder_calls_in_by_hand_and_the_policys_clock_goes_on(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    before = office.issue(lamp).next_due_at
    escalates(office, lamp, AGENT)

    assert office.called_in(lamp) == [DIRECTOR]
    assert office.issue(lamp).next_due_at == before
    assert "人工升级至管理处主任（业主在现场吵闹）" in sentence(office, lamp)

    office.fast_forward(days=2)
    assert office.called_in(lamp) == [DIRECTOR, SUPERVISOR, DIRECTOR]


def test_by_hand_as_often_as_needed(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    escalates(office, lamp, AGENT, Role.CAPTAIN)
    escalates(office, lamp, OPERATOR, Role.GENERAL_GROUP_SUPERVISOR)  # the first reporter
    assert office.called_in(lamp) == [CAPTAIN, SUPERVISOR]


def test_who_was_called_in_or_sent_holds_it_too(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    escalates(office, lamp, AGENT, Role.CAPTAIN)
    escalates(office, lamp, CAPTAIN)
    office.does(desk.assign, issue=lamp, by=AGENT, to=ENGINEER, promised_at=None)
    escalates(office, lamp, ENGINEER)
    for other in (GUARD, CLEANER):
        with pytest.raises(NotPermitted):
            escalates(office, lamp, other)


def test_it_needs_a_reason_somebody_and_an_open_issue(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    for call in (
        by_hand.Call(reason=" ", roles=(Role.DIRECTOR,)),
        by_hand.Call(reason="急"),
    ):
        with pytest.raises(Incomplete):
            office.does(by_hand.escalate, issue=lamp, by=AGENT, call=call)
    office.handled(lamp)
    with pytest.raises(NotAllowedNow):
        escalates(office, lamp, AGENT)


def test_reading_a_notice_is_written_down_once(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    office.fast_forward(days=1)
    with office.database.read() as store:
        (notice,) = store.notices.of_person(office.site, SUPERVISOR, limit=9)
    office.does(by_hand.acknowledge, notice=notice.id, person=SUPERVISOR)
    office.now += timedelta(minutes=1)
    office.does(by_hand.acknowledge, notice=notice.id, person=SUPERVISOR)
    assert office.kinds(lamp).count("notice_acknowledged") == 1


def test_accepted_and_untouched_it_comes_back_with_the_clock_of_the_report(office: Office) -> None:
    lamp = office.accepted(category="litter")
    office.tick()
    reported = office.issue(lamp).reported_at
    office.fast_forward(hours=23)
    assert office.issue(lamp).came_back_at is None

    office.fast_forward(hours=1)
    back = office.issue(lamp)
    assert back.came_back_at == office.now
    assert back.reported_at == reported
    assert "退回未处理，仍按原报事时间计" in sentence(office, lamp)
    assert office.kinds(lamp)[-1] == "came_back"

    office.fast_forward(days=1)
    assert office.kinds(lamp).count("came_back") == 1


def test_what_somebody_does_about_it_takes_the_mark_away(office: Office) -> None:
    lamp = office.accepted(category="litter")
    office.fast_forward(days=1)
    office.fast_forward(minutes=1)
    assert office.issue(lamp).came_back_at is not None
    office.does(desk.note, issue=lamp, by=AGENT, words="师傅在路上")
    office.tick()
    assert office.issue(lamp).came_back_at is None
    office.fast_forward(days=1)
    office.fast_forward(minutes=1)
    assert office.kinds(lamp).count("came_back") == 2


def test_touched_just_before_it_does_not_come_back(office: Office) -> None:
    lamp = office.accepted(category="litter")
    office.tick()
    office.now += timedelta(hours=23)
    office.does(desk.note, issue=lamp, by=AGENT, words="师傅在路上")
    office.fast_forward(hours=2)
    assert office.issue(lamp).came_back_at is None


def test_somebody_was_sent_it_comes_back_after_the_promised_time(office: Office) -> None:
    lamp = office.accepted(category="litter")
    promised = office.now + timedelta(days=4)
    office.does(desk.assign, issue=lamp, by=AGENT, to=ENGINEER, promised_at=promised)
    office.tick()
    office.fast_forward(days=3, hours=1)
    assert office.issue(lamp).came_back_at is None
    office.fast_forward(days=1)
    assert office.issue(lamp).came_back_at is not None


def test_handled_it_does_not_come_back(office: Office) -> None:
    lamp = office.accepted(category="litter")
    office.handled(lamp)
    office.tick()
    office.fast_forward(days=3)
    assert "came_back" not in office.kinds(lamp)


def test_an_office_may_switch_it_off(office: Office) -> None:
    with office.database.begin() as store:
        store.put_in_force(
            office.site,
            kind=RuleKind.POLICY,
            version=2,
            text="version = 2\n[comes_back]\naccepted_seconds = 0\n",
            by=DIRECTOR,
            reason="试行",
            now=office.now,
        )
    lamp = office.accepted(category="litter")
    office.tick()
    office.fast_forward(days=5)
    assert "came_back" not in office.kinds(lamp)
