"""五.2(3)⑤: samples are drawn by lot; a find opens a report, a claim re-opens."""

import pytest

from core.errors import Incomplete, NotAllowedNow
from core.facts.inspection import Found, Inspection, Plan, Result
from core.facts.issue import Status
from core.facts.month import MonthCode
from core.facts.place import PlaceCode
from core.inspections import policy
from core.inspections import service as inspections
from core.store.database import Database
from tests.office import GUARD, SUPERVISOR, Office


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def planned(office: Office) -> list[Inspection]:
    return office.does(
        inspections.plan,
        wanted=Plan(
            month=MonthCode("2026-11"),
            places=(PlaceCode("3-2"), PlaceCode("3")),
            many=2,
            inspector=SUPERVISOR,
        ),
        by=SUPERVISOR,
    )


def recorded(office: Office, one: Inspection, result: Result, words: str = "") -> Inspection:
    return office.does(
        inspections.record,
        inspection=one.number,
        by=SUPERVISOR,
        said=Found(result=result, person=GUARD, words=words),
    )


def test_what_is_found_opens_a_report_and_names_person_and_unit(office: Office) -> None:
    first, second = planned(office)
    with pytest.raises(Incomplete):
        recorded(office, first, Result.FOUND)

    found = recorded(office, first, Result.FOUND, "墙砖松动")
    fine = recorded(office, second, Result.IN_ORDER)

    assert found.opened is not None
    assert office.issue(found.opened).words == "墙砖松动"
    assert office.issue(found.opened).owner == SUPERVISOR
    assert (found.unit, fine.opened) == ("office", None)
    with pytest.raises(NotAllowedNow):
        recorded(office, first, Result.IN_ORDER)


def test_a_claim_that_was_not_handled_is_taken_up_again(office: Office) -> None:
    issue = office.accepted()
    office.handled(issue)
    sample = next(one for one in planned(office) if one.issue == issue)

    recorded(office, sample, Result.NOT_HANDLED, "灯还是不亮")

    assert office.issue(issue).status is Status.ACCEPTED
    assert office.kinds(issue)[-2:] == ["inspected", "reopened"]


def test_the_lot_draws_the_same_again_and_never_twice() -> None:
    places = [f"p{number}" for number in range(50)]
    for many in range(51):
        drawn = policy.draw(places, many=many, lot="x")
        assert drawn == policy.draw(places, many=many, lot="x")
        assert len(set(drawn)) == len(drawn) == many
