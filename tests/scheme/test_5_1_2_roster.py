"""五.1(2), E11: the duty roster says who is called in; who is away is answered for."""

from datetime import date, time, timedelta

import pytest

from core.errors import BadRoster, NotAllowedNow, NotReadable
from core.facts.device import EventType
from core.facts.issue import Urgency
from core.facts.people import PersonCode, Role
from core.facts.place import PlaceCode
from core.facts.roster import Absence, Cell, Leave, Post, PostCode, Relief, Row, Shift, ShiftCode
from core.roster import absences, writing
from core.roster import service as roster
from core.store.journal import THE_SITE
from tests.office import (
    CAPTAIN,
    DIRECTOR,
    GUARD,
    OPERATOR,
    SECOND_OPERATOR,
    SUPERVISOR,
    Office,
)

FRIDAY = date(2026, 11, 20)
DAY, NIGHT = ShiftCode("day"), ShiftCode("night")
SEAT = PostCode("control-room")


def writes(office: Office, *rows: tuple[date, ShiftCode, PersonCode]) -> None:
    seat = Post(code=SEAT, name="监控中心", role=Role.OPERATOR, place=PlaceCode("3"), least=2)
    office.does(writing.write_post, post=seat, by=CAPTAIN)
    for code, begins, ends in ((DAY, time(8), time(20)), (NIGHT, time(20), time(8))):
        shift = Shift(code=code, name=code, begins=begins, ends=ends)
        office.does(writing.write_shift, shift=shift, by=CAPTAIN)
    office.does(
        writing.write,
        first=FRIDAY,
        last=FRIDAY + timedelta(days=2),
        rows=[Row(day=day, post=SEAT, shift=shift, person=person) for day, shift, person in rows],
        by=CAPTAIN,
    )


def on_duty(office: Office) -> list[PersonCode]:
    with office.database.read() as store:
        found = roster.on_duty(store, site=office.site, at=office.now, role=Role.OPERATOR)
    return [one.person for one in found]


def away(
    office: Office, person: PersonCode, deputy: PersonCode | None, *, days: float = 5
) -> Absence:
    leave = Leave(
        person=person,
        begins_at=office.now,
        ends_at=office.now + timedelta(days=days),
        deputy=deputy,
        reason="年假",
    )
    return office.does(absences.enter_absence, leave=leave, by=DIRECTOR)


def test_the_roster_says_who_is_on_duty_over_midnight(office: Office) -> None:
    writes(office, (FRIDAY, DAY, OPERATOR), (FRIDAY, NIGHT, SECOND_OPERATOR))
    assert on_duty(office) == [OPERATOR]
    office.at(FRIDAY, "20:00")
    assert on_duty(office) == [SECOND_OPERATOR]
    office.at(FRIDAY + timedelta(days=1), "07:59")
    assert on_duty(office) == [SECOND_OPERATOR]
    office.at(FRIDAY + timedelta(days=1), "08:00")
    assert on_duty(office) == []


def test_life_safety_calls_who_is_on_duty_and_nobody_who_sleeps(office: Office) -> None:
    writes(office, (FRIDAY, DAY, SECOND_OPERATOR))
    office.hears(office.event(EventType.HELP_PRESSED, call="help-1"))
    office.tick()
    assert set(office.called_in(office.queue()[0].issue)) == {GUARD, CAPTAIN, SECOND_OPERATOR}


def test_where_nobody_is_on_duty_everybody_of_the_role_is_called(office: Office) -> None:
    writes(office, (FRIDAY + timedelta(days=1), DAY, SECOND_OPERATOR))
    office.hears(office.event(EventType.HELP_PRESSED, call="help-1"))
    office.tick()
    assert {OPERATOR, SECOND_OPERATOR} <= set(office.called_in(office.queue()[0].issue))


def test_the_supervisor_is_on_leave_his_deputy_is_told_and_both_are_named(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    away(office, SUPERVISOR, CAPTAIN)
    office.fast_forward(days=1)

    assert office.called_in(lamp) == [CAPTAIN]
    told = next(one for one in office.journal(lamp) if one.kind == "deputy_called_in")
    assert '"absent":"supervisor"' in told.body
    assert '"deputy":"captain"' in told.body
    with office.database.read() as store:
        (notice,) = store.notices.of_person(office.site, CAPTAIN, limit=10)
    assert notice.instead_of == SUPERVISOR

    office.fast_forward(days=1)
    assert office.called_in(lamp) == [CAPTAIN, DIRECTOR]


def test_back_from_leave_he_is_called_himself(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    absence = away(office, SUPERVISOR, CAPTAIN)
    office.now += timedelta(hours=1)
    office.does(absences.cancel_absence, absence=absence.id, by=DIRECTOR)
    office.fast_forward(days=1)
    assert office.called_in(lamp) == [SUPERVISOR]


def test_absences_that_cannot_be_meant_are_refused(office: Office) -> None:
    away(office, SUPERVISOR, CAPTAIN)
    with pytest.raises(NotAllowedNow):
        away(office, SUPERVISOR, DIRECTOR)
    with pytest.raises(NotAllowedNow):
        away(office, DIRECTOR, DIRECTOR)
    with pytest.raises(NotReadable):
        away(office, DIRECTOR, CAPTAIN, days=-1)


def test_a_stand_in_is_noted_and_ends_by_itself(office: Office) -> None:
    writes(office, (FRIDAY, DAY, OPERATOR))
    relief = Relief(
        post=SEAT, instead_of=OPERATOR, person=SECOND_OPERATOR, seconds=1_800, reason="用餐"
    )
    office.does(absences.stand_in, relief=relief, by=OPERATOR)
    assert on_duty(office) == [SECOND_OPERATOR]
    office.now += timedelta(minutes=30)
    assert on_duty(office) == [OPERATOR]


@pytest.mark.parametrize(
    ("person", "seconds"), [(SECOND_OPERATOR, 1_801), (GUARD, 60), (OPERATOR, 60)]
)
def test_a_stand_in_keeps_to_the_limit_and_the_role(
    office: Office, person: PersonCode, seconds: int
) -> None:
    writes(office, (FRIDAY, DAY, OPERATOR))
    relief = Relief(post=SEAT, instead_of=OPERATOR, person=person, seconds=seconds, reason="用餐")
    with pytest.raises(NotAllowedNow):
        office.does(absences.stand_in, relief=relief, by=OPERATOR)


def test_what_was_is_not_written_anew(office: Office) -> None:
    writes(office, (FRIDAY, DAY, OPERATOR))
    office.at(FRIDAY, "21:00")
    with pytest.raises(BadRoster, match="is over"):
        writes(office, (FRIDAY, DAY, SECOND_OPERATOR))
    writes(office, (FRIDAY, DAY, OPERATOR), (FRIDAY, NIGHT, SECOND_OPERATOR))
    assert on_duty(office) == [SECOND_OPERATOR]
    writes(office, (FRIDAY, NIGHT, OPERATOR))  # the day that is over stays
    with office.database.read() as store:
        kept = store.roster.days(office.site, FRIDAY, FRIDAY)
    assert [(one.row.shift, one.row.person) for one in kept] == [(DAY, OPERATOR), (NIGHT, OPERATOR)]


def test_nobody_stands_twice_over_the_edge_of_what_is_written(office: Office) -> None:
    writes(office, (FRIDAY + timedelta(days=2), NIGHT, OPERATOR))
    early = Shift(code=ShiftCode("early"), name="早", begins=time(6), ends=time(14))
    office.does(writing.write_shift, shift=early, by=CAPTAIN)
    monday = FRIDAY + timedelta(days=3)
    with pytest.raises(BadRoster, match="at the same time"):
        office.does(
            writing.write,
            first=monday,
            last=monday,
            rows=[Row(day=monday, post=SEAT, shift=ShiftCode("early"), person=OPERATOR)],
            by=CAPTAIN,
        )


def test_a_shift_in_use_keeps_its_times(office: Office) -> None:
    writes(office, (FRIDAY, DAY, OPERATOR))
    other = Shift(code=DAY, name="白班", begins=time(9), ends=time(20))
    with pytest.raises(NotAllowedNow):
        office.does(writing.write_shift, shift=other, by=CAPTAIN)


# --- cell by cell -------------------------------------------------------------------------------


def put(office: Office, people: list[PersonCode], before: list[PersonCode]) -> None:
    cell = Cell(day=FRIDAY + timedelta(days=1), post=SEAT, shift=DAY)
    office.does(writing.write_cell, cell=cell, people=people, before=before, by=CAPTAIN)


def test_a_cell_is_written_and_the_others_stay(office: Office) -> None:
    writes(office, (FRIDAY, DAY, OPERATOR))
    put(office, [OPERATOR, SECOND_OPERATOR], [])
    put(office, [SECOND_OPERATOR], [SECOND_OPERATOR, OPERATOR])
    put(office, [SECOND_OPERATOR], [SECOND_OPERATOR])  # said again: nothing happens
    with office.database.read() as store:
        found = store.roster.days(office.site, FRIDAY, FRIDAY + timedelta(days=2))
        changes = store.journal.of_issue(office.site, THE_SITE)
    assert [one.row.person for one in found] == [OPERATOR, SECOND_OPERATOR]
    cells = [one for one in changes if '"what":"cell"' in one.body]
    assert [one.by for one in cells] == [CAPTAIN, CAPTAIN]
    assert "operator-2" in cells[-1].body


def test_a_cell_is_judged_as_the_file_and_by_who_is_away(office: Office) -> None:
    writes(office, (FRIDAY, DAY, OPERATOR), (FRIDAY, NIGHT, OPERATOR))
    with pytest.raises(NotAllowedNow, match="nobody stands there"):
        put(office, [OPERATOR], [SECOND_OPERATOR])
    with pytest.raises(BadRoster, match="guard-7 is no operator"):
        put(office, [GUARD], [])
    with pytest.raises(BadRoster, match="twice"):
        put(office, [OPERATOR, OPERATOR], [])
    early = Shift(code=ShiftCode("early"), name="早", begins=time(6), ends=time(14))
    office.does(writing.write_shift, shift=early, by=CAPTAIN)
    cell = Cell(day=FRIDAY + timedelta(days=1), post=SEAT, shift=ShiftCode("early"))
    with pytest.raises(BadRoster, match="at the same time"):
        office.does(writing.write_cell, cell=cell, people=[OPERATOR], before=[], by=CAPTAIN)

    leave = away(office, SECOND_OPERATOR, None)
    with pytest.raises(BadRoster, match="nobody answers for him"):
        put(office, [SECOND_OPERATOR], [])
    office.does(absences.cancel_absence, absence=leave.id, by=DIRECTOR)
    away(office, SECOND_OPERATOR, OPERATOR)
    put(office, [SECOND_OPERATOR], [])


def test_a_cell_that_is_over_stays_and_so_does_who_fell_ill_later(office: Office) -> None:
    writes(office, (FRIDAY, DAY, OPERATOR), (FRIDAY + timedelta(days=1), DAY, SECOND_OPERATOR))
    away(office, SECOND_OPERATOR, None)
    # Written before he fell ill: the same file still goes round.
    writes(office, (FRIDAY, DAY, OPERATOR), (FRIDAY + timedelta(days=1), DAY, SECOND_OPERATOR))
    office.at(FRIDAY + timedelta(days=1), "20:00")
    with pytest.raises(BadRoster, match="is over"):
        put(office, [], [SECOND_OPERATOR])
