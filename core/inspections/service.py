"""Inspections are planned for a month and recorded on the spot (五.2(3)⑤)."""

from datetime import datetime, timedelta

from core.errors import Incomplete, NotAllowedNow, NotPermitted
from core.facts.catalogue import CategoryCode
from core.facts.device import SiteCode
from core.facts.inspection import Found, Inspection, InspectionNumber, Plan, Result
from core.facts.issue import Caller, CallerKind, IssueNumber, Status
from core.facts.journal import Inspected, InspectionPlanned
from core.facts.people import PersonCode
from core.facts.place import PlaceCode
from core.facts.report import Channel, Telling
from core.inspections import policy
from core.register import reopening
from core.register.telling import open_telling
from core.store.store import Store

#: Claims of so many days are worth a look on the spot.
_DAYS = timedelta(days=31)
_STANDS = frozenset({Status.HANDLED, Status.CLOSED})


def plan(
    store: Store,
    *,
    site: SiteCode,
    wanted: Plan,
    by: PersonCode,
    now: datetime,
) -> list[Inspection]:
    """Draw samples by lot: claims "handled" of these categories there, then the places themselves.

    :raises NotFound: an unknown place, category or inspector. :raises Incomplete: no place.
    """
    if not wanted.places:
        raise Incomplete("say which places are to be inspected")
    store.journal.lock(site)
    _known(store, site, wanted)
    lot = f"{site}:{wanted.month}:{store.journal.last_seq(site)}"
    samples = _samples(store, site, wanted, lot=lot, since=now - _DAYS)
    numbers = list(store.inspections.numbers(site, len(samples)))
    store.inspections.add(
        site,
        [
            {
                "number": number,
                "month": wanted.month,
                "place": place,
                "category": category,
                "issue": issue,
                "inspector": wanted.inspector,
                "planned_at": now,
                "planned_by": by,
            }
            for number, (place, category, issue) in zip(numbers, samples, strict=True)
        ],
    )
    entry = InspectionPlanned(
        month=wanted.month,
        inspections=tuple(str(number) for number in numbers),
        inspector=wanted.inspector,
        drawn=lot,
    )
    store.journal.append(site, IssueNumber(0), entry, at=now, by=by)
    return [store.inspections.find(site, InspectionNumber(number)) for number in numbers]


def record(
    store: Store,
    *,
    site: SiteCode,
    inspection: InspectionNumber,
    by: PersonCode,
    said: Found,
    now: datetime,
) -> Inspection:
    """Record what was found: a new problem opens a report, "not handled" re-opens the claim.

    :raises NotFound: no such inspection, person or category.
    :raises NotAllowedNow: it is done, or there is no claim that could be "not handled".
    :raises NotPermitted: who handled it does not inspect it.
    :raises Incomplete: something was found and nobody says what.
    """
    store.journal.lock(site)
    found = store.inspections.find(site, inspection)
    words = said.words.strip()
    _check(store, found, said, by=by)
    unit = store.people.find(site, said.person).unit if said.person is not None else said.unit
    entry = Inspected(
        inspection=inspection,
        place=found.place,
        result=said.result.value,
        person=said.person,
        unit=unit,
        words=words or None,
    )
    store.journal.append(site, found.issue or IssueNumber(0), entry, at=now, by=by)
    opened = None
    if said.result is Result.FOUND:
        opened = _opened(store, found, said, by=by, now=now)
    if said.result is Result.NOT_HANDLED and found.issue is not None:
        reopening.reopen(store, site=site, issue=found.issue, by=by, reason=words, now=now)
    return store.inspections.change(
        found,
        result=said.result.value,
        person=said.person,
        unit=unit,
        words=words or None,
        opened=opened,
        done_at=now,
        done_by=by,
    )


def _known(store: Store, site: SiteCode, wanted: Plan) -> None:
    store.people.find(site, wanted.inspector)
    for place in wanted.places:
        store.sites.place(site, place)
    for category in wanted.categories:
        store.rules_of(site).category(category)


def _samples(
    store: Store, site: SiteCode, wanted: Plan, *, lot: str, since: datetime
) -> list[tuple[PlaceCode | None, CategoryCode | None, IssueNumber | None]]:
    claims = store.inspections.claims(
        site, places=wanted.places, categories=wanted.categories, since=since
    )
    drawn = policy.draw(claims, many=wanted.many, lot=lot)
    bare = policy.draw(wanted.places, many=wanted.many - len(drawn), lot=lot)
    only = wanted.categories[0] if len(wanted.categories) == 1 else None
    return [
        *((one.place, one.category, one.number) for one in drawn),
        *((place, only, None) for place in bare),
    ]


def _check(store: Store, found: Inspection, said: Found, *, by: PersonCode) -> None:
    if found.result is not None:
        raise NotAllowedNow(f"inspection {found.number} is done")
    if said.result is not Result.IN_ORDER and not said.words.strip():
        raise Incomplete("say what was found")
    if found.issue is None:
        if said.result is Result.NOT_HANDLED:
            raise NotAllowedNow("this sample is a place; nobody claims that anything was handled")
        return
    claim = store.issues.find(found.site, found.issue)
    if by == claim.assigned_to:
        raise NotPermitted("who handled it does not inspect whether it was handled")
    if said.result is Result.NOT_HANDLED and claim.status not in _STANDS:
        raise NotAllowedNow(f"issue {claim.number} is {claim.status}: no claim stands")


def _opened(
    store: Store, found: Inspection, said: Found, *, by: PersonCode, now: datetime
) -> IssueNumber:
    telling = Telling(
        channel=Channel.WALK_IN,
        caller=Caller(kind=CallerKind.STAFF, person=by),
        words=said.words,
        place=found.place,
        category=said.category or found.category,
    )
    issue, _ = open_telling(store, site=found.site, telling=telling, by=by, now=now)
    return issue.number
