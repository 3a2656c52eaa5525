"""What operators do with reports: claim, complete, forward, deal with on the spot, dismiss."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from core.errors import Incomplete, NotYours
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.journal import (
    Claimed,
    Completed,
    Dismissed,
    Forwarded,
    Handled,
    Released,
    Shown,
    TakenOver,
)
from core.facts.lifecycle import after
from core.facts.people import PersonCode
from core.facts.playbook import Room
from core.facts.report import Cause, Completion, Report, ReportNumber, Telling
from core.monitoring import holding, policy
from core.register import arming, first_reporter, playbook
from core.register import caller as callers
from core.register.telling import open_telling
from core.store.store import Store


def queue(
    store: Store,
    *,
    site: SiteCode,
    limit: int | None = None,
    after: ReportNumber | None = None,
    issues: Collection[IssueNumber] | None = None,
) -> Sequence[Report]:
    """Return what stands before the operators: by priority, then the oldest first.

    A forwarded report stays until the desk has accepted it. A page goes on behind ``after``; with
    ``issues`` only what these have there.

    :raises NotFound: there is no such report to go on behind.
    """
    return store.reports.queue(site, limit=limit, after=after, issues=issues)


def shown(
    store: Store,
    *,
    site: SiteCode,
    reports: Collection[ReportNumber],
    by: PersonCode,
    now: datetime,
) -> int:
    """Note that an operator's console shows these; the first time counts. Return how many it was.

    Standards count answer times from arrival and from the first view.
    """
    store.journal.lock(site)
    unseen = store.reports.unseen(site, reports)
    if unseen:
        entries = [(report.issue, Shown(report=report.number)) for report in unseen]
        store.journal.extend(site, entries, at=now, by=by)
        store.reports.shown(site, [report.number for report in unseen], now=now)
    return len(unseen)


def claim(
    store: Store, *, site: SiteCode, report: ReportNumber, by: PersonCode, now: datetime
) -> Report:
    """Take a report in hand: exclusive, and a lease that runs out by itself.

    :raises NotFound: no such report. :raises NotYours: somebody else holds it.
    :raises NotAllowedNow: it is not at the centre any more.
    """
    held = holding.at_centre(store, site, report, now=now)
    holder = held.holder(now)
    if holder == by:
        return holding.lease(store, held, by=by, now=now)
    if holder is not None:
        raise NotYours(f"report {report} is held by {holder}")
    store.journal.append(site, held.issue, Claimed(report=report), at=now, by=by)
    return holding.take(store, held, by=by, now=now)


def renew(
    store: Store, *, site: SiteCode, report: ReportNumber, by: PersonCode, now: datetime
) -> Report:
    """Hold a claimed report for another lease.

    :raises NotYours: the lease ran out, or somebody else holds it now.
    """
    return holding.lease(store, holding.mine(store, site, report, by=by, now=now), by=by, now=now)


def release(
    store: Store, *, site: SiteCode, report: ReportNumber, by: PersonCode, now: datetime
) -> Report:
    """Let go of a report; it is back in the queue at once.

    :raises NotYours: it is not held by this person.
    """
    held = holding.mine(store, site, report, by=by, now=now)
    store.journal.append(site, held.issue, Released(report=report), at=now, by=by)
    return store.reports.change(held, **holding.FREE)


def take_over(
    store: Store,
    *,
    site: SiteCode,
    report: ReportNumber,
    by: PersonCode,
    reason: str,
    now: datetime,
) -> Report:
    """Take a report from whoever holds it; the right to do so is the caller's to check.

    :raises Incomplete: no reason is given.
    """
    holding.said(reason, "taking over needs a reason")
    held = holding.at_centre(store, site, report, now=now)
    entry = TakenOver(report=report, reason=reason.strip(), holder=held.holder(now))
    store.journal.append(site, held.issue, entry, at=now, by=by)
    return holding.take(store, held, by=by, now=now)


def complete(
    store: Store,
    *,
    site: SiteCode,
    report: ReportNumber,
    by: PersonCode,
    completion: Completion,
    now: datetime,
) -> Report:
    """Fill in who, where, what, how urgent and the words (五.1(1)); fix the first reporter.

    :raises NotYours: not claimed by this person. :raises NotFound: unknown place, category, person.
    :raises Incomplete: a member of staff who is not named.
    :raises NotAllowedNow: it would change the first reporter, which only a correction may.
    """
    held = holding.mine(store, site, report, by=by, now=now)
    issue = store.issues.find(site, held.issue)
    store.sites.place(site, completion.place)
    callers.check(store, site, completion.caller)
    category = store.rules_of(site).category(completion.category)
    urgency = completion.urgency or category.urgency
    relays = tuple(store.relays.of_reports(site, [report]).get(report, ()))
    owner, unknown, named = first_reporter.name(
        issue, completion.caller, taken_by=by, relays=relays
    )
    completed = Completed(
        report=report,
        caller=completion.caller.kind.value,
        **callers.said(completion.caller),
        place=completion.place,
        category=completion.category,
        urgency=urgency.value,
        words=completion.words.strip(),
    )
    status = after(issue.status, Completed)
    store.journal.append(site, issue.number, completed, *named, at=now, by=by)
    store.reporters.put(site, report, completion.caller)
    store.issues.change(
        issue,
        status=status.value,
        category=completion.category,
        urgency=urgency.value,
        place=completion.place,
        words=completion.words.strip(),
        owner=owner,
        to_be_identified=unknown,
        next_due_at=arming.next_due_at(store, replace(issue, urgency=urgency, status=status)),
        **callers.columns(completion.caller),
    )
    return store.reports.change(
        held,
        completed_at=now,
        place=completion.place,
        words=completion.words.strip(),
        **policy.standing(held, urgency),
    )


def forward(
    store: Store, *, site: SiteCode, report: ReportNumber, by: PersonCode, now: datetime
) -> Report:
    """Pass a complete report to the service desk. It stays in the queue until the desk accepts.

    :raises NotYours: not claimed by this person. :raises Incomplete: not completed yet.
    """
    held = holding.mine(store, site, report, by=by, now=now)
    if held.completed_at is None:
        raise Incomplete("who, where and what are to be filled in before it is forwarded")
    issue = store.issues.find(site, held.issue)
    status = after(issue.status, Forwarded)
    store.journal.append(site, issue.number, Forwarded(report=report), at=now, by=by)
    store.issues.change(issue, status=status.value, forwarded_at=now)
    return store.reports.change(
        held,
        **holding.FREE,
        returned_reason=None,
        returned_by=None,
        returned_at=None,
    )


def handled_on_the_spot(
    store: Store, *, site: SiteCode, report: ReportNumber, by: PersonCode, how: str, now: datetime
) -> Report:
    """Record that it was dealt with at once; recorded and counted (当场处理, 五.1(2)).

    :raises NotYours: not claimed by this person. :raises Incomplete: not completed, or no words.
    :raises StepsOpen: required steps of the centre are not done.
    """
    holding.said(how, "say how it was handled")
    held = holding.mine(store, site, report, by=by, now=now)
    if held.completed_at is None:
        raise Incomplete("who, where and what are to be filled in before it counts as handled")
    issue = store.issues.find(site, held.issue)
    playbook.check_steps(store, issue, rooms={Room.CENTRE})
    status = after(issue.status, Handled)
    entry = Handled(how=how.strip(), on_the_spot=True)
    store.journal.append(site, issue.number, entry, at=now, by=by)
    store.issues.change(
        issue, status=status.value, handled_at=now, handled_how=how.strip(), next_due_at=None
    )
    return store.reports.change(held, queued=False, **holding.FREE)


def dismiss(
    store: Store,
    *,
    site: SiteCode,
    report: ReportNumber,
    by: PersonCode,
    cause: Cause,
    reason: str,
    now: datetime,
) -> Report:
    """Record that nothing is to be done, and why; causes are counted every month.

    :raises NotYours: not claimed by this person. :raises Incomplete: no reason is given.
    """
    holding.said(reason, "dismissing needs a reason")
    held = holding.mine(store, site, report, by=by, now=now)
    issue = store.issues.find(site, held.issue)
    status = after(issue.status, Dismissed)
    entry = Dismissed(report=report, cause=cause.value, reason=reason.strip())
    store.journal.append(site, issue.number, entry, at=now, by=by)
    store.issues.change(issue, status=status.value, closed_at=now, next_due_at=None)
    return store.reports.change(held, queued=False, **holding.FREE)


def tell(
    store: Store, *, site: SiteCode, telling: Telling, by: PersonCode, now: datetime
) -> Report:
    """Enter what somebody tells the centre by telephone or through others; the operator holds it.

    :raises NotReadable: hops out of order, or told in the future. :raises Incomplete: no words.
    :raises NotFound: an unknown person, place or category.
    """
    _, report = open_telling(store, site=site, telling=telling, by=by, now=now)
    return holding.take(store, report, by=by, now=now)
