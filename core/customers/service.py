"""The register of customers, and what is known of a caller while it rings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.errors import Incomplete, NotAllowedNow
from core.facts.customer import Candidate, Customer, CustomerCode, TiedBy
from core.facts.device import SiteCode
from core.facts.issue import UNHANDLED, Caller, CallerKind, Issue, IssueNumber
from core.facts.journal import CustomerChanged, CustomerEntered, CustomerTied, Entry
from core.facts.people import PersonCode
from core.facts.place import PlaceCode
from core.facts.promise import Promise
from core.facts.report import Report, ReportNumber
from core.store.journal import THE_SITE
from core.store.store import Store

#: What an operator is shown of the past.
YEAR = timedelta(days=366)
#: Nobody reads more than this while it rings.
_MANY = 20
#: Of a place with more places below it, the whole site say, those are no neighbours.
_BELOW = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known around a report: proposals and history, never facts of it."""

    report: Report
    customer: Customer | None
    candidates: tuple[Candidate, ...]
    #: Of the caller, else of those who may be calling: the newest first.
    told_before: tuple[Issue, ...]
    at_device: tuple[Issue, ...]
    at_place: tuple[Issue, ...]
    open_near: tuple[Issue, ...]
    #: What they are owed, or had to wait for.
    promises: tuple[Promise, ...]
    #: Who lives or works at ``living_at`` today, or below it; ``more`` of them than are listed.
    living_at: PlaceCode | None
    living: tuple[Customer, ...]
    more: bool


def enter(
    store: Store,
    *,
    site: SiteCode,
    customers: Sequence[Customer],
    by: PersonCode | None,
    now: datetime,
    fresh: bool = False,
) -> list[Customer]:
    """Write customers, new and known; each change is told site-wide, without what it was.

    :param fresh: all of them are new: nobody known is written over.
    :raises NotFound: an unknown place. :raises Incomplete: a customer without a name.
    :raises NotAllowedNow: a stay that ends before it begins, or a code that is taken.
    """
    store.journal.lock(site)
    known = store.customers.several(site, [one.code for one in customers])
    if fresh and known:
        raise NotAllowedNow(f"there is a customer {min(known)!r} already")
    places = store.sites.known_places(
        site, {str(home.place) for one in customers for home in one.homes}
    )
    entries: list[Entry] = []
    for one in customers:
        _check(store, site, one, places)
        before = known.get(one.code)
        if before is None:
            entries.append(CustomerEntered(customer=one.code, name=one.name))
        elif parts := _changed(before, one):
            entries.append(CustomerChanged(customer=one.code, parts=parts))
    if entries:
        store.journal.append(site, THE_SITE, *entries, at=now, by=by)
    store.customers.put(site, customers)
    return list(customers)


def tie(
    store: Store,
    *,
    site: SiteCode,
    report: ReportNumber,
    customer: CustomerCode,
    by: PersonCode,
    now: datetime,
) -> Report:
    """Say which customer a report came from; only a person says so.

    :raises NotFound: no such report or customer. :raises NotAllowedNow: a member of staff told it.
    """
    store.journal.lock(site)
    found = store.reports.find(site, report)
    known = store.customers.find(site, customer)
    issue = store.issues.find(site, found.issue)
    caller = store.reporters.of_reports(site, [report]).get(report)
    if caller is not None and caller.kind in {CallerKind.STAFF, CallerKind.DEVICE}:
        raise NotAllowedNow(f"report {report} was told by {caller.kind}, not by a customer")
    why = next((one.by for one in _candidates(store, found, caller) if one.customer == known), None)
    entry = CustomerTied(report=report, customer=customer, by=(why or TiedBy.CHOICE).value)
    store.journal.append(site, issue.number, entry, at=now, by=by)
    said = Caller(
        kind=CallerKind.CUSTOMER,
        name=(caller.name if caller else None) or known.name,
        phone=(caller.phone if caller else None) or next(iter(known.phones), None),
        place=caller.place if caller else None,
        customer=customer,
    )
    store.reporters.put(site, report, said)
    if issue.caller is not None and issue.caller.kind is CallerKind.CUSTOMER:
        first = store.reports.of_issue(site, issue.number)[0]
        if first.number == report:
            store.issues.change(issue, customer=customer)
    return store.reports.change(found)


def context(store: Store, *, site: SiteCode, report: ReportNumber, now: datetime) -> Context:
    """Return what is known around a report, of the last twelve months.

    :raises NotFound: no such report.
    """
    found = store.reports.find(site, report)
    caller = store.reporters.of_reports(site, [report]).get(report)
    since = now - YEAR
    candidates = _candidates(store, found, caller, now=now)
    tied = caller.customer if caller else None
    whose = [tied] if tied else [one.customer.code for one in candidates]
    told = {
        one.number: one
        for code in whose[:5]
        for one in store.reporters.issues_of_customer(site, code, since=since, limit=_MANY)
    }
    if caller is not None and caller.phone and not told:
        of_phone = store.reporters.issues_of_phone(site, caller.phone, since=since, limit=_MANY)
        told = {one.number: one for one in of_phone}
    promises = store.promises.not_kept_in_time(
        site, customers=whose[:5], issues=list(told), since=since, limit=_MANY
    )
    near = _near(store, site, found.place)
    living_at, living = _living(store, site, found.place, now=now)
    at_place = store.reporters.issues_at(site, near, since=since, limit=10 * _MANY)
    device = found.device
    at_device = (
        store.reporters.issues_of_device(site, device, since=since, limit=_MANY) if device else []
    )
    return Context(
        report=found,
        customer=store.customers.find(site, tied) if tied else None,
        candidates=tuple(candidates),
        told_before=_others(sorted(told.values(), key=lambda one: -one.number), found),
        at_device=_others(at_device, found),
        at_place=_others([one for one in at_place if one.place == found.place], found),
        open_near=_others([one for one in at_place if one.status in UNHANDLED], found),
        promises=tuple(promises),
        living_at=living_at,
        living=tuple(living[:_MANY]),
        more=len(living) > _MANY,
    )


def around(store: Store, *, site: SiteCode, issue: IssueNumber, now: datetime) -> Context:
    """Return what is known around an issue, as ``context`` of its first telling.

    :raises NotFound: no such issue.
    """
    found = store.issues.find(site, issue)
    while found.merged_into is not None:  # its tellings went with it
        found = store.issues.find(site, found.merged_into)
    first = store.reports.of_issue(site, found.number)[0]
    return context(store, site=site, report=first.number, now=now)


def _candidates(
    store: Store, report: Report, caller: Caller | None, *, now: datetime | None = None
) -> list[Candidate]:
    site, found = report.site, dict[CustomerCode, Candidate]()
    at = (now or report.told_at).astimezone(store.sites.zone(site)).date()

    def propose(customers: Sequence[Customer], by: TiedBy) -> None:
        for one in customers:
            found.setdefault(one.code, Candidate(customer=one, by=by))

    if caller is not None and caller.phone:
        propose(store.customers.by_phone(site, caller.phone, limit=_MANY), TiedBy.PHONE)
    if report.place is not None:
        living = store.customers.at_door(site, report.place, report.subject, limit=_MANY)
        there = [
            one
            for one in living
            if any(home.place == report.place and home.holds(at) for home in one.homes)
        ]
        propose(there, TiedBy.DOOR)
    if caller is not None and caller.name:
        propose(store.customers.by_name(site, caller.name, limit=_MANY), TiedBy.NAME)
    return list(found.values())


def _near(store: Store, site: SiteCode, place: PlaceCode | None) -> list[PlaceCode]:
    """Return a place and those beside it: what hangs below the same parent."""
    if place is None:
        return []
    places = store.sites.places(site)
    parent = next((one.parent for one in places if one.code == place), None)
    if parent is None:
        return [place]
    return [one.code for one in places if one.parent == parent]


def _living(
    store: Store, site: SiteCode, place: PlaceCode | None, *, now: datetime
) -> tuple[PlaceCode | None, list[Customer]]:
    """Return who lives or works at a place or below it, one more than are listed.

    Nobody lives in a lobby: then it is those of the building around it, never of the whole site.
    """
    above = {one.code: one.parent for one in store.sites.places(site)}
    today = now.astimezone(store.sites.zone(site)).date()
    while place is not None:
        there = _below(place, above)
        living = store.customers.living_at(site, there, today, limit=_MANY + 1)
        parent = above.get(place)
        if living or parent is None or above.get(parent) is None:
            return (place if living else None), living
        place = parent
    return None, []


def _below(place: PlaceCode, above: Mapping[PlaceCode, PlaceCode | None]) -> list[PlaceCode]:
    """Return a place and those below it; of a place with very many, that place alone."""
    below: dict[PlaceCode | None, list[PlaceCode]] = {}
    for code, parent in above.items():
        below.setdefault(parent, []).append(code)
    there = [place]
    for code in there:  # grows while it is walked
        there += below.get(code, [])
        if len(there) > _BELOW:
            return [place]
    return there


def _others(issues: Sequence[Issue], report: Report) -> tuple[Issue, ...]:
    return tuple(one for one in issues if one.number != report.issue)[:_MANY]


def _check(store: Store, site: SiteCode, one: Customer, places: frozenset[str]) -> None:
    if not one.name.strip():
        raise Incomplete(f"customer {one.code!r} has no name")
    for home in one.homes:
        if home.place not in places:
            store.sites.place(site, home.place)
        if home.since_on and home.until_on and home.until_on < home.since_on:
            raise NotAllowedNow(f"customer {one.code!r}: a stay ends before it begins")


def _changed(before: Customer, after: Customer) -> tuple[str, ...]:
    names = ("name", "phones", "homes", "note", "active")
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))
