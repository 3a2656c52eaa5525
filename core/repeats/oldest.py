"""Of issues that go on in one, the one told first: it says who found the problem (一.1)."""

from datetime import datetime

from core.facts.device import SiteCode
from core.facts.issue import Issue, IssueNumber
from core.store.store import Store


def own_reported_at(store: Store, issue: Issue) -> datetime:
    """Return when an issue was told itself, whatever has gone on in it since."""
    merged = store.mergers.into(issue.site, [issue.number])
    return merged[0].own_reported_at if merged else issue.reported_at


def told_first(store: Store, site: SiteCode, *issues: IssueNumber) -> IssueNumber:
    """Return which was told first, of these and of all that go on in them, by whatever way.

    Of two that were told at the same moment the one that is named first.
    """
    inside = list(dict.fromkeys(issues))
    for number in inside:
        inside += [one.issue for one in store.mergers.into(site, [number])]
    known = store.issues.several(site, set(inside))
    return min(inside, key=lambda number: own_reported_at(store, known[number]))
