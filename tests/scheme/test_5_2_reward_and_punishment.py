"""五.2: rules propose, the director decides with a reason, the ledger is only added to."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.desk import service as desk
from core.errors import (
    BadMeritRules,
    Incomplete,
    NotAllowedNow,
    NotFound,
    NotPermitted,
    ObjectionsOpen,
)
from core.facts.issue import IssueNumber
from core.facts.merit import Consequence, Decision, Evidence, ObjectionState, Proposal
from core.facts.month import MonthCode
from core.facts.people import PersonCode, Role, UnitCode
from core.scoring import deciding, objecting, rules, suggesting, what_if
from core.scoring.deciding import Choice
from core.scoring.rules_file import default_text
from core.scoring.suggesting import Loss, Suggestion
from core.statistics import closing
from core.store.journal import THE_SITE
from tests.merits import balance, proposals, staff, writes
from tests.office import AGENT, CLEANER, DIRECTOR, GUARD, SUPERVISOR, Office

CLEAN = UnitCode("clean")


def decides(
    office: Office,
    proposal: Proposal,
    decision: Decision = Decision.APPROVED,
    *,
    by: PersonCode = DIRECTOR,
    points: int | None = None,
    consequence: Consequence | None = None,
    reason: str = "证据属实",
) -> Proposal:
    choice = Choice(
        proposal=proposal.id,
        decision=decision,
        reason=reason,
        points=points,
        consequence=consequence,
    )
    return office.does(deciding.decide, choice=choice, by=by)


def praised(office: Office, person: PersonCode = GUARD, *, customer: str = "c-1502") -> Proposal:
    issue = office.accepted()
    writes(
        office, "Praised", issue, person=person, customer=customer, words="很及时", feedback="f1"
    )
    return proposals(office, person)[-1]


EVENTS = [
    ("Praised", {"person": GUARD}, "praised_person"),
    ("Complained", {"person": GUARD}, "complained_person"),
    ("Aggrieved", {"person": GUARD}, "causes_grievance_person"),
    ("LossRecorded", {"person": GUARD, "sort": "saved", "amount": 1}, "saves_loss_person"),
    ("LossRecorded", {"person": GUARD, "sort": "caused", "amount": 1}, "causes_loss_person"),
    ("Praised", {"unit": CLEAN}, "praised_unit"),
    ("Complained", {"unit": CLEAN}, "complained_unit"),
    ("Aggrieved", {"unit": CLEAN}, "causes_grievance_unit"),
    ("LossRecorded", {"unit": CLEAN, "sort": "saved", "amount": 1}, "saves_loss_unit"),
    ("LossRecorded", {"unit": CLEAN, "sort": "caused", "amount": 1}, "causes_loss_unit"),
]


@pytest.mark.parametrize(("name", "said", "rule"), EVENTS, ids=[one[2] for one in EVENTS])
def test_each_condition_proposes_as_it_happens_with_its_evidence(
    office: Office, name: str, said: dict[str, Any], rule: str
) -> None:
    issue = office.accepted()
    writes(office, name, issue, words="如实", **said)

    (one,) = proposals(office)

    assert one.rule == rule
    assert (one.person, one.unit) == (said.get("person"), said.get("unit"))
    assert (one.points > 0) == (rule.split("_", maxsplit=1)[0] in {"praised", "saves"})
    entry = office.journal(issue)[-1]
    assert one.evidence == (Evidence(issue=issue, seq=entry.seq),)
    assert one.zh
    assert one.en
    assert office.kinds(THE_SITE) == ["proposed"]
    assert balance(office, GUARD) == balance(office, unit=CLEAN) == 0, "nothing counts before"


def test_what_a_cleaner_does_is_proposed_for_him_and_for_his_unit(office: Office) -> None:
    writes(office, "Praised", office.accepted(), person=CLEANER, words="干净")
    writes(office, "Praised", office.accepted(), person=GUARD, words="热心")

    assert {(one.person, one.unit) for one in proposals(office)} == {
        (CLEANER, None),
        (None, CLEAN),
        (GUARD, None),  # the office itself is judged in its people
    }


def test_who_removes_a_grievance_is_proposed_when_the_customer_says_so(office: Office) -> None:
    issue = office.accepted()
    writes(office, "Aggrieved", issue, unit=CLEAN, words="等了三天")
    office.does(desk.assign, issue=issue, by=AGENT, to=GUARD, promised_at=None)
    office.handled(issue)
    writes(office, "CustomerJudged", issue, solved=True, rating=5)

    assert [one.rule for one in proposals(office, GUARD)] == ["removes_grievance_person"]


def test_told_twice_it_is_proposed_once(office: Office) -> None:
    praised(office)
    office.tick()
    with office.database.begin() as store:
        store.cursors.rewind(office.site, "scoring")
    assert len(proposals(office)) == 1


# --- the month ----------------------------------------------------------------------------------


def months_end(office: Office) -> None:
    office.tick()
    office.now = datetime(2026, 11, 30, 16, tzinfo=UTC)
    office.tick()


def finds(office: Office, person: PersonCode) -> IssueNumber:
    report = office.claim(office.press(call=f"found-{office.now.isoformat()}"))
    office.complete(report, caller=staff(person), words=f"路灯{office.now:%d}")
    issue = office.forward(report).issue
    office.does(desk.accept, issue=issue, by=AGENT)
    return issue


def test_much_found_counts_verified_distinct_problems_only(office: Office) -> None:
    office.tick()
    for day in range(10):
        for person, verified in ((GUARD, True), (CLEANER, day < 9)):
            office.now = datetime(2026, 11, 11 + day, 2, tzinfo=UTC) + timedelta(
                hours=4 * (person == CLEANER)
            )
            issue = finds(office, person)
            if verified:
                office.handled(issue)
                office.closed(issue)
    months_end(office)

    rules_of = {one.rule: one for one in proposals(office)}
    assert "finds_much_person" in rules_of
    assert rules_of["finds_much_person"].person == GUARD
    assert len(rules_of["finds_much_person"].evidence) == 10
    assert len(rules_of) == 1, "nine verified ones are not ten"


def test_a_hundred_of_one_kind_at_one_place_in_a_day_are_one(office: Office) -> None:
    office.tick()
    for hour in range(12):
        office.now = datetime(2026, 11, 20, 2 + hour, 1, tzinfo=UTC)
        issue = finds(office, GUARD)
        office.handled(issue)
        office.closed(issue)
    months_end(office)

    assert proposals(office) == []


MONTHS = [
    (
        "FollowedUp",
        10,
        {"of": GUARD, "on": "2026-11-20", "state": "still_open"},
        "follows_up_person",
    ),
    ("FollowUpMissed", 3, {"of": GUARD, "on": "2026-11-20"}, "does_not_follow_up_person"),
    ("CopyAcknowledged", 10, {"to": GUARD}, "answers_in_time_person"),
    ("CopyOverdue", 3, {"to": GUARD}, "answers_late_person"),
    ("AlertUnanswered", 3, {"person": GUARD}, "answers_late_person"),
    ("AlertAnswered", 10, {"person": GUARD, "coming": True}, "answers_in_time_person"),
    (
        "Inspected",
        3,
        {"person": GUARD, "result": "found", "inspection": "i"},
        "does_not_look_person",
    ),
    ("Inspected", 9, {"unit": CLEAN, "result": "found", "inspection": "i"}, "does_not_look_unit"),
    ("FollowedUp", 30, {"of": CLEANER, "on": "x", "state": "solved"}, "follows_up_unit"),
    ("CopyOverdue", 9, {"to": CLEANER}, "answers_late_unit"),
]


@pytest.mark.parametrize(("name", "many", "said", "rule"), MONTHS)
def test_rules_of_the_month_propose_when_it_has_ended(
    office: Office, name: str, many: int, said: dict[str, Any], rule: str
) -> None:
    office.tick()
    for _ in range(many - 1):
        writes(office, name, **said)
    assert proposals(office) == []
    writes(office, name, **said)
    assert proposals(office) == [], "not before the month has ended"
    months_end(office)

    assert rule in {one.rule for one in proposals(office)}
    made = len(proposals(office))
    office.fast_forward(days=1)
    assert len(proposals(office)) == made


def test_one_missed_day_spoils_the_month_of_who_follows_up(office: Office) -> None:
    office.tick()
    for _ in range(12):
        writes(office, "FollowedUp", of=GUARD, on="2026-11-20", state="still_open")
    writes(office, "FollowUpMissed", of=GUARD, on="2026-11-21")
    months_end(office)
    assert proposals(office) == []


def test_after_months_without_the_product_each_is_weighed(office: Office) -> None:
    office.tick()
    for _ in range(3):
        writes(office, "FollowUpMissed", of=GUARD, on="2026-11-20")
    office.now = datetime(2027, 3, 5, tzinfo=UTC)
    assert [one.month for one in proposals(office, GUARD)] == ["2026-11"]
    with office.database.read() as store:
        waits = store.merit_rules.waits_for(office.site)
    assert waits == ("2027-03", datetime(2027, 3, 31, 16, tzinfo=UTC))


# --- decision and ledger --------------------------------------------------------------------------


def test_approved_it_counts_as_proposed(office: Office) -> None:
    one = praised(office)

    decided = decides(office, one)

    assert (decided.decision, decided.decided_points) == (Decision.APPROVED, one.points)
    assert balance(office, GUARD) == one.points
    assert office.kinds(THE_SITE)[-2:] == ["decided", "entered"]


def test_changed_it_counts_as_decided_and_refused_not_at_all(office: Office) -> None:
    first, second = praised(office), praised(office)

    decides(office, first, Decision.CHANGED, points=1, consequence=Consequence.POINTS)
    decides(office, second, Decision.REFUSED, reason="同一件事")

    assert balance(office, GUARD) == 1
    assert office.kinds(THE_SITE).count("entered") == 1


def test_no_decision_without_a_reason_twice_or_on_oneself(office: Office) -> None:
    one = praised(office)
    with pytest.raises(Incomplete):
        decides(office, one, reason=" ")
    with pytest.raises(Incomplete):
        decides(office, one, Decision.CHANGED)
    with pytest.raises(Incomplete):
        decides(office, one, Decision.CHANGED, points=1, consequence=Consequence.CONTRACT_END)
    with pytest.raises(NotPermitted):
        decides(office, praised(office, DIRECTOR))
    decides(office, one)
    with pytest.raises(NotAllowedNow):
        decides(office, one, Decision.REFUSED)
    assert balance(office, GUARD) == one.points


def test_a_batch_of_a_hundred_each_stands_or_falls_alone(office: Office) -> None:
    issue = office.accepted()
    for _ in range(99):
        writes(office, "Praised", issue, person=GUARD, words="好")
    writes(office, "Praised", issue, person=DIRECTOR, words="好")
    waiting = proposals(office)
    choices = [
        Choice(proposal=one.id, decision=Decision.APPROVED, reason="属实") for one in waiting
    ]

    made = office.does(deciding.decide_all, choices=choices, by=DIRECTOR)

    assert len(made) == 100
    failed = [one for one in made if one.problem is not None]
    assert [one.problem.code for one in failed if one.problem] == ["not_permitted"]
    assert balance(office, GUARD) == 99 * waiting[0].points
    with pytest.raises(Incomplete):
        office.does(deciding.decide_all, choices=[*choices, choices[0]], by=DIRECTOR)


def test_another_rule_does_not_change_the_past(office: Office) -> None:
    one = praised(office)
    decides(office, one)
    text = (
        default_text().replace("version = 1", "version = 2").replace("points = 2\n", "points = 7\n")
    )
    office.does(rules.change, text=text, base=1, by=DIRECTOR, reason="加倍")

    assert balance(office, GUARD) == one.points == 2
    later = praised(office)
    assert (later.points, later.version) == (7, 2)
    assert "merit_rules_changed" in office.kinds(THE_SITE)
    with pytest.raises(NotAllowedNow):
        office.does(rules.change, text=text, base=1, by=DIRECTOR, reason="又改")
    with pytest.raises(BadMeritRules):
        office.does(rules.change, text=text, base=2, by=DIRECTOR, reason="又改")


# --- objections -----------------------------------------------------------------------------------


def objects(
    office: Office, one: Proposal, by: PersonCode = GUARD, words: str = "不是我"
) -> Proposal:
    return office.does(objecting.object_to, proposal=one.id, by=by, words=words)


def answers(office: Office, one: Proposal, by: PersonCode = DIRECTOR) -> Proposal:
    return office.does(objecting.answer, proposal=one.id, by=by, words="查了记录，确是")


def complained(office: Office, **about: Any) -> Proposal:
    writes(office, "Complained", office.accepted(), words="态度差", **about)
    return next(one for one in proposals(office)[::-1] if (one.unit is None) == ("person" in about))


def test_who_is_concerned_objects_within_a_week_and_nobody_else(office: Office) -> None:
    one = complained(office, person=GUARD)
    for other in (CLEANER, SUPERVISOR, DIRECTOR):
        with pytest.raises(NotPermitted):
            objects(office, one, by=other)
    with pytest.raises(Incomplete):
        objects(office, one, words=" ")
    office.now += timedelta(days=7)
    assert objects(office, one).objection is ObjectionState.OPEN
    with pytest.raises(NotAllowedNow):
        objects(office, one)
    late = complained(office, person=GUARD)
    office.now += timedelta(days=7, seconds=1)
    with pytest.raises(NotAllowedNow):
        objects(office, late)


def test_for_a_unit_its_on_site_supervisor_objects(office: Office) -> None:
    chief = office.hires("chief", Role.ON_SITE_SUPERVISOR, unit="clean")
    one = complained(office, unit=CLEAN)
    with pytest.raises(NotPermitted):
        objects(office, one, by=CLEANER)
    assert objects(office, one, by=chief).objected_by == chief


def test_an_objection_is_answered_before_anything_is_decided(office: Office) -> None:
    one = complained(office, person=GUARD)
    objects(office, one)
    with pytest.raises(NotAllowedNow):
        decides(office, one)
    with pytest.raises(NotPermitted):
        answers(office, one, by=GUARD)
    answers(office, one)
    with pytest.raises(NotAllowedNow):
        answers(office, one)
    decides(office, one)
    assert balance(office, GUARD) == -2


def test_after_the_answer_a_decision_may_be_changed_once_by_one_more_line(office: Office) -> None:
    one = complained(office, person=GUARD)
    decides(office, one)
    objects(office, one)
    answers(office, one)

    decides(office, one, Decision.REFUSED, reason="异议成立")

    with office.database.read() as store:
        lines = store.ledger.of_proposal(office.site, one.id)
        criticised = store.ledger.standing(office.site, Consequence.CRITICISE)
    assert [line.points for line in lines] == [-2, 2]
    assert criticised == []
    assert balance(office, GUARD) == 0
    with pytest.raises(NotAllowedNow):
        decides(office, one)


def test_the_month_cannot_be_closed_while_an_objection_is_open(office: Office) -> None:
    one = complained(office, person=GUARD)
    objects(office, one)
    office.now = datetime(2026, 12, 1, 2, tzinfo=UTC)
    with pytest.raises(ObjectionsOpen, match=str(one.id)):
        office.does(closing.close, month=MonthCode("2026-11"), by=DIRECTOR)
    answers(office, one)
    office.does(closing.close, month=MonthCode("2026-11"), by=DIRECTOR)


# --- by hand, and losses ------------------------------------------------------------------------


def test_what_no_rule_would_is_proposed_by_hand_and_comes_by_decision_only(office: Office) -> None:
    issue = office.accepted()
    entry = office.journal(issue)[-1]
    end = Suggestion(
        unit=CLEAN,
        points=0,
        consequence=Consequence.CONTRACT_END,
        words="三次约谈无改进",
        evidence=(Evidence(issue=issue, seq=entry.seq),),
    )
    one = office.does(suggesting.propose, what=end, by=SUPERVISOR)
    with office.database.read() as store:
        assert store.ledger.standing(office.site, Consequence.CONTRACT_END) == []

    decides(office, one)

    with office.database.read() as store:
        (line,) = store.ledger.standing(office.site, Consequence.CONTRACT_END)
    assert (line.unit, line.points) == (CLEAN, 0)


def test_a_proposal_by_hand_rests_on_something_and_fits(office: Office) -> None:
    issue = office.accepted()
    seq = office.journal(issue)[-1].seq

    def proposes(**said: object) -> None:
        whole: dict[str, Any] = {
            "unit": CLEAN,
            "points": 1,
            "consequence": Consequence.POINTS,
            "words": "好",
            "evidence": (Evidence(issue=issue, seq=seq),),
            **said,
        }
        office.does(suggesting.propose, what=Suggestion(**whole), by=SUPERVISOR)

    for bad in (
        {"words": " "},
        {"evidence": ()},
        {"person": GUARD},
        {"unit": None},
        {"unit": UnitCode("office")},
        {"consequence": Consequence.AWARD_ELIGIBLE},
        {"points": 1001},
    ):
        with pytest.raises(Incomplete):
            proposes(**bad)
    for unknown in (
        {"unit": UnitCode("nobody")},
        {"evidence": (Evidence(issue=issue, seq=seq + 999),)},
        {"evidence": (Evidence(issue=IssueNumber(issue + 1), seq=seq),)},
    ):
        with pytest.raises(NotFound):
            proposes(**unknown)
    proposes()
    proposes()
    assert len(proposals(office)) == 2


def test_a_loss_is_written_down_and_proposed(office: Office) -> None:
    issue = office.accepted()
    loss = Loss(saved=True, amount=250_000, person=GUARD, words="及时关阀", issue=issue)
    office.does(suggesting.record_loss, loss=loss, by=SUPERVISOR)
    (one,) = proposals(office, GUARD)
    assert one.rule == "saves_loss_person"
    assert office.kinds(issue)[-1] == "loss_recorded"
    for bad in (
        Loss(saved=True, amount=0, person=GUARD, words="无"),
        Loss(saved=True, amount=5, person=GUARD, words=" "),
        Loss(saved=True, amount=5, words="无"),
    ):
        with pytest.raises(Incomplete):
            office.does(suggesting.record_loss, loss=bad, by=SUPERVISOR)


def test_last_month_is_weighed_by_other_rules_before_they_are_decreed(office: Office) -> None:
    praised(office)
    praised(office)
    before = office.kinds(THE_SITE)
    office.now = datetime(2026, 12, 3, 2, 0, tzinfo=UTC)
    text = (
        default_text().replace("version = 1", "version = 2").replace("points = 2\n", "points = 7\n")
    )
    with office.database.read() as store:
        found = what_if.what_if(store, site=office.site, text=text, month=None, now=office.now)
        with pytest.raises(BadMeritRules):
            what_if.what_if(store, site=office.site, text="x", month=None, now=office.now)
    sides = [
        [(one.times, one.points) for one in side if one.person == GUARD]
        for side in (found.before, found.after)
    ]
    assert (found.month, found.version) == ("2026-11", 2)
    assert sides == [[(2, 4)], [(2, 14)]]
    # Nothing was kept of it: neither a version nor a proposal.
    assert office.kinds(THE_SITE) == before
    with office.database.read() as store:
        assert store.merit_rules.all(office.site, limit=5) == []


def test_what_the_rules_in_force_weigh_is_what_they_proposed(office: Office) -> None:
    praised(office)
    office.now = datetime(2026, 12, 3, 2, 0, tzinfo=UTC)
    proposed = [one for one in proposals(office) if one.month == "2026-11"]
    with office.database.read() as store:
        text = default_text()
        found = what_if.what_if(store, site=office.site, text=text, month=None, now=office.now)
    assert found.before == found.after
    assert sum(one.times for one in found.before) == len(proposed)
    assert sum(one.points for one in found.before) == sum(one.points for one in proposed)
