"""What speaks for and against a unit when its contract is renewed or its supplier reviewed (H5)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.errors import NotFound
from core.facts.device import SiteCode
from core.facts.merit import Consequence, Deed, Done, LedgerLine, Proposal
from core.facts.month import MonthCode
from core.facts.people import Unit, UnitCode
from core.store.store import Store

#: What a unit's standing is made of: the last decision in each family holds.
FAMILIES: Mapping[str, tuple[Consequence, ...]] = {
    "renewal": (Consequence.RENEWAL_PRIORITY, Consequence.RENEWAL_INELIGIBLE),
    "supplier": (
        Consequence.SUPPLIER_QUALIFIED,
        Consequence.SUPPLIER_REVIEW,
        Consequence.SUPPLIER_STRUCK_OFF,
    ),
    "contract": (Consequence.CONTRACT_END,),
}
_LATE = frozenset({Deed.LATE, Deed.MISSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMonth:
    """One month of a unit."""

    month: MonthCode
    points: int
    late: int
    refused: int
    praised: int
    complained: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How a unit stands in one family, and the decision it stands by; None: none was taken."""

    family: str
    line: LedgerLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All of it, with the evidence."""

    unit: Unit
    at: datetime
    balance: int
    months: tuple[UnitMonth, ...]
    standing: tuple[Stand, ...]
    #: What was decided about the unit, the oldest first.
    decided: tuple[Proposal, ...]
    #: What its people left late, refused, or were praised and complained of for.
    deeds: tuple[Done, ...]


def dossier(store: Store, *, site: SiteCode, unit: UnitCode, now: datetime) -> Dossier:
    """Return a unit's dossier as it stands; no number in it comes from elsewhere.

    :raises NotFound: no such unit at this site.
    """
    known = next((one for one in store.people.units(site) if one.code == unit), None)
    if known is None:
        raise NotFound(f"unit {unit!r} is not known here")
    lines = store.ledger.of_unit(site, unit)
    deeds = [
        one
        for one in store.deeds.of_unit(site, unit)
        if one.deed in {*_LATE, Deed.REFUSED, Deed.PRAISED, Deed.COMPLAINED}
    ]
    proposals = store.proposals.several(site, {line.proposal for line in lines})
    return Dossier(
        unit=known,
        at=now,
        balance=sum(line.points for line in lines),
        months=_months(lines, deeds),
        standing=_standing(lines),
        decided=tuple(proposals[number] for number in sorted(proposals)),
        deeds=tuple(deeds),
    )


def _months(lines: Sequence[LedgerLine], deeds: Sequence[Done]) -> tuple[UnitMonth, ...]:
    points: Counter[MonthCode] = Counter()
    for line in lines:
        points[line.month] += line.points
    did = Counter((one.month, one.deed) for one in deeds)
    months = sorted({*points, *(month for month, _ in did)})
    return tuple(
        UnitMonth(
            month=month,
            points=points[month],
            late=sum(did[month, deed] for deed in _LATE),
            refused=did[month, Deed.REFUSED],
            praised=did[month, Deed.PRAISED],
            complained=did[month, Deed.COMPLAINED],
        )
        for month in months
    )


def _standing(lines: Sequence[LedgerLine]) -> tuple[Stand, ...]:
    """Return the last decision in each family that no later line took back."""
    last = {line.proposal: line for line in lines}
    return tuple(
        Stand(
            family=family,
            line=max(
                (line for line in last.values() if line.consequence in members),
                key=lambda line: line.id,
                default=None,
            ),
        )
        for family, members in FAMILIES.items()
    )
