"""The five panels (五.2(3)): one page, each with its numbers, its owner and the day he read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from core.errors import Incomplete, NotPermitted
from core.facts.device import SiteCode
from core.facts.journal import PanelAssigned, PanelReviewed
from core.facts.month import MEASURES, MonthCode, Panel
from core.facts.month_report import Line
from core.facts.people import PersonCode
from core.statistics.month import cell, first_of, line
from core.statistics.reading import trend
from core.store.journal import THE_SITE
from core.store.panels import Kept
from core.store.store import Store

#: What each panel counts.
MEASURES_OF = MappingProxyType(
    {
        Panel.FEEDBACK: ("praises", "judged_solved", "judged_not_solved", "told_back", "repeats"),
        Panel.RECORDINGS: ("reviews_handled", "reviews_not_handled", "reviews_cannot_tell"),
        Panel.COUNTS: (
            "told", "problems", "found_staff", "found_device", "found_customer", "found_unknown",
            "on_the_spot", "escalations", "missed",
        ),
        Panel.COMPLAINTS: ("complaints", "grievances"),
        Panel.INSPECTIONS: ("inspected_in_order", "inspected_found", "inspected_not_handled"),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number of a panel, and the cell that opens its issues."""

    measure: str
    n: int
    cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One panel in one month."""

    kept: Kept
    numbers: tuple[Number, ...]
    #: The same by unit, of those units that have any.
    units: tuple[tuple[str, tuple[Number, ...]], ...]


def shown(store: Store, *, site: SiteCode, month: MonthCode) -> tuple[list[Shown], Line]:
    """Return the five panels in the scheme's order, and the month's line with both rates.

    :raises NotReadable: not a month.
    """
    first_of(month)
    found = trend(store, site=site, months=[month])
    whole = found[0].whole if found else line("", (0,) * len(MEASURES))
    units = found[0].units if found else ()
    panels = [
        Shown(
            kept=kept,
            numbers=_numbers("all", whole, kept.panel),
            units=_by_unit(units, kept.panel),
        )
        for kept in store.panels.all(site)
    ]
    return panels, whole


def assign(
    store: Store, *, site: SiteCode, panel: Panel, to: PersonCode, by: PersonCode, now: datetime
) -> Kept:
    """Let somebody answer for a panel.

    :raises NotFound: an unknown person.
    """
    store.journal.lock(site)
    store.people.find(site, to)
    entry = PanelAssigned(panel=panel.value, to=to)
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    store.panels.change(site, panel, owner=to)
    return store.panels.find(site, panel)


def review(
    store: Store, *, site: SiteCode, panel: Panel, words: str, by: PersonCode, now: datetime
) -> Kept:
    """Note that the owner of a panel has gone through it, and what he says of it.

    :raises Incomplete: no words, or nobody answers for it. :raises NotPermitted: somebody else.
    """
    if not words.strip():
        raise Incomplete("say what the panel shows")
    store.journal.lock(site)
    kept = store.panels.find(site, panel)
    if kept.owner is None:
        raise Incomplete("nobody answers for this panel yet")
    if kept.owner != by:
        raise NotPermitted("only who answers for a panel goes through it")
    entry = PanelReviewed(panel=panel.value, words=words.strip())
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    store.panels.change(site, panel, reviewed_at=now, reviewed_by=by, words=words.strip())
    return store.panels.find(site, panel)


def _by_unit(units: Iterable[Line], panel: Panel) -> tuple[tuple[str, tuple[Number, ...]], ...]:
    numbers = ((unit.key, _numbers("unit", unit, panel)) for unit in units)
    return tuple((key, many) for key, many in numbers if any(one.n for one in many))


def _numbers(dimension: str, of: Line, panel: Panel) -> tuple[Number, ...]:
    counts = dict(zip(MEASURES, of.counts, strict=True))
    return tuple(
        Number(measure=name, n=counts[name], cell=cell(dimension, name, of.key))
        for name in MEASURES_OF[panel]
    )
