"""A promise enters the ledger, whoever makes it: at the desk, or by sending somebody (F5)."""

from datetime import datetime

from core.facts import moment
from core.facts.issue import Issue
from core.facts.journal import PromiseMade
from core.facts.people import PersonCode
from core.facts.promise import Promise
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
