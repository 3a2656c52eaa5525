"""五.1(3): a pause needs a reason, an end and somebody else's consent; it ends by itself (E6)."""

from datetime import date, datetime, timedelta

import pytest

from core.errors import Incomplete, NotAllowedNow, NotPermitted, NotReadable
from core.escalation import auditor, pausing
from core.escalation import service as escalation
from core.facts.device import EventType
from core.facts.issue import IssueNumber, Urgency
from core.facts.pause import Pause, PauseState, times, total
from core.facts.people import PersonCode
from core.facts.rules import RuleKind
from tests.office import AGENT, DIRECTOR, SUPERVISOR, Office

FRIDAY = date(2026, 11, 20)
SUNDAY = FRIDAY + timedelta(days=2)
SHORT = "version = 2\n[pause]\nlimit_seconds = {}\n"


def asks(office: Office, issue: IssueNumber, *, days: float, by: PersonCode = AGENT) -> Pause:
    until = office.now + timedelta(days=days)
    return office.does(pausing.ask, issue=issue, by=by, until=until, reason="等配件")


def granted(office: Office, issue: IssueNumber, *, days: float) -> Pause:
    pause = asks(office, issue, days=days)
    return office.does(pausing.grant, pause=pause.id, by=SUPERVISOR)


def due(office: Office, issue: IssueNumber) -> datetime:
    at = office.issue(issue).next_due_at
    assert at is not None
    return at


def end_of(day: date) -> datetime:
    """24:00 in Shanghai is 16:00 UTC."""
    return datetime.fromisoformat(f"{day}T16:00:00+00:00")


def sentence(office: Office, issue: IssueNumber) -> str:
    with office.database.read() as store:
        found = escalation.ladders(
            store, site=office.site, issues=[store.issues.find(office.site, issue)], now=office.now
        )
    return found[issue].sentence.zh


def limit(office: Office, seconds: int) -> None:
    with office.database.begin() as store:
        store.journal.lock(office.site)
        store.put_in_force(
            office.site,
            kind=RuleKind.POLICY,
            version=2,
            text=SHORT.format(seconds),
            by=DIRECTOR,
            reason="试行",
            now=office.now,
        )


def findings(office: Office) -> tuple[auditor.Finding, ...]:
    with office.database.read() as store:
        return auditor.audit(store, now=office.now).findings


def test_asking_moves_nothing_granting_does(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    pause = asks(office, lamp, days=2)
    assert due(office, lamp) == end_of(FRIDAY)
    assert "尚未批准" in sentence(office, lamp)

    office.does(pausing.grant, pause=pause.id, by=SUPERVISOR)
    assert due(office, lamp) == end_of(SUNDAY)  # Friday and Saturday end in the pause
    assert "已批准暂停至 2026-11-22 10:00（等配件）" in sentence(office, lamp)
    assert office.kinds(lamp)[-2:] == ["pause_asked", "pause_granted"]


def test_a_pause_within_a_day_moves_nothing(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    granted(office, lamp, days=0.25)
    assert due(office, lamp) == end_of(FRIDAY)


def test_paused_nobody_is_called_in_and_afterwards_by_the_days_that_count(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    granted(office, lamp, days=2)
    for _ in range(3):
        office.fast_forward(hours=16)
        assert findings(office) == ()
    assert office.called_in(lamp) == []
    office.at(SUNDAY + timedelta(days=1), "00:00")
    office.tick()
    assert office.called_in(lamp) == [SUPERVISOR]
    office.fast_forward(days=1)
    assert office.called_in(lamp) == [SUPERVISOR, DIRECTOR]
    assert findings(office) == ()


def test_it_ends_by_itself_and_says_for_how_long(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    granted(office, lamp, days=2)
    office.fast_forward(days=3)
    ended = next(one for one in office.journal(lamp) if one.kind == "pause_ended")
    assert (ended.by, '"seconds":172800.0' in ended.body) == (None, True)
    office.tick()
    assert office.kinds(lamp).count("pause_ended") == 1


def test_several_pauses_add_up(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    granted(office, lamp, days=1)
    office.fast_forward(days=1, hours=2)
    granted(office, lamp, days=1)
    assert due(office, lamp) == end_of(SUNDAY)
    with office.database.read() as store:
        found = store.pauses.of_issues(office.site, [lamp])[lamp]
    assert total(times(found)) == timedelta(days=2)


def test_ended_sooner_the_days_that_ended_in_it_stay_uncounted(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    pause = granted(office, lamp, days=5)
    office.fast_forward(days=1)
    office.does(pausing.end, pause=pause.id, by=AGENT, reason="配件到了")
    assert due(office, lamp) == end_of(FRIDAY + timedelta(days=1))


def test_who_asked_does_not_grant(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    pause = asks(office, lamp, days=1, by=SUPERVISOR)
    for act in (pausing.grant, pausing.refuse):
        more = {} if act is pausing.grant else {"reason": "不行"}
        with pytest.raises(NotPermitted):
            office.does(act, pause=pause.id, by=SUPERVISOR, **more)
    assert office.does(pausing.grant, pause=pause.id, by=DIRECTOR).state is PauseState.GRANTED


def test_refused_nothing_moves_and_the_reason_stays(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    pause = asks(office, lamp, days=1)
    refused = office.does(pausing.refuse, pause=pause.id, by=SUPERVISOR, reason="当天能修")
    assert (refused.state, refused.decision) == (PauseState.REFUSED, "当天能修")
    assert due(office, lamp) == end_of(FRIDAY)
    with pytest.raises(NotAllowedNow):
        office.does(pausing.grant, pause=pause.id, by=SUPERVISOR)


def test_nobody_decided_in_time_the_ask_is_over(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    asks(office, lamp, days=0.1)
    office.fast_forward(days=1)
    assert "pause_refused" in office.kinds(lamp)
    assert office.called_in(lamp) == [SUPERVISOR]


def test_over_the_limit_it_ends_by_itself(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    pause = granted(office, lamp, days=30)
    assert pause.ends_at == office.now + timedelta(days=7)
    office.fast_forward(days=8)
    with pytest.raises(NotAllowedNow):
        asks(office, lamp, days=1)


def test_what_was_paused_counts_against_a_limit_that_was_lowered(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    granted(office, lamp, days=2)
    office.fast_forward(days=2, hours=1)
    limit(office, 2 * 86_400)
    with pytest.raises(NotAllowedNow):
        asks(office, lamp, days=1)


def test_pauses_survive_a_change_of_policy(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    granted(office, lamp, days=2)
    office.fast_forward(days=2, hours=1)
    limit(office, 7 * 86_400)
    assert findings(office) == ()  # the auditor counts afresh, and comes to the same
    assert due(office, lamp) == end_of(SUNDAY)


def test_handling_ends_a_pause_and_the_old_clock_goes_on(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    granted(office, lamp, days=5)
    asked_again = office.now + timedelta(hours=30)
    office.now = asked_again
    office.handled(lamp)
    office.tick()
    assert "pause_ended" in office.kinds(lamp)
    office.fast_forward(days=2)
    office.reopened(lamp)
    office.tick()
    assert due_steps(office, lamp) == ["urgent.1", "urgent.2"]
    assert findings(office) == ()


def due_steps(office: Office, issue: IssueNumber) -> list[str]:
    with office.database.read() as store:
        fired = store.escalations.of_issues(office.site, [issue])[issue]
    return [one.step.partition("@")[0] for one in fired]


def test_life_safety_is_never_paused(office: Office) -> None:
    office.hears(office.event(EventType.HELP_PRESSED, call="help-1"))
    with pytest.raises(NotAllowedNow, match="life safety"):
        asks(office, office.queue()[0].issue, days=1)


def test_a_pause_does_not_hold_back_life_safety(office: Office) -> None:
    press = office.press()
    office.claim(press)
    office.complete(press)
    granted(office, press.issue, days=2)
    office.claim(press)
    office.complete(press, category="lift_trapped")
    office.tick()
    assert len(office.called_in(press.issue)) > 2


def test_what_cannot_be_meant_is_refused(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    with pytest.raises(NotReadable):
        asks(office, lamp, days=-1)
    with pytest.raises(Incomplete):
        office.does(pausing.ask, issue=lamp, by=AGENT, until=office.now + timedelta(1), reason=" ")
    asks(office, lamp, days=1)
    with pytest.raises(NotAllowedNow):
        asks(office, lamp, days=2)
    office.handled(lamp)
    office.tick()
    with pytest.raises(NotAllowedNow):
        asks(office, lamp, days=1)
