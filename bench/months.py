"""A month's report and the way of sixty months, over a long journal, beside counting raw rows.

Facts, sums and the journal are filled in bulk, as many months as the journal is long, each month as
large as the next. What stands beside is the same question asked of the raw rows: counts by person
and unit of one month, and by unit of all of them, straight from the facts with their index.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from bench.cpu import Cpu
from bench.figure import Figure
from bench.months_filled import SITE, filled
from bench.months_upkeep import upkeep_of
from bench.spool_to_report import postgresql
from core.statistics import reading
from core.store import tables
from core.store.database import Database

ROUNDS = 21


def measure(folder: Path, *, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
    """Return the figures of SQLite, what PostgreSQL took, and what upkeep costs."""
    entries = (100_000, 1_000_000) if quick else (1_000_000, 10_000_000)
    sqlite = _engine(folder / "sqlite", lambda _: None, entries)
    with postgresql(folder / "postgresql") as fresh:
        postgres = _engine(folder / "postgresql", fresh, entries)
    upkeep = upkeep_of(folder / "upkeep", events=5_000 if quick else 20_000)
    remarks = [
        f"{name}: one month {took.one} beside {took.raw_one} raw; all {took.months} months"
        f" {took.all} beside {took.raw_all} raw; {took.growth:.2f} times by CPU,"
        f" {took.growth_by_wall:.2f} by the wall, from {entries[0]:,} to {entries[1]:,} entries"
        for name, took in (("SQLite", sqlite), ("PostgreSQL", postgres))
    ]
    worse = max((sqlite, postgres), key=lambda took: took.one.wall)
    slower = max((sqlite, postgres), key=lambda took: took.all.wall)
    growth = max(sqlite.growth, postgres.growth)
    return [
        Figure(
            name="month_report",
            value=worse.one.wall,
            unit="ms",
            beside=worse.raw_one.wall,
            peer="counting the raw facts of that month by person and unit",
            goal="at most 10 ms, SQLite and PostgreSQL",
            kept=worse.one.wall <= 10,
        ),
        Figure(
            name="months_trend",
            value=slower.all.wall,
            unit="ms",
            beside=slower.raw_all.wall,
            peer="counting the raw facts of all months by unit",
            goal="60 months at most 250 ms",
            kept=slower.all.wall <= 250,
        ),
        Figure(
            name="month_report_growth",
            value=growth,
            unit="times",
            beside=1.2,
            peer="the limit",
            goal=f"at most 1.2 times from {entries[0]:,} to {entries[1]:,} entries",
            kept=growth <= 1.2,
        ),
        upkeep,
    ], remarks


@dataclass(frozen=True, slots=True)
class _Time:
    """Milliseconds of one question."""

    wall: float
    #: CPU of this process and of PostgreSQL's for it, while others are at work here too.
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:.2f} ms (CPU {self.cpu:.2f})"


class _Took:
    """The times of both histories; those of the longer one, and how the month has grown."""

    def __init__(self, short: dict[str, _Time], long: dict[str, _Time], *, months: int) -> None:
        self.one, self.raw_one = long["one"], long["raw_one"]
        self.all, self.raw_all = long["all"], long["raw_all"]
        self.growth = long["one"].cpu / short["one"].cpu
        self.growth_by_wall = long["one"].wall / short["one"].wall
        self.months = months


def _engine(folder: Path, url: Callable[[str], str | None], entries: Sequence[int]) -> _Took:
    with (
        filled(folder / "short", url("months_short"), entries[0]) as short,
        filled(folder / "long", url("months_long"), entries[1]) as long,
    ):
        # Round by round, so that a busy minute meets both.
        took = [(_round(short), _round(long)) for _ in range(ROUNDS)]
        with long.read() as store:
            months = len(store.month_sums.months(SITE))
    return _Took(*(_medians([pair[at] for pair in took]) for at in (0, 1)), months=months)


def _medians(rounds: Sequence[dict[str, _Time]]) -> dict[str, _Time]:
    return {
        name: _Time(
            wall=median(one[name].wall for one in rounds),
            cpu=median(one[name].cpu for one in rounds),
        )
        for name in rounds[0]
    }


def _round(database: Database) -> dict[str, _Time]:
    with database.read() as store:
        months = store.month_sums.months(SITE)
        one = months[len(months) // 2]
        fact = tables.issue_fact
        problems = sa.func.sum(sa.case((fact.c.dismissed.is_(None), 1), else_=0))
        by_person = (
            sa.select(fact.c.person, fact.c.unit, sa.func.count(), problems)
            .where(fact.c.site == SITE, fact.c.month == one)
            .group_by(fact.c.person, fact.c.unit)
        )
        by_unit = (
            sa.select(fact.c.month, fact.c.unit, sa.func.count(), problems)
            .where(fact.c.site == SITE)
            .group_by(fact.c.month, fact.c.unit)
        )
        cpu = Cpu(store)
        return {
            "one": _timed(cpu, partial(reading.of_month, store, site=SITE, month=one)),
            "all": _timed(cpu, partial(reading.trend, store, site=SITE, months=months)),
            "raw_one": _timed(cpu, lambda: store.connection.execute(by_person).all()),
            "raw_all": _timed(cpu, lambda: store.connection.execute(by_unit).all()),
        }


def _timed(cpu: Cpu, act: Callable[[], object]) -> _Time:
    begun, used = time.perf_counter(), cpu.seconds()
    act()
    return _Time(wall=1_000 * (time.perf_counter() - begun), cpu=1_000 * (cpu.seconds() - used))
