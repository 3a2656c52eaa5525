"""Who has a report: leases, and what becomes of one whose holder is gone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from core.errors import Incomplete, NotAllowedNow, NotYours
from core.facts.device import SiteCode
from core.facts.issue import Status
from core.facts.journal import ClaimAbandoned, Entry, ParkOver, TransferLapsed
from core.facts.people import PersonCode
from core.facts.report import Back, BackWhy, Claim, Report, ReportNumber
from core.monitoring import roll_call
from core.store.store import Store

#: Columns of a report that nobody holds any more.
FREE: Mapping[str, None] = dict.fromkeys(
    ("claimed_by", "claimed_until", "offered_to", "offered_by", "offered_until", "look_at")
)


def lease(store: Store, report: Report, *, by: PersonCode, now: datetime) -> Report:
    """Hold it for another lease; what was offered of it stays offered."""
    until = now + timedelta(seconds=store.rules_of(report.site).claim_seconds(report.cls))
    return store.holds.write(replace(report, claim=Claim(by=by, until=until)))


def take(store: Store, report: Report, *, by: PersonCode, now: datetime) -> Report:
    """Let somebody have it from now on, wherever it was before."""
    seen = roll_call.take_out(store, report, by=by, now=now)
    return lease(store, replace(seen, parked=None, back=None, offer=None), by=by, now=now)


def at_centre(store: Store, site: SiteCode, number: ReportNumber, *, now: datetime) -> Report:
    """Return a report that operators may work on, as time has left it.

    :raises NotFound: no such report. :raises NotAllowedNow: it is not at the centre any more.
    """
    store.journal.lock(site)
    report = store.reports.find(site, number)
    status = store.issues.find(site, report.issue).status
    if not report.queued or status is not Status.REPORTED:
        raise NotAllowedNow(f"report {number} is not at the centre any more: {status}")
    return _settle(store, report, now=now)


def mine(
    store: Store, site: SiteCode, number: ReportNumber, *, by: PersonCode, now: datetime
) -> Report:
    """Return a report that this person holds.

    :raises NotYours: nobody or somebody else holds it. :raises NotAllowedNow: as ``at_centre``.
    """
    report = at_centre(store, site, number, now=now)
    holder = report.holder(now)
    if holder != by:
        raise NotYours(
            f"report {number} is held by {holder}" if holder else f"report {number} is not claimed"
        )
    return report


def run_out(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Let leases, parks and offers end whose time is up; return how many were looked at."""
    store.journal.lock(site)
    reports = store.holds.due(site, now, limit=limit)
    issues = store.issues.several(site, {report.issue for report in reports})
    for report in reports:
        if report.queued and issues[report.issue].status is Status.REPORTED:
            stands = _settle(store, report, now=now)
        else:  # it left the centre meanwhile
            stands = replace(report, claim=None, parked=None, offer=None)
        store.holds.write(stands)  # with the moment of its next look
    return len(reports)


def leave(store: Store, *, site: SiteCode, by: PersonCode, now: datetime) -> int:
    """Give back at once what somebody holds who logs off; return how many reports.

    What he holds is told to nobody but the queue: it stands there again and sounds.
    """
    store.journal.lock(site)
    left = held(store, site, by=by, now=now)
    for report in left:
        entry = ClaimAbandoned(report=report.number, holder=by, logged_off=True)
        store.journal.append(site, report.issue, entry, at=now, by=by)
        back = Back(why=BackWhy.LOGGED_OFF, by=by, at=now)
        store.holds.write(replace(report, claim=None, offer=None, back=back))
    return len(left)


def held(store: Store, site: SiteCode, *, by: PersonCode, now: datetime) -> list[Report]:
    """Return what somebody holds at the centre now, by number."""
    his = [one for one in store.holds.held_by(site, by) if one.holder(now) == by]
    issues = store.issues.several(site, {report.issue for report in his})
    return [report for report in his if issues[report.issue].status is Status.REPORTED]


def said(text: str, otherwise: str) -> str:
    """Return words without the space around them.

    :raises Incomplete: there are none; ``otherwise`` says what is missing.
    """
    if not text.strip():
        raise Incomplete(otherwise)
    return text.strip()


def _settle(store: Store, report: Report, *, now: datetime) -> Report:
    """Let time have had its effect: each end is an entry, and happens once."""
    entries: list[Entry] = []
    claim, parked, offer = report.claim, report.parked, report.offer
    stands = report
    if offer and (offer.until <= now or report.holder(now) != offer.by):
        if claim and claim.by == offer.by:
            entries.append(TransferLapsed(report=report.number, person=offer.to))
        stands = replace(stands, offer=None)
    if claim and claim.until <= now:
        entries.append(ClaimAbandoned(report=report.number, holder=claim.by))
        back = Back(why=BackWhy.ABANDONED, by=claim.by, at=now)
        stands = replace(stands, claim=None, back=back)
    if parked and parked.until <= now:
        entries.append(ParkOver(report=report.number, holder=parked.by))
        back = Back(why=BackWhy.PARK_OVER, by=parked.by, at=now)
        stands = replace(stands, parked=None, back=back)
    if entries:
        store.journal.append(report.site, report.issue, *entries, at=now)
    return store.holds.write(stands) if stands != report else report
