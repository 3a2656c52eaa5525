"""A device on test is heard and logged, and sounds nothing; the test cannot be forgotten (A11)."""

from datetime import timedelta

import pytest

from core.errors import Incomplete, NotAllowedNow, NotFound, NotReadable, TooLongOnTest
from core.facts.device import CallKey, DeviceCode, EventType
from core.facts.issue import Status
from core.facts.on_test import OnTest
from core.facts.report import CallState
from core.monitoring import on_test, tests_over
from core.store.journal import THE_SITE
from core.tick import tick
from tests.office import CAPTAIN, DOOR, OPERATOR, Office


def _begins(office: Office, *, minutes: float = 30, **of: object) -> OnTest:
    said = {"device": DOOR, "place": None, "reason": "季度检修"} | of
    return office.does(on_test.begin, lasts=timedelta(minutes=minutes), by=OPERATOR, **said)


def _logged(office: Office) -> list[int | None]:
    with office.database.read() as store:
        return [one.on_test for one in store.device_events.page(office.site, limit=100)]


def _running(office: Office) -> list[int]:
    with office.database.read() as store:
        return [test.id for test in store.on_tests.running(office.site, office.now)]


def test_what_it_says_meanwhile_is_logged_and_opens_nothing(office: Office) -> None:
    test = _begins(office)
    office.now += timedelta(minutes=5)

    received = office.hears(
        office.event(call="call-1"),
        office.event(EventType.TAMPER_RAISED),
        office.event(EventType.HELP_PRESSED),
        office.event(EventType.INTERCOM_MISSED, call="call-1"),
    )

    assert (received.stored, received.opened, office.queue()) == (4, 0, [])
    assert _logged(office) == [test.id] * 4


def test_silence_of_a_device_on_test_raises_nothing(office: Office) -> None:
    _begins(office)
    assert office.hears(office.event(EventType.DEVICE_SILENT)).opened == 0
    assert office.hears(office.event(EventType.DEVICE_BACK)).opened == 0
    office.fast_forward(minutes=31)
    assert office.queue() == []


def test_it_ends_by_itself_and_only_once(office: Office) -> None:
    _begins(office)
    office.hears(office.event(call="call-1"))
    office.fast_forward(minutes=29)
    assert len(_running(office)) == 1

    office.fast_forward(minutes=1)
    office.tick()
    # Another process, another look: nothing is left to end.
    tick(office.database, now=office.now + timedelta(minutes=1))

    assert office.kinds(THE_SITE) == ["on_test_begun", "on_test_ended"]
    assert '"by_time":true' in office.journal(THE_SITE)[-1].body
    assert '"events":1' in office.journal(THE_SITE)[-1].body
    assert office.press(call="call-2").call_state is CallState.RINGING


def test_what_comes_after_its_time_sounds_though_nothing_has_ticked(office: Office) -> None:
    _begins(office)
    office.now += timedelta(minutes=30)
    assert office.hears(office.event(call="call-1")).opened == 1
    assert office.kinds(THE_SITE) == ["on_test_begun", "on_test_ended"]


def test_it_is_ended_by_hand(office: Office) -> None:
    test = _begins(office)
    over = office.does(tests_over.end, number=test.id, by=CAPTAIN)
    assert (over.ended_by, over.ended_at) == (CAPTAIN, office.now)
    assert office.hears(office.event(call="call-1")).opened == 1
    with pytest.raises(NotAllowedNow):
        office.does(tests_over.end, number=test.id, by=CAPTAIN)
    office.fast_forward(hours=1)
    assert office.kinds(THE_SITE) == ["on_test_begun", "on_test_ended"]


def test_what_began_before_it_goes_on_in_it(office: Office) -> None:
    ringing = office.press(call="call-1")
    office.hears(office.event(EventType.DEVICE_SILENT))
    silent = next(one for one in office.queue() if one.event_type is EventType.DEVICE_SILENT)
    _begins(office)
    office.now += timedelta(seconds=5)

    office.hears(
        office.event(EventType.INTERCOM_ANSWERED, call="call-1"),
        office.event(EventType.DEVICE_BACK),
    )

    assert office.report(ringing.number).call_state is CallState.ANSWERED
    assert office.issue(silent.issue).status is Status.DISMISSED


def test_what_happened_before_it_and_is_told_in_it_is_not_lost(office: Office) -> None:
    _begins(office)
    office.now += timedelta(seconds=40)
    assert office.hears(office.event(call="call-1", ago=timedelta(minutes=1))).opened == 1
    assert _logged(office) == [None]


def test_what_still_stands_at_its_end_is_a_report_then(office: Office) -> None:
    _begins(office)
    office.hears(
        office.event(EventType.DEVICE_SILENT),
        office.event(EventType.DOOR_FORCED),
        office.event(EventType.DOOR_CLOSED),
        office.event(EventType.FIRE_PHONE_CALLING, call="line-3"),
        office.event(EventType.FIRE_PHONE_CALLING, call="line-4"),
        office.event(EventType.FIRE_PHONE_ENDED, call="line-4"),
    )
    office.fast_forward(minutes=30)

    assert [one.event_type for one in office.queue()] == [
        EventType.FIRE_PHONE_CALLING,
        EventType.DEVICE_SILENT,
    ]
    # Nobody could have answered it sooner: its time counts from the end of the test.
    assert {one.told_at for one in office.queue()} == {office.now}
    office.hears(office.event(EventType.FIRE_PHONE_ENDED, call="line-3"))
    with office.database.read() as store:
        call = store.reports.by_call(office.site, [CallKey("line-3")])[CallKey("line-3")]
    assert call.call_state is CallState.ENDED


def test_a_place_is_all_devices_that_hang_there_and_below(office: Office) -> None:
    test = _begins(office, device=None, place="site")
    assert DOOR in test.devices
    assert office.hears(office.event(call="call-1")).opened == 0
    other = DeviceCode("not-wired")
    assert office.hears(office.event(call="call-2", device=other)).opened == 1


def test_more_than_a_shift_is_refused(office: Office) -> None:
    with pytest.raises(TooLongOnTest):
        _begins(office, minutes=8 * 60 + 1)
    with pytest.raises(NotReadable):
        _begins(office, minutes=0)
    with pytest.raises(NotReadable):
        _begins(office, place="site")
    with pytest.raises(Incomplete):
        _begins(office, reason=" ")
    with pytest.raises(NotFound):
        _begins(office, device="nowhere")
    assert _running(office) == []

    _begins(office, minutes=8 * 60)
    with pytest.raises(NotAllowedNow):
        _begins(office, device=None, place="3-2")
