"""Before an issue of a customer is closed, he is told what became of it (回访)."""

from core.errors import Incomplete
from core.facts.issue import CallerKind, Issue
from core.store.store import Store


def check_told(store: Store, issue: Issue) -> None:
    """Refuse to close what its customer was not told of since it was last handled.

    An office may waive it by its policy; a link that the customer has answered counts as well.

    :raises Incomplete: nobody has told him.
    """
    if not store.rules_of(issue.site).policy.customers.told_before_closing:
        return
    if issue.caller is None or issue.caller.kind is not CallerKind.CUSTOMER:
        return
    since = issue.handled_at or issue.reported_at
    if store.visits.of_issue(issue.site, issue.number, since=since):
        return
    links = store.verdict_links.of_issue(issue.site, issue.number)
    if not any(one.used_at is not None and one.used_at >= since for one in links):
        raise Incomplete("the customer was not told what became of it; record the return visit")
