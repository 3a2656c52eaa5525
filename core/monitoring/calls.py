"""Calls that ring for longer than anybody waits become missed calls; they stay in the queue."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.facts.device import SiteCode
from core.facts.report import CallState, Report
from core.monitoring import policy
from core.monitoring.intake import move_call
from core.store.store import Store


def ringing_too_long(store: Store, *, now: datetime, limit: int) -> Sequence[Report]:
    """Return calls of all sites that nobody answered in time, the oldest first."""
    return store.reports.ringing_since(None, _answerable_since(store, now), limit=limit)


def give_up(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Mark a site's unanswered calls as missed; return how many. A missed call is a report too."""
    store.journal.lock(site)
    reports = store.reports.ringing_since(site, _answerable_since(store, now), limit=limit)
    for report in reports:
        move_call(store, report, CallState.MISSED, at=now, now=now, by_time=True)
    return len(reports)


def _answerable_since(store: Store, now: datetime) -> datetime:
    return now - timedelta(seconds=policy.ANSWERABLE_SECONDS * store.speed)
