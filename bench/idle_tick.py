"""A tick for which nothing is due, with a thousand and with a million open issues.

Issues and reports are copies of one that the product made itself, copied by the database. Beside
it stands the bare probe: the first entry of the index of due times, asked by plain SQL.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa

from bench.events import now, payloads
from bench.figure import Figure
from bench.spool_to_report import postgresql
from core.facts import cloudevent
from core.monitoring import intake
from core.store import tables
from core.store.database import Database
from core.tick import tick
from tests.prove.installation import Installation

SIZES = (1_000, 100_000, 1_000_000)
TICKS = 501
#: Of these, not counted.
WARMING = 50
#: From a thousand to a million it may take so much longer.
MOST = 1.2

_PROBE = sa.text(
    "SELECT next_due_at FROM issue WHERE next_due_at IS NOT NULL ORDER BY next_due_at LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Ticks:
    """Milliseconds of the tick and of the bare probe, by how many issues are open."""

    tick: Mapping[int, float]
    probe: Mapping[int, float]

    @property
    def growth(self) -> tuple[float, float]:
        """How much longer both take at the most issues than at the fewest."""
        first, last = min(self.tick), max(self.tick)
        return self.tick[last] / self.tick[first], self.probe[last] / self.probe[first]

    def words(self) -> str:
        """Return the milliseconds as one reads them."""
        return ", ".join(f"{many:,}: {took:.3f} ms" for many, took in self.tick.items())


def measure(folder: Path, *, sizes: Sequence[int] = SIZES) -> tuple[Figure, Sequence[str]]:
    """Return the worse engine's growth, and what was seen on both."""
    sqlite = _ticks(folder / "sqlite", lambda _: None, sizes)
    with postgresql(folder / "postgresql") as fresh:
        postgres = _ticks(folder / "postgresql", fresh, sizes)
    growths = [sqlite.growth, postgres.growth]
    value, beside = max(growths)
    figure = Figure(
        name="idle_tick_growth_1k_to_1m",
        value=value,
        unit="times",
        beside=beside,
        peer="the bare index probe's own growth",
        goal=f"at most {MOST} times, SQLite and PostgreSQL",
        kept=value <= MOST,
        rounds=growths,
    )
    return figure, [f"SQLite {sqlite.words()}", f"PostgreSQL {postgres.words()}"]


def _ticks(folder: Path, url: Callable[[str], str | None], sizes: Sequence[int]) -> Ticks:
    """Measure all sizes in turn, tick by tick, so that a busy minute meets all of them."""
    at = now()
    stores = {many: filled(folder / str(many), url(f"idle_{many}"), many, at) for many in sizes}
    ticks: dict[int, list[float]] = {many: [] for many in sizes}
    probes: dict[int, list[float]] = {many: [] for many in sizes}
    with ExitStack() as ending:
        readers = {}
        for many, database in stores.items():
            ending.callback(database.close)
            readers[many] = ending.enter_context(database.read()).connection
        for _ in range(TICKS):
            for many, database in stores.items():
                ticks[many].append(_timed(partial(tick, database, now=at)))
                probes[many].append(_timed(partial(_probe, readers[many])))
    return Ticks(
        {many: median(took[WARMING:]) for many, took in ticks.items()},
        {many: median(took[WARMING:]) for many, took in probes.items()},
    )


def filled(folder: Path, url: str | None, many: int, at: datetime) -> Database:
    """Return a store with so many open issues, none of which is due."""
    place = Installation(folder, stations={"native": 1}, database_url=url)
    place.provide()
    database = place.database()
    (_, payload), *_ = payloads(1, run="i", stations=1)
    with database.begin() as store:
        intake.receive(store, [cloudevent.decode(payload)], now=at)
        # Nobody rings any more.
        store.connection.execute(sa.update(tables.report).values(call_state="answered"))
    _grow(database, many)
    return database


def _probe(connection: sa.Connection) -> None:
    connection.execute(_PROBE).all()


def _timed(act: Callable[[], object]) -> float:
    """Return how long it takes, in milliseconds."""
    began = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - began)


def _grow(database: Database, many: int) -> None:
    """Copy issues and reports until there are so many of each."""
    with database.begin() as store:
        if database.dialect == "postgresql":
            # Checked row by row with a plan made for an empty table, the copies would take hours.
            store.connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        have = store.connection.scalar(sa.select(sa.func.max(tables.issue.c.number))) or 0
        while have < many:
            more = min(have, many - have)
            _copy(store.connection, tables.issue, have, more, moved=("number",))
            _copy(store.connection, tables.report, have, more, moved=("number", "issue"))
            have += more
    if database.dialect == "postgresql":
        with database.begin() as store:
            store.connection.execute(sa.text("ANALYZE"))  # as autovacuum would have by then


def _copy(
    connection: sa.Connection, table: sa.Table, by: int, many: int, *, moved: Sequence[str]
) -> None:
    """Insert copies of the first ``many`` rows, numbered ``by`` higher."""
    columns: list[sa.ColumnElement[Any]] = []
    for column in table.columns:
        if column.name in moved:
            columns.append(column + by)
        elif column.name == "call_key":
            columns.append(sa.literal("copy-") + sa.cast(table.c.number + by, sa.String))
        else:
            columns.append(column)
    rows = sa.select(*columns).where(table.c.number <= many)
    connection.execute(sa.insert(table).from_select([one.name for one in table.columns], rows))
