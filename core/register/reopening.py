"""An issue is taken up again, by the desk or by a review: the old clock goes on (五.1(3))."""

from dataclasses import replace
from datetime import datetime

from core.facts.device import SiteCode
from core.facts.issue import Issue, IssueNumber, Status
from core.facts.journal import Reopened
from core.facts.lifecycle import after
from core.facts.people import PersonCode
from core.register import arming
from core.store.store import Store


def reopen(
    store: Store,
    *,
    site: SiteCode,
    issue: IssueNumber,
    by: PersonCode | None,
    reason: str,
    now: datetime,
) -> Issue:
    """Take up an issue again; steps already past due fire at once.

    :param by: nobody: the customer himself, by his link.

    :raises NotAllowedNow: it has not ended.
    """
    store.journal.lock(site)
    found = store.issues.find(site, issue)
    status = after(found.status, Reopened)
    store.journal.append(site, issue, Reopened(reason=reason), at=now, by=by)
    due = arming.next_due_at(store, replace(found, status=status))
    if status is Status.REPORTED:
        for report in store.reports.of_issue(site, issue):
            store.reports.change(report, queued=True)
    return store.issues.change(
        found,
        status=status.value,
        reopened=found.reopened + 1,
        handled_at=None,
        handled_how=None,
        closed_at=None,
        outcome=None,
        next_due_at=due,
    )
