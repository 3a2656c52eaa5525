"""Three alarms of one flat within two minutes are one incident; parting restores three (D2)."""

import json

from core.facts.device import EventType
from core.facts.issue import Status
from core.repeats import merging
from tests.office import AGENT, Office

ALARMS = (EventType.ALARM_RAISED, EventType.TAMPER_RAISED, EventType.DOOR_FORCED)


def three(office: Office, *, apart: float = 30) -> None:
    """Three alarms of one door, one after the other."""
    for kind in ALARMS:
        office.hears(office.event(kind))
        office.fast_forward(seconds=apart)


def test_three_alarms_of_one_flat_are_one_incident_with_the_rule_named(office: Office) -> None:
    three(office)

    (row,) = office.queue()
    with office.database.read() as store:
        mergers = store.mergers.into(office.site, [row.issue])
        assert [(one.rule, one.by) for one in mergers] == [("grouped", None)] * 2
        assert len(store.reports.of_issue(office.site, row.issue)) == 3
    absorbed = [json.loads(one.body) for one in office.journal(row.issue) if one.kind == "absorbed"]
    assert {one["reason"] for one in absorbed} == {"3 alarms at one place within 120 s"}


def test_parting_restores_three_and_no_rule_joins_them_again(office: Office) -> None:
    three(office)
    (row,) = office.queue()
    with office.database.read() as store:
        gone = [one.issue for one in store.mergers.into(office.site, [row.issue])]
    for issue in gone:
        office.does(merging.split, issue=issue, by=AGENT, reason="不是一件事")
    office.hears(office.event(EventType.ALARM_CLEARED))
    office.tick()

    assert sorted(one.issue for one in office.queue()) == sorted([row.issue, *gone])
    assert {office.issue(one.issue).status for one in office.queue()} == {Status.REPORTED}


def test_two_or_three_slow_ones_are_none(office: Office) -> None:
    three(office, apart=61)

    assert len(office.queue()) == 3


def test_a_fourth_joins_them(office: Office) -> None:
    three(office, apart=20)
    office.hears(office.event(EventType.DOOR_HELD_OPEN))
    office.tick()

    assert len(office.queue()) == 1


def test_what_somebody_has_in_hand_is_what_the_others_join(office: Office) -> None:
    office.hears(office.event(ALARMS[0]), office.event(ALARMS[1]))
    held = office.claim(office.queue()[1])
    office.hears(office.event(ALARMS[2]))
    office.tick()

    assert [one.number for one in office.queue()] == [held.number]
    assert office.report(held.number).holder(office.now) == "operator-1"


def test_life_safety_and_calls_are_never_joined(office: Office) -> None:
    office.hears(
        office.event(EventType.HELP_PRESSED, call="help"),
        office.event(EventType.FIRE_ALARM, call="fire"),
        office.event(EventType.INTERCOM_RINGING, call="call"),
        office.event(ALARMS[0]),
        office.event(ALARMS[1]),
    )
    office.tick()

    assert len(office.queue()) == 5
