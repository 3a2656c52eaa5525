"""From sums to the month's report: pure, so the same sums always give the same bytes."""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter, itemgetter
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.errors import NotReadable
from core.facts.month import MEASURES, MonthCode
from core.facts.month_report import Answer, Line, Load, MonthReport, Spread
from core.statistics.counting import SPAN
from core.statistics.standards import compared
from core.statistics.taking import Changes

#: Seconds whose shares are reported, for EN 50518 and NFPA 72.
LIMITS = (30, 60, 90, 180)
#: Alarms in ten minutes above which nobody keeps up (EEMUA 191).
PEAK = 10
#: Devices in the list of the loudest.
LOUDEST = 10
#: In the order of the report. Causes, outcomes and classes are parts of it, too.
PARTS = ("person", "unit", "channel", "category", "place", "cls", "cause", "outcome")
ANSWERS = (
    "arrival_view",
    "arrival_claim",
    "arrival_answer",
    "arrival_action",
    "view_claim",
    "view_action",
    "forward_acceptance",
)

Counted = NDArray[np.int64]

_AT = {name: number for number, name in enumerate(MEASURES)}
_RATED = itemgetter(
    *(_AT[one] for one in ("found_staff", "found_device", "problems", "repeaters", "customers"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What a month adds up to, as the store keeps it."""

    #: Dimension, key, and the measures in their order.
    counts: Sequence[tuple[str, str, tuple[int, ...]]]
    loudest: Sequence[tuple[str, tuple[int, ...]]]
    values: Mapping[tuple[str, str], Sequence[int]]


def first_of(month: MonthCode) -> date:
    """Return the first day of a month.

    :raises NotReadable: not of the form ``2026-11``.
    """
    if len(month) != 7:
        raise NotReadable(f"{month!r} is not a month like 2026-11")
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        raise NotReadable(f"{month!r} is not a month like 2026-11") from None


def bounds(month: MonthCode, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when a month begins and ends at the site's civil clock, in UTC.

    :raises NotReadable: not of the form ``2026-11``.
    """
    first = first_of(month)
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    begins, ends = (
        datetime(day.year, day.month, 1, tzinfo=zone).astimezone(UTC) for day in (first, following)
    )
    return begins, ends


def report(
    sums: Sums,
    *,
    site: str,
    site_name: str,
    month: MonthCode,
    zone: ZoneInfo,
    names: Mapping[str, Mapping[str, Any]],
) -> MonthReport:
    """Return the month's report."""
    parts: dict[str, list[Line]] = {part: [] for part in PARTS}
    whole = line("", (0,) * len(MEASURES))
    for dimension, key, counts in sums.counts:
        if dimension == "all":
            whole = line(key, counts)
        elif dimension in parts and any(counts):
            parts[dimension].append(line(key, counts))
    for lines in parts.values():
        lines.sort(key=attrgetter("key"))
    devices = [line(key, counts) for key, counts in sums.loudest]
    values = dict(sorted(sums.values.items()))
    answers = [
        _answer(measure, cls, taken)
        for measure in ANSWERS
        for (of, cls), taken in values.items()
        if of == measure
    ]
    begins, ends = bounds(month, zone)
    return MonthReport(
        site=site,
        site_name=site_name,
        month=month,
        zone=zone.key,
        measures=MEASURES,
        whole=whole,
        parts=parts,
        acceptance=_spreads(values, "acceptance"),
        hops=_spreads(values, "hop"),
        limits=LIMITS,
        answers=answers,
        standards=compared(values),
        load=_loads(values, spans=int((ends - begins).total_seconds()) // SPAN),
        devices=devices,
        names=_used(names, parts, devices, values),
    )


def sums_of(changes: Changes, month: MonthCode) -> Sums:
    """Return what facts and occurrences of one month add up to, counted from nothing."""
    counts = {row: counter.copy() for row, counter in changes.counts.items()}
    for (_, row), (told, repeats) in changes.customers.items():
        counts[row]["customers"] += told > 0
        counts[row]["repeaters"] += repeats > 0
    lines = [
        (row.dimension, row.key, tuple(counter[name] for name in MEASURES))
        for row, counter in counts.items()
        if row.month == month
    ]
    devices = [(key, many) for dimension, key, many in lines if dimension == "device"]
    devices.sort(key=lambda one: (-one[1][_AT["told"]], one[0]))
    return Sums(
        counts=lines,
        loudest=devices[:LOUDEST],
        values={
            (group.measure, group.group): sorted(many.elements())
            for group, many in changes.values.items()
            if group.month == month and many.total()
        },
    )


def nearest(values: Sequence[int], per_mille: int) -> int:
    """Return the smallest value that so many of a thousand do not exceed (nearest rank)."""
    return values[max(0, -(-len(values) * per_mille // 1000) - 1)]


def rate(part: int, whole: int) -> float | None:
    """Return a share to four places, halves rounded up; None: of nothing."""
    return (2 * part * 10_000 + whole) // (2 * whole) / 10_000 if whole else None


def cell(dimension: str, measure: str, key: str) -> str:
    """Return the cell of a sum."""
    return f"{dimension}.{measure}.{quote(key, safe='')}"


def value_cell(measure: str, group: str, limit: int | None = None) -> str:
    """Return the cell of the values of a group, or of those within a limit."""
    within = "-" if limit is None else str(limit)
    return f"t.{measure}.{within}.{quote(group, safe=':*')}"


def line(key: str, counts: tuple[int, ...]) -> Line:
    """Return the sums of one key with its rates."""
    by_staff, by_device, problems, repeaters, customers = _RATED(counts)
    return Line(
        key=key,
        counts=counts,
        found_first=rate(by_staff + by_device, problems),
        repeat_rate=rate(repeaters, customers),
    )


def _spread(measure: str, group: str, values: Sequence[int]) -> Spread:
    return Spread(
        cell=value_cell(measure, group),
        group=group,
        n=len(values),
        median=nearest(values, 500) if values else None,
        p90=nearest(values, 900) if values else None,
        # Of hops alone: what relays have cost. Adding up a month of acceptances takes too long.
        total=sum(values) if measure == "hop" else None,
    )


def _spreads(values: Mapping[tuple[str, str], Sequence[int]], measure: str) -> list[Spread]:
    return [
        _spread(measure, group, taken) for (of, group), taken in values.items() if of == measure
    ]


def _answer(measure: str, cls: str, values: Sequence[int]) -> Answer:
    return Answer(
        measure=measure,
        cls=cls,
        n=len(values),
        within=tuple(bisect_right(values, limit) for limit in LIMITS),
        p50=nearest(values, 500),
        p80=nearest(values, 800),
        p98_5=nearest(values, 985),
    )


def _loads(values: Mapping[tuple[str, str], Sequence[int]], *, spans: int) -> list[Load]:
    loads = []
    for (measure, operator), taken in values.items():
        if measure != "load":
            continue
        spans_of, alarms = _in_spans(taken)
        peak = int(alarms.max())
        counted = len(alarms) if operator else spans
        loads.append(
            Load(
                operator=operator,
                n=len(taken),
                spans=counted,
                average=rate(len(taken), counted) or 0.0,
                peak=peak,
                # In their order: the first is the earliest.
                peak_span=int(spans_of[alarms.argmax()]),
                above=int((alarms > PEAK).sum()),
            )
        )
    return loads


def _in_spans(taken: Sequence[int]) -> tuple[Counted, Counted]:
    """Return the spans, in their order, and how many fell into each."""
    ordered = np.asarray(taken, dtype=np.int64)
    firsts = np.flatnonzero(np.diff(ordered, prepend=-1))
    return ordered[firsts], np.diff(firsts, append=len(ordered))


def _used(
    names: Mapping[str, Mapping[str, Any]],
    parts: Mapping[str, Collection[Line]],
    devices: Collection[Line],
    values: Mapping[tuple[str, str], Sequence[int]],
) -> dict[str, dict[str, Any]]:
    """Return the names of what the report mentions, so that it can be read in ten years."""
    codes = {dimension: {line.key for line in lines} for dimension, lines in parts.items()}
    codes["person"] |= {group for measure, group in values if measure == "load"}
    codes["device"] = {line.key for line in devices}
    return {
        dimension: {code: known[code] for code in sorted(codes[dimension]) if code in known}
        for dimension, known in names.items()
    }
