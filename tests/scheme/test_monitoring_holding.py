"""Who has a report: parked and back by itself, abandoned and back, passed on with consent."""

from datetime import timedelta

import pytest

from core.errors import (
    Incomplete,
    NotAllowedNow,
    NotReadable,
    NotYours,
    ParkedTwice,
)
from core.facts.device import EventType
from core.facts.report import BackWhy, Report
from core.monitoring import holding, parking, passing
from core.monitoring import service as monitoring
from core.store.database import Database
from tests.office import CAPTAIN, CLEANER, OPERATOR, SECOND_OPERATOR, Office

TEN = timedelta(minutes=10)


def _park(office: Office, report: Report, *, leader: bool = False, wait: timedelta = TEN) -> Report:
    return office.does(
        parking.park,
        report=report.number,
        by=CAPTAIN if leader else OPERATOR,
        wait=wait,
        reason="等电工回电",
        leader=leader,
    )


def test_what_is_parked_is_back_after_its_time_and_marked(office: Office) -> None:
    parked = _park(office, office.claim(office.press()))
    assert parked.claim is None
    assert [row.number for row in office.queue()] == [parked.number]

    office.fast_forward(minutes=9, seconds=59)
    assert office.report(parked.number).parked is not None
    office.fast_forward(seconds=1)

    back = office.report(parked.number)
    assert back.parked is None
    assert back.back is not None
    assert (back.back.why, back.back.by) == (BackWhy.PARK_OVER, OPERATOR)
    assert office.kinds(parked.issue)[-1] == "park_over"
    office.fast_forward(minutes=1)
    assert office.kinds(parked.issue).count("park_over") == 1


def test_parked_returns_though_everything_was_stopped_meanwhile(
    office: Office, database: Database
) -> None:
    parked = _park(office, office.claim(office.press()))
    office.now += timedelta(hours=3)
    again = Office.__new__(Office)  # the same site, looked at by a process that has just begun
    again.database, again.site, again.now = database, office.site, office.now
    again.tick()

    assert office.report(parked.number).back is not None


def test_the_third_time_is_for_a_leader(office: Office) -> None:
    press = office.press()
    for _ in range(2):
        _park(office, office.claim(press))
    office.claim(press)
    with pytest.raises(ParkedTwice):
        _park(office, press)
    office.does(monitoring.take_over, report=press.number, by=CAPTAIN, reason="我来定")

    assert _park(office, press, leader=True).parks == 3


def test_parking_needs_a_reason_a_time_and_a_claim(office: Office) -> None:
    press = office.press()
    with pytest.raises(NotYours):
        _park(office, press)
    office.claim(press)
    with pytest.raises(NotReadable):
        _park(office, press, wait=timedelta(hours=9))
    with pytest.raises(Incomplete):
        office.does(
            parking.park, report=press.number, by=OPERATOR, wait=TEN, reason=" ", leader=False
        )


def test_life_safety_is_never_put_aside(office: Office) -> None:
    office.hears(office.event(EventType.HELP_PRESSED, call="help"))
    with pytest.raises(NotAllowedNow):
        _park(office, office.claim(office.queue()[0]))


def test_anybody_may_fetch_what_is_parked(office: Office) -> None:
    parked = _park(office, office.claim(office.press()))
    taken = office.claim(parked, by=SECOND_OPERATOR)
    office.fast_forward(minutes=11)

    assert taken.parked is None
    assert "park_over" not in office.kinds(parked.issue)


@pytest.mark.parametrize(
    ("kind", "seconds"),
    [(EventType.INTERCOM_RINGING, 60), (EventType.HELP_PRESSED, 30)],
    ids=["a call", "life safety"],
)
def test_a_holder_who_is_gone_loses_it_and_it_is_marked(
    office: Office, kind: EventType, seconds: int
) -> None:
    office.hears(office.event(kind, call="call"))
    held = office.claim(office.queue()[0])
    office.fast_forward(seconds=seconds - 1)
    assert office.report(held.number).back is None
    office.fast_forward(seconds=1)

    back = office.report(held.number)
    assert back.claim is None
    assert back.back is not None
    assert (back.back.why, back.back.by) == (BackWhy.ABANDONED, OPERATOR)
    assert "claim_abandoned" in office.kinds(held.issue)
    assert office.claim(back, by=SECOND_OPERATOR).back is None


def test_whoever_comes_before_the_tick_finds_the_same(office: Office) -> None:
    held = office.claim(office.press())
    office.now += timedelta(seconds=60)
    office.claim(held, by=SECOND_OPERATOR)
    office.tick()

    assert office.kinds(held.issue) == ["opened", "claimed", "claim_abandoned", "claimed"]


def test_who_stays_keeps_it(office: Office) -> None:
    held = office.claim(office.press())
    for _ in range(10):
        office.fast_forward(seconds=20)
        office.does(monitoring.renew, report=held.number, by=OPERATOR)

    assert "claim_abandoned" not in office.kinds(held.issue)


def test_logging_off_gives_back_at_once_and_only_ones_own(office: Office) -> None:
    mine, other = office.claim(office.press("one")), office.press("two")
    office.claim(other, by=SECOND_OPERATOR)
    assert office.does(holding.leave, by=OPERATOR) == 1

    back = office.report(mine.number)
    assert back.back is not None
    assert back.back.why is BackWhy.LOGGED_OFF
    assert office.report(other.number).holder(office.now) == SECOND_OPERATOR
    assert office.does(holding.leave, by=OPERATOR) == 0


def _offer(office: Office, report: Report) -> Report:
    return office.does(passing.offer, report=report.number, by=OPERATOR, to=SECOND_OPERATOR)


def _answer(office: Office, report: Report, *, takes: bool) -> Report:
    return office.does(passing.answer, report=report.number, by=SECOND_OPERATOR, takes=takes)


def test_who_is_asked_and_agrees_has_it(office: Office) -> None:
    held = office.claim(office.press())
    assert _offer(office, held).holder(office.now) == OPERATOR
    office.fast_forward(seconds=14)
    taken = _answer(office, held, takes=True)
    office.fast_forward(seconds=5)

    assert taken.holder(office.now) == SECOND_OPERATOR
    assert office.kinds(held.issue)[-2:] == ["transfer_offered", "transfer_taken"]


def test_who_does_not_answer_in_time_has_not_agreed(office: Office) -> None:
    held = office.claim(office.press())
    _offer(office, held)
    office.fast_forward(seconds=15)

    after = office.report(held.number)
    assert (after.offer, after.holder(office.now)) == (None, OPERATOR)
    assert office.kinds(held.issue)[-1] == "transfer_lapsed"
    with pytest.raises(NotAllowedNow):
        _answer(office, held, takes=True)


def test_declined_it_stays_with_its_holder(office: Office) -> None:
    held = office.claim(office.press())
    _offer(office, held)
    declined = _answer(office, held, takes=False)

    assert (declined.offer, declined.holder(office.now)) == (None, OPERATOR)


def test_renewing_does_not_withdraw_and_forwarding_does(office: Office) -> None:
    held = office.claim(office.press())
    _offer(office, held)
    renewed = office.does(monitoring.renew, report=held.number, by=OPERATOR)
    assert renewed.offered(office.now) is not None
    office.complete(held)
    office.forward(held)
    office.fast_forward(seconds=20)

    assert office.report(held.number).offer is None
    assert "transfer_lapsed" not in office.kinds(held.issue)


def test_only_who_may_hold_is_asked(office: Office) -> None:
    held = office.claim(office.press())
    for nobody in (CLEANER, OPERATOR):
        with pytest.raises(NotAllowedNow):
            office.does(passing.offer, report=held.number, by=OPERATOR, to=nobody)
