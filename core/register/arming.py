"""When an issue's ladder climbs next, asked of everything the store knows of it."""

from datetime import datetime

from core.facts.issue import Issue
from core.store.store import Store


def next_due_at(store: Store, issue: Issue) -> datetime | None:
    """Return when the next step falls due, by the rules in force, calls and pauses.

    :param issue: as it stands, or as it shall stand from now on.
    """
    return store.rules_of(issue.site).arm(
        issue.urgency,
        issue.status,
        issue.reported_at,
        store.sites.zone(issue.site),
        store.escalations.called(issue.site, issue.number),
        store.pauses.paused(issue.site, issue.number),
    )


def rearm(store: Store, issue: Issue) -> None:
    """Set the row that the ticker reads."""
    store.issues.rearm(issue.site, {issue.number: next_due_at(store, issue)})
