"""Who is due, who has been called in, and what carries over (五.1(3))."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.errors import NotReadable
from core.escalation import policy
from core.escalation.policy_file import default_policy
from core.facts.days import SiteDays
from core.facts.issue import UNHANDLED, Status, Urgency
from core.facts.ladder import Called, DayRung, Step
from core.facts.people import Role
from core.facts.policy import Clock, Policy

SCHEME = default_policy()
DAYS = SiteDays(zone=ZoneInfo("Asia/Shanghai"))
TOLD = datetime(2026, 11, 20, 2, tzinfo=UTC)  # 10:00 in Shanghai
DAY_1 = datetime(2026, 11, 20, 16, tzinfo=UTC)
DAY_2, DAY_3 = DAY_1 + timedelta(days=1), DAY_1 + timedelta(days=2)
INSTANT = timedelta(microseconds=1)


def climb(urgency: Urgency, rules: Policy = SCHEME) -> tuple[Step, ...]:
    return policy.steps(urgency, reported_at=TOLD, days=DAYS, policy=rules)


def due(urgency: Urgency, now: datetime, *called: Called, rules: Policy = SCHEME) -> list[str]:
    steps = climb(urgency, rules)
    found = policy.due(steps, status=Status.ACCEPTED, called=called, now=now)
    return [step.key for step in found]


def call(key: str, *to: Role, at: datetime = DAY_1) -> Called:
    return Called(key=key, to=to, at=at)


SUPERVISOR_BY_ORDINARY = call("ordinary.1@v1", Role.GENERAL_GROUP_SUPERVISOR, at=DAY_2)
SUPERVISOR_BY_URGENT = call("urgent.1@v1", Role.GENERAL_GROUP_SUPERVISOR)
DIRECTOR_BY_URGENT = call("urgent.2@v1", Role.DIRECTOR, at=DAY_2)


def test_a_step_is_due_at_its_moment_and_not_an_instant_before() -> None:
    assert due(Urgency.URGENT, DAY_1 - INSTANT) == []
    assert due(Urgency.URGENT, DAY_1) == ["urgent.1@v1"]


def test_after_a_long_silence_all_missed_steps_are_due_in_order() -> None:
    assert due(Urgency.URGENT, DAY_3) == ["urgent.1@v1", "urgent.2@v1"]


def test_who_was_called_in_is_not_called_again() -> None:
    assert due(Urgency.URGENT, DAY_3, SUPERVISOR_BY_URGENT) == ["urgent.2@v1"]
    assert due(Urgency.URGENT, DAY_3, SUPERVISOR_BY_URGENT, DIRECTOR_BY_URGENT) == []


@pytest.mark.parametrize("status", [one for one in Status if one not in UNHANDLED])
def test_the_ladder_stands_still_once_handled(status: Status) -> None:
    steps = climb(Urgency.URGENT)
    assert policy.due(steps, status=status, called=[], now=DAY_3) == ()
    assert policy.next_due_at(steps, status=status, called=[]) is None


@pytest.mark.parametrize("status", sorted(UNHANDLED))
def test_it_climbs_in_every_state_that_is_not_handled(status: Status) -> None:
    steps = climb(Urgency.URGENT)
    assert len(policy.due(steps, status=status, called=[], now=DAY_2)) == 2
    assert policy.next_due_at(steps, status=status, called=[]) == DAY_1


def test_reopened_it_goes_on_by_the_old_clock_and_fires_what_is_past_due_at_once() -> None:
    """Handled on day 1, found not solved on day 3: both steps are due at that moment."""
    steps = climb(Urgency.URGENT)
    assert policy.due(steps, status=Status.HANDLED, called=[], now=DAY_2) == ()
    reopened = policy.due(steps, status=Status.ASSIGNED, called=[], now=DAY_2 + INSTANT)
    assert [step.due_at for step in reopened] == [DAY_1, DAY_2]


def test_next_due_is_the_first_step_that_has_not_fired() -> None:
    steps = climb(Urgency.ORDINARY)
    assert policy.next_due_at(steps, status=Status.ACCEPTED, called=[]) == DAY_2
    called = [SUPERVISOR_BY_ORDINARY]
    assert policy.next_due_at(steps, status=Status.ACCEPTED, called=called) == DAY_3


def test_grown_urgent_the_steps_past_due_fire_at_once() -> None:
    assert due(Urgency.ORDINARY, DAY_2 - INSTANT) == []
    assert due(Urgency.URGENT, DAY_2 - INSTANT) == ["urgent.1@v1"]


def test_grown_urgent_the_supervisor_whom_the_old_ladder_called_is_not_called_again() -> None:
    assert due(Urgency.URGENT, DAY_2, SUPERVISOR_BY_ORDINARY) == ["urgent.2@v1"]


def test_grown_ordinary_nobody_is_called_again_either() -> None:
    assert due(Urgency.ORDINARY, DAY_3, SUPERVISOR_BY_URGENT, DIRECTOR_BY_URGENT) == []


def test_life_safety_calls_anew_whom_a_ladder_of_days_has_called() -> None:
    assert due(Urgency.LIFE_SAFETY, DAY_3, DIRECTOR_BY_URGENT) == [
        "life_safety.1@v1",
        "life_safety.2@v1",
    ]


def test_having_heard_of_an_alarm_does_not_spare_the_director_the_end_of_day_2() -> None:
    heard = call("life_safety.2@v1", Role.DIRECTOR, at=TOLD)
    assert due(Urgency.URGENT, DAY_2, SUPERVISOR_BY_URGENT, heard) == ["urgent.2@v1"]


def test_a_call_made_by_hand_leaves_the_ladder_as_it_is() -> None:
    by_hand = call("by_hand.1", Role.GENERAL_GROUP_SUPERVISOR)
    assert due(Urgency.URGENT, DAY_1, by_hand) == ["urgent.1@v1"]


def amended(*rungs: tuple[int, tuple[Role, ...]]) -> Policy:
    ladder = tuple(DayRung(day=day, to=to, rule="五.1(3)②") for day, to in rungs)
    return replace(SCHEME, version=2, ladders={**SCHEME.ladders, Urgency.URGENT: ladder})


def test_a_step_put_in_below_fires_and_those_above_stay_fired() -> None:
    rules = amended(
        (1, (Role.CAPTAIN,)), (1, (Role.GENERAL_GROUP_SUPERVISOR,)), (2, (Role.DIRECTOR,))
    )
    called = (SUPERVISOR_BY_URGENT, DIRECTOR_BY_URGENT)
    assert due(Urgency.URGENT, DAY_3, *called, rules=rules) == ["urgent.1@v2"]


def test_a_role_added_beside_another_is_called_in_alone() -> None:
    rules = amended((1, (Role.CAPTAIN, Role.GENERAL_GROUP_SUPERVISOR)))
    steps = climb(Urgency.URGENT, rules)
    called = [SUPERVISOR_BY_URGENT]
    (step,) = policy.due(steps, status=Status.ACCEPTED, called=called, now=DAY_1)
    assert step.to == (Role.CAPTAIN,)


def test_a_role_that_stands_twice_on_a_ladder_is_called_twice() -> None:
    rules = amended((1, (Role.DIRECTOR,)), (3, (Role.DIRECTOR,)))
    first = call("urgent.1@v2", Role.DIRECTOR)
    assert due(Urgency.URGENT, DAY_2, first, rules=rules) == []
    assert due(Urgency.URGENT, DAY_3, first, rules=rules) == ["urgent.2@v2"]


def test_what_answers_for_a_step_is_its_own_call_or_the_one_carried_over() -> None:
    supervisor, director = climb(Urgency.URGENT)
    assert policy.answered(supervisor, [SUPERVISOR_BY_URGENT]) == SUPERVISOR_BY_URGENT
    assert policy.answered(supervisor, [SUPERVISOR_BY_ORDINARY]) == SUPERVISOR_BY_ORDINARY
    assert policy.answered(director, [SUPERVISOR_BY_ORDINARY]) is None


def test_the_second_call_of_a_role_answers_for_its_second_step() -> None:
    _, second = climb(Urgency.URGENT, amended((1, (Role.DIRECTOR,)), (3, (Role.DIRECTOR,))))
    again = call("ordinary.2@v1", Role.DIRECTOR, at=DAY_3)
    assert policy.answered(second, [again, DIRECTOR_BY_URGENT]) == again


def test_a_key_that_has_fired_never_fires_again_even_if_its_roles_were_changed() -> None:
    """Somebody edits a step and forgets to raise the version: what fired stays fired."""
    rules = replace(amended((1, (Role.CAPTAIN,))), version=1)
    assert due(Urgency.URGENT, DAY_1, SUPERVISOR_BY_URGENT, rules=rules) == []


def test_a_least_time_holds_back_what_would_fall_due_too_soon() -> None:
    rules = replace(SCHEME, clock=Clock(least=timedelta(hours=20)))
    first, second = climb(Urgency.URGENT, rules)
    assert (first.due_at, first.held) == (TOLD + timedelta(hours=20), True)
    assert (second.due_at, second.held) == (DAY_2, False)


def test_a_least_time_that_ends_with_the_day_holds_nothing_back() -> None:
    rules = replace(SCHEME, clock=Clock(least=DAY_1 - TOLD))
    assert [step.held for step in climb(Urgency.URGENT, rules)] == [False, False]


def test_life_safety_knows_no_least_time() -> None:
    rules = replace(SCHEME, clock=Clock(least=timedelta(hours=20)))
    at_once, director = climb(Urgency.LIFE_SAFETY, rules)
    assert at_once.parallel
    assert (at_once.due_at, director.due_at) == (TOLD, TOLD + timedelta(minutes=5))


def test_keys_fit_where_they_are_kept() -> None:
    rules = replace(SCHEME, version=999_999)
    keys = [step.key for urgency in Urgency for step in climb(urgency, rules)]
    assert max(map(len, keys)) <= 32


def test_the_end_of_the_calendar_is_said() -> None:
    late = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    for urgency in Urgency:
        with pytest.raises(NotReadable, match="end of the calendar"):
            policy.steps(urgency, reported_at=late, days=DAYS, policy=SCHEME)
