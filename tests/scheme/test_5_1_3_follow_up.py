"""五.1(3)①④: who answers for an issue says every day how it stands; a missed day stays visible."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.desk import service as desk
from core.errors import NotAllowedNow, NotPermitted
from core.facts.followup import Card, CardState, FollowUpWord
from core.facts.issue import Caller, CallerKind, IssueNumber
from core.facts.people import PersonCode, Role
from core.facts.roster import Leave
from core.facts.rules import RuleKind
from core.followup import service as followup
from core.repeats import merging
from core.roster import absences
from core.rules import changing
from core.store.database import Database
from core.tick import tick
from tests.office import (
    AGENT,
    CLEANER,
    ENGINEER,
    GUARD,
    OPERATOR,
    SECOND_OPERATOR,
    SUPERVISOR,
    ZONE,
    Office,
)

FRIDAY, SATURDAY, SUNDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)


@pytest.fixture
def following(office: Office) -> Office:
    """An office that has been running since the morning: it knows when it asks."""
    office.tick()
    return office


def by(person: PersonCode) -> Caller:
    return Caller(kind=CallerKind.STAFF, person=person)


def reported(office: Office, person: PersonCode = GUARD) -> IssueNumber:
    return office.accepted(caller=by(person))


def cards(office: Office, issue: IssueNumber) -> list[Card]:
    with office.database.read() as store:
        return store.followups.of_issue(office.site, issue)


def states(office: Office, issue: IssueNumber) -> dict[date, CardState]:
    return {card.on: card.state for card in cards(office, issue)}


def open_cards(office: Office, person: PersonCode) -> list[IssueNumber]:
    with office.database.read() as store:
        return [card.issue for card in store.followups.open_of(office.site, person, office.now)]


def says(
    office: Office,
    issue: IssueNumber,
    word: FollowUpWord = FollowUpWord.STILL_OPEN,
    *,
    person: PersonCode = GUARD,
) -> Card:
    return office.does(followup.answer, issue=issue, by=person, word=word, words="看过了")


def entries(office: Office, issue: IssueNumber, kind: str) -> list[dict[str, Any]]:
    return [json.loads(one.body) for one in office.journal(issue) if one.kind == kind]


def goes_to(office: Office, day: date, clock: str) -> None:
    office.at(day, clock)
    office.tick()


def test_at_the_hour_each_owner_has_his_open_issues(following: Office) -> None:
    first, second = reported(following), reported(following, ENGINEER)
    goes_to(following, FRIDAY, "17:59")
    assert open_cards(following, GUARD) == []

    goes_to(following, FRIDAY, "18:00")

    assert open_cards(following, GUARD) == [first]
    assert open_cards(following, ENGINEER) == [second]
    assert entries(following, first, "follow_up_asked") == [{"of": GUARD, "on": "2026-11-20"}]


def test_asked_twice_is_asked_once(following: Office) -> None:
    issue = reported(following)
    goes_to(following, FRIDAY, "18:00")
    following.tick()
    following.fast_forward(minutes=5)

    assert following.kinds(issue).count("follow_up_asked") == 1


def test_what_was_reported_after_the_hour_is_asked_about_from_the_next_day(
    following: Office,
) -> None:
    goes_to(following, FRIDAY, "18:00")
    issue = reported(following)
    following.fast_forward(hours=1)
    assert cards(following, issue) == []

    goes_to(following, SATURDAY, "18:00")

    assert open_cards(following, GUARD) == [issue]


def test_one_word_clears_the_day(following: Office) -> None:
    issue = reported(following)
    goes_to(following, FRIDAY, "18:00")
    says(following, issue)
    assert open_cards(following, GUARD) == []
    with pytest.raises(NotAllowedNow, match="still_open"):
        says(following, issue)

    goes_to(following, SATURDAY, "00:00")

    assert states(following, issue) == {FRIDAY: CardState.STILL_OPEN}
    said = entries(following, issue, "followed_up")[0]
    assert said == {"of": GUARD, "on": "2026-11-20", "state": "still_open", "words": "看过了"}


def test_a_word_before_the_hour_clears_the_day_too(following: Office) -> None:
    issue = reported(following)
    says(following, issue)

    goes_to(following, FRIDAY, "18:00")

    assert open_cards(following, GUARD) == []
    assert "follow_up_asked" not in following.kinds(issue)


def test_a_day_without_a_word_is_missed_and_stays_so(following: Office) -> None:
    issue = reported(following)
    goes_to(following, FRIDAY, "18:00")
    goes_to(following, FRIDAY, "23:59")
    assert states(following, issue) == {FRIDAY: CardState.ASKED}

    goes_to(following, SATURDAY, "00:00")
    with pytest.raises(NotPermitted):
        says(following, issue, person=ENGINEER)
    says(following, issue)
    following.handled(issue)
    following.closed(issue)

    assert states(following, issue) == {FRIDAY: CardState.MISSED, SATURDAY: CardState.STILL_OPEN}
    assert entries(following, issue, "follow_up_missed") == [
        {"of": GUARD, "on": "2026-11-20", "asked": True}
    ]
    with following.database.read() as store:
        assert store.followups.missed_days(following.site, GUARD) == 1
        missed = store.followups.missed(following.site, person=GUARD, limit=5)
    assert [(card.issue, card.on) for card in missed] == [(issue, FRIDAY)]


def test_what_is_handled_before_the_day_ends_drops_off(following: Office) -> None:
    issue = reported(following)
    goes_to(following, FRIDAY, "18:00")
    following.fast_forward(hours=1)
    following.handled(issue)
    assert open_cards(following, GUARD) == []

    goes_to(following, SATURDAY, "00:00")
    goes_to(following, SATURDAY, "18:00")

    assert states(following, issue) == {FRIDAY: CardState.DROPPED}
    with pytest.raises(NotAllowedNow, match="handled"):
        says(following, issue)


def test_what_went_on_in_another_issue_drops_off(following: Office) -> None:
    issue, other = reported(following), reported(following)
    goes_to(following, FRIDAY, "18:00")
    following.does(merging.merge, issue=issue, into=other, by=SUPERVISOR, reason="同一盏灯")
    assert open_cards(following, GUARD) == [other]

    goes_to(following, SATURDAY, "00:00")

    assert states(following, issue) == {FRIDAY: CardState.DROPPED}
    assert states(following, other) == {FRIDAY: CardState.MISSED}


def test_a_new_hour_moves_the_next_asking(following: Office) -> None:
    issue = reported(following)
    shipped = Path(__file__).parents[2] / "core" / "policy.toml"
    changed = shipped.read_text("utf-8").replace("hour = 18", "hour = 12")
    following.does(
        changing.change,
        kind=RuleKind.POLICY,
        text=changed.replace("version = 1", "version = 2"),
        base=0,
        reason="中午跟踪",
        by=SUPERVISOR,
    )
    following.tick()

    goes_to(following, FRIDAY, "12:00")

    assert open_cards(following, GUARD) == [issue]


def test_handled_only_after_the_day_had_ended_was_missed(following: Office) -> None:
    issue = reported(following)
    goes_to(following, FRIDAY, "18:00")
    following.at(SATURDAY, "00:10")
    following.handled(issue)
    following.tick()

    assert states(following, issue) == {FRIDAY: CardState.MISSED}


def test_solved_asks_the_desk_to_close_and_is_not_asked_again(following: Office) -> None:
    issue = reported(following)
    goes_to(following, FRIDAY, "18:00")
    says(following, issue, FollowUpWord.SOLVED)
    with following.database.read() as store:
        waiting = store.followups.said_solved(following.site, limit=9, after=IssueNumber(0))
    assert [card.issue for card in waiting] == [issue]

    goes_to(following, SATURDAY, "18:00")
    assert open_cards(following, GUARD) == []
    following.handled(issue)
    following.closed(issue)
    with following.database.read() as store:
        assert store.followups.said_solved(following.site, limit=9, after=IssueNumber(0)) == []
    following.reopened(issue)
    goes_to(following, SUNDAY, "18:00")

    assert open_cards(following, GUARD) == [issue]


def test_the_duty_of_a_subcontractors_employee_passes_to_his_supervisor(following: Office) -> None:
    chief = following.hires("chief-1", Role.ON_SITE_SUPERVISOR, unit="clean")
    issue = reported(following, CLEANER)
    goes_to(following, FRIDAY, "18:00")

    assert open_cards(following, CLEANER) == []
    assert open_cards(following, chief) == [issue]
    with pytest.raises(NotPermitted):
        says(following, issue, person=CLEANER)
    says(following, issue, person=chief)
    assert states(following, issue) == {FRIDAY: CardState.STILL_OPEN}


def test_a_unit_without_a_supervisor_leaves_the_duty_with_the_owner(following: Office) -> None:
    issue = reported(following, CLEANER)
    goes_to(following, FRIDAY, "18:00")

    assert open_cards(following, CLEANER) == [issue]


def test_the_deputy_answers_for_who_is_away(following: Office) -> None:
    away = Leave(
        person=GUARD,
        begins_at=following.now,
        ends_at=following.now + timedelta(days=2),
        deputy=ENGINEER,
        reason="病假",
    )
    following.does(absences.enter_absence, leave=away, by=SUPERVISOR)
    issue = reported(following)
    goes_to(following, FRIDAY, "18:00")

    assert open_cards(following, ENGINEER) == [issue]


def test_for_who_has_left_the_general_group_supervisor_is_asked(following: Office) -> None:
    issue = reported(following)
    following.hires(GUARD, Role.GUARD, active=False)
    goes_to(following, FRIDAY, "18:00")

    assert open_cards(following, SUPERVISOR) == [issue]


def test_who_took_a_customers_call_follows_it(following: Office) -> None:
    issue = following.accepted()
    goes_to(following, FRIDAY, "18:00")

    assert open_cards(following, OPERATOR) == [issue]
    assert open_cards(following, SECOND_OPERATOR) == []


def test_after_a_correction_the_right_owner_may_speak_too(following: Office) -> None:
    issue = reported(following)
    goes_to(following, FRIDAY, "18:00")
    following.does(
        desk.correct_first_reporter,
        issue=issue,
        by=SUPERVISOR,
        person=ENGINEER,
        name=None,
        reason="说的是工程",
    )

    assert says(following, issue, person=ENGINEER).of == ENGINEER


def test_nobody_is_asked_about_what_nobody_answers_for(following: Office) -> None:
    report = following.press()
    goes_to(following, FRIDAY, "18:00")

    assert cards(following, report.issue) == []


def test_days_that_passed_while_the_product_was_down_are_missed_and_say_so(
    following: Office,
) -> None:
    issue = reported(following)
    goes_to(following, SUNDAY, "09:00")

    assert states(following, issue) == {FRIDAY: CardState.MISSED, SATURDAY: CardState.MISSED}
    assert all(card.never_asked for card in cards(following, issue))
    assert [one["asked"] for one in entries(following, issue, "follow_up_missed")] == [False, False]
    goes_to(following, SUNDAY, "18:00")
    assert open_cards(following, GUARD) == [issue]


def test_back_before_the_day_ends_it_asks_late_and_only_about_what_was_there(
    following: Office,
) -> None:
    before = reported(following)
    following.at(FRIDAY, "20:00")
    after = reported(following)
    following.tick()

    assert open_cards(following, GUARD) == [before]
    assert cards(following, after) == []


def test_an_office_that_starts_in_the_evening_asks_from_the_next_day(office: Office) -> None:
    goes_to(office, FRIDAY, "20:00")
    issue = reported(office)
    goes_to(office, FRIDAY, "21:00")
    assert cards(office, issue) == []
    goes_to(office, SATURDAY, "18:00")
    assert open_cards(office, GUARD) == [issue]


def test_many_slices_ask_about_everything_once(following: Office, monkeypatch: Any) -> None:
    monkeypatch.setattr("core.tick.SLICE", 3)
    issues = [reported(following) for _ in range(8)]
    goes_to(following, FRIDAY, "18:00")
    assert open_cards(following, GUARD) == issues

    goes_to(following, SATURDAY, "00:00")

    assert all(states(following, issue) == {FRIDAY: CardState.MISSED} for issue in issues)


def test_two_workers_ask_once(following: Office, database: Database) -> None:
    issue = reported(following)
    following.at(FRIDAY, "18:00")
    tick(database, now=following.now)
    tick(database, now=following.now)

    assert following.kinds(issue).count("follow_up_asked") == 1


def test_the_site_asks_by_its_own_clock(following: Office) -> None:
    """18:00 in Shanghai is 10:00 UTC."""
    issue = reported(following)
    goes_to(following, FRIDAY, "18:00")
    asked = cards(following, issue)[0].asked_at

    assert asked is not None
    assert asked.astimezone(ZONE).hour == 18
    assert AGENT not in {card.of for card in cards(following, issue)}
