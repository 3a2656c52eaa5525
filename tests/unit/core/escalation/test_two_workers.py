"""Two workers tick at once: each step fires exactly once. The auditor sees what they leave."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import sqlalchemy as sa

from core.escalation import auditor, pausing
from core.facts.issue import Urgency
from core.store import tables
from core.tick import tick
from tests.office import AGENT, DIRECTOR, SUPERVISOR, Office


def test_two_workers_fire_each_step_once(office: Office) -> None:
    presses = [office.event(call=f"call-{number}") for number in range(300)]
    office.hears(*presses)
    office.now += timedelta(days=3)
    start = Barrier(4)

    def work() -> int:
        start.wait()
        return tick(office.database, now=office.now).escalated

    with ThreadPoolExecutor(4) as pool:
        fired = sum(worker.result() for worker in [pool.submit(work) for _ in range(4)])

    assert fired == 600
    with office.database.read() as store:
        count = store.connection.scalar(sa.select(sa.func.count()).select_from(tables.escalation))
        notices = store.connection.scalar(sa.select(sa.func.count()).select_from(tables.notice))
    assert (count, notices) == (600, 600)


def test_workers_together_end_each_pause_once_and_bring_each_issue_back_once(
    office: Office,
) -> None:
    paused = [office.accepted(category="litter") for _ in range(6)]
    for lamp in paused:
        until = office.now + timedelta(days=2)
        asked = office.does(pausing.ask, issue=lamp, by=AGENT, until=until, reason="等配件")
        office.does(pausing.grant, pause=asked.id, by=SUPERVISOR)
    left = [office.accepted(category="litter") for _ in range(6)]
    office.tick()
    office.now += timedelta(days=2, hours=1)
    start = Barrier(4)

    def work() -> None:
        start.wait()
        for _ in range(3):
            tick(office.database, now=office.now)

    with ThreadPoolExecutor(4) as pool:
        for worker in [pool.submit(work) for _ in range(4)]:
            worker.result()

    assert [office.kinds(one).count("pause_ended") for one in paused] == [1] * 6
    assert [office.kinds(one).count("came_back") for one in paused] == [0] * 6
    assert [office.kinds(one).count("came_back") for one in left] == [1] * 6
    assert all(office.called_in(one) == [SUPERVISOR] for one in left)


def test_the_auditor_finds_nothing_where_the_ladder_climbs(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    for _ in range(3):
        office.fast_forward(days=1)
        assert _audit(office).findings == ()
    assert office.called_in(lamp) == [SUPERVISOR, DIRECTOR]


def test_the_auditor_finds_a_step_that_was_due_and_did_not_fire(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    office.now += timedelta(days=1)
    assert [finding.issue for finding in _audit(office).findings] == [lamp]


def test_the_auditor_trusts_no_due_time(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    with office.database.begin() as store:
        store.issues.rearm(office.site, {lamp: None})

    (finding,) = _audit(office).findings
    assert (finding.issue, "waits for nothing" in finding.what) == (lamp, True)


def test_the_auditor_walks_all_issues_slice_by_slice(office: Office) -> None:
    office.hears(*(office.event(call=f"call-{number}") for number in range(7)))
    seen, upto = 0, None
    with office.database.read() as store:
        for _ in range(3):
            cycle = auditor.audit(store, now=office.now, after=upto, limit=3)
            seen, upto = seen + cycle.checked, cycle.upto
    assert (seen, upto) == (7, None)


def _audit(office: Office) -> auditor.Audit:
    with office.database.read() as store:
        return auditor.audit(store, now=office.now)
