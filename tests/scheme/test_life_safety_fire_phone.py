"""五.1(1), 五.1(3): a lifted fire phone stands first, is never folded, and calls all at once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.facts.device import DeviceCode, DeviceEvent, EventType, Source, System
from core.facts.issue import Status, Urgency
from core.facts.place import PlaceCode
from core.facts.report import CallState, Channel, Report, ReportClass
from core.monitoring import service as monitoring
from tests.office import CAPTAIN, DIRECTOR, GUARD, OPERATOR, SECOND_OPERATOR, Office

PHONE = DeviceCode("fire-phone")
SUNDAY = date(2026, 11, 22)


def told(
    office: Office,
    kind: EventType,
    *,
    extension: str = "17",
    call: str | None = None,
    place: str = "3-2",
    **more: object,
) -> DeviceEvent:
    """Something that the fire-phone host says of one of its extensions."""
    event = office.event(kind, call=call, **more)  # type: ignore[arg-type]
    return replace(
        event,
        source=Source(office.site, System.FIRE_PHONE, PHONE),
        subject=extension,
        data={"part": "extension", "extension": extension, "place": place},
    )


def lifted(office: Office, extension: str = "17") -> Report:
    """Return the report of a handset that is lifted now."""
    call = f"call of {extension}"
    office.hears(told(office, EventType.FIRE_PHONE_CALLING, extension=extension, call=call))
    return next(row for row in office.queue() if row.call_key == call)


def faults(office: Office) -> list[tuple[EventType | None, int]]:
    return [
        (row.event_type, row.times_told) for row in office.queue() if row.cls is ReportClass.FAULT
    ]


def test_the_report_says_which_handset(office: Office) -> None:
    assert lifted(office, "17").subject == "17"
    assert lifted(office, "3").subject == "3"


# ---- first in every queue ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [EventType.FIRE_PHONE_CALLING, EventType.FIRE_ALARM])
def test_life_safety_stands_before_whatever_waited_longer(office: Office, kind: EventType) -> None:
    office.press("first")
    office.hears(office.event(EventType.INTERCOM_MISSED, call="second"))
    office.hears(office.event(EventType.DOOR_FORCED))
    office.now += timedelta(minutes=5)

    office.hears(told(office, kind, call="third"))

    first = office.queue()[0]
    assert (first.event_type, first.cls) == (kind, ReportClass.LIFE_SAFETY)
    assert office.issue(first.issue).urgency is Urgency.LIFE_SAFETY


def test_the_report_knows_channel_and_the_handsets_place(office: Office) -> None:
    report = lifted(office)

    assert (report.channel, report.device) == (Channel.FIRE_PHONE, PHONE)
    assert report.place == PlaceCode("3-2")
    with office.database.read() as store:
        (event,) = store.device_events.page(office.site, limit=1)
    assert event.event.subject == "17"


def test_each_handset_is_a_report_of_its_own(office: Office) -> None:
    reports = [lifted(office, str(number)) for number in range(1, 21)]

    assert [row.number for row in office.queue()] == [one.number for one in reports]
    assert {row.times_told for row in office.queue()} == {1}


def test_each_fire_alarm_is_a_report_of_its_own(office: Office) -> None:
    office.hears(*(told(office, EventType.FIRE_ALARM, extension=str(n)) for n in range(20)))

    assert [row.times_told for row in office.queue()] == [1] * 20


def test_in_a_storm_of_two_hundred_faults_the_lifted_handset_stands_first(office: Office) -> None:
    storm = [
        told(office, EventType.LINE_FAULT, extension=str(number), call=f"line {number}")
        for number in range(200)
    ]
    call = told(office, EventType.FIRE_PHONE_CALLING, extension="201", call="call")

    office.hears(*storm[:150], call, *storm[150:])

    queue = office.queue()
    assert queue[0].call_key == "call"
    assert len(queue) == 201
    office.tick()
    assert GUARD in office.called_in(queue[0].issue)


# ---- the ladder ----------------------------------------------------------------------------------


def test_guard_captain_and_centre_are_called_at_once_then_the_director(office: Office) -> None:
    report = lifted(office)

    office.tick()
    at_once = {GUARD, CAPTAIN, OPERATOR, SECOND_OPERATOR}
    assert set(office.called_in(report.issue)) == at_once

    office.fast_forward(minutes=4, seconds=59)
    assert DIRECTOR not in office.called_in(report.issue)

    office.fast_forward(seconds=1)
    assert set(office.called_in(report.issue)) == at_once | {DIRECTOR}
    office.fast_forward(days=3)
    assert len(office.called_in(report.issue)) == len(at_once) + 1


def test_no_calendar_and_no_quiet_hours(office: Office) -> None:
    office.at(SUNDAY, "03:12")

    report = lifted(office)
    office.tick()

    assert {GUARD, CAPTAIN, OPERATOR} <= set(office.called_in(report.issue))


def test_a_call_from_before_the_gateway_was_back_still_calls_all(office: Office) -> None:
    call = told(
        office, EventType.FIRE_PHONE_CALLING, call="late", ago=timedelta(minutes=30), late=True
    )
    office.hears(call)
    office.tick()

    (report,) = office.queue()
    assert (report.call_state, report.cls) == (CallState.MISSED, ReportClass.LIFE_SAFETY)
    assert {GUARD, CAPTAIN, OPERATOR, DIRECTOR} <= set(office.called_in(report.issue))


# ---- one conversation, one report ----------------------------------------------------------------


def test_calling_talking_ended_is_one_report(office: Office) -> None:
    report = lifted(office)
    call = report.call_key
    office.now += timedelta(seconds=12)
    office.hears(told(office, EventType.FIRE_PHONE_TALKING, call=call))
    office.now += timedelta(seconds=60)
    office.hears(told(office, EventType.FIRE_PHONE_ENDED, call=call))

    (row,) = office.queue()
    assert (row.number, row.call_state) == (report.number, CallState.ANSWERED)
    assert row.answered_at is not None
    assert row.answered_at - row.told_at == timedelta(seconds=12)
    assert row.ended_at == office.now
    assert office.kinds(row.issue) == ["opened", "call_moved"]


def test_a_handset_that_nobody_answered_stays_first_when_it_is_put_back(office: Office) -> None:
    report = lifted(office)
    office.press("at the door")
    office.now += timedelta(seconds=40)
    office.hears(told(office, EventType.FIRE_PHONE_ENDED, call=report.call_key))

    row = office.queue()[0]
    assert (row.number, row.call_state) == (report.number, CallState.ENDED)
    assert office.issue(row.issue).status is Status.REPORTED


def test_the_same_handset_lifted_again_is_another_report(office: Office) -> None:
    first = lifted(office)
    office.hears(told(office, EventType.FIRE_PHONE_ENDED, call=first.call_key))

    office.hears(told(office, EventType.FIRE_PHONE_CALLING, call="again"))

    assert [row.call_key for row in office.queue()] == [first.call_key, "again"]


def test_told_twice_is_one_report(office: Office) -> None:
    call = told(office, EventType.FIRE_PHONE_CALLING, call="call")

    assert office.hears(call).opened == 1
    assert office.hears(call).absorbed == 1
    assert len(office.queue()) == 1


# ---- lines, power, the host ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        (EventType.LINE_FAULT, EventType.LINE_RESTORED),
        (EventType.HOST_FAULT, EventType.HOST_RESTORED),
        (EventType.DEVICE_SILENT, EventType.DEVICE_BACK),
    ],
)
def test_a_fault_leaves_by_itself_when_it_is_over(
    office: Office, broken: EventType, mended: EventType
) -> None:
    office.hears(told(office, broken, call="episode"))
    (fault,) = office.queue()
    assert (fault.cls, fault.times_told) == (ReportClass.FAULT, 1)

    office.hears(told(office, mended, call="episode"))

    assert office.queue() == []
    assert office.kinds(fault.issue) == ["opened", "cleared", "dismissed"]
    assert office.fast_forward(days=4).escalated == 0


def test_each_line_has_its_own_fault_and_only_its_own_mending_clears_it(office: Office) -> None:
    for number in ("3", "9"):
        office.hears(
            told(office, EventType.LINE_FAULT, extension=number, call=f"line {number}", place="3")
        )
    assert faults(office) == [(EventType.LINE_FAULT, 1)] * 2

    office.hears(told(office, EventType.LINE_RESTORED, extension="3", call="line 3"))

    (left,) = office.queue()
    assert left.call_key == "line 9"


def test_mending_after_an_operator_took_it_is_noted_and_nothing_more(office: Office) -> None:
    office.hears(told(office, EventType.LINE_FAULT, call="line 3"))
    fault = office.claim(office.queue()[0])

    office.hears(told(office, EventType.LINE_RESTORED, call="line 3"))

    assert [row.number for row in office.queue()] == [fault.number]
    assert office.kinds(fault.issue)[-1] == "cleared"


def test_a_line_that_breaks_again_is_a_new_report(office: Office) -> None:
    office.hears(told(office, EventType.LINE_FAULT, call="first"))
    office.hears(told(office, EventType.LINE_RESTORED, call="first"))
    office.hears(told(office, EventType.LINE_FAULT, call="second"))

    assert [row.call_key for row in office.queue()] == ["second"]


def test_flapping_is_one_report_with_a_count(office: Office) -> None:
    for count in (11, 40):
        office.hears(
            told(office, EventType.DEVICE_FAULT, call="flapping", event_id=f"flapping-{count}")
        )

    assert faults(office) == [(EventType.DEVICE_FAULT, 2)]


def test_a_claimed_call_is_forwarded_and_stays_until_the_desk_accepts(office: Office) -> None:
    report = office.claim(lifted(office))
    office.complete(report, category="lift_trapped")
    office.does(monitoring.forward, report=report.number, by=OPERATOR)

    assert office.queue()[0].number == report.number
    assert office.kinds(report.issue)[:3] == ["opened", "claimed", "completed"]
