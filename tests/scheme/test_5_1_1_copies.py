"""五.1(1): a subcontractor's employee also tells his on-site supervisor: the product sends it."""

import json
from datetime import timedelta

import pytest

from core.alerting import copies
from core.desk import service as desk
from core.errors import NotFound
from core.facts.alert import Copy
from core.facts.issue import Caller, CallerKind, IssueNumber
from core.facts.people import PersonCode, Role
from core.facts.roster import Leave
from core.roster import absences
from tests.office import CLEANER, GUARD, SUPERVISOR, Office

CHIEF = PersonCode("chief-1")


@pytest.fixture
def cleaning(office: Office) -> Office:
    office.hires(CHIEF, Role.ON_SITE_SUPERVISOR, unit="clean")
    return office


def reported(office: Office, person: PersonCode) -> IssueNumber:
    issue = office.forwarded(caller=Caller(kind=CallerKind.STAFF, person=person))
    office.tick()
    return issue


def sent(office: Office, issue: IssueNumber) -> list[Copy]:
    with office.database.read() as store:
        return store.copies.of_issue(office.site, issue)


def test_the_copy_goes_by_itself_and_is_acknowledged(cleaning: Office) -> None:
    issue = reported(cleaning, CLEANER)
    copy = sent(cleaning, issue)[0]
    assert (copy.person, copy.unit, copy.read_at) == (CHIEF, "clean", None)
    assert copy.due_at == copy.sent_at + timedelta(hours=1)

    assert cleaning.does(copies.read, issues=[issue], by=CHIEF) == 1
    assert cleaning.does(copies.read, issues=[issue, 99], by=CHIEF) == 0
    cleaning.does(copies.acknowledge, issue=issue, by=CHIEF)
    cleaning.does(copies.acknowledge, issue=issue, by=CHIEF)
    cleaning.fast_forward(hours=2)

    kinds = [kind for kind in cleaning.kinds(issue) if kind.startswith("copy")]
    assert kinds == ["copy_sent", "copy_read", "copy_acknowledged"]


def test_what_nobody_acknowledges_in_time_is_overdue_and_listed(cleaning: Office) -> None:
    issue = reported(cleaning, CLEANER)
    cleaning.fast_forward(minutes=59)
    assert sent(cleaning, issue)[0].overdue_at is None
    cleaning.fast_forward(minutes=1)
    cleaning.fast_forward(hours=5)

    with cleaning.database.read() as store:
        assert [one.issue for one in store.copies.overdue(cleaning.site, limit=5)] == [issue]
    assert cleaning.kinds(issue).count("copy_overdue") == 1
    late = cleaning.does(copies.acknowledge, issue=issue, by=CHIEF)
    assert late.overdue_at is not None
    assert late.read_at is not None
    with cleaning.database.read() as store:
        assert store.copies.overdue(cleaning.site, limit=5) == []


def test_who_works_for_the_office_sends_no_copy(cleaning: Office) -> None:
    assert sent(cleaning, reported(cleaning, GUARD)) == []


def test_the_supervisor_himself_is_sent_no_copy(cleaning: Office) -> None:
    assert sent(cleaning, reported(cleaning, CHIEF)) == []


def test_a_unit_without_a_supervisor_is_said_to_have_none(office: Office) -> None:
    issue = reported(office, CLEANER)

    assert sent(office, issue) == []
    found = [json.loads(one.body) for one in office.journal(issue)]
    assert {"unit": "clean"} in found


def test_the_deputy_of_an_absent_supervisor_is_sent_it(cleaning: Office) -> None:
    cleaning.hires("chief-2", Role.CLEANER, unit="clean")
    away = Leave(
        person=CHIEF,
        begins_at=cleaning.now,
        ends_at=cleaning.now + timedelta(days=1),
        deputy=PersonCode("chief-2"),
        reason="休假",
    )
    cleaning.does(absences.enter_absence, leave=away, by=SUPERVISOR)

    assert [copy.person for copy in sent(cleaning, reported(cleaning, CLEANER))] == ["chief-2"]


def test_a_correction_to_a_subcontractors_employee_sends_the_copy(cleaning: Office) -> None:
    issue = reported(cleaning, GUARD)
    cleaning.does(
        desk.correct_first_reporter,
        issue=issue,
        by=SUPERVISOR,
        person=CLEANER,
        name=None,
        reason="先发现的是保洁",
    )
    cleaning.tick()

    assert [copy.person for copy in sent(cleaning, issue)] == [CHIEF]


def test_nobody_acknowledges_what_was_not_sent_to_him(cleaning: Office) -> None:
    issue = reported(cleaning, CLEANER)
    with pytest.raises(NotFound):
        cleaning.does(copies.acknowledge, issue=issue, by=GUARD)
