"""From a full spool to reports committed at the centre, over HTTP, on one core of the centre.

Broker and gateway have the other core. Every event is a press that opens a report, an issue and
the first entry of its journal: four rows. Beside it stands the same rows inserted by the bare
driver in the same batches, on the same core: no HTTP, no JSON, no thought.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil
import psycopg
import sqlalchemy as sa
from psycopg.types.json import Jsonb

from bench.events import now, payloads
from bench.figure import Figure, medians
from core.facts import cloudevent
from core.rules import rules
from core.store import tables
from core.store.database import Database
from gateway.spool import Spool, told
from tests import postgresql_server
from tests.prove import oracle
from tests.prove.installation import Installation

#: Events in one commit, the product's own batch.
BATCH = 500
STATIONS = 20
#: The centre, with its database, may use this core alone; everything else has the other.
CENTRE_CORE, OTHER_CORE = 1, 0
ENOUGH, AIM = 4_000, 12_000
#: Which part of the events comes before the database is settled, and before time is taken.
SETTLED, WARM = 0.05, 0.20
#: Seconds between two looks at how far it is, and until it is given up.
LOOK, PATIENCE = 0.05, 180.0

_COPIED = (tables.device_event, tables.issue, tables.journal, tables.report)


def measure_sqlite(folder: Path, *, events: int, rounds: int) -> Figure:
    """Return reports per second on SQLite."""
    measured = []
    for number in range(rounds):
        place = folder / f"sqlite-{number}"
        rate, url = _round(place, None, events)
        measured.append((rate, _bare_sqlite(url, place / "bare.sqlite")))
    return _figure("spool_to_report_sqlite", "SQLite", measured)


def measure_postgresql(folder: Path, *, events: int, rounds: int) -> Figure:
    """Return reports per second on PostgreSQL, which shares the centre's core."""
    measured = []
    with postgresql(folder) as fresh:
        for number in range(rounds):
            rate, url = _round(folder / f"postgresql-{number}", fresh("product"), events)
            measured.append((rate, _bare_postgresql(url, fresh("bare"))))
    return _figure("spool_to_report_postgresql", "psycopg", measured)


@contextmanager
def postgresql(folder: Path) -> Iterator[Callable[[str], str]]:
    """Run a durable server on the centre's core; yields what makes a fresh database."""
    home = folder / "server"
    home.mkdir(parents=True)
    server, pid = postgresql_server.start(home, durable=True)
    for process in (psutil.Process(pid), *psutil.Process(pid).children()):
        process.cpu_affinity([CENTRE_CORE])

    def fresh(name: str) -> str:
        plain = server.replace("postgresql+psycopg://", "postgresql://")
        with psycopg.connect(plain, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            admin.execute(f'CREATE DATABASE "{name}"')
        return server.rsplit("/", 1)[0] + f"/{name}"

    try:
        yield fresh
    finally:
        psutil.Process(pid).send_signal(3)
        psutil.Process(pid).wait(30)


def _figure(name: str, driver: str, measured: Sequence[tuple[float, float]]) -> Figure:
    value, beside = medians(measured)
    return Figure(
        name=name,
        value=value,
        unit="events/s",
        beside=beside,
        peer=f"the same four rows each by bare {driver}, same batches, same core",
        goal=f"at least {ENOUGH}/s, aim {AIM}/s",
        kept=value >= ENOUGH,
        rounds=measured,
    )


def _round(folder: Path, url: str | None, events: int) -> tuple[float, str]:
    """Fill a spool, let it run to the centre, and return the rate at which reports appeared."""
    place = Installation(
        folder,
        stations={"native": STATIONS},
        database_url=url,
        cores=(OTHER_CORE, CENTRE_CORE),
    )
    place.provide()
    _fill(place.gateway_data, events)
    database = oracle.read_only(place.url)
    try:
        place.start(place.broker, place.centre)
        place.gateway.start()
        rate = _rate(database, events)
    finally:
        place.end()
        database.dispose()
    return rate, place.url


def _fill(folder: Path, many: int) -> None:
    spool = Spool(folder)
    batch = []
    for _, payload in payloads(many, run="b", stations=STATIONS):
        batch.append(told(cloudevent.decode(payload), at=now()))
    spool.put(batch)
    spool.close()


def _rate(database: sa.Engine, events: int) -> float:
    """Watch the reports' counter; the first fifth is warming up."""
    seen = [(time.monotonic(), 0)]
    settled = False
    # One connection: a new one for each look would cost the core that is measured.
    with database.execution_options(isolation_level="AUTOCOMMIT").connect() as watching:
        while seen[-1][1] < events:
            if time.monotonic() - seen[0][0] > PATIENCE:
                raise TimeoutError(f"{seen[-1][1]} of {events} after {PATIENCE:.0f} s")
            done = watching.scalar(sa.text("SELECT coalesce(max(value), 0) FROM counter")) or 0
            if done > seen[-1][1]:
                seen.append((time.monotonic(), int(done)))
            if not settled and done >= events * SETTLED:
                settled = True
                _settle(database)
            time.sleep(LOOK)
    warm = next(one for one in seen if one[1] >= events * WARM)
    return (seen[-1][1] - warm[1]) / (seen[-1][0] - warm[0])


def _settle(database: sa.Engine) -> None:
    """Do what autovacuum does to a new database within its first minute.

    PostgreSQL plans the check of a foreign key once for an empty table, where any index that
    begins with the site seems as good as the right one, and keeps the plan until it has counted.
    """
    if database.dialect.name == "postgresql":
        with database.connect() as connection:
            connection.execute(sa.text("ANALYZE"))
            connection.commit()


def _rows(url: str) -> list[tuple[sa.Table, list[tuple[Any, ...]]]]:
    """Read back what the centre has written: these very rows are what the peer inserts."""
    engine = oracle.read_only(url)
    with engine.connect() as connection:
        found = [
            (table, [tuple(row) for row in connection.execute(sa.text(_select(table)))])
            for table in _COPIED
        ]
    engine.dispose()
    return found


def _select(table: sa.Table) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    key = ", ".join(f'"{column.name}"' for column in table.primary_key)
    return f"SELECT {names} FROM {table.name} ORDER BY {key}"  # noqa: S608 - names of our tables


def _insert(table: sa.Table, mark: str) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    marks = ", ".join(mark for _ in table.columns)
    return f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608 - likewise


def _prepared(url: str, source: str) -> None:
    """Make the tables, and the few rows that the others refer to."""
    database = Database.open(url, rules=rules())
    database.migrate()
    original = oracle.read_only(source)
    with database.begin() as store, original.connect() as connection:
        for table in (tables.site, tables.place, tables.unit, tables.person, tables.device):
            rows = [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            store.connection.execute(sa.insert(table), rows)
    original.dispose()
    database.close()


def _bare_sqlite(source: str, file: Path) -> float:
    rows = _rows(source)
    _prepared(f"sqlite:///{file}", source)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

        def insert(start: int, end: int) -> None:
            connection.execute("BEGIN IMMEDIATE")
            for table, all_rows in rows:
                connection.executemany(_insert(table, "?"), all_rows[start:end])
            connection.execute("COMMIT")

        return _bare_rate(insert, lambda: None, len(rows[0][1]))


def _bare_postgresql(source: str, url: str) -> float:
    rows = [(table, [tuple(map(_adapted, row)) for row in found]) for table, found in _rows(source)]
    _prepared(url, source)
    settling = oracle.read_only(url)
    with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://")) as connection:

        def insert(start: int, end: int) -> None:
            with connection.transaction(), connection.cursor() as cursor:
                for table, all_rows in rows:
                    cursor.executemany(_insert(table, "%s"), all_rows[start:end])

        rate = _bare_rate(insert, lambda: _settle(settling), len(rows[0][1]))
    settling.dispose()
    return rate


def _bare_rate(insert: Callable[[int, int], None], settle: Callable[[], None], many: int) -> float:
    """Insert in the product's batches, on the centre's core; warming up likewise."""
    settled = False
    timed_from, began = 0, 0.0
    with _on_core(CENTRE_CORE):
        for start, end in pairwise([*range(0, many, BATCH), many]):
            if not settled and start >= many * SETTLED:
                settled = True
                settle()
            if not began and start >= many * WARM:
                timed_from, began = start, time.perf_counter()
            insert(start, end)
        return (many - timed_from) / (time.perf_counter() - began)


def _adapted(value: object) -> object:
    return Jsonb(value) if isinstance(value, dict | list) else value


@contextmanager
def _on_core(core: int) -> Iterator[None]:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
