"""A test is over: by hand or by time, and what still stands then becomes a report."""

from datetime import datetime

from core.errors import NotAllowedNow
from core.facts.device import SiteCode
from core.facts.on_test import OnTest
from core.facts.people import PersonCode
from core.monitoring import on_test
from core.monitoring.intake import take_effect
from core.store.store import Store


def end(store: Store, *, site: SiteCode, number: int, by: PersonCode, now: datetime) -> OnTest:
    """End a test by hand, before its time.

    :raises NotFound: no such test. :raises NotAllowedNow: it is over.
    """
    store.journal.lock(site)
    test = store.on_tests.find(site, number)
    if test.ended_at is not None:
        raise NotAllowedNow(f"test {number} is over")
    take_effect(store, site, on_test.close(store, test, by=by, now=now), now=now)
    return store.on_tests.find(site, number)


def run_out(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Let tests end whose time is up; return how many."""
    store.journal.lock(site)
    due = store.on_tests.due(site, now, limit=limit)
    for test in due:
        take_effect(store, site, on_test.close(store, test, by=None, now=now), now=now)
    return len(due)
