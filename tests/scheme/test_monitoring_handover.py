"""The shift is handed over without anything getting lost (features B14, B15)."""

import json
from datetime import timedelta
from typing import Any

import pytest

from core.errors import Incomplete, LifeSafetyUnclaimed, NotAllowedNow
from core.facts.device import EventType
from core.facts.handover import Handover, Workstation
from core.facts.people import PersonCode
from core.facts.report import Report
from core.monitoring import handover, leaving, on_test, parking, sheet
from core.store.journal import THE_SITE
from tests.office import AGENT, CLEANER, DOOR, OPERATOR, SECOND_OPERATOR, Office

DESK = Workstation("workstation-1")
OTHER = Workstation("workstation-2")


def _sheet(office: Office) -> sheet.Sheet:
    with office.database.read() as store:
        return sheet.build(store, office.site, now=office.now)


def _signs(office: Office, *, read: str | None = None, **more: object) -> Handover:
    said = {"outgoing": OPERATOR, "incoming": SECOND_OPERATOR} | more
    return office.does(handover.sign, read=read or _sheet(office).sha256, **said)


def _leaves(office: Office, *, at: Workstation | None = DESK) -> int:
    return office.does(leaving.leave, by=OPERATOR, workstation=at)


def _arrives(office: Office, who: PersonCode, *, at: Workstation = DESK) -> list[int]:
    with office.database.begin() as store:
        person = store.people.find(office.site, who)
        return list(
            leaving.arrive(store, site=office.site, person=person, workstation=at, now=office.now)
        )


def _holder(office: Office, report: Report) -> PersonCode | None:
    return office.report(report.number).holder(office.now)


# ---- the sheet -----------------------------------------------------------------------------------


def test_the_sheet_lists_by_itself_what_there_is(office: Office) -> None:
    open_, claimed, parked = (office.press(call) for call in ("a", "b", "c"))
    at_desk = office.forwarded()
    office.claim(claimed)
    office.claim(parked)
    office.does(
        parking.park,
        report=parked.number,
        by=OPERATOR,
        wait=timedelta(hours=1),
        reason="等电工回电",
        leader=False,
    )
    office.does(
        on_test.begin,
        device=DOOR,
        place=None,
        lasts=timedelta(hours=2),
        reason="换面板",
        by=OPERATOR,
    )
    with office.database.begin() as store:
        store.sites.silent(office.site, {DOOR: office.now})
    office.does(handover.note, words=" 东门岗亭钥匙在抽屉 ", by=OPERATOR)

    told: dict[str, Any] = json.loads(_sheet(office).text)

    listed = {part: [row["report"] for row in told[part]] for part in ("unclaimed", "claimed")}
    assert listed == {"unclaimed": [open_.number], "claimed": [claimed.number]}
    assert [row["issue"] for row in told["at_desk"]] == [at_desk]
    (put_off,) = told["parked"]
    assert (put_off["report"], put_off["reason"]) == (parked.number, "等电工回电")
    assert told["on_test"][0]["devices"] == ["3栋2单元门口机"]
    assert told["silent"][0]["place"] == ["示范小区", "3栋", "2单元"]
    assert told["blind"] == [{"device": "3栋2单元门口机", "place": ["示范小区", "3栋", "2单元"]}]
    assert [one["words"] for one in told["notes"]] == ["东门岗亭钥匙在抽屉"]
    with pytest.raises(Incomplete):
        office.does(handover.note, words="  ", by=OPERATOR)


def test_both_sign_and_the_sheet_stays_as_it_was(office: Office) -> None:
    report = office.claim(office.press())
    office.does(handover.note, words="水泵房漏水，每两小时看一次", by=OPERATOR)
    before = json.loads(_sheet(office).text)

    signed = _signs(office)

    kept = json.loads(signed.sheet)
    assert kept["sheet"] == before
    assert (kept["outgoing"]["code"], kept["incoming"]["code"]) == (OPERATOR, SECOND_OPERATOR)
    entry = office.journal(THE_SITE)[-1]
    assert json.loads(entry.body) == {
        "handover": 1,
        "outgoing": OPERATOR,
        "incoming": SECOND_OPERATOR,
        "sha256": signed.sha256,
        "passed": [str(report.number)],
    }
    # The next shift begins with a clean page, and what was signed does not move with the world.
    office.press("later")
    assert json.loads(_sheet(office).text)["notes"] == []
    with office.database.read() as store:
        assert store.handovers.find(office.site, signed.number) == signed
        assert [one.number for one in store.handovers.page(office.site, limit=9)] == [1]
    assert sheet.digest(signed.sheet) == signed.sha256


def test_what_the_outgoing_holds_is_the_incomings(office: Office) -> None:
    report = office.claim(office.press())
    _signs(office)
    assert _holder(office, report) == SECOND_OPERATOR
    last = office.journal(report.issue)[-1]
    assert (last.kind, last.by) == ("claim_passed", SECOND_OPERATOR)
    assert json.loads(last.body) == {
        "report": report.number,
        "holder": OPERATOR,
        "person": SECOND_OPERATOR,
    }


def test_nobody_signs_while_life_safety_is_unclaimed(office: Office) -> None:
    office.hears(office.event(EventType.HELP_PRESSED))
    (alarm,) = office.queue()
    with pytest.raises(LifeSafetyUnclaimed, match=str(alarm.number)):
        _signs(office)
    assert _sheet(office).forbidding == (alarm,)
    assert office.kinds(THE_SITE) == []

    office.claim(alarm)
    _signs(office)
    assert _holder(office, alarm) == SECOND_OPERATOR


def test_nobody_signs_what_he_has_not_read(office: Office) -> None:
    read = _sheet(office).sha256
    office.press()
    with pytest.raises(NotAllowedNow):
        _signs(office, read=read)
    signed = _sheet(office).sha256
    _signs(office, read=signed)
    with pytest.raises(NotAllowedNow):  # told twice it is signed once
        _signs(office, read=signed)
    for nobody in (OPERATOR, AGENT, CLEANER):
        with pytest.raises(NotAllowedNow):
            _signs(office, incoming=nobody)


# ---- one workstation, two people -----------------------------------------------------------------


def test_who_follows_at_the_same_workstation_has_what_was_held(office: Office) -> None:
    report = office.claim(office.press())
    assert _leaves(office) == 1
    office.fast_forward(seconds=179)

    assert _arrives(office, SECOND_OPERATOR) == [report.number]

    assert _holder(office, report) == SECOND_OPERATOR
    assert office.kinds(report.issue)[-1] == "claim_passed"
    assert "claim_abandoned" not in office.kinds(report.issue)
    assert office.report(report.number).back is None
    office.fast_forward(seconds=10)
    assert _holder(office, report) == SECOND_OPERATOR


def test_whoever_comes_too_late_or_elsewhere_has_nothing(office: Office) -> None:
    report = office.claim(office.press())
    _leaves(office)
    assert _arrives(office, SECOND_OPERATOR, at=OTHER) == []
    assert _arrives(office, AGENT) == []  # does not answer calls
    office.fast_forward(seconds=180)

    assert office.report(report.number).claim is None
    assert office.kinds(report.issue)[-1] == "claim_abandoned"
    assert '"logged_off":true' in office.journal(report.issue)[-1].body
    assert _arrives(office, SECOND_OPERATOR) == []
    office.tick()
    assert office.kinds(report.issue).count("claim_abandoned") == 1


def test_who_comes_back_himself_still_holds_it(office: Office) -> None:
    report = office.claim(office.press())
    _leaves(office)
    assert _arrives(office, OPERATOR, at=OTHER) == []
    assert _arrives(office, SECOND_OPERATOR) == []
    assert _holder(office, report) == OPERATOR


def test_life_safety_waits_for_nobody(office: Office) -> None:
    office.hears(office.event(EventType.HELP_PRESSED), office.event(EventType.HELP_PRESSED))
    taken, other = office.queue()
    office.claim(taken)
    office.claim(other)
    _leaves(office)
    # Both stand in the queue again at once, and sound.
    assert {_holder(office, taken), _holder(office, other)} == {None}
    office.claim(other, by=SECOND_OPERATOR)

    assert _arrives(office, SECOND_OPERATOR) == [taken.number]
    assert _holder(office, taken) == SECOND_OPERATOR
    assert office.kinds(taken.issue)[-2:] == ["claim_abandoned", "claim_passed"]


def test_without_a_workstation_all_is_back_at_once(office: Office) -> None:
    report = office.claim(office.press())
    assert _leaves(office, at=None) == 1
    assert office.report(report.number).claim is None
