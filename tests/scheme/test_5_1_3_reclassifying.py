"""五.1(3): another category or urgency at the desk; the ladder is that of the day of report."""

from datetime import date, timedelta

import pytest

from core.desk import service as desk
from core.errors import Incomplete, NotAllowedNow, NotFound
from core.facts.catalogue import CategoryCode
from core.facts.issue import Issue, IssueNumber, Urgency
from core.facts.month import MonthCode
from core.facts.people import PersonCode
from tests.office import AGENT, DIRECTOR, GUARD, SUPERVISOR, Office

SATURDAY = date(2026, 11, 21)


def reclassifies(
    office: Office,
    issue: IssueNumber,
    category: str = "litter",
    urgency: Urgency | None = None,
    reason: str = "",
) -> Issue:
    return office.does(
        desk.reclassify,
        issue=issue,
        by=AGENT,
        category=CategoryCode(category),
        urgency=urgency,
        reason=reason,
    )


def climbed(office: Office, issue: IssueNumber) -> list[PersonCode]:
    office.tick()
    return office.called_in(issue)


def test_more_urgent_climbs_from_the_day_of_report(office: Office) -> None:
    """Steps of the new ladder that are past due fire at once, as had it been so from the start."""
    issue = office.accepted(category="litter")
    known_from_the_start = office.accepted(category="street_lamp")
    office.at(SATURDAY, "09:00")
    assert climbed(office, issue) == []
    assert climbed(office, known_from_the_start) == [SUPERVISOR]

    said = reclassifies(office, issue, "street_lamp")

    assert (said.category, said.urgency) == ("street_lamp", Urgency.URGENT)
    assert climbed(office, issue) == [SUPERVISOR]
    assert office.issue(issue).next_due_at == office.issue(known_from_the_start).next_due_at


def test_who_was_called_in_stays_called_in(office: Office) -> None:
    issue = office.accepted(category="street_lamp")
    office.at(SATURDAY, "09:00")
    assert climbed(office, issue) == [SUPERVISOR]

    reclassifies(office, issue, "litter", reason="灯是好的，地上有垃圾")

    assert climbed(office, issue) == [SUPERVISOR]
    office.at(SATURDAY + timedelta(days=1), "09:00")
    assert DIRECTOR not in climbed(office, issue)  # by the ladder of ordinary issues, not yet


def test_a_slower_ladder_needs_a_reason(office: Office) -> None:
    issue = office.accepted(category="street_lamp")
    before = office.kinds(issue)

    with pytest.raises(Incomplete):
        reclassifies(office, issue, "litter", reason=" ")
    with pytest.raises(Incomplete):
        reclassifies(office, issue, "street_lamp", Urgency.ORDINARY)

    assert office.kinds(issue) == before
    assert reclassifies(office, issue, "street_lamp", Urgency.LIFE_SAFETY).urgency == (
        Urgency.LIFE_SAFETY
    )
    lower = reclassifies(office, issue, "street_lamp", Urgency.ORDINARY, reason="无人受伤")
    assert lower.urgency is Urgency.ORDINARY
    assert "无人受伤" in office.journal(issue)[-1].body


def test_only_at_the_desk_and_only_to_something_else(office: Office) -> None:
    waiting, at_desk = office.forwarded(category="litter"), office.accepted(category="litter")
    handled = office.accepted(category="litter")
    office.handled(handled)

    for issue in (waiting, handled):
        with pytest.raises(NotAllowedNow):
            reclassifies(office, issue, "street_lamp")
    with pytest.raises(NotAllowedNow):
        reclassifies(office, at_desk, "litter", Urgency.ORDINARY)
    with pytest.raises(NotFound):
        reclassifies(office, at_desk, "no_such_category", Urgency.URGENT)


def test_the_new_category_alerts_and_counts(office: Office) -> None:
    """Whoever is near is asked as the new category says; the month counts it under that one."""
    issue = office.accepted(category="enquiry")
    office.tick()
    with office.database.read() as store:
        assert store.alerts.of_issue(office.site, issue) == []

    reclassifies(office, issue, "lift_stopped")
    office.tick()

    with office.database.read() as store:
        asked = [one.person for one in store.alerts.of_issue(office.site, issue)]
        counted = store.issue_facts.facts_of(office.site, MonthCode("2026-11"))
    assert asked == [GUARD]
    assert [one.category for one in counted if one.issue == issue] == ["lift_stopped"]
    # Only more urgent: whoever was asked is not asked again.
    reclassifies(office, issue, "lift_stopped", Urgency.LIFE_SAFETY)
    office.tick()
    with office.database.read() as store:
        assert [one.person for one in store.alerts.of_issue(office.site, issue)] == asked
