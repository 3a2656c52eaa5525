"""What statistics answer: a month's report, the way of the months, and what a number opens."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import NotFound
from core.facts.device import SiteCode
from core.facts.month import MonthCode
from core.facts.month_report import Line, MonthReport
from core.statistics import cells, inputs
from core.statistics.month import LOUDEST, PARTS, Sums, first_of, line, report
from core.store.closed_months import Closed
from core.store.store import Store

_DIMENSIONS = ("all", *PARTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The sums of one month: of the whole, and of each unit."""

    month: MonthCode
    whole: Line
    units: tuple[Line, ...]
    closed: Closed | None


def of_month(store: Store, *, site: SiteCode, month: MonthCode) -> MonthReport:
    """Return the month as it is in step with the journal, closed or not.

    :raises NotReadable: not a month. :raises NotFound: no such site.
    """
    first_of(month)
    sums = Sums(
        counts=[
            (row[0], row[1], row[2:]) for row in store.month_sums.of_month(site, month, _DIMENSIONS)
        ],
        loudest=[(row[1], row[2:]) for row in store.month_sums.loudest(site, month, limit=LOUDEST)],
        values=store.month_sums.values(site, month),
    )
    found = store.sites.find(site)
    return report(
        sums,
        site=site,
        site_name=found.name,
        month=month,
        zone=store.sites.zone(site),
        names=names(store, site),
    )


def shown(store: Store, *, site: SiteCode, month: MonthCode) -> MonthReport:
    """Return the month as it was frozen, or, if it is not closed, as it is.

    :raises NotReadable: not a month. :raises NotFound: no such site.
    """
    first_of(month)
    frozen = store.closed_months.frozen(site, month)
    return MonthReport.read(frozen) if frozen else of_month(store, site=site, month=month)


def trend(store: Store, *, site: SiteCode, months: Collection[MonthCode]) -> list[Trend]:
    """Return these months in their order, each with its units; one look at the sums for all."""
    wholes: dict[str, Line] = {}
    units: dict[str, list[Line]] = {}
    for row in store.month_sums.counts(site, months, ("all", "unit")):
        month, dimension, key = row[0], row[1], row[2]
        if dimension == "all":
            wholes[month] = line(key, tuple(row[3:]))
        elif any(row[3:]):
            units.setdefault(month, []).append(line(key, tuple(row[3:])))
    closed = store.closed_months.closed(site, months)
    return [
        Trend(
            month=month,
            whole=wholes[month],
            units=tuple(sorted(units.get(month, ()), key=lambda one: one.key)),
            closed=closed.get(month),
        )
        for month in sorted(months)
        if month in wholes
    ]


def opened(store: Store, *, site: SiteCode, month: MonthCode, cell: str) -> list[cells.Item]:
    """Return what a number counts, as many as it says; of a closed month, as it was frozen.

    :raises NotReadable: not a month. :raises NotFound: no report has such a cell.
    """
    first_of(month)
    wanted = cells.parse(cell)
    of_occurrences = isinstance(wanted, cells.Sum) and wanted.of_occurrences
    kept = store.closed_months.inputs(site, month)
    if kept is not None:
        frozen = inputs.read(kept)
        facts, occurrences = frozen.facts, frozen.occurrences
    elif of_occurrences:
        assert isinstance(wanted, cells.Sum)
        occurrences = store.issue_facts.occurrences_of(site, month, wanted.measure)
    else:
        facts = store.issue_facts.facts_of(site, month, **cells.narrowing(wanted))
    if of_occurrences:
        assert isinstance(wanted, cells.Sum)
        return cells.occurred(wanted, occurrences)
    return cells.items(wanted, facts)


def names(store: Store, site: SiteCode) -> Mapping[str, Mapping[str, Any]]:
    """Return the names of everything a report may mention, by code.

    :raises NotFound: no such site.
    """
    catalogue = store.rules_of(site).catalogue
    return {
        **store.names.of(site),
        "category": {
            code: {"zh": category.name.zh, "en": category.name.en}
            for code, category in catalogue.items()
        },
    }


def month_known(store: Store, *, site: SiteCode, month: MonthCode) -> None:
    """Refuse a month in which nothing was ever told.

    :raises NotReadable: not a month. :raises NotFound: nothing was told in it.
    """
    first_of(month)
    if month not in store.month_sums.months(site):
        raise NotFound(f"nothing was told in {month}")
