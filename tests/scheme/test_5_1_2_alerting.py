"""五.1(2): whoever is nearest on duty is alerted; nobody answers → the next."""

from datetime import date, time, timedelta

import pytest

from core.alerting import service as alerting
from core.errors import NotAllowedNow, NotFound
from core.facts.alert import Alert, AlertState
from core.facts.device import EventType
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode, Role
from core.facts.place import Place, PlaceCode, Site
from core.facts.report import Cause
from core.facts.roster import Post, PostCode, Row, Shift, ShiftCode
from core.monitoring import service as monitoring
from core.repeats import merging
from core.roster import writing
from tests.office import CAPTAIN, GUARD, OPERATOR, SQUAD_LEADER, SUPERVISOR, Office

TODAY = date(2026, 11, 20)


def alerts(office: Office, issue: IssueNumber) -> list[Alert]:
    with office.database.read() as store:
        return store.alerts.of_issue(office.site, issue)


def states(office: Office, issue: IssueNumber) -> list[tuple[PersonCode, AlertState]]:
    return [(one.person, one.state) for one in alerts(office, issue)]


def answers(office: Office, alert: Alert, *, coming: bool) -> Alert:
    return office.does(alerting.answer, alert=alert.id, by=alert.person, coming=coming)


def stopped_lift(office: Office, call: str = "call-1") -> IssueNumber:
    report = office.claim(office.press(call=call))
    office.complete(report, category="lift_stopped", words="电梯停了")
    office.tick()
    return report.issue


@pytest.fixture
def two_guards(office: Office) -> Office:
    """Guard 8 stands at building 3, guard 7 at the gate; both until the evening."""
    office.hires("guard-8", Role.GUARD)
    places = {
        code: Place(code=PlaceCode(code), name=code, parent=PlaceCode("site"))
        for code in ("3", "gate")
    }
    with office.database.begin() as store:
        site = Site(
            code=office.site,
            name="示范小区",
            zone="Asia/Shanghai",
            places={place.code: place for place in places.values()},
        )
        store.sites.seed(site)
    day = Shift(code=ShiftCode("day"), name="白班", begins=time(8), ends=time(20))
    office.does(writing.write_shift, shift=day, by=SUPERVISOR)
    for code in places:
        post = Post(code=PostCode(code), name=code, role=Role.GUARD, place=PlaceCode(code))
        office.does(writing.write_post, post=post, by=SUPERVISOR)
    rows = [
        Row(day=TODAY, post=PostCode(post), shift=ShiftCode("day"), person=PersonCode(person))
        for post, person in (("3", "guard-8"), ("gate", GUARD))
    ]
    office.does(writing.write, first=TODAY, last=TODAY, rows=rows, by=SUPERVISOR)
    return office


def test_the_nearest_guard_on_duty_is_alerted_once_it_is_known_what_it_is(
    two_guards: Office,
) -> None:
    report = two_guards.claim(two_guards.press())
    two_guards.tick()
    assert alerts(two_guards, report.issue) == []

    two_guards.complete(report, category="lift_stopped", words="电梯停了")
    two_guards.tick()

    assert states(two_guards, report.issue) == [("guard-8", AlertState.WAITING)]
    assert two_guards.kinds(report.issue).count("alerted") == 1


def test_nobody_answers_so_the_next_is_asked_then_the_leaders(two_guards: Office) -> None:
    issue = stopped_lift(two_guards)
    two_guards.fast_forward(minutes=2, seconds=59)
    assert len(alerts(two_guards, issue)) == 1

    for _ in range(3):
        two_guards.fast_forward(minutes=3)

    assert states(two_guards, issue) == [
        ("guard-8", AlertState.UNANSWERED),
        (GUARD, AlertState.UNANSWERED),
        (SQUAD_LEADER, AlertState.UNANSWERED),
        (CAPTAIN, AlertState.WAITING),
    ]
    two_guards.fast_forward(minutes=3)
    two_guards.fast_forward(minutes=3)
    assert two_guards.kinds(issue).count("alert_exhausted") == 1


def test_who_comes_ends_the_search(two_guards: Office) -> None:
    issue = stopped_lift(two_guards)
    answers(two_guards, alerts(two_guards, issue)[0], coming=True)
    two_guards.fast_forward(hours=1)

    assert states(two_guards, issue) == [("guard-8", AlertState.COMING)]
    assert "alert_answered" in two_guards.kinds(issue)


def test_who_cannot_come_is_passed_over_at_once(two_guards: Office) -> None:
    issue = stopped_lift(two_guards)
    answers(two_guards, alerts(two_guards, issue)[0], coming=False)

    assert states(two_guards, issue) == [
        ("guard-8", AlertState.CANNOT),
        (GUARD, AlertState.WAITING),
    ]


def test_a_late_answer_is_taken_and_a_second_one_refused(two_guards: Office) -> None:
    issue = stopped_lift(two_guards)
    two_guards.fast_forward(minutes=3)
    late = alerts(two_guards, issue)[0]
    answers(two_guards, late, coming=True)
    two_guards.fast_forward(minutes=3)

    assert states(two_guards, issue)[0] == ("guard-8", AlertState.COMING)
    assert len(alerts(two_guards, issue)) == 2
    with pytest.raises(NotAllowedNow, match="coming"):
        answers(two_guards, late, coming=False)


def test_nobody_answers_for_another(two_guards: Office) -> None:
    issue = stopped_lift(two_guards)
    alert = alerts(two_guards, issue)[0]
    with pytest.raises(NotFound):
        two_guards.does(alerting.answer, alert=alert.id, by=CAPTAIN, coming=True)


def test_life_safety_alerts_everybody_at_once_before_anything_is_typed(two_guards: Office) -> None:
    two_guards.hears(two_guards.event(EventType.HELP_PRESSED, call="help"))
    two_guards.tick()
    issue = two_guards.queue()[0].issue

    assert states(two_guards, issue) == [
        ("guard-8", AlertState.WAITING),
        (GUARD, AlertState.WAITING),
        (SQUAD_LEADER, AlertState.WAITING),
        (CAPTAIN, AlertState.WAITING),
    ]
    two_guards.fast_forward(minutes=1)
    assert {state for _, state in states(two_guards, issue)} == {AlertState.UNANSWERED}
    assert two_guards.kinds(issue).count("alert_exhausted") == 1


def test_typing_what_it_is_alerts_nobody_twice(two_guards: Office) -> None:
    two_guards.hears(two_guards.event(EventType.HELP_PRESSED, call="help"))
    two_guards.tick()
    report = two_guards.claim(two_guards.queue()[0])
    two_guards.complete(report, category="help_needed", words="老人摔倒")
    two_guards.tick()

    assert len(alerts(two_guards, report.issue)) == 4


def test_without_a_roster_everybody_of_the_role_is_asked_in_turn(office: Office) -> None:
    office.hires("guard-8", Role.GUARD)
    issue = stopped_lift(office)
    office.fast_forward(minutes=3)

    assert states(office, issue) == [
        (GUARD, AlertState.UNANSWERED),
        ("guard-8", AlertState.WAITING),
    ]


def test_what_has_ended_waits_for_nobody(two_guards: Office) -> None:
    report = two_guards.claim(two_guards.press())
    two_guards.complete(report, category="lift_stopped", words="电梯停了")
    two_guards.tick()
    two_guards.does(
        monitoring.dismiss,
        report=report.number,
        by=OPERATOR,
        cause=Cause.FALSE_ALARM,
        reason="已恢复",
    )
    two_guards.tick()
    two_guards.fast_forward(hours=1)

    assert states(two_guards, report.issue) == [("guard-8", AlertState.WITHDRAWN)]


def test_what_went_on_in_another_issue_waits_for_nobody(two_guards: Office) -> None:
    first, second = stopped_lift(two_guards), stopped_lift(two_guards, "call-2")
    two_guards.does(merging.merge, issue=first, into=second, by=SUPERVISOR, reason="同一部电梯")
    two_guards.tick()

    assert states(two_guards, first) == [("guard-8", AlertState.WITHDRAWN)]
    assert states(two_guards, second) == [("guard-8", AlertState.WAITING)]


def test_a_problem_that_alerts_nobody_alerts_nobody(office: Office) -> None:
    report = office.claim(office.press())
    office.complete(report, category="noise", words="装修")
    office.tick()

    assert alerts(office, report.issue) == []


def test_missed_while_the_product_was_down_the_next_is_asked_when_it_is_back(
    two_guards: Office,
) -> None:
    issue = stopped_lift(two_guards)
    asked = two_guards.now
    two_guards.fast_forward(hours=2)

    second = alerts(two_guards, issue)[1]
    assert (second.person, second.state) == (GUARD, AlertState.WAITING)
    assert second.due_at == asked + timedelta(hours=2, minutes=3)
