"""A report that a person types becomes an issue with its owner, its relays and its clock."""

from datetime import datetime, timedelta

from core.errors import Incomplete, NotReadable
from core.facts import moment
from core.facts.device import SiteCode
from core.facts.issue import Issue, IssueNumber, Status, Urgency
from core.facts.journal import Entry, FirstReporterNamed, Told
from core.facts.people import PersonCode
from core.facts.report import TYPED, Channel, Report, ReportClass, ReportNumber, Telling
from core.register import caller as callers
from core.register.first_reporter import first_reporter
from core.store.journal import Beginning
from core.store.store import Store

#: Where typed reports stand in the queue: after calls and alarms, before faults.
PRIORITY = 4
#: A clock may be a little wrong; a telling from further ahead is a mistake.
_AHEAD = timedelta(minutes=5)


def open_telling(
    store: Store, *, site: SiteCode, telling: Telling, by: PersonCode, now: datetime
) -> tuple[Issue, Report]:
    """Enter a telling. The clock starts when the first reporter first told somebody.

    :raises NotReadable: a device's channel, somebody else's telephone, hops out of order, or told
        in the future.
    :raises NotFound: an unknown person, place or category.
    :raises Incomplete: no words, or a member of staff who is not named.
    """
    store.journal.lock(site)
    told_at = _told_at(telling, now)
    urgency = _check(store, site, telling, by=by)
    owner, unknown = first_reporter(telling.caller, taken_by=by, relays=telling.relays)
    zone = store.sites.zone(site)
    issue = Issue(
        site=site,
        number=IssueNumber(store.issues.numbers(site, 1)[0]),
        status=Status.REPORTED,
        urgency=urgency,
        category=telling.category,
        place=telling.place,
        words=telling.words.strip(),
        reported_at=told_at,
        reported_on=told_at.astimezone(zone).date(),
        owner=owner,
        to_be_identified=unknown,
        caller=telling.caller,
        forwarded_at=None,
        accepted_at=None,
        assigned_to=None,
        promised_at=None,
        handled_at=None,
        handled_how=None,
        closed_at=None,
        outcome=None,
        reopened=0,
        next_due_at=store.rules_of(site).arm(urgency, Status.REPORTED, told_at, zone, (), ()),
        version=0,
    )
    report = _report(ReportNumber(store.reports.numbers(site, 1)[0]), issue, telling, now=now)
    entries: tuple[Entry, ...] = (
        _told(report, issue, telling),
        FirstReporterNamed(person=owner, to_be_identified=unknown),
    )
    beginning = Beginning(issue=issue.number, at=now, by=by, entries=entries)
    store.issues.add([issue], store.journal.begin(site, [beginning]))
    store.reports.add([report])
    store.relays.add(site, report.number, telling.relays)
    store.reporters.put(site, report.number, telling.caller)
    return issue, report


def _told_at(telling: Telling, now: datetime) -> datetime:
    hops = [moment.utc(relay.told_at) for relay in telling.relays]
    given = moment.utc(telling.told_at) if telling.told_at else None
    times = [time for time in (given, *hops) if time is not None]
    if times != sorted(times):
        raise NotReadable("the hops are not in the order in which they were told")
    if times and times[-1] > now + _AHEAD:
        raise NotReadable(f"{moment.text(times[-1])} has not been yet")
    return min(times[0], now) if times else now


def _check(store: Store, site: SiteCode, telling: Telling, *, by: PersonCode) -> Urgency:
    if telling.channel not in TYPED | {Channel.MOBILE}:
        raise NotReadable(f"{telling.channel} is a device's channel; nobody types it")
    if telling.channel is Channel.MOBILE and telling.caller.person != by:
        raise NotReadable("a telephone speaks for its own bearer and for nobody else")
    if not telling.words.strip():
        raise Incomplete("say in words what is the matter")
    callers.check(store, site, telling.caller)
    if telling.place is not None:
        store.sites.place(site, telling.place)
    for relay in telling.relays:
        if relay.by_person is not None:
            store.people.find(site, relay.by_person)
    if telling.category is not None:
        return telling.urgency or store.rules_of(site).category(telling.category).urgency
    return telling.urgency or Urgency.URGENT  # unknown is treated as urgent


def _report(number: ReportNumber, issue: Issue, telling: Telling, *, now: datetime) -> Report:
    complete = telling.place is not None and telling.category is not None
    life = issue.urgency is Urgency.LIFE_SAFETY
    return Report(
        site=issue.site,
        number=number,
        issue=issue.number,
        channel=telling.channel,
        cls=ReportClass.LIFE_SAFETY if life else ReportClass.TELLING,
        priority=0 if life else PRIORITY,
        queued=True,
        event_type=None,
        device=None,
        subject=None,
        place=telling.place,
        told_at=issue.reported_at,
        received_at=now,
        times_told=1,
        late=False,
        call_key=None,
        call_state=None,
        answered_at=None,
        ended_at=None,
        words=issue.words,
        shown_at=None,
        completed_at=now if complete else None,
        returned=None,
        claim=None,
        version=0,
    )


def _told(report: Report, issue: Issue, telling: Telling) -> Told:
    hops = (
        f"{hop.by_name} → {hop.to_name}, {hop.means}, {moment.text(hop.told_at)}"
        for hop in telling.relays
    )
    return Told(
        report=report.number,
        channel=report.channel.value,
        urgency=issue.urgency.value,
        told_at=moment.text(report.told_at),
        words=issue.words,
        place=issue.place,
        caller=telling.caller.kind.value,
        **callers.said(telling.caller),
        category=telling.category,
        relays=tuple(hops),
    )
