"""A month's report as a book of tables, in the language of whoever reads it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from api.documents.book import Book, Sheet, Value
from api.documents.words import Language, word
from core.facts.days import SiteDays
from core.facts.month_report import Line, MonthReport, Standard
from core.store.closed_months import Closed

#: What tables by person, unit and so on show; the first table shows everything.
_SHOWN = (
    "told",
    "problems",
    "found_staff",
    "found_device",
    "found_customer",
    "found_unknown",
    "found_first",
    "customers",
    "repeaters",
    "repeat_rate",
    "on_the_spot",
    "escalations",
    "missed",
    "complaints",
    "grievances",
    "praises",
    "promises_broken",
)
_SHARES = frozenset(
    at for at, name in enumerate(("key", *_SHOWN)) if name in {"found_first", "repeat_rate"}
)
#: Dimensions whose codes have names in the report itself; the others are words of ours.
_NAMED = frozenset({"person", "unit", "place", "category", "device"})
_TABLES = ("unit", "person", "channel", "category", "place", "cls")
_FEW = ("cause", "outcome")


def book(report: MonthReport, *, closed: Closed | None, days: SiteDays, language: Language) -> Book:
    """Return the report's tables; of a closed month with its hash and the moment of closing."""
    tables = _Tables(report, language)
    if closed is None:
        subtitle = word(language, "said", "open")
    else:
        at = days.text(closed.closed_at)
        subtitle = word(language, "said", "closed", at=at, sha=closed.sha256[:16])
    return Book(
        title=word(language, "said", "title", site=report.site_name, month=report.month),
        subtitle=subtitle,
        signed=word(language, "said", "signed"),
        sheets=list(tables.all()),
    )


class _Tables:
    def __init__(self, report: MonthReport, language: Language) -> None:
        self._report = report
        self._language = language

    def all(self) -> Iterator[Sheet]:
        yield self._whole()
        for dimension in _TABLES:
            yield self._part(dimension, self._report.parts[dimension])
        yield self._acceptance()
        yield self._hops()
        yield self._answers()
        yield self._standards()
        yield self._load()
        yield self._devices()
        for dimension in _FEW:
            lines = self._report.parts[dimension]
            rows = [(self.name(dimension, one.key), self._sums(one)["told"]) for one in lines]
            yield self._sheet(dimension, ("key", "n"), rows)

    # --- words --------------------------------------------------------------------------------

    def name(self, dimension: str, key: str) -> str:
        """Return what people call a key; a code without a name stays as it is."""
        if not key:
            return word(self._language, "said", "nobody")
        if dimension not in _NAMED:
            return word(self._language, dimension, key)
        known = self._report.names.get(dimension, {}).get(key, key)
        return known if isinstance(known, str) else known[self._language]

    def _said(self, code: str, **values: object) -> str:
        return word(self._language, "said", code, **values)

    def _measure(self, name: str) -> str:
        return word(self._language, "measure", name)

    def _column(self, name: str) -> str:
        return word(self._language, "column", name)

    def _sheet(
        self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Value]], **more: Any
    ) -> Sheet:
        named = [self._column(one) for one in columns]
        return Sheet(title=word(self._language, "table", table), columns=named, rows=rows, **more)

    # --- tables -------------------------------------------------------------------------------

    def _whole(self) -> Sheet:
        whole = self._report.whole
        rates = [("found_first", whole.found_first), ("repeat_rate", whole.repeat_rate)]
        rows: list[tuple[Value, ...]] = [
            (self._measure(name), "–" if rate is None else f"{rate:.1%}") for name, rate in rates
        ]
        rows += [(self._measure(name), many) for name, many in self._sums(whole).items()]
        return self._sheet("whole", ("key", "n"), rows)

    def _part(self, dimension: str, lines: Sequence[Line]) -> Sheet:
        rows = [(self.name(dimension, one.key), *self._cells(one)) for one in lines]
        rows.append((self._said("all"), *self._cells(self._report.whole)))
        return Sheet(
            title=word(self._language, "table", dimension),
            columns=[self._column("key"), *(self._measure(name) for name in _SHOWN)],
            rows=rows,
            shares=_SHARES,
        )

    def _cells(self, line: Line) -> list[Value]:
        values: dict[str, Value] = {
            **self._sums(line),
            "found_first": line.found_first,
            "repeat_rate": line.repeat_rate,
        }
        return [values[name] for name in _SHOWN]

    def _sums(self, line: Line) -> Mapping[str, int]:
        return dict(zip(self._report.measures, line.counts, strict=True))

    def _hop(self, hops: str) -> str:
        if hops == "*":
            return self._said("all")
        return self._said("and_more", n=hops) if hops == "3" else hops

    def _acceptance(self) -> Sheet:
        rows = []
        for one in self._report.acceptance:
            channel, hops = one.group.split(":")
            named = self._said("all") if channel == "*" else self.name("channel", channel)
            rows.append((named, self._hop(hops), one.n, one.median, one.p90))
        return self._sheet("acceptance", ("channel", "hops", "n", "median", "p90"), rows)

    def _hops(self) -> Sheet:
        rows = [
            (self._hop(one.group), one.n, one.median, one.p90, one.total)
            for one in self._report.hops
        ]
        return self._sheet("hops", ("hops", "n", "median", "p90", "total"), rows)

    def _time(self, measure: str) -> str:
        return word(self._language, "time", measure)

    def _answers(self) -> Sheet:
        within = [word(self._language, "column", "within", n=one) for one in self._report.limits]
        names = ("time", "cls", "n")
        shares = range(len(names), len(names) + len(within))
        return Sheet(
            title=word(self._language, "table", "answers"),
            columns=[
                *(self._column(one) for one in names),
                *within,
                *(self._column(one) for one in ("p50", "p80", "p98_5")),
            ],
            rows=[
                (
                    self._time(one.measure),
                    self.name("cls", one.cls),
                    one.n,
                    *(round(many / one.n, 4) for many in one.within),
                    one.p50,
                    one.p80,
                    one.p98_5,
                )
                for one in self._report.answers
            ],
            shares=frozenset(shares),
        )

    def _standards(self) -> Sheet:
        names = ("standard", "cls", "time", "asked", "share", "met", "status")
        rows = [self._standard(one) for one in self._report.standards]
        return self._sheet("standards", names, rows)

    def _standard(self, one: Standard) -> tuple[Value, ...]:
        asked, share, met = self._said("no_seconds"), None, None
        if one.wanted is not None:
            asked = f"{one.wanted:g}% ≤ {one.seconds} s"
            share = f"{one.within}/{one.n} = {one.within / one.n:.1%}"
            met = self._said("yes" if one.met else "no")
        named = (one.standard, self.name("cls", one.cls), self._time(one.measure))
        return (*named, asked, share, met, self._said(one.status))

    def _load(self) -> Sheet:
        rows = [
            (
                self.name("person", one.operator) if one.operator else self._said("centre"),
                one.n,
                one.spans,
                one.average,
                one.peak,
                one.above,
            )
            for one in self._report.load
        ]
        return self._sheet("load", ("operator", "n", "spans", "average", "peak", "above"), rows)

    def _devices(self) -> Sheet:
        names = ("told", "dismissed", "stale", "standing")
        return Sheet(
            title=word(self._language, "table", "devices"),
            columns=[self._column("key"), *(self._measure(name) for name in names)],
            rows=[
                (self.name("device", one.key), *(self._sums(one)[name] for name in names))
                for one in self._report.devices
            ],
        )
