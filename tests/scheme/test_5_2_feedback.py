"""五.2, F5: praise, complaint and grievance apart; told before closing; the customer's own word."""

import pytest

from core.desk import service as desk
from core.errors import Incomplete, LinkUsed, NotAllowedNow, NotFound
from core.facts.feedback import FeedbackKind, Said, Told
from core.facts.issue import IssueNumber, Outcome, Status
from core.feedback import links
from core.feedback import service as feedbacks
from core.store.database import Database
from tests.office import AGENT, CLEANER, DIRECTOR, GUARD, SUPERVISOR, Office


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def link(office: Office, issue: IssueNumber) -> str:
    token, _ = office.does(links.make, issue=issue, by=AGENT)
    return str(token)


def judged(office: Office, token: str, *, solved: bool, **more: object) -> None:
    said = {"rating": None, "words": "", "feedback": None} | more
    with office.database.begin() as store:
        links.judge(store, token, solved=solved, now=office.now, **said)  # type: ignore[arg-type]


def test_praise_complaint_and_grievance_are_three_things_tied_to_person_and_unit(
    office: Office,
) -> None:
    issue = office.accepted()
    for kind, person in (
        (FeedbackKind.PRAISE, GUARD),
        (FeedbackKind.COMPLAINT, CLEANER),
        (FeedbackKind.GRIEVANCE, None),
    ):
        office.does(
            feedbacks.enter, said=Said(kind=kind, words="说", issue=issue, person=person), by=AGENT
        )

    assert office.kinds(issue)[-3:] == ["praised", "complained", "aggrieved"]
    with office.database.read() as store:
        found = store.feedbacks.page(office.site, limit=10)
        unit = store.people.find(office.site, CLEANER).unit
    assert [one.said.unit for one in found if one.said.person == CLEANER] == [unit]
    assert [one.due_at is None for one in found] == [False, False, True]


def test_a_complaint_is_answered_within_a_day_or_late_for_ever(office: Office) -> None:
    said = Said(kind=FeedbackKind.COMPLAINT, words="态度差")
    first = office.does(feedbacks.enter, said=said, by=AGENT)
    office.fast_forward(hours=25)

    answered = office.does(
        feedbacks.answer, feedback=first.number, by=AGENT, how=Told.TELEPHONE, words="已道歉"
    )

    assert answered.answered_at is not None
    assert answered.due_at is not None
    assert answered.answered_at > answered.due_at
    assert '"late":true' in office.journal(IssueNumber(0))[-1].body.replace(" ", "")
    with pytest.raises(NotAllowedNow):
        office.does(
            feedbacks.answer, feedback=first.number, by=AGENT, how=Told.MESSAGE, words="再答"
        )


def test_an_issue_of_a_customer_is_closed_only_once_he_was_told(office: Office) -> None:
    issue = office.accepted()
    office.handled(issue)
    with pytest.raises(Incomplete, match="return visit"):
        office.does(desk.close, issue=issue, by=AGENT, outcome=Outcome.SOLVED, words="好了")

    assert office.closed(issue).status is Status.CLOSED


def test_not_solved_re_opens_with_the_old_clock_and_steps_past_due_fire_at_once(
    office: Office,
) -> None:
    issue = office.accepted()
    office.handled(issue)
    office.fast_forward(days=4)
    assert office.called_in(issue) == []

    judged(office, link(office, issue), solved=False, words="还是不亮")
    office.tick()

    assert office.issue(issue).status is Status.ACCEPTED
    assert {SUPERVISOR, DIRECTOR} <= set(office.called_in(issue))


def test_a_link_works_once_and_runs_out(office: Office) -> None:
    issue = office.accepted()
    with pytest.raises(NotAllowedNow):
        link(office, issue)
    office.handled(issue)
    first, second = link(office, issue), link(office, issue)

    with pytest.raises(NotFound):
        judged(office, first, solved=True)
    judged(office, second, solved=True, rating=5, words="很快", feedback=FeedbackKind.PRAISE)
    with pytest.raises(LinkUsed):
        judged(office, second, solved=False)
    assert office.issue(issue).status is Status.HANDLED
    assert office.kinds(issue)[-2:] == ["customer_judged", "praised"]

    third = link(office, issue)
    office.fast_forward(days=8)
    with pytest.raises(NotFound):
        judged(office, third, solved=True)
