"""Joining, merging and splitting: nobody who told is lost, and the older clock wins."""

from dataclasses import replace
from datetime import datetime

from core.errors import Incomplete, NotAllowedNow
from core.facts import moment
from core.facts.customer import CustomerCode
from core.facts.device import SiteCode
from core.facts.issue import UNHANDLED, Caller, Issue, IssueNumber, Status, Urgency
from core.facts.journal import Absorbed, Merged, ReportJoined, SplitOff
from core.facts.lifecycle import after
from core.facts.people import PersonCode
from core.facts.repeat import Merger, RepeatRule
from core.facts.report import Report, ReportNumber, Telling
from core.register import arming
from core.register import caller as callers
from core.register.telling import open_telling
from core.repeats import service as repeats
from core.repeats.oldest import own_reported_at, told_first
from core.store.store import Store

#: The more urgent ladder must not end in a slower one.
_RANK = {Urgency.LIFE_SAFETY: 0, Urgency.URGENT: 1, Urgency.ORDINARY: 2}


def merge(
    store: Store,
    *,
    site: SiteCode,
    issue: IssueNumber,
    into: IssueNumber,
    by: PersonCode | None,
    reason: str,
    now: datetime,
    rule: str = "merged",
) -> Issue:
    """Let one issue go on in another; reports, reporters and pictures go with it.

    :param by: None: a rule does it.
    :raises NotAllowedNow: one of them has ended, they are the same, or the more urgent one would
        end in the less urgent one. :raises Incomplete: no reason.
    """
    if not reason.strip():
        raise Incomplete("merging needs a reason")
    store.journal.lock(site)
    gone, stays = store.issues.find(site, issue), store.issues.find(site, into)
    _check(gone, stays)
    reports = store.reports.of_issue(site, issue)
    reported_at = min(gone.reported_at, stays.reported_at)
    _write(store, gone, stays, reports, by=by, reason=reason.strip(), now=now)
    store.mergers.add(
        site,
        issue=issue,
        into=into,
        at=now,
        by=by,
        reason=reason.strip(),
        rule=rule,
        reports=[one.number for one in reports],
        queued=[one.number for one in reports if one.queued],
        pictures=store.mergers.move_pictures(site, of=issue, to=into),
        status=gone.status.value,
        own_reported_at=own_reported_at(store, stays),
    )
    again = _told_before(store, site, into, reports)
    store.mergers.move_reports(site, [one.number for one in reports], to=into)
    store.issues.change(
        gone, status=after(gone.status, Merged).value, merged_into=into, next_due_at=None
    )
    kept = _set_clock(store, stays, reported_at)
    if again is not None:
        repeats.write(
            store, kept, of=into, customer=again, rule=RepeatRule.JOINED, likeness=None, now=now
        )
    return kept


def split(
    store: Store, *, site: SiteCode, issue: IssueNumber, by: PersonCode, reason: str, now: datetime
) -> Issue:
    """Part a merged issue from the one in which it went on; each gets its own back.

    :raises NotAllowedNow: it was not merged. :raises Incomplete: no reason.
    """
    if not reason.strip():
        raise Incomplete("splitting needs a reason")
    store.journal.lock(site)
    gone = store.issues.find(site, issue)
    merger = store.mergers.standing_of(site, issue)
    if merger is None or gone.status is not Status.MERGED:
        raise NotAllowedNow(f"issue {issue} is not merged into another")
    stays = store.issues.find(site, merger.into)
    store.mergers.split(merger, at=now, by=by)
    for number in (issue, stays.number):
        entry = SplitOff(
            issue=issue,
            into=stays.number,
            reports=tuple(str(number) for number in merger.reports),
            reason=reason.strip(),
            first=told_first(store, site, number),
        )
        store.journal.append(site, number, entry, at=now, by=by)
    store.mergers.move_reports(site, merger.reports, to=issue)
    store.mergers.queue_reports(site, merger.queued)
    store.mergers.move_pictures(site, of=stays.number, to=issue, only=merger.pictures)
    _give_back_clock(store, stays, merger)
    status = Status(merger.status)
    return store.issues.change(
        gone,
        status=status.value,
        merged_into=None,
        next_due_at=arming.next_due_at(store, replace(gone, status=status)),
    )


def join(
    store: Store,
    *,
    site: SiteCode,
    report: ReportNumber,
    into: IssueNumber,
    by: PersonCode,
    caller: Caller | None,
    now: datetime,
) -> Issue:
    """Put a report to an issue that is known already; who told it is one of its reporters.

    :raises NotAllowedNow: one of the two has ended, or the report tells of it already.
    :raises NotFound: no such report, issue or caller.
    """
    store.journal.lock(site)
    found = store.reports.find(site, report)
    if caller is not None:
        callers.check(store, site, caller)
        store.reporters.put(site, report, caller)
    store.journal.append(
        site,
        into,
        ReportJoined(report=report, from_issue=found.issue, rule="joined"),
        at=now,
        by=by,
    )
    return merge(
        store,
        site=site,
        issue=found.issue,
        into=into,
        by=by,
        reason=f"report {report} tells of the same",
        now=now,
        rule="joined",
    )


def join_telling(
    store: Store,
    *,
    site: SiteCode,
    into: IssueNumber,
    telling: Telling,
    by: PersonCode,
    now: datetime,
) -> Issue:
    """Enter what somebody tells of an issue that is known already; he becomes a reporter of it.

    :raises NotReadable: as for every telling. :raises NotFound: unknown issue, person or place.
    :raises NotAllowedNow: the issue has ended, or what is told is more urgent than it.
    """
    store.journal.lock(site)
    store.issues.find(site, into)  # before the telling takes a number: it might be that one
    _, report = open_telling(store, site=site, telling=telling, by=by, now=now)
    return join(store, site=site, report=report.number, into=into, by=by, caller=None, now=now)


def _check(gone: Issue, stays: Issue) -> None:
    if gone.number == stays.number:
        raise NotAllowedNow(f"{gone.number} cannot be merged into itself")
    for one in (gone, stays):
        if one.status not in UNHANDLED:
            raise NotAllowedNow(f"issue {one.number} is {one.status}; only open ones are merged")
    if _RANK[gone.urgency] < _RANK[stays.urgency]:
        raise NotAllowedNow(
            f"issue {gone.number} is {gone.urgency}: merge {stays.number} into it, not the reverse"
        )


def _write(
    store: Store,
    gone: Issue,
    stays: Issue,
    reports: list[Report],
    *,
    by: PersonCode | None,
    reason: str,
    now: datetime,
) -> None:
    site = gone.site
    store.journal.append(site, gone.number, Merged(into=stays.number, reason=reason), at=now, by=by)
    absorbed = Absorbed(
        issue=gone.number,
        reports=tuple(str(one.number) for one in reports),
        reason=reason,
        reported_at=moment.text(min(gone.reported_at, stays.reported_at)),
        first=told_first(store, site, stays.number, gone.number),
    )
    store.journal.append(site, stays.number, absorbed, at=now, by=by)


def _told_before(
    store: Store, site: SiteCode, into: IssueNumber, reports: list[Report]
) -> CustomerCode | None:
    """Return the customer who told of the other one already, if one did."""
    known = set(store.reporters.customers_of(site, into).values())
    told = store.reporters.of_reports(site, [one.number for one in reports])
    return next((one.customer for one in told.values() if one.customer in known), None)


def _give_back_clock(store: Store, stays: Issue, merger: Merger) -> None:
    left = store.mergers.into(stays.site, [stays.number])
    others = store.issues.several(stays.site, {one.issue for one in left})
    clocks = [merger.own_reported_at, *(one.reported_at for one in others.values())]
    _set_clock(store, stays, min(clocks))


def _set_clock(store: Store, issue: Issue, reported_at: datetime) -> Issue:
    zone = store.sites.zone(issue.site)
    due = None
    if issue.status in UNHANDLED:
        due = arming.next_due_at(store, replace(issue, reported_at=reported_at))
    return store.issues.change(
        issue,
        reported_at=reported_at,
        reported_on=reported_at.astimezone(zone).date(),
        next_due_at=due,
    )
