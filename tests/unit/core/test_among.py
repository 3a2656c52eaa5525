"""A number among many, asked as one value: as ``IN`` would answer, on both databases."""

import pytest
import sqlalchemy as sa

from core.store import bulk, tables
from core.store.among import among
from core.store.database import Database
from tests.office import SITE, Office

_ROWS = [{"site": SITE, "name": f"n{one}", "value": one} for one in range(0, 6_000, 3)]


def _found(database: Database, numbers: list[int]) -> list[int]:
    counter = tables.counter.c
    with database.read() as store:
        query = sa.select(counter.value).where(
            counter.name.startswith("n"), among(counter.value, numbers)
        )
        return sorted(store.connection.scalars(query))


def test_it_finds_what_in_would_find(office: Office) -> None:
    with office.database.begin() as store:
        bulk.add(store.connection, tables.counter, _ROWS)
    assert _found(office.database, []) == []
    assert _found(office.database, [3, 4, 3, -1, 2**62]) == [3]
    assert _found(office.database, [*range(6_000)]) == [*range(0, 6_000, 3)]
    assert _found(office.database, [6, 9]) == [6, 9]  # the same statement, other numbers


def test_sqlite_looks_the_numbers_up_and_walks_no_table(office: Office) -> None:
    if office.database.dialect != "sqlite":
        pytest.skip("PostgreSQL decides by what it has counted")
    issue = tables.issue.c
    with office.database.read() as store:
        query = sa.select(issue.number).where(issue.site == SITE, among(issue.number, [7, 9]))
        text = query.compile(store.connection, compile_kwargs={"literal_binds": True})
        plan = store.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").all()

    assert "(site=? AND number=?)" in plan[0][3]
