"""Making promises, calling back, and what time makes of those that nobody kept (F5, D6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.facts import moment
from core.facts.device import SiteCode
from core.facts.feedback import Told
from core.facts.issue import Issue, IssueNumber
from core.facts.journal import ReporterTold
from core.facts.people import PersonCode
from core.facts.promise import CallBack, Promise, PromiseNumber
from core.promises import policy
from core.register import promising
from core.store.store import Store

#: What is shown of the past when a customer tells again.
_YEAR = timedelta(days=366)
_MANY = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The promises of an issue, and what its customer was promised besides and waited for."""

    own: Sequence[Promise]
    before: Sequence[Promise]


def make(
    store: Store,
    *,
    site: SiteCode,
    issue: IssueNumber,
    whom: str,
    words: str,
    due_at: datetime,
    by: PersonCode,
    now: datetime,
) -> Promise:
    """Promise something to the customer of an issue.

    :param whom: empty: whoever told of the problem.
    :raises NotFound: no such issue. :raises Incomplete: nobody to whom, or nothing promised.
    :raises NotReadable: it would be due already.
    """
    store.journal.lock(site)
    found = store.issues.find(site, issue)
    due = moment.utc(due_at)
    called = policy.check_made(found, whom=whom, words=words, due_at=due, now=now)
    return promising.promise(
        store, found, whom=called, words=words.strip(), due_at=due, by=by, now=now
    )


def keep(
    store: Store, *, site: SiteCode, promise: PromiseNumber, kept: CallBack, now: datetime
) -> Promise:
    """Record a call-back: it keeps the promise, and is a return visit of its issue as well.

    What is recorded after it fell due was broken and stays so, whenever the call was.

    :raises NotFound: no such promise. :raises NotAllowedNow: it is kept, or nobody was reached.
    :raises Incomplete: not said who was told, or what. :raises NotReadable: told in the future.
    """
    store.journal.lock(site)
    found = store.promises.find(site, promise)
    policy.check_kept(found, kept, now=now)
    if found.broken_at is None and found.due_at <= now:
        promising.call_broken(store, site, [found], now=now)
        found = store.promises.find(site, promise)
    whom, words = kept.whom.strip(), kept.words.strip()
    store.visits.add(
        site,
        found.issue,
        whom=whom,
        how=kept.how.value,
        words=words,
        told_at=kept.told_at,
        by=kept.by,
        solved=None,
        rating=None,
    )
    told = ReporterTold(whom=whom, how=kept.how.value, words=words)
    store.journal.append(site, found.issue, told, at=now, by=kept.by)
    return promising.keep(store, found, kept, now=now)


def fall_due(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Call broken what has fallen due and nobody kept; return how many were looked at.

    That somebody would come is kept where it was handled by then.
    """
    store.journal.lock(site)
    due = store.promises.due(site, now, limit=limit)
    issues = store.issues.several(site, {one.issue for one in due})
    broken = []
    for one in due:
        issue = issues[one.issue]
        if not policy.came(one, issue):
            broken.append(one)
            continue
        assert issue.handled_at is not None
        visit = CallBack(
            whom=one.whom,
            how=Told.IN_PERSON,
            words=issue.handled_how or "",
            told_at=issue.handled_at,
            by=issue.assigned_to or one.by,
        )
        promising.keep(store, one, visit, now=now)
    promising.call_broken(store, site, broken, now=now)
    return len(due)


def ledger(store: Store, issue: Issue, *, now: datetime) -> Ledger:
    """Return what was promised with an issue, and with others to whoever told of it (D6)."""
    site, number = issue.site, issue.number
    repeat = store.repeats.of_issues(site, [number]).get(number)
    reports = [one.number for one in store.reports.of_issue(site, number)]
    callers = [*store.reporters.of_reports(site, reports).values(), issue.caller]
    before = store.promises.not_kept_in_time(
        site,
        customers={one.customer for one in callers if one is not None and one.customer},
        issues=[repeat.of] if repeat is not None else [],
        since=now - _YEAR,
        limit=_MANY,
    )
    return Ledger(
        own=store.promises.of_issues(site, [number]),
        before=[one for one in before if one.issue != number],
    )
