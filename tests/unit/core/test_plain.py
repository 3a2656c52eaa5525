"""Rows as the driver gives them: as SQLAlchemy would give them, on both databases."""

import sqlalchemy as sa

from core.store import bulk, plain, tables
from core.store.database import Database
from tests.office import SITE, Office

_counter, _value = tables.counter, tables.month_value
_COUNTED = sa.select(_counter.c.name, _counter.c.value).where(
    _counter.c.site == sa.bindparam("site"),
    _counter.c.name.startswith("row "),
    _counter.c.value > sa.bindparam("above"),
)
_BYTES = sa.select(_value.c.group, _value.c.sorted).where(_value.c.site == sa.bindparam("site"))


def _rows(database: Database, above: int) -> list[tuple[object, ...]]:
    with database.read() as store:
        return sorted(plain.rows(store.connection, _COUNTED, {"site": SITE, "above": above}))


def test_constants_of_a_statement_and_values_of_a_call_do_not_mix(office: Office) -> None:
    named = [{"site": SITE, "name": f"row {n} 100%", "value": n} for n in range(4)]
    with office.database.begin() as store:
        bulk.add(store.connection, _counter, named)

    assert _rows(office.database, 1) == [("row 2 100%", 2), ("row 3 100%", 3)]
    assert _rows(office.database, 2) == [("row 3 100%", 3)]
    assert _rows(office.database, 3) == []


def test_bytes_come_as_bytes(office: Office) -> None:
    kept = bytes(range(256))
    row = {"site": SITE, "month": "2026-11", "measure": "load", "group": "", "sorted": kept}
    with office.database.begin() as store:
        store.connection.execute(sa.insert(_value), [row])
        # Asked in the transaction that wrote it: it is seen before it is committed.
        found = plain.rows(store.connection, _BYTES, {"site": SITE})

    assert found == [("", kept)]


def test_everything_of_a_site_is_named_at_once(office: Office) -> None:
    with office.database.read() as store:
        names = store.names.of(SITE)
        people, units = store.people.all(SITE), store.people.units(SITE)
        places = store.sites.places(SITE)

    assert names["person"] == {one.code: one.name for one in people}
    assert names["unit"] == {one.code: one.name for one in units}
    assert names["place"] == {one.code: one.name for one in places}
    assert names["device"]
