"""Who is on duty at a moment, nearest first, and whom a ladder calls in: pure."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.errors import BadRoster
from core.facts.people import Person, PersonCode, Role, UnitCode
from core.facts.place import Place, PlaceCode
from core.facts.roster import (
    Absence,
    CalledIn,
    Duty,
    Post,
    PostCode,
    Row,
    Shift,
    ShiftCode,
    StandIn,
)
from core.roster import policy
from core.roster.standing import Standing

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANNA, BO, CHEN, DING, DIRECTOR = (
    PersonCode(code) for code in ("anna", "bo", "chen", "ding", "director")
)
PEOPLE = {
    code: Person(code=code, name=code, unit=UnitCode("office"), roles=frozenset({role}))
    for code, role in (
        (ANNA, Role.GUARD),
        (BO, Role.GUARD),
        (CHEN, Role.GUARD),
        (DING, Role.CAPTAIN),
        (DIRECTOR, Role.DIRECTOR),
    )
}
DAY = Shift(code=ShiftCode("day"), name="白班", begins=time(8), ends=time(20))
PLACES = {
    PlaceCode(code): Place(
        code=PlaceCode(code), name=code, parent=PlaceCode(parent) if parent else None
    )
    for code, parent in (("site", None), ("3", "site"), ("3-2", "3"), ("5", "site"), ("5-1", "5"))
}
POSTS = {
    PostCode(code): Post(
        code=PostCode(code), name=code, role=role, place=PlaceCode(place) if place else None
    )
    for code, role, place in (
        ("gate-3", Role.GUARD, "3"),
        ("gate-5", Role.GUARD, "5"),
        ("round", Role.GUARD, None),
        ("captain", Role.CAPTAIN, None),
    )
}


def duty(person: PersonCode, post: str, *, hours: int = 8) -> Duty:
    return Duty(
        row=Row(day=date(2026, 11, 20), post=PostCode(post), shift=ShiftCode("day"), person=person),
        begins_at=NOW - HOUR,
        ends_at=NOW + hours * HOUR,
    )


def away(person: PersonCode, deputy: PersonCode | None = None) -> Absence:
    return Absence(
        id=1,
        person=person,
        begins_at=NOW - HOUR,
        ends_at=NOW + HOUR,
        deputy=deputy,
        reason="年假",
        by=DIRECTOR,
    )


def standing(*duties: Duty, absences: tuple[Absence, ...] = (), **more: object) -> Standing:
    return Standing(
        at=NOW, people=PEOPLE, posts=POSTS, places=PLACES, duties=duties, absences=absences,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_the_nearest_post_comes_first_by_the_tree_of_places() -> None:
    here = standing(duty(ANNA, "gate-5"), duty(BO, "round"), duty(CHEN, "gate-3"))

    near = here.on_duty(Role.GUARD, PlaceCode("3-2"))
    assert [one.person for one in near] == [CHEN, ANNA, BO]
    near = here.on_duty(Role.GUARD, PlaceCode("5-1"))
    assert [one.person for one in near] == [ANNA, CHEN, BO]


def test_other_roles_are_not_meant() -> None:
    here = standing(duty(ANNA, "gate-5"), duty(DING, "captain"))
    assert [one.person for one in here.on_duty(Role.CAPTAIN, PlaceCode("3"))] == [DING]


def test_a_duty_ends_with_its_last_moment() -> None:
    here = standing(duty(ANNA, "gate-5", hours=0))
    assert here.on_duty() == []


def test_a_deputy_answers_and_both_are_named() -> None:
    here = standing(duty(ANNA, "gate-3"), absences=(away(ANNA, BO),))
    (one,) = here.on_duty(Role.GUARD)
    assert (one.person, one.instead_of) == (BO, ANNA)
    assert here.called_in([Role.GUARD]) == [CalledIn(person=BO, instead_of=ANNA)]


def test_the_deputys_deputy_answers_when_both_are_away() -> None:
    here = standing(duty(ANNA, "gate-3"), absences=(away(ANNA, BO), away(BO, CHEN)))
    assert here.called_in([Role.GUARD]) == [CalledIn(person=CHEN, instead_of=ANNA)]


def test_deputies_in_a_ring_answer_for_nobody_and_everybody_of_the_role_is_called() -> None:
    here = standing(duty(ANNA, "gate-3"), absences=(away(ANNA, BO), away(BO, ANNA)))
    assert here.on_duty() == []
    assert [one.person for one in here.called_in([Role.GUARD])] == [CHEN]


def test_nobody_on_duty_calls_everybody_of_the_role_never_nobody() -> None:
    assert [one.person for one in standing().called_in([Role.GUARD])] == [ANNA, BO, CHEN]
    alone = standing(absences=(away(DIRECTOR),))
    assert alone.called_in([Role.DIRECTOR]) == [CalledIn(person=DIRECTOR)]


def test_who_is_on_duty_is_called_and_not_who_sleeps() -> None:
    here = standing(duty(ANNA, "gate-3"))
    assert [one.person for one in here.called_in([Role.GUARD, Role.DIRECTOR])] == [ANNA, DIRECTOR]


def test_who_left_does_not_answer() -> None:
    gone = dict(PEOPLE) | {BO: replace(PEOPLE[BO], active=False)}
    here = replace(standing(duty(ANNA, "gate-3"), absences=(away(ANNA, BO),)), people=gone)
    assert here.deputy(ANNA) is None
    assert [one.person for one in here.called_in([Role.GUARD])] == [CHEN]


def test_who_stands_in_answers_for_the_post_until_it_ends() -> None:
    relief = StandIn(
        id=1, post=PostCode("gate-3"), instead_of=ANNA, person=CHEN, begins_at=NOW,
        ends_at=NOW + HOUR / 2, reason="吃饭", by=DING,
    )  # fmt: skip
    here = standing(duty(ANNA, "gate-3"), stand_ins=(relief,))
    (one,) = here.on_duty(Role.GUARD)
    assert (one.person, one.instead_of, one.until) == (CHEN, ANNA, NOW + HOUR / 2)
    later = replace(here, at=NOW + HOUR / 2)
    assert [one.person for one in later.on_duty(Role.GUARD)] == [ANNA]


@pytest.mark.parametrize(
    ("begins", "ends", "hours"),
    [(time(8), time(20), 12), (time(20), time(8), 12), (time(0), time(0), 24)],
)
def test_a_shift_runs_by_the_civil_clock_and_over_midnight(
    begins: time, ends: time, hours: int
) -> None:
    row = duty(ANNA, "gate-3").row
    shift = Shift(code=ShiftCode("x"), name="x", begins=begins, ends=ends)
    found = policy.duty(row, shift, SHANGHAI)
    assert found.begins_at.astimezone(SHANGHAI).time() == begins
    assert found.ends_at - found.begins_at == hours * HOUR


def test_a_night_of_daylight_saving_is_an_hour_longer() -> None:
    row = replace(duty(ANNA, "gate-3").row, day=date(2026, 10, 31))
    night = Shift(code=ShiftCode("x"), name="x", begins=time(22), ends=time(6))
    found = policy.duty(row, night, ZoneInfo("America/New_York"))
    assert found.ends_at - found.begins_at == 9 * HOUR


def test_every_mistake_of_a_roster_is_named_with_its_line() -> None:
    known = policy.Known(
        posts=POSTS,
        shifts={DAY.code: DAY},
        people=PEOPLE,
    )
    good = duty(ANNA, "gate-3").row
    rows = [
        good,
        good,
        replace(good, person=DING),
        replace(good, post=PostCode("roof"), person=PersonCode("nobody")),
        replace(good, shift=ShiftCode("late"), person=BO),
        replace(good, day=date(2027, 1, 1), person=CHEN),
    ]
    with pytest.raises(BadRoster) as refused:
        policy.check(
            rows,
            first=good.day,
            last=good.day,
            known=known,
            where=[f"line {number}" for number in range(1, 7)],
        )
    assert str(refused.value).splitlines() == [
        "line 2: stands there twice",
        "line 3: ding is no guard, as gate-3 asks for",
        "line 4: there is no post 'roof'",
        "line 4: there is no person 'nobody'",
        "line 5: there is no shift 'late'",
        "line 6: 2027-01-01 is outside 2026-11-20 to 2026-11-20",
    ]


def test_nobody_stands_at_two_posts_at_once() -> None:
    both = [duty(ANNA, "gate-3"), duty(ANNA, "gate-5")]
    with pytest.raises(BadRoster, match="line 2: anna at the same time is at gate-3"):
        policy.check_overlaps(both, names={both[0].row: "line 1", both[1].row: "line 2"})


def test_fewer_than_the_post_should_have_is_a_gap() -> None:
    post = replace(POSTS[PostCode("gate-3")], least=2)
    (gap,) = policy.gaps([duty(ANNA, "gate-3")], posts=[post], days=[date(2026, 11, 20)])
    assert (gap.post, gap.there, gap.wanted) == ("gate-3", 1, 2)
