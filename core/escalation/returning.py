"""Acknowledged is not handled: untouched past its limit an issue comes back (E4).

Its status says where it stands and stays, and so does its ladder, which never stopped; it is marked
as come back and shown as unhandled with the clock of its first report. What somebody does about it
takes the mark away.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from core.escalation import pausing
from core.facts import moment
from core.facts.device import SiteCode
from core.facts.issue import Issue, IssueNumber, Status
from core.facts.journal import CameBack
from core.facts.pause import Paused, after, times
from core.facts.policy import ComesBack
from core.store.journal import Written
from core.store.store import Store

#: The name of this stage's cursor.
STAGE = "escalation"
_STOPPING = frozenset({"handled", "closed", "dismissed", "merged"})
#: What somebody does about an issue; looking at it is not doing.
_TOUCHING = frozenset(
    {
        "accepted",
        "assigned",
        "sent_back",
        "noted",
        "reopened",
        "completed",
        "reclassified",
        "first_reporter_corrected",
        "followed_up",
        "step_done",
        "escalated_by_hand",
        "pause_asked",
        "pause_granted",
        "pause_ended",
        "reporter_told",
    }
)
_READ = _STOPPING | _TOUCHING


def follow(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Read what was done since the last time; return entries read.

    Each touch moves the moment at which an issue comes back; handling ends its pauses.
    """
    store.journal.lock(site)
    entries = store.cursors.read(site, STAGE, kinds=_READ, limit=limit)
    for entry in entries:
        if entry.kind in _STOPPING:
            pausing.stop(store, site=site, issue=entry.issue, at=entry.at, now=now)
    _touch(store, site, entries)
    return len(entries)


def come_back(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Mark what nobody has touched for too long; return how many were looked at."""
    while follow(store, site=site, now=now, limit=limit) == limit:
        pass  # first whatever was done: nothing comes back that somebody has just touched
    issues = store.returns.due(site, now, limit=limit)
    if not issues:
        return 0
    policy = store.rules_of(site).policy.comes_back
    paused = _paused(store, site, [issue.number for issue in issues])
    for issue in issues:
        back = comes_back_at(issue, policy=policy, paused=paused.get(issue.number, ()))
        if back is None or back > now:
            store.issues.change(issue, comes_back_at=back)
            continue
        assert issue.touched_at is not None
        entry = CameBack(
            status=issue.status.value,
            untouched_since=moment.text(issue.touched_at),
            reported_at=moment.text(issue.reported_at),
        )
        store.journal.append(site, issue.number, entry, at=now)
        store.issues.change(issue, came_back_at=now, comes_back_at=None)
    return len(issues)


def comes_back_at(
    issue: Issue, *, policy: ComesBack, paused: Collection[Paused]
) -> datetime | None:
    """Return when an issue comes back if nobody touches it; paused time is not counted.

    Where a time was promised to the customer, not before that.
    """
    if issue.touched_at is None or issue.status not in {Status.ACCEPTED, Status.ASSIGNED}:
        return None
    span = policy.accepted if issue.status is Status.ACCEPTED else policy.assigned
    if span is None:
        return None
    back = after(issue.touched_at, span, tuple(paused))
    return max(back, issue.promised_at) if issue.promised_at is not None else back


def _touch(store: Store, site: SiteCode, entries: Collection[Written]) -> None:
    last = {entry.issue: entry.at for entry in entries if entry.by is not None}
    if not last:
        return
    policy = store.rules_of(site).policy.comes_back
    paused = _paused(store, site, last)
    touches: dict[IssueNumber, tuple[datetime, datetime | None]] = {}
    for number, issue in store.issues.several(site, last).items():
        touched = replace(issue, touched_at=last[number])
        back = comes_back_at(touched, policy=policy, paused=paused.get(number, ()))
        touches[number] = (last[number], back)
    store.returns.touched(site, touches)


def _paused(
    store: Store, site: SiteCode, issues: Collection[IssueNumber]
) -> dict[IssueNumber, tuple[Paused, ...]]:
    return {
        number: times(pauses) for number, pauses in store.pauses.of_issues(site, issues).items()
    }
