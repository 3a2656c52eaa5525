"""The month as people see it: names beside codes, issues behind numbers."""

from dataclasses import asdict

from api.schemas.month import (
    CellOut,
    ClosedOut,
    CorrectedOut,
    FactOut,
    LineOut,
    MonthOut,
    MonthReportOut,
    MonthRow,
    MonthsOut,
    PanelNumberOut,
    PanelOut,
    PanelShownOut,
    PanelsOut,
    PanelUnitOut,
)
from api.views.views import Views
from core.facts.month import MEASURES, MonthCode
from core.facts.month_report import Line
from core.statistics import closing, panels, reading
from core.statistics.month import bounds
from core.store.closed_months import Closed
from core.store.panels import Kept


def month_out(views: Views, month: MonthCode) -> MonthOut:
    """Return a month as it was frozen, or as it is."""
    store, site = views.store, views.site
    report = reading.shown(store, site=site, month=month)
    closed = store.closed_months.closed(site, [month]).get(month)
    objections = len(store.objections.open(site))
    ended = views.now >= bounds(month, store.sites.zone(site))[1]
    return MonthOut(
        report=MonthReportOut.model_validate_json(report.canonical()),
        closed=closed_out(views, closed),
        may_close=ended and closed is None and not objections,
        open_objections=objections,
        correction=[
            CorrectedOut(cell=one.cell, before=one.before, after=one.after)
            for one in closing.correction(store, site=site, month=month)
        ]
        if closed
        else [],
    )


def months_out(views: Views) -> MonthsOut:
    """Return all months, the newest first."""
    months = views.store.month_sums.months(views.site)
    found = reading.trend(views.store, site=views.site, months=months)
    return MonthsOut(
        measures=list(MEASURES),
        items=[
            MonthRow(
                month=one.month,
                told=one.whole.counts[MEASURES.index("told")],
                problems=one.whole.counts[MEASURES.index("problems")],
                found_first=one.whole.found_first,
                repeat_rate=one.whole.repeat_rate,
                units=[_line(unit) for unit in one.units],
                closed=closed_out(views, one.closed),
            )
            for one in reversed(found)
        ],
    )


def cell_out(
    views: Views, month: MonthCode, cell: str, *, limit: int, after: int | None
) -> CellOut:
    """Return a page of what a number counts; ``after`` says how many were shown before."""
    items = reading.opened(views.store, site=views.site, month=month, cell=cell)
    start = after or 0
    page = items[start : start + limit]
    numbers = {item.issue for item in page if item.issue}
    issues = views.store.issues.several(views.site, numbers)
    rows = {row.number: row for row in views.rows(list(issues.values()))}
    facts = views.store.issue_facts.facts(views.site, numbers)
    end = start + len(page)
    return CellOut(
        n=len(items),
        items=[
            FactOut(
                at=item.at,
                seconds=item.seconds,
                found_by=facts[item.issue].found_by if item.issue in facts else None,
                issue=rows.get(item.issue),
            )
            for item in page
        ],
        next_cursor=str(end) if end < len(items) else None,
    )


def closed_out(views: Views, closed: Closed | None) -> ClosedOut | None:
    """Return who closed a month and when, if somebody did."""
    if closed is None:
        return None
    return ClosedOut(
        closed_at=closed.closed_at,
        closed_by=views.names.person(closed.closed_by),
        sha256=closed.sha256,
    )


def panels_out(views: Views, month: MonthCode) -> PanelsOut:
    """Return the five panels."""
    found, whole = panels.shown(views.store, site=views.site, month=month)
    units: dict[str, str] = {unit.code: unit.name for unit in views.store.people.units(views.site)}
    return PanelsOut(
        month=month,
        found_first=whole.found_first,
        repeat_rate=whole.repeat_rate,
        items=[
            PanelShownOut(
                **panel_out(views, one.kept).model_dump(),
                numbers=[_number(number) for number in one.numbers],
                units=[
                    PanelUnitOut(
                        unit=unit,
                        name=units.get(unit, unit),
                        numbers=[_number(number) for number in numbers],
                    )
                    for unit, numbers in one.units
                ],
            )
            for one in found
        ],
    )


def panel_out(views: Views, kept: Kept) -> PanelOut:
    """Return who answers for a panel, and what he last said of it."""
    return PanelOut(
        panel=kept.panel,
        owner=views.names.some_person(kept.owner),
        reviewed_at=kept.reviewed_at,
        reviewed_by=views.names.some_person(kept.reviewed_by),
        words=kept.words,
        mine=kept.owner == views.me,
    )


def _line(line: Line) -> LineOut:
    return LineOut(**{**asdict(line), "counts": list(line.counts)})


def _number(number: panels.Number) -> PanelNumberOut:
    return PanelNumberOut(measure=number.measure, n=number.n, cell=number.cell)
