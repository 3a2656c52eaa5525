"""One operator passes a report to another, who must agree (B3)."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.errors import NotAllowedNow
from core.facts import moment
from core.facts.device import SiteCode
from core.facts.journal import TransferDeclined, TransferOffered, TransferTaken
from core.facts.people import Person, PersonCode, Role
from core.facts.report import Offer, Report, ReportNumber
from core.monitoring import holding
from core.store.store import Store

#: Who is asked answers within so many real seconds, or it stays where it is.
OFFER_SECONDS = 15
#: Who may hold a report.
_MAY_HOLD = frozenset({Role.OPERATOR, Role.CAPTAIN, Role.GENERAL_GROUP_SUPERVISOR, Role.DIRECTOR})


def may_hold(person: Person) -> bool:
    """Whether somebody may hold reports at the centre."""
    return person.active and not _MAY_HOLD.isdisjoint(person.roles)


def offer(
    store: Store,
    *,
    site: SiteCode,
    report: ReportNumber,
    by: PersonCode,
    to: PersonCode,
    now: datetime,
) -> Report:
    """Ask somebody to take a report; a new question replaces the one before.

    :raises NotYours: not claimed by this person. :raises NotFound: nobody of that name works here.
    :raises NotAllowedNow: that person may not hold reports, or is oneself.
    """
    held = holding.mine(store, site, report, by=by, now=now)
    person = store.people.find(site, to)
    if to == by or not may_hold(person):
        raise NotAllowedNow(f"{to} cannot take a report from {by}")
    until = now + timedelta(seconds=OFFER_SECONDS * store.speed)
    entry = TransferOffered(report=report, person=to, until_at=moment.text(until))
    store.journal.append(site, held.issue, entry, at=now, by=by)
    return store.holds.write(replace(held, offer=Offer(to=to, by=by, until=until)))


def answer(
    store: Store,
    *,
    site: SiteCode,
    report: ReportNumber,
    by: PersonCode,
    takes: bool,
    now: datetime,
) -> Report:
    """Agree to take what somebody offers, or not.

    :raises NotAllowedNow: nothing is offered to this person, or no longer.
    """
    held = holding.at_centre(store, site, report, now=now)
    offered = held.offered(now)
    if offered is None or offered.to != by:
        raise NotAllowedNow(f"report {report} is not offered to {by}")
    kind = TransferTaken if takes else TransferDeclined
    entry = kind(report=report, holder=offered.by)
    store.journal.append(site, held.issue, entry, at=now, by=by)
    if takes:
        return holding.take(store, held, by=by, now=now)
    return store.holds.write(replace(held, offer=None))
