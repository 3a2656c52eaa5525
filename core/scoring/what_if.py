"""What a month would have been under other rules, before they are decreed (H2, E7)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.facts.device import SiteCode
from core.facts.merit import Every, MeritRules, Proposal
from core.facts.month import MonthCode
from core.facts.people import PersonCode, UnitCode
from core.scoring import policy, proposing, rules
from core.scoring.rules_file import parse_rules
from core.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What one rule proposes in a month about one person or unit, all of it together."""

    rule: str
    person: PersonCode | None
    unit: UnitCode | None
    times: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """A month under the rules in force, and under others."""

    month: MonthCode
    version: int
    before: Sequence[Weighed]
    after: Sequence[Weighed]


def what_if(
    store: Store, *, site: SiteCode, text: str, month: MonthCode | None, now: datetime
) -> WhatIf:
    """Weigh a month's deeds by rules that are not in force; nothing is written or proposed.

    Both sides are weighed afresh, so that only the rules differ, and not what was decided since.

    :param month: None: the last that has ended.
    :raises BadMeritRules: with one line for each mistake.
    """
    other = parse_rules(text, where="rules")
    chosen = month or _last(store, site, now)
    sides = (
        tuple(_weighed(store, site, chosen, by, now=now))
        for by in (rules.in_force(store, site=site), other)
    )
    before, after = sides
    return WhatIf(month=chosen, version=other.version, before=before, after=after)


def _weighed(
    store: Store, site: SiteCode, month: MonthCode, by: MeritRules, *, now: datetime
) -> Iterator[Weighed]:
    found: dict[tuple[str, PersonCode | None, UnitCode | None], list[int]] = {}
    for new in proposals(store, site, month, by=by, now=now):
        found.setdefault((new.rule, new.person, new.unit), []).append(new.points)
    for (rule, person, unit), points in found.items():
        yield Weighed(rule=rule, person=person, unit=unit, times=len(points), points=sum(points))


def proposals(
    store: Store, site: SiteCode, month: MonthCode, *, by: MeritRules, now: datetime
) -> Iterator[Proposal]:
    """Yield what rules would propose of a month, entry by entry and of the month as a whole."""
    units = proposing.weighed_units(store, site)
    entries = [rule for rule in by.rules if rule.every is Every.ENTRY]
    for done in store.deeds.of_month(site, month):
        for rule in entries:
            subject = policy.subject(rule, done, units=units) if rule.deed is done.deed else None
            if subject is not None:
                yield policy.proposal(
                    site, by, rule, subject, evidence=[done], month=month, now=now
                )
    for new, _ in proposing.of_month(store, site, month, in_force=by, now=now):
        yield new


def _last(store: Store, site: SiteCode, now: datetime) -> MonthCode:
    today = now.astimezone(store.sites.zone(site)).date()
    year, month = divmod(today.year * 12 + today.month - 2, 12)
    return MonthCode(f"{year:04}-{month + 1:02}")
