"""A month's report and the way of sixty months, over a long journal, beside counting raw rows.

Facts, sums and the journal are filled in bulk, as many months as the journal is long, each month as
large as the next. What stands beside is the same question asked of the raw rows: counts by person
and unit of one month, and by unit of all of them, straight from the facts with their index.
"""

import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from statistics import median

import sqlalchemy as sa

from api import lasting
from bench.cpu import Cpu
from bench.events import now
from bench.figure import Figure
from bench.spool_to_report import postgresql
from core.facts.device import CallKey, DeviceEvent, EventId, EventType, SiteCode, Source, System
from core.facts.month import MEASURES, MonthCode
from core.facts.report import Channel, ReportClass
from core.monitoring import intake
from core.statistics import reading, service
from core.statistics.month import ANSWERS
from core.store import bulk, tables
from core.store.database import Database
from core.tick import READ
from tests.prove.installation import Installation

#: One issue has so many entries of the journal.
ENTRIES = 10
ISSUES_A_MONTH = 16_666
REPORTERS, UNITS, PLACES, DEVICES = 500, 12, 100, 200
ROUNDS = 21
SITE = SiteCode("bench-months")


def measure(folder: Path, *, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
    """Return the figures of SQLite, what PostgreSQL took, and what upkeep costs."""
    entries = (100_000, 1_000_000) if quick else (1_000_000, 10_000_000)
    sqlite = _engine(folder / "sqlite", lambda _: None, entries)
    with postgresql(folder / "postgresql") as fresh:
        postgres = _engine(folder / "postgresql", fresh, entries)
    upkeep = _upkeep(folder / "upkeep", events=5_000 if quick else 20_000)
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
        _filled(folder / "short", url("months_short"), entries[0]) as short,
        _filled(folder / "long", url("months_long"), entries[1]) as long,
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


# --- filling --------------------------------------------------------------------------------------


@contextmanager
def _filled(folder: Path, url: str | None, entries: int) -> Iterator[Database]:
    place = Installation(folder, stations={"native": 1}, database_url=url)
    place.provide()
    database = place.database()
    months = [_month(at) for at in range(max(1, entries // ENTRIES // ISSUES_A_MONTH))]
    with database.begin() as store:
        if database.dialect == "postgresql":
            store.connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        site = {"code": SITE, "name": "bench", "zone": "Asia/Shanghai"}
        store.connection.execute(sa.insert(tables.site), site)
        _people(store.connection)
        for at, month in enumerate(months):
            _fill(store.connection, at, month)
        _journal(store.connection, entries)
    if database.dialect == "postgresql":
        with database.begin() as store:
            store.connection.execute(sa.text("ANALYZE"))  # as autovacuum would have by then
    try:
        yield database
    finally:
        database.close()


def _month(at: int) -> MonthCode:
    return MonthCode(f"{2022 + at // 12}-{at % 12 + 1:02d}")


def _people(connection: sa.Connection) -> None:
    bulk.add(
        connection,
        tables.unit,
        [
            {"site": SITE, "code": f"u{n}", "name": f"单位{n}", "kind": "subcontractor"}
            for n in range(UNITS)
        ],
    )
    bulk.add(
        connection,
        tables.person,
        [
            {
                "site": SITE,
                "code": f"p{n}",
                "name": f"员工{n}",
                "unit": f"u{n % UNITS}",
                "roles": [],
                "active": True,
            }
            for n in range(REPORTERS)
        ],
    )
    bulk.add(
        connection,
        tables.place,
        [
            {"site": SITE, "code": f"l{n}", "name": f"地点{n}", "parent": None}
            for n in range(PLACES)
        ],
    )


def _fill(connection: sa.Connection, at: int, month: MonthCode) -> None:
    """One month: its facts, its sums, its values, as the stage would have left them."""
    dice = Random(at)  # noqa: S311 - for a bench
    first = datetime.combine(date.fromisoformat(f"{month}-01"), datetime.min.time(), tzinfo=UTC)
    channels, classes = list(Channel), list(ReportClass)
    bulk.add(
        connection,
        tables.issue_fact,
        [
            {
                "site": SITE,
                "issue": at * ISSUES_A_MONTH + n + 1,
                "month": month,
                "reported_at": first + timedelta(seconds=100 * n),
                "reported_on": (first + timedelta(seconds=100 * n)).date(),
                "channel": channels[n % len(channels)].value,
                "cls": classes[n % len(classes)].value,
                "found_by": "staff",
                "person": f"p{n % REPORTERS}",
                "unit": f"u{n % UNITS}",
                "category": "litter",
                "place": f"l{n % PLACES}",
                "hops": 0,
                "hop_seconds": [],
                "to_be_identified": False,
                "repeat": False,
                "merged": False,
                "arrived_at": first + timedelta(seconds=100 * n),
                "on_the_spot": False,
                "dismissed": None,
                "reopened": 0,
                "seq": n,
            }
            for n in range(ISSUES_A_MONTH)
        ],
    )
    keys = {
        "all": [""],
        "person": [f"p{n}" for n in range(REPORTERS)],
        "unit": [f"u{n}" for n in range(UNITS)],
        "place": [f"l{n}" for n in range(PLACES)],
        "channel": [one.value for one in channels],
        "category": [f"c{n}" for n in range(20)],
        "cls": [one.value for one in classes],
        "device": [f"d{n}" for n in range(DEVICES)],
    }
    bulk.add(
        connection,
        tables.month_count,
        [
            {
                "site": SITE,
                "month": month,
                "dimension": dimension,
                "key": key,
                **{name: dice.randrange(1, 99) for name in MEASURES},
            }
            for dimension, many in keys.items()
            for key in many
        ],
    )
    hops = ("0", "1", "2", "3")
    groups = [("acceptance", f"{one.value}:{hop}", 0.1) for one in channels for hop in hops]
    groups += [("acceptance", f"{one.value}:*", 0.4) for one in channels]
    groups += [("acceptance", f"*:{hop}", 1.1) for hop in hops] + [("acceptance", "*:*", 4.4)]
    groups += [(measure, one.value, 1.0) for measure in ANSWERS for one in classes]
    groups += [("load", "", 5.0)] + [("load", f"p{n}", 1.25) for n in range(4)]
    each = ISSUES_A_MONTH // len(classes)
    connection.execute(
        sa.insert(tables.month_value),
        [
            {
                "site": SITE,
                "month": month,
                "measure": measure,
                "group": group,
                "sorted": _values(dice, int(each * part / 1.1), measure),
            }
            for measure, group, part in groups
        ],
    )


def _values(dice: Random, many: int, measure: str) -> bytes:
    """Return values in order: seconds, or which of a month's spans of ten minutes."""
    most = 4_464 if measure == "load" else 20_000
    return array("I", sorted(dice.randrange(most) for _ in range(many))).tobytes()


_JOURNAL = sa.text(
    "WITH RECURSIVE counted(n) AS"
    " (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n + 1 < :entries)"
    ' INSERT INTO journal (site, issue, ordinal, kind, at, "by", body, hash)'
    " SELECT :site, 1 + n / :each, 1 + n % :each, 'noted', :at, 'p1', :body, '0' FROM counted"
).bindparams(sa.bindparam("at", type_=tables.journal.c.at.type))


def _journal(connection: sa.Connection, entries: int) -> None:
    """Let the database itself make a journal of that length."""
    body = '{"words":"看过，正常"}'
    said = {"entries": entries, "each": ENTRIES, "site": SITE, "at": now(), "body": body}
    connection.execute(_JOURNAL, said)


# --- upkeep ---------------------------------------------------------------------------------------


def _upkeep(folder: Path, *, events: int) -> Figure:
    """Return what statistics cost beside the core's intake alone, in a storm, by CPU time."""
    place = Installation(folder, stations={"native": 1}, database_url=None)
    place.provide()
    database = place.database()
    lasting.set_aside()  # as the centre does
    try:
        rounds = [_storm(database, events // 3, number) for number in range(3)]
    finally:
        database.close()
    read, taken = (median(one[at] for one in rounds) for at in (1, 0))
    return Figure(
        name="statistics_upkeep",
        value=read,
        unit="µs/event",
        beside=taken,
        peer="core.monitoring.intake alone, without gateway and HTTP, by CPU time",
        goal="at most 10 % of the 250 µs an event has at 4,000/s from spool to report",
        kept=read <= 25,
        rounds=[(one[1], one[0]) for one in rounds],
    )


def _storm(database: Database, events: int, number: int) -> tuple[float, float]:
    at = now()
    with database.read() as store:
        site = next(code for code in store.sites.codes() if code != SITE)
        device = store.sites.devices(site)[0].device.code
    told = [
        DeviceEvent(
            event_id=EventId(f"{number}-{n}"),
            source=Source(site, System.ACCESS_CONTROL, device),
            type=EventType.INTERCOM_RINGING,
            occurred_at=at,
            call=CallKey(f"{number}-{n}"),
        )
        for n in range(events)
    ]
    begun = time.process_time()
    for start in range(0, events, 500):
        with database.begin() as store:
            intake.receive(store, told[start : start + 500], now=at)
    received = time.process_time()
    many = READ
    while many == READ:
        with database.begin() as store:
            many = service.read(store, site=site, now=at, limit=READ)
    read = time.process_time()
    return 1e6 * (received - begun) / events, 1e6 * (read - received) / events
