"""What cannot go on now is parked until a moment, and returns by itself (B8)."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.errors import NotAllowedNow, NotReadable, ParkedTwice
from core.facts import journal, moment
from core.facts.device import SiteCode
from core.facts.people import PersonCode
from core.facts.report import Parked, Report, ReportClass, ReportNumber
from core.monitoring import holding
from core.store.store import Store

#: Once more than so often is for a leader to allow.
FREELY = 2
#: Nothing is out of sight for longer than a shift.
MOST = timedelta(hours=8)


def park(
    store: Store,
    *,
    site: SiteCode,
    report: ReportNumber,
    by: PersonCode,
    wait: timedelta,
    reason: str,
    leader: bool,
    now: datetime,
) -> Report:
    """Put a report aside; nobody holds it, it is silent, and its ladder goes on.

    :param leader: whether ``by`` may park what was parked twice already.
    :raises NotYours: not claimed by this person. :raises Incomplete: no reason is given.
    :raises NotReadable: no time, or longer than a shift. :raises ParkedTwice: a leader must allow.
    :raises NotAllowedNow: life safety is never put aside.
    """
    if not timedelta(0) < wait <= MOST:
        raise NotReadable("park for a minute up to eight hours")
    words = holding.said(reason, "parking needs a reason")
    held = holding.mine(store, site, report, by=by, now=now)
    if held.cls is ReportClass.LIFE_SAFETY:
        raise NotAllowedNow("life safety is never put aside")
    if held.parks >= FREELY and not leader:
        raise ParkedTwice
    until = now + wait
    entry = journal.Parked(report=report, until_at=moment.text(until), reason=words)
    store.journal.append(site, held.issue, entry, at=now, by=by)
    parked = Parked(until=until, by=by, reason=words)
    return store.holds.write(
        replace(held, claim=None, offer=None, back=None, parked=parked, parks=held.parks + 1)
    )
