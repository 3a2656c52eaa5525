"""A promise is moved to another time or withdrawn, before it falls due and with a reason (F5).

What its customer was told last holds: a change that he was not told stands in the ledger, and he
waits, and the month counts, as if it were not there.
"""

from datetime import datetime

from core.facts import moment
from core.facts.device import SiteCode
from core.facts.journal import PromiseMoved, PromiseWithdrawn
from core.facts.people import PersonCode
from core.facts.promise import Promise, PromiseChange, PromiseNumber
from core.promises import policy
from core.store.store import Store


def move(
    store: Store,
    *,
    site: SiteCode,
    promise: PromiseNumber,
    due_at: datetime,
    reason: str,
    customer_told: bool,
    by: PersonCode,
    now: datetime,
) -> Promise:
    """Move a promise to another time.

    :param customer_told: its customer was told, and the new time counts.
    :raises NotFound: no such promise. :raises NotAllowedNow: kept, withdrawn or fallen due.
    :raises Incomplete: no reason. :raises NotReadable: in the past, or the same time.
    """
    store.journal.lock(site)
    found = store.promises.find(site, promise)
    policy.check_changed(found, reason=reason, now=now)
    due = moment.utc(due_at)
    policy.check_moved(found, due_at=due, now=now)
    entry = PromiseMoved(
        promise=found.id,
        person=found.by,
        due_before=moment.text(found.due_at),
        due_at=moment.text(due),
        reason=reason.strip(),
        customer_told=customer_told,
    )
    store.journal.append(site, found.issue, entry, at=now, by=by)
    change = _change(found, reason=reason, customer_told=customer_told, due_at=due, by=by, now=now)
    return store.promises.add_change(found, change)


def withdraw(
    store: Store,
    *,
    site: SiteCode,
    promise: PromiseNumber,
    reason: str,
    customer_told: bool,
    by: PersonCode,
    now: datetime,
) -> Promise:
    """Withdraw a promise: once its customer was told, nobody waits for it any more.

    :raises NotFound: no such promise. :raises NotAllowedNow: kept, withdrawn or fallen due.
    :raises Incomplete: no reason.
    """
    store.journal.lock(site)
    found = store.promises.find(site, promise)
    policy.check_changed(found, reason=reason, now=now)
    entry = PromiseWithdrawn(
        promise=found.id,
        person=found.by,
        due_before=moment.text(found.due_at),
        reason=reason.strip(),
        customer_told=customer_told,
    )
    store.journal.append(site, found.issue, entry, at=now, by=by)
    change = _change(found, reason=reason, customer_told=customer_told, due_at=None, by=by, now=now)
    return store.promises.add_change(found, change)


def _change(
    promise: Promise,
    *,
    reason: str,
    customer_told: bool,
    due_at: datetime | None,
    by: PersonCode,
    now: datetime,
) -> PromiseChange:
    return PromiseChange(
        promise=promise.id,
        at=now,
        by=by,
        reason=reason.strip(),
        customer_told=customer_told,
        due_before=promise.due_at,
        due_at=due_at,
    )
