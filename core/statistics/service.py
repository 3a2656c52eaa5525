"""Statistics follow the journal behind a cursor; whatever they hold can be counted again."""

import json
from collections.abc import Mapping
from datetime import datetime

from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.month import IssueFact
from core.facts.people import PersonCode, UnitCode
from core.statistics.office import Office
from core.statistics.taking import READ, Taken, issues_of, take
from core.store.journal import THE_SITE, Written
from core.store.store import Store

#: The name of this stage's cursor.
STAGE = "statistics"
#: Entries that a recount reads at once.
_STRETCH = 20_000


def read(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Read what happened since the last time into facts and sums; return entries read.

    Run twice it counts nothing twice: the cursor moves in the same transaction.
    """
    del now  # everything statistics know happened at the entry's own moment
    store.journal.lock(site)
    entries = store.cursors.read(site, STAGE, kinds=READ, limit=limit)
    if entries:
        _take(store, site, entries, office=_office(store, site, since=entries[0].seq))
    return len(entries)


def catch_up(store: Store, *, site: SiteCode, now: datetime) -> None:
    """Read everything that is in the journal now, in this unit of work."""
    while read(store, site=site, now=now, limit=_STRETCH):
        pass


def recount(store: Store, *, site: SiteCode, now: datetime) -> None:
    """Forget all facts and sums of a site and read its journal again; closed months stay.

    A person's unit is the one he belonged to then, as far as the journal says it; what a site file
    changed is not in the journal, and of it the unit is the one he belongs to now.
    """
    store.journal.lock(site)
    store.issue_facts.forget(site)
    store.month_sums.forget(site)
    store.objections.forget(site)
    store.cursors.rewind(site, STAGE)
    del now  # as in ``read``
    office = _office(store, site, since=0)
    while entries := store.cursors.read(site, STAGE, kinds=READ, limit=_STRETCH):
        _take(store, site, entries, office=office)


def _take(store: Store, site: SiteCode, entries: list[Written], *, office: Office) -> None:
    numbers = {number for entry in entries for number in issues_of(entry)}
    known = store.issue_facts.facts(site, numbers)
    taken = take(entries, known=known, office=office)
    keep(store, site, taken, known=known)


def _office(store: Store, site: SiteCode, *, since: int) -> Office:
    """Return the office as it was from an entry on: who has changed units since is known."""
    moved: dict[PersonCode, list[tuple[int, UnitCode]]] = {}
    for entry in store.journal.ending(site, THE_SITE, since=since):
        if entry.kind == "person_changed":
            said = json.loads(entry.body)
            if "before" in said:
                before = UnitCode(json.loads(said["before"])["unit"])
                moved.setdefault(PersonCode(said["person"]), []).append((entry.seq, before))
    return Office(zone=store.sites.zone(site), units=store.people.units_of(site), moved=moved)


def keep(
    store: Store, site: SiteCode, taken: Taken, *, known: Mapping[IssueNumber, IssueFact]
) -> None:
    """Write what a stretch of the journal came to, and bring the sums in step with it."""
    store.issue_facts.keep(
        site,
        new=[fact for number, fact in taken.facts.items() if number not in known],
        changed=[fact for number, fact in taken.facts.items() if number in known],
        occurrences=taken.occurrences,
    )
    store.objections.keep(site, taken.objections)
    changes = taken.changes
    for row, gained in store.month_sums.add_customers(site, changes.customers).items():
        for measure, many in gained.items():
            changes.count(row, measure, many)
    store.month_sums.add_counts(site, changes.counts)
    store.month_sums.add_values(site, changes.values)
