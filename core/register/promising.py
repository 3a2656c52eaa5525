"""A promise enters the ledger and is kept, whoever does it: by a call-back, by any visit (F5)."""

from collections.abc import Sequence
from datetime import datetime

from core.facts import moment
from core.facts.device import SiteCode
from core.facts.issue import Issue, IssueNumber
from core.facts.journal import Entry, PromiseBroken, PromiseKept, PromiseMade
from core.facts.people import PersonCode
from core.facts.promise import CallBack, Promise
from core.store.store import Store


def promise(
    store: Store,
    issue: Issue,
    *,
    whom: str,
    words: str,
    due_at: datetime,
    by: PersonCode,
    now: datetime,
) -> Promise:
    """Enter a promise to the customer of an issue, with its entry in the journal.

    :param words: empty: that somebody would come.
    """
    customer = issue.caller.customer if issue.caller is not None else None
    made = store.promises.add(
        issue.site,
        issue.number,
        customer=customer,
        whom=whom,
        words=words,
        due_at=due_at,
        made_at=now,
        by=by,
    )
    entry = PromiseMade(
        promise=made.id,
        whom=whom,
        words=words,
        due_at=moment.text(due_at),
        customer=customer,
    )
    store.journal.append(issue.site, issue.number, entry, at=now, by=by)
    return made


def keep(store: Store, found: Promise, kept: CallBack, *, now: datetime) -> Promise:
    """Note that a promise is kept. What is recorded after it fell due was broken and stays so."""
    if found.broken_at is None and found.due_at <= now and kept.told_at > found.due_at:
        call_broken(store, found.site, [found], now=now)
        found = store.promises.find(found.site, found.id)
    entry = PromiseKept(
        promise=found.id,
        person=found.by,
        whom=kept.whom,
        how=kept.how.value,
        told_at=moment.text(kept.told_at),
        late=found.broken_at is not None,
    )
    store.journal.append(found.site, found.issue, entry, at=now, by=kept.by)
    return store.promises.called_back(found, kept, now=now)


def keep_all(
    store: Store, site: SiteCode, issue: IssueNumber, kept: CallBack, *, now: datetime
) -> None:
    """Whoever was told how it stands waits for no call-back about it any more."""
    for one in store.promises.of_issues(site, [issue]):
        if one.waits:
            keep(store, one, kept, now=now)


def call_broken(store: Store, site: SiteCode, due: Sequence[Promise], *, now: datetime) -> None:
    """Call promises broken, on the site's days on which they fell due."""
    days = store.rules_of(site).days(store.sites.zone(site))
    entries: list[tuple[IssueNumber, Entry]] = [
        (
            one.issue,
            PromiseBroken(
                promise=one.id,
                person=one.by,
                on=days.site_day(one.due_at).isoformat(),
                due_at=moment.text(one.due_at),
            ),
        )
        for one in due
    ]
    if entries:
        store.journal.extend(site, entries, at=now)
    store.promises.called_broken(due, now=now)
