"""Rules propose: as an entry comes, and when a month has ended (五.2)."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.journal import ManipulationFlagged, Proposed
from core.facts.merit import Deed, Every, Flag, MeritRules, Proposal
from core.facts.month import MonthCode
from core.facts.people import PersonCode, UnitCode, UnitKind
from core.scoring import case as cases_
from core.scoring import deeds, policy, rules, tricks
from core.scoring.case import Case
from core.scoring.deeds import Office
from core.store.journal import THE_SITE, Written
from core.store.store import Store

#: The name of this stage's cursor.
STAGE = "scoring"
_READ = deeds.READ | {"handled", "closed", "reopened"}
#: So far back what somebody did is looked at together.
_BACK = timedelta(days=1)
#: Issues whose entries are read at once.
_STRETCH = 500


def follow(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Read what happened since the last time: keep deeds, propose, flag; return entries read.

    Run twice it proposes nothing twice: the cursor moves in the same transaction.
    """
    store.journal.lock(site)
    entries = store.cursors.read(site, STAGE, kinds=_READ, limit=limit)
    if not entries:
        return 0
    office = Office(zone=store.sites.zone(site), units=store.people.units_of(site))
    cases = _cases(store, site, {one.issue for one in entries if one.issue != THE_SITE})
    done = [
        one
        for entry in entries
        if (one := deeds.deed(entry, case=cases.get(entry.issue), office=office)) is not None
    ]
    store.deeds.add(site, done)
    in_force = rules.in_force(store, site=site)
    counted = weighed_units(store, site)
    for one in done:
        for rule in in_force.rules:
            if rule.every is Every.ENTRY and rule.deed is one.deed:
                subject = policy.subject(rule, one, units=counted)
                if subject is not None:
                    new = policy.proposal(
                        site, in_force, rule, subject, evidence=[one], month=one.month, now=now
                    )
                    key = f"{rule.code}:{policy.name(subject)}:{one.evidence.seq}"
                    _propose(store, new, key=key)
    _flag(store, site, entries, cases=cases, now=now)
    return len(entries)


def weigh(store: Store, *, site: SiteCode, now: datetime) -> int:
    """Let the rules of the month propose for the month that has ended; return how many did.

    A site whose clock nobody has wound waits for the end of the present month. After a month
    without the product every month is weighed, one in each unit of work.
    """
    store.journal.lock(site)
    zone = store.sites.zone(site)
    waits = store.merit_rules.waits_for(site)
    if waits is None:
        _wind(store, site, now.astimezone(zone).date().replace(day=1), zone)
        return 0
    month, ends_at = waits
    if ends_at > now:
        return 0
    while follow(store, site=site, now=now, limit=_STRETCH):
        pass
    in_force = rules.in_force(store, site=site)
    proposed = 0
    for new, key in of_month(store, site, month, in_force=in_force, now=now):
        proposed += _propose(store, new, key=key)
    _wind(store, site, ends_at.astimezone(zone).date().replace(day=1), zone)
    return proposed


def of_month(
    store: Store, site: SiteCode, month: MonthCode, *, in_force: MeritRules, now: datetime
) -> Iterable[tuple[Proposal, str]]:
    """Yield what the rules of the month propose, each with the key that makes it one."""
    zone = store.sites.zone(site)
    done = store.deeds.of_month(site, month)
    found = [one for one in done if one.deed is Deed.FOUND]
    cases = _cases(store, site, {one.evidence.issue for one in found})
    finders = {case.finder for case in cases.values() if case.finder is not None}
    flagged = {
        number
        for flags in store.manipulations.of(site, finders).values()
        for flag in flags
        for number in flag.issues
    }
    weighed = [one for one in done if one.deed is not Deed.FOUND]
    weighed += policy.distinct(found, cases=cases, flagged=flagged, zone=zone)
    for rule, subject, evidence in policy.of_month(
        in_force, weighed, units=weighed_units(store, site)
    ):
        new = policy.proposal(
            site, in_force, rule, subject, evidence=evidence, month=month, now=now
        )
        yield new, f"{rule.code}:{policy.name(subject)}:{month}"


def _propose(store: Store, new: Proposal, *, key: str) -> bool:
    kept = store.proposals.add(new, key=key)
    if kept is None:
        return False
    store.journal.append(new.site, THE_SITE, told(kept), at=kept.proposed_at, by=kept.proposed_by)
    return True


def told(kept: Proposal) -> Proposed:
    """Return the entry that tells of a proposal."""
    return Proposed(
        proposal=kept.id,
        rule=kept.rule,
        version=kept.version,
        person=kept.person,
        unit=kept.unit,
        points=kept.points,
        consequence=kept.consequence.value,
        evidence=tuple(str(one) for one in kept.evidence),
    )


def _wind(store: Store, site: SiteCode, first: date, zone: ZoneInfo) -> None:
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    ends_at = datetime(following.year, following.month, 1, tzinfo=zone).astimezone(UTC)
    store.merit_rules.wind(site, MonthCode(f"{first:%Y-%m}"), ends_at)


def weighed_units(store: Store, site: SiteCode) -> frozenset[UnitCode]:
    """Return the units that rules weigh: the office is weighed in its people."""
    return frozenset(
        unit.code for unit in store.people.units(site) if unit.kind is UnitKind.SUBCONTRACTOR
    )


def _cases(
    store: Store, site: SiteCode, issues: Collection[IssueNumber]
) -> dict[IssueNumber, Case]:
    numbers = sorted(issues)
    found: dict[IssueNumber, Case] = {}
    for at in range(0, len(numbers), _STRETCH):
        entries = store.journal.of_issues(site, numbers[at : at + _STRETCH], kinds=cases_.READ)
        found |= cases_.cases(entries)
    return found


# --- tricks -------------------------------------------------------------------------------------


def _flag(
    store: Store,
    site: SiteCode,
    entries: Sequence[Written],
    *,
    cases: dict[IssueNumber, Case],
    now: datetime,
) -> None:
    since = entries[0].at - _BACK
    finders = {one.finder for one in cases.values() if one.found_by_staff}
    praised = {
        str(json.loads(entry.body).get("person")) for entry in entries if entry.kind == "praised"
    }
    flags = [flag for case in cases.values() if (flag := tricks.reopening(case)) is not None]
    known = set(store.people.units_of(site))
    for person in sorted(known & {*finders, *(PersonCode(one) for one in praised)}):
        found = store.deeds.of_person(site, person, Deed.FOUND, since=since)
        recent = _cases(store, site, {one.evidence.issue for one in found})
        flags += tricks.tricks(
            person,
            recent.values(),
            alarms=_alarms(store, site, recent.values()),
            praises=_praises(store, site, person, entries[0].at),
        )
    for flag in flags:
        _keep(store, site, flag, now)


def _keep(store: Store, site: SiteCode, flag: Flag, now: datetime) -> None:
    if not store.manipulations.flag(site, flag):
        return
    entry = ManipulationFlagged(
        sort=flag.trick.value, person=flag.person, issues=tuple(str(one) for one in flag.issues)
    )
    store.journal.append(site, THE_SITE, entry, at=now)


def _alarms(store: Store, site: SiteCode, found: Iterable[Case]) -> list[tricks.Alarm]:
    return [
        tricks.Alarm(
            issue=issue,
            at=at,
            place=one.place,
            category=category,
        )
        for one in found
        if one.place is not None and one.found_by_staff
        for issue, at, category in store.deeds.alarms_at(
            site, one.place, begin=one.opened_at - tricks.COPIED, end=one.opened_at
        )
    ]


def _praises(store: Store, site: SiteCode, person: PersonCode, at: datetime) -> list[tricks.Praise]:
    done = store.deeds.of_person(site, person, Deed.PRAISED, since=at - tricks.PRAISED_WITHIN)
    entries = store.journal.by_seq(site, [one.evidence.seq for one in done])
    said = [(one, json.loads(one.body).get("customer")) for one in entries.values()]
    return [
        tricks.Praise(issue=one.issue, at=one.at, customer=str(customer))
        for one, customer in said
        if customer is not None
    ]
