"""Promises as people read them."""

from collections.abc import Sequence

from api.schemas.promise import CallBackOut, LedgerOut, PromiseChangeOut, PromiseOut
from api.views.views import Views
from core.facts.issue import IssueNumber
from core.facts.promise import Promise, PromiseChange
from core.promises import service as promises


def promise_out(views: Views, promise: Promise) -> PromiseOut:
    """Return one promise."""
    return promises_out(views, [promise])[0]


def promises_out(views: Views, found: Sequence[Promise]) -> list[PromiseOut]:
    """Return promises in the order given, each with the words of its issue."""
    issues = views.store.issues.several(views.site, {one.issue for one in found})
    changes = views.store.promises.changes(views.site, {one.id for one in found})
    return [
        PromiseOut(
            id=one.id,
            issue=one.issue,
            issue_words=issues[one.issue].words or "",
            customer=one.customer,
            whom=one.whom,
            phone=caller.phone if (caller := issues[one.issue].caller) is not None else None,
            words=one.words,
            due_at=one.due_at,
            made_at=one.made_at,
            by=views.names.person(one.by),
            state=one.state,
            broken_at=one.broken_at,
            kept=CallBackOut(
                whom=one.kept.whom,
                how=one.kept.how,
                words=one.kept.words,
                told_at=one.kept.told_at,
                by=views.names.person(one.kept.by),
            )
            if one.kept is not None
            else None,
            changes=[_change_out(views, change) for change in changes.get(one.id, ())],
        )
        for one in found
    ]


def _change_out(views: Views, change: PromiseChange) -> PromiseChangeOut:
    return PromiseChangeOut(
        at=change.at,
        by=views.names.person(change.by),
        reason=change.reason,
        customer_told=change.customer_told,
        due_before=change.due_before,
        due_at=change.due_at,
    )


def ledger_out(views: Views, issue: IssueNumber) -> LedgerOut:
    """Return the promises of an issue and those before it."""
    found = promises.ledger(views.store, views.store.issues.find(views.site, issue), now=views.now)
    return LedgerOut(own=promises_out(views, found.own), before=promises_out(views, found.before))
