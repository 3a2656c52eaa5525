"""One operator leaves a workstation and the next sits down: what was held passes over (B15)."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.facts.device import SiteCode
from core.facts.handover import LeftSeat, Workstation
from core.facts.journal import ClaimAbandoned, ClaimPassed
from core.facts.people import Person, PersonCode
from core.facts.report import Back, BackWhy, Claim, Report, ReportClass, ReportNumber
from core.monitoring import holding, passing
from core.store.store import Store

#: So many real seconds what somebody held waits for his reliever at the same workstation.
WAITS_SECONDS = 180
#: The lease outlasts the wait a little, so that the end of the wait finds what it gives back.
_LONGER = timedelta(seconds=30)


def leave(
    store: Store,
    *,
    site: SiteCode,
    by: PersonCode,
    workstation: Workstation | None,
    now: datetime,
) -> int:
    """Let somebody log off; return how many reports he held.

    At a workstation that says who it is they wait for the reliever, all but life safety: that is
    back in the queue at once and sounds. Elsewhere all are back at once.
    """
    if workstation is None:
        return holding.leave(store, site=site, by=by, now=now)
    store.journal.lock(site)
    held = holding.held(store, site, by=by, now=now)
    if not held:
        return 0
    until = now + timedelta(seconds=WAITS_SECONDS * store.speed)
    for report in held:
        if report.cls is ReportClass.LIFE_SAFETY:
            _give_back(store, report, by=by, now=now)
        else:
            claim = Claim(by=by, until=until + _LONGER * store.speed)
            store.holds.write(replace(report, claim=claim, offer=None))
    store.handovers.leave(
        LeftSeat(site=site, workstation=workstation, person=by, left_at=now, until=until)
    )
    return len(held)


def arrive(
    store: Store, *, site: SiteCode, person: Person, workstation: Workstation, now: datetime
) -> list[ReportNumber]:
    """Let somebody sit down; return what passed over to him from whoever sat there before.

    Who comes back himself holds what he held, wherever he sits down.
    """
    store.journal.lock(site)
    store.handovers.back(site, person.code)
    left = store.handovers.left(site, workstation)
    if left is None or left.until <= now or not passing.may_hold(person):
        return []
    store.handovers.forget(site, workstation)
    waiting = [*holding.held(store, site, by=left.person, now=now), *_given_back(store, left)]
    for report in waiting:
        pass_over(store, report, holder=left.person, to=person.code, now=now)
    return [report.number for report in waiting]


def pass_over(
    store: Store, report: Report, *, holder: PersonCode, to: PersonCode, now: datetime
) -> None:
    """Let a report be the reliever's from now on; both names are kept."""
    entry = ClaimPassed(report=report.number, holder=holder, person=to)
    store.journal.append(report.site, report.issue, entry, at=now, by=to)
    holding.take(store, report, by=to, now=now)


def run_out(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Give back what waited for a reliever who did not come; return how many seats."""
    store.journal.lock(site)
    due = store.handovers.due(site, now, limit=limit)
    for left in due:
        store.handovers.forget(site, left.workstation)
        holding.leave(store, site=site, by=left.person, now=now)
    return len(due)


def _give_back(store: Store, report: Report, *, by: PersonCode, now: datetime) -> None:
    entry = ClaimAbandoned(report=report.number, holder=by, logged_off=True)
    store.journal.append(report.site, report.issue, entry, at=now, by=by)
    back = Back(why=BackWhy.LOGGED_OFF, by=by, at=now)
    store.holds.write(replace(report, claim=None, offer=None, back=back))


def _given_back(store: Store, left: LeftSeat) -> list[Report]:
    """Return the life-safety reports that he gave back there and nobody has claimed since."""
    return [
        report
        for report in store.reports.queue(left.site)
        if report.back is not None
        and (report.back.why, report.back.by, report.back.at)
        == (BackWhy.LOGGED_OFF, left.person, left.left_at)
    ]
