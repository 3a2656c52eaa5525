"""A hundred thousand steps fall due in one second, and the tick drains them on PostgreSQL.

Issues are copies of one that the product made, reported in the same hour; each is called in with
its journal entry, its notice and its next due time, which may not wait; what may, as statistics,
follows and is told apart. Beside it the same rows written by plain SQL, one statement a table:
what the database alone asks for.
"""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from api import lasting
from bench.cpu import Cpu
from bench.events import now
from bench.figure import Figure
from bench.idle_tick import filled
from bench.spool_to_report import postgresql
from core.facts.people import Person, PersonCode, Role, Unit, UnitCode, UnitKind
from core.store import tables
from core.store.database import Database
from core.tick import tick

STEPS = 100_000
#: Seconds.
MOST = 5.0


def measure(folder: Path, *, steps: int = STEPS) -> tuple[Figure, Sequence[str]]:
    """Return how long the tick takes from the first step to the last."""
    with postgresql(folder / "postgresql") as fresh:
        at = now()
        database = filled(folder / "centre", fresh("due_at_once"), steps, at)
        try:
            _somebody(database)
            moment = _due(database)
            with database.begin() as store:
                cpu = Cpu(store)  # of the one connection there is
            lasting.set_aside()  # as the centre does
            began, used = time.perf_counter(), cpu.seconds()
            ticked = tick(database, now=moment, follow=False)
            took, used = time.perf_counter() - began, cpu.seconds() - used
            entries, notices, left = _counted(database)
            assert (ticked.escalated, entries, left) == (steps, steps, 0), (ticked, entries, left)
            assert notices >= steps, notices
            began = time.perf_counter()
            tick(database, now=moment)
            followed = time.perf_counter() - began
            plain = _plain(database)
        finally:
            database.close()
    figure = Figure(
        name="due_at_once_100k",
        value=took,
        unit="seconds",
        beside=plain,
        peer="the same rows written by plain SQL, one statement a table",
        goal=f"at most {MOST:g} s for {steps:,} steps with their journal entries, PostgreSQL",
        kept=took <= MOST * steps / STEPS,
        rounds=[(took, plain)],
    )
    return figure, [
        f"{steps / took:,.0f} steps a second, each once; CPU {used:.2f} s, PostgreSQL's with it",
        f"the stages that read the journal behind them were done {followed:.2f} s later",
    ]


def _somebody(database: Database) -> None:
    """Let there be a supervisor to call in."""
    with database.begin() as store:
        (site,) = store.sites.codes()
        office = Unit(code=UnitCode("office"), name="管理处", kind=UnitKind.OFFICE)
        supervisor = Person(
            code=PersonCode("supervisor"),
            name="主管",
            unit=office.code,
            roles=frozenset({Role.GENERAL_GROUP_SUPERVISOR}),
        )
        store.people.seed(site, [office], [supervisor])


def _due(database: Database) -> datetime:
    """Return a moment in the second in which the first step of all of them has fallen due."""
    with database.read() as store:
        due = store.issues.next_due_at()
    assert due is not None
    return due + timedelta(milliseconds=500)


def _counted(database: Database) -> tuple[int, int, int]:
    """Return entries and notices of steps, and the issues that still wait for this one."""
    with database.read() as store:
        count = sa.select(sa.func.count())
        asked = (
            count.select_from(tables.journal).where(tables.journal.c.kind == "escalated"),
            count.select_from(tables.notice),
        )
        entries, notices = (store.connection.scalar(one) or 0 for one in asked)
        left = store.issues.sites_with_due(_due_now(store.issues.next_due_at()))
    return entries, notices, len(left)


def _due_now(next_at: datetime | None) -> datetime:
    """Return just before the next step of all: nothing may be due by then."""
    assert next_at is not None
    return next_at - timedelta(microseconds=1)


def _plain(database: Database) -> float:
    """Write the same rows again by SQL that knows nothing, and take them back."""
    began = time.perf_counter()
    with database.begin() as store:
        for table, column in ((tables.escalation, "step"), (tables.notice, "step")):
            names = [one.name for one in table.columns if one.name != "id"]
            copies = [
                (sa.literal("x-") + one) if one.name == column else one
                for one in table.columns
                if one.name != "id"
            ]
            store.connection.execute(sa.insert(table).from_select(names, sa.select(*copies)))
        journal = tables.journal
        names = [one.name for one in journal.columns if one.name != "seq"]
        moved = [
            one + 1_000 if one.name == "ordinal" else one
            for one in journal.columns
            if one.name != "seq"
        ]
        query = sa.select(*moved).where(journal.c.kind == "escalated")
        store.connection.execute(sa.insert(journal).from_select(names, query))
        store.connection.execute(
            sa.update(tables.issue).values(
                entries=tables.issue.c.entries + 1, next_due_at=tables.issue.c.next_due_at
            )
        )
        took = time.perf_counter() - began
        store.connection.rollback()
    return took
