"""A subcontractor's employee reports: his on-site supervisor is told too (抄送, 五.1(1))."""

import json
from collections.abc import Collection
from datetime import datetime

from core.alerting import policy
from core.facts import moment
from core.facts.alert import Copy
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.journal import (
    CopyAcknowledged,
    CopyOverdue,
    CopyRead,
    CopySent,
    CopyUndeliverable,
    Entry,
)
from core.facts.people import PersonCode
from core.roster import service as roster
from core.store.store import Store

#: The name of this stage's cursor.
STAGE = "copies"
#: Who the first reporter is, is said in the one under ``person``, in the other under ``after``.
_READ = {"first_reporter_named": "person", "first_reporter_corrected": "after"}


def follow(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Send the copies of what was reported since the last time; return entries read."""
    store.journal.lock(site)
    entries = store.cursors.read(site, STAGE, kinds=_READ, limit=limit)
    if not entries:
        return 0
    standing = roster.standing(store, site=site, at=now)
    units = {unit.code: unit for unit in store.people.units(site)}
    for entry in entries:
        owner = PersonCode(json.loads(entry.body)[_READ[entry.kind]])
        to = policy.copied(owner, units=units, standing=standing)
        if to is None:
            continue
        unit, person = to
        if person is None:
            store.journal.append(site, entry.issue, CopyUndeliverable(unit=unit), at=now)
        elif store.copies.find(site, entry.issue, person) is None:
            due_at = now + store.rules_of(site).policy.copy_limit
            store.copies.send(site, entry.issue, person=person, unit=unit, now=now, due_at=due_at)
            sent = CopySent(to=person, unit=unit, due_at=moment.text(due_at))
            store.journal.append(site, entry.issue, sent, at=now)
    return len(entries)


def overdue(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Mark the copies that nobody acknowledged in time; return how many."""
    store.journal.lock(site)
    late = store.copies.due(site, now, limit=limit)
    store.copies.mark_overdue(site, late, now=now)
    entries: list[tuple[IssueNumber, Entry]] = [
        (copy.issue, CopyOverdue(to=copy.person)) for copy in late
    ]
    store.journal.extend(site, entries, at=now)
    return len(late)


def read(
    store: Store,
    *,
    site: SiteCode,
    issues: Collection[IssueNumber],
    by: PersonCode,
    now: datetime,
) -> int:
    """Note that these copies were shown to whom they were sent; return how many for the first time.

    What was not sent to him is passed over.
    """
    store.journal.lock(site)
    fresh = store.copies.unread(site, by, issues)
    store.copies.mark_read(site, by, fresh, now=now)
    entries: list[tuple[IssueNumber, Entry]] = [(one, CopyRead(to=by)) for one in fresh]
    store.journal.extend(site, entries, at=now, by=by)
    return len(fresh)


def acknowledge(
    store: Store, *, site: SiteCode, issue: IssueNumber, by: PersonCode, now: datetime
) -> Copy:
    """Say that one knows; the first time counts, and a copy that was overdue stays so.

    :raises NotFound: no copy of this issue was sent to this person.
    """
    store.journal.lock(site)
    copy = store.copies.sent(site, issue, by)
    if copy.acknowledged_at is not None:
        return copy
    entry = CopyAcknowledged(to=by)
    store.journal.append(site, issue, entry, at=now, by=by)
    return store.copies.acknowledge(copy, now=now)
