"""A month is closed: frozen with all it was made of; what comes later is a correction (五.2(3))."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from core.errors import NotAllowedNow, NotFound, ObjectionsOpen
from core.facts.device import SiteCode
from core.facts.journal import MonthClosed
from core.facts.month import MonthCode
from core.facts.month_report import Line, MonthReport
from core.facts.people import PersonCode
from core.statistics import inputs, service
from core.statistics.inputs import Inputs
from core.statistics.month import bounds, cell, value_cell
from core.statistics.reading import names, of_month
from core.store.closed_months import Closed
from core.store.journal import THE_SITE
from core.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A number that late entries have moved since the month was closed."""

    cell: str
    before: int
    after: int


def close(
    store: Store, *, site: SiteCode, month: MonthCode, by: PersonCode, now: datetime
) -> Closed:
    """Freeze a month: all it is made of, and its canonical bytes, whose hash the journal keeps.

    :raises NotReadable: not a month. :raises NotAllowedNow: it has not ended, or is closed.
    :raises ObjectionsOpen: an objection is not answered yet.
    """
    store.journal.lock(site)
    zone = store.sites.zone(site)
    _, ends = bounds(month, zone)
    if now < ends:
        raise NotAllowedNow(f"{month} has not ended yet")
    if store.closed_months.closed(site, [month]):
        raise NotAllowedNow(f"{month} is closed")
    service.catch_up(store, site=site, now=now)
    _refuse_open_objections(store, site)
    made_of = Inputs(
        site=site,
        site_name=store.sites.find(site).name,
        month=month,
        zone=zone.key,
        names=names(store, site),
        facts=store.issue_facts.facts_of(site, month),
        occurrences=store.issue_facts.occurrences_of(site, month),
    )
    frozen = made_of.report().canonical()
    closed = Closed(
        month=month,
        closed_at=now,
        closed_by=by,
        upto=store.journal.last_seq(site),
        sha256=hashlib.sha256(frozen).hexdigest(),
    )
    store.closed_months.close(site, closed, report=frozen, inputs=made_of.kept())
    entry = MonthClosed(month=month, sha256=closed.sha256)
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return closed


def made_again(store: Store, *, site: SiteCode, month: MonthCode) -> bytes:
    """Return a closed month's bytes, made again from what it was made of.

    :raises NotFound: it is not closed.
    """
    kept = store.closed_months.inputs(site, month)
    if kept is None:
        raise NotFound(f"{month} is not closed")
    frozen = store.closed_months.frozen(site, month)
    assert frozen is not None
    return inputs.read(kept).report().of(json.loads(frozen)["measures"]).canonical()


def correction(store: Store, *, site: SiteCode, month: MonthCode) -> list[Corrected]:
    """Return every number of a closed month that is another one today, in the report's order.

    :raises NotFound: it is not closed.
    """
    frozen = store.closed_months.frozen(site, month)
    if frozen is None:
        raise NotFound(f"{month} is not closed")
    before = dict(_numbers(MonthReport.read(frozen)))
    after = dict(_numbers(of_month(store, site=site, month=month)))
    return [
        Corrected(cell=name, before=before.get(name, 0), after=after.get(name, 0))
        for name in {**before, **after}
        if before.get(name, 0) != after.get(name, 0)
    ]


def _refuse_open_objections(store: Store, site: SiteCode) -> None:
    open_ones = store.objections.open(site)
    if open_ones:
        which = ", ".join(one.proposal for one in open_ones[:10])
        raise ObjectionsOpen(f"{len(open_ones)} objections are not answered: {which}")


def _numbers(report: MonthReport) -> Iterator[tuple[str, int]]:
    """Yield every sum and every count of values of a report by its cell."""
    yield from _of_line(report, "all", report.whole)
    for dimension, lines in report.parts.items():
        for line in lines:
            yield from _of_line(report, dimension, line)
    for spread in (*report.acceptance, *report.hops):
        yield spread.cell, spread.n
    for answer in report.answers:
        yield value_cell(answer.measure, answer.cls), answer.n
        for limit, within in zip(report.limits, answer.within, strict=True):
            yield value_cell(answer.measure, answer.cls, limit), within
    for load in report.load:
        yield value_cell("load", load.operator), load.n


def _of_line(report: MonthReport, dimension: str, line: Line) -> Iterator[tuple[str, int]]:
    for measure, many in zip(report.measures, line.counts, strict=True):
        if many:
            yield cell(dimension, measure, line.key), many
