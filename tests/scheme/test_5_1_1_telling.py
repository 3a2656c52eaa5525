"""五.1(1): everybody reports at once; each press, each hop and each name is kept exactly."""

import json
from datetime import timedelta

import pytest

from core.desk import service as desk
from core.errors import Incomplete, NotAllowedNow, NotFound, NotReadable
from core.facts.catalogue import CategoryCode
from core.facts.device import EventType
from core.facts.issue import Caller, CallerKind, Outcome, Status
from core.facts.people import PersonCode, Role
from core.facts.place import PlaceCode
from core.facts.report import CallState, Channel, Means, Relay, Telling
from core.monitoring import service as monitoring
from tests.office import (
    AGENT,
    CAPTAIN,
    CLEANER,
    GUARD,
    OPERATOR,
    SECOND_OPERATOR,
    SQUAD_LEADER,
    SUPERVISOR,
    Office,
)


def test_one_press_is_one_report_however_often_it_is_told(office: Office) -> None:
    press = office.event(call="call-1", event_id="invite")
    again = office.event(call="call-1", event_id="call-no-answered")

    assert office.hears(press, press, again).opened == 1
    assert office.hears(press, again).absorbed == 2

    (report,) = office.queue()
    assert (report.channel, report.times_told) == (Channel.INTERCOM, 2)


def test_an_event_that_names_its_own_place_is_believed_if_the_site_has_it(office: Office) -> None:
    here = office.event(EventType.HELP_PRESSED, call="1", data={"place": "3"})
    nowhere = office.event(EventType.HELP_PRESSED, call="2", data={"place": "mars"})
    silent = office.event(EventType.HELP_PRESSED, call="3")
    office.hears(here, nowhere, silent)
    assert [row.place for row in office.queue()] == ["3", "3-2", "3-2"]


def test_two_presses_are_two_reports(office: Office) -> None:
    office.hears(office.event(call="call-1"), office.event(call="call-2"))
    assert len(office.queue()) == 2


@pytest.mark.parametrize(
    ("news", "state"),
    [
        ([EventType.INTERCOM_ANSWERED], CallState.ANSWERED),
        ([EventType.INTERCOM_MISSED], CallState.MISSED),
        ([EventType.INTERCOM_ENDED], CallState.ENDED),
        ([EventType.INTERCOM_ANSWERED, EventType.INTERCOM_ENDED], CallState.ANSWERED),
        ([EventType.INTERCOM_MISSED, EventType.INTERCOM_ANSWERED], CallState.ANSWERED),
        ([EventType.INTERCOM_ANSWERED, EventType.INTERCOM_MISSED], CallState.ANSWERED),
    ],
)
def test_later_news_moves_the_same_call_and_opens_nothing(
    office: Office, news: list[EventType], state: CallState
) -> None:
    office.press("call-1")
    for kind in news:
        assert office.hears(office.event(kind, call="call-1")).opened == 0

    (report,) = office.queue()
    assert report.call_state is state


def test_a_call_nobody_answered_is_a_report_and_comes_before_one_that_rings(
    office: Office,
) -> None:
    rings = office.press("rings")
    office.hears(office.event(EventType.INTERCOM_MISSED, call="missed"))

    first, second = office.queue()
    assert (first.call_state, second.number) == (CallState.MISSED, rings.number)


def test_a_call_that_rings_on_for_two_minutes_is_missed_by_time_alone(office: Office) -> None:
    press = office.press()
    office.fast_forward(seconds=119)
    assert office.report(press.number).call_state is CallState.RINGING

    assert office.fast_forward(seconds=1).missed == 1
    assert office.report(press.number).call_state is CallState.MISSED
    assert office.fast_forward(hours=1).missed == 0


def test_a_call_first_told_late_rings_no_more_but_does_not_vanish(office: Office) -> None:
    office.hears(office.event(call="old", ago=timedelta(hours=1), late=True))
    (report,) = office.queue()
    assert (report.call_state, report.late) == (CallState.MISSED, True)
    assert report.told_at == office.now - timedelta(hours=1)


def test_old_news_opens_nothing_and_stays_in_the_log(office: Office) -> None:
    received = office.hears(office.event(call="history", stale=True))
    assert (received.stored, received.opened, office.queue()) == (1, 0, [])
    with office.database.read() as store:
        (logged,) = store.device_events.page(office.site, limit=10)
    assert logged.event.stale


def test_a_standing_fault_is_one_report_with_a_count_and_leaves_by_itself(office: Office) -> None:
    for _ in range(3):
        office.hears(office.event(EventType.DEVICE_SILENT))
    (fault,) = office.queue()
    assert fault.times_told == 3

    office.hears(office.event(EventType.DEVICE_BACK))
    assert office.queue() == []
    assert office.issue(fault.issue).status is Status.DISMISSED
    assert office.kinds(fault.issue) == ["opened", "cleared", "dismissed"]


def test_a_fault_an_operator_has_in_hand_does_not_leave_under_his_hands(office: Office) -> None:
    office.hears(office.event(EventType.DEVICE_SILENT))
    fault = office.claim(office.queue()[0])
    office.hears(office.event(EventType.DEVICE_BACK))
    assert office.queue()[0].number == fault.number


def test_silence_and_return_in_one_batch_leave_nothing_behind(office: Office) -> None:
    office.hears(office.event(EventType.DEVICE_SILENT), office.event(EventType.DEVICE_BACK))
    assert office.queue() == []


# --- who is first reporter (ruling) ---


@pytest.mark.parametrize(
    ("caller", "owner", "unknown"),
    [
        (Caller(kind=CallerKind.STAFF, person=CLEANER), CLEANER, False),
        (Caller(kind=CallerKind.CUSTOMER, name="1502 住户"), OPERATOR, False),
        (Caller(kind=CallerKind.DEVICE), OPERATOR, False),
        (Caller(kind=CallerKind.UNKNOWN), OPERATOR, True),
    ],
)
def test_first_reporter_as_ruled(
    office: Office, *, caller: Caller, owner: PersonCode, unknown: bool
) -> None:
    issue = office.issue(office.forwarded(caller=caller))
    assert (issue.owner, issue.to_be_identified) == (owner, unknown)


def test_a_member_of_staff_must_be_named_exactly(office: Office) -> None:
    press = office.claim(office.press())
    with pytest.raises(Incomplete):
        office.complete(press, caller=Caller(kind=CallerKind.STAFF))
    with pytest.raises(NotFound):
        office.complete(press, caller=Caller(kind=CallerKind.STAFF, person=PersonCode("nobody")))


def test_an_unknown_caller_cannot_be_closed_before_he_is_identified(office: Office) -> None:
    issue = office.accepted(caller=Caller(kind=CallerKind.UNKNOWN))
    office.handled(issue)
    with pytest.raises(Incomplete):
        office.closed(issue)

    office.does(
        desk.correct_first_reporter,
        issue=issue,
        by=SUPERVISOR,
        person=None,
        name="2003 租户",
        reason="回电确认",
    )
    assert office.closed(issue).outcome is Outcome.SOLVED
    assert office.issue(issue).owner == OPERATOR


def test_the_first_reporter_is_not_overwritten_only_corrected_with_both_names_kept(
    office: Office,
) -> None:
    press = office.claim(office.press())
    office.complete(press, caller=Caller(kind=CallerKind.STAFF, person=GUARD))
    with pytest.raises(NotAllowedNow):
        office.complete(press, caller=Caller(kind=CallerKind.STAFF, person=CLEANER))
    with pytest.raises(Incomplete):
        _correct(office, press.issue, reason=" ")

    _correct(office, press.issue, reason="听错了名字")
    assert office.issue(press.issue).owner == CLEANER
    last = json.loads(office.journal(press.issue)[-1].body)
    assert (last["before"], last["after"], last["reason"]) == (GUARD, CLEANER, "听错了名字")


def test_another_operator_completing_a_customers_call_does_not_become_first_reporter(
    office: Office,
) -> None:
    press = office.claim(office.press())
    office.complete(press)
    office.fast_forward(minutes=2)
    office.claim(press, by=SECOND_OPERATOR)
    office.complete(press, by=SECOND_OPERATOR, words="路灯不亮，两盏")
    assert office.issue(press.issue).owner == OPERATOR


# --- human channels and relays ---


def _relayed(office: Office, caller: Caller) -> Telling:
    first, second = office.now - timedelta(minutes=30), office.now - timedelta(minutes=10)
    return Telling(
        channel=Channel.SQUAD_LEADER,
        caller=caller,
        words="东门垃圾没清",
        relays=(
            Relay(
                by_name="安管员 07",
                by_person=GUARD,
                role=Role.GUARD,
                to_name="班长",
                means=Means.RADIO,
                told_at=first,
            ),
            Relay(
                by_name="班长",
                by_person=SQUAD_LEADER,
                role=Role.SQUAD_LEADER,
                to_name="客服",
                means=Means.TELEPHONE,
                told_at=second,
            ),
        ),
        place=PlaceCode("3-2"),
        category=CategoryCode("litter"),
    )


def test_each_hop_is_kept_and_the_clock_starts_with_the_first(office: Office) -> None:
    telling = _relayed(office, Caller(kind=CallerKind.STAFF, person=GUARD))
    issue = office.does(desk.register, telling=telling, by=AGENT)

    assert (issue.owner, issue.status) == (GUARD, Status.ACCEPTED)
    assert issue.reported_at == office.now - timedelta(minutes=30)
    with office.database.read() as store:
        (report,) = store.reports.of_issue(office.site, issue.number)
        hops = store.relays.of_reports(office.site, [report.number])[report.number]
    assert hops == list(telling.relays)


def test_a_customer_told_the_guard_so_the_guard_is_first_reporter(office: Office) -> None:
    telling = _relayed(office, Caller(kind=CallerKind.CUSTOMER, name="1502 住户"))
    assert office.does(desk.register, telling=telling, by=AGENT).owner == GUARD


def test_a_telling_at_the_centre_is_held_by_the_operator_and_goes_the_same_way(
    office: Office,
) -> None:
    telling = Telling(
        channel=Channel.TELEPHONE,
        caller=Caller(kind=CallerKind.STAFF, person=CAPTAIN),
        words="水管漏水",
        place=PlaceCode("3-2"),
        category=CategoryCode("pipe_leak"),
    )
    report = office.does(monitoring.tell, telling=telling, by=OPERATOR)
    assert report.holder(office.now) == OPERATOR
    office.forward(report)
    assert office.issue(report.issue).status is Status.FORWARDED


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"channel": Channel.INTERCOM}, NotReadable),
        ({"words": "  "}, Incomplete),
        ({"place": PlaceCode("mars")}, NotFound),
        ({"category": CategoryCode("ufo")}, NotFound),
        ({"caller": Caller(kind=CallerKind.CUSTOMER)}, Incomplete),
        ({"caller": Caller(kind=CallerKind.STAFF)}, Incomplete),
    ],
)
def test_a_telling_that_lacks_something_is_refused_and_leaves_nothing(
    office: Office, change: dict[str, object], error: type[Exception]
) -> None:
    said: dict[str, object] = {
        "channel": Channel.TELEPHONE,
        "caller": Caller(kind=CallerKind.STAFF, person=GUARD),
        "words": "路灯不亮",
        **change,
    }
    with pytest.raises(error):
        office.does(monitoring.tell, telling=Telling(**said), by=OPERATOR)  # type: ignore[arg-type]
    assert office.queue() == []


def test_hops_out_of_order_or_from_the_future_are_refused(office: Office) -> None:
    telling = _relayed(office, Caller(kind=CallerKind.STAFF, person=GUARD))
    backwards = Telling(
        channel=telling.channel,
        caller=telling.caller,
        words=telling.words,
        relays=telling.relays[::-1],
    )
    with pytest.raises(NotReadable, match="order"):
        office.does(monitoring.tell, telling=backwards, by=OPERATOR)
    office.now -= timedelta(hours=2)
    with pytest.raises(NotReadable, match="has not been"):
        office.does(monitoring.tell, telling=telling, by=OPERATOR)


def _correct(office: Office, issue: object, *, reason: str) -> None:
    office.does(
        desk.correct_first_reporter,
        issue=issue,
        by=SUPERVISOR,
        person=CLEANER,
        name=None,
        reason=reason,
    )
