"""五.1(3): what is not handled climbs, by the days of the scheme."""

from datetime import date, timedelta

import pytest

from core.facts.device import EventType
from core.facts.issue import Outcome, Status, Urgency
from tests.office import CAPTAIN, DIRECTOR, GUARD, OPERATOR, SECOND_OPERATOR, SUPERVISOR, Office

FRIDAY = date(2026, 11, 20)


def test_urgent_calls_supervisor_when_day_1_ends_and_director_when_day_2_ends(
    office: Office,
) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)

    office.at(FRIDAY, "23:59")
    office.tick()
    assert office.called_in(lamp) == []

    office.fast_forward(minutes=1)
    assert office.called_in(lamp) == [SUPERVISOR]

    office.fast_forward(days=1)
    assert office.called_in(lamp) == [SUPERVISOR, DIRECTOR]


def test_ordinary_calls_supervisor_when_day_2_ends_and_director_when_day_3_ends(
    office: Office,
) -> None:
    litter = office.accepted(category="litter")

    office.at(FRIDAY, "10:00")
    office.fast_forward(days=1)
    assert office.called_in(litter) == []
    office.at(date(2026, 11, 22), "00:00")
    office.tick()
    assert office.called_in(litter) == [SUPERVISOR]
    office.fast_forward(days=1)
    assert office.called_in(litter) == [SUPERVISOR, DIRECTOR]


def test_a_report_that_nobody_ever_touched_climbs_too(office: Office) -> None:
    press = office.press()

    office.fast_forward(days=2)

    assert office.called_in(press.issue) == [SUPERVISOR, DIRECTOR]


@pytest.mark.parametrize("ending", ["handled", "closed"])
def test_handled_or_closed_stops_the_ladder(office: Office, ending: str) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    if ending == "handled":
        office.handled(lamp)
    else:
        office.closed(lamp, Outcome.NOT_OURS)

    office.fast_forward(days=5)

    assert office.called_in(lamp) == []


def test_reopened_goes_on_with_the_old_clock_and_fires_what_is_past_due_at_once(
    office: Office,
) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    office.handled(lamp)
    office.closed(lamp)
    office.fast_forward(days=4)
    assert office.called_in(lamp) == []

    office.reopened(lamp)
    office.tick()

    assert office.called_in(lamp) == [SUPERVISOR, DIRECTOR]
    assert office.issue(lamp).status is Status.ACCEPTED


def test_reopening_calls_nobody_in_twice(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    office.fast_forward(days=1)
    office.handled(lamp)
    office.reopened(lamp)
    office.fast_forward(hours=1)

    assert office.called_in(lamp) == [SUPERVISOR]


def test_steps_missed_while_the_product_was_down_fire_once_in_order_with_their_true_due_times(
    office: Office,
) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)

    office.fast_forward(days=3)
    office.tick()

    escalated = [entry for entry in office.journal(lamp) if entry.kind == "escalated"]
    assert ['"due_at":"2026-11-20T16:00:00Z"' in escalated[0].body, len(escalated)] == [True, 2]
    assert '"due_at":"2026-11-21T16:00:00Z"' in escalated[1].body


def test_making_an_issue_urgent_fires_the_urgent_steps_already_past(office: Office) -> None:
    litter = office.press()
    office.claim(litter)
    office.complete(litter, category="litter")
    office.fast_forward(days=1)
    assert office.called_in(litter.issue) == []

    office.claim(litter)
    office.complete(litter, category="pipe_leak")
    office.tick()

    assert office.called_in(litter.issue) == [SUPERVISOR]


def test_life_safety_calls_guard_captain_and_centre_at_once_and_then_the_director(
    office: Office,
) -> None:
    office.hears(office.event(EventType.HELP_PRESSED, call="help-1"))
    help_wanted = office.queue()[0].issue

    office.tick()
    at_once = set(office.called_in(help_wanted))
    assert at_once == {GUARD, CAPTAIN, OPERATOR, SECOND_OPERATOR}

    office.fast_forward(minutes=5)
    assert office.called_in(help_wanted)[-1] == DIRECTOR


def test_ticking_often_or_seldom_comes_to_the_same(office: Office) -> None:
    often, seldom = office.accepted(urgency=Urgency.URGENT), office.accepted(category="litter")
    for _ in range(24 * 3):
        office.fast_forward(hours=1)
        office.tick()

    assert office.called_in(often) == [SUPERVISOR, DIRECTOR]
    assert office.called_in(seldom) == [SUPERVISOR, DIRECTOR]
    assert office.tick().escalated == 0


def test_the_day_of_report_is_the_day_it_was_first_told_not_the_day_it_was_typed(
    office: Office,
) -> None:
    office.at(FRIDAY, "23:50")
    press = office.press()
    office.now += timedelta(minutes=20)
    office.tick()

    assert office.called_in(press.issue) == [SUPERVISOR]
