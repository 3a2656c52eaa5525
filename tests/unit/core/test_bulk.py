"""Rows inserted in bulk stand in the tables exactly as SQLAlchemy would have written them."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DataError

from core.errors import NotReadable
from core.store import bulk, tables
from core.store.database import Database
from tests.office import SITE, Office

_CHINA = timezone(timedelta(hours=8))


def _event(number: int, **changed: Any) -> dict[str, Any]:
    return {
        "site": SITE,
        "source": f"/{SITE}/access_control/door-3-2",
        "event_id": f"e{number}",
        "system": "access_control",
        "device": "door-3-2",
        "type": "intercom.ringing",
        "occurred_at": datetime(2026, 11, 20, 10, 0, 0, 250_000, tzinfo=_CHINA),
        "received_at": datetime(2026, 11, 20, 2, 0, 1, tzinfo=UTC),
        "subject": None,
        "call_key": "电话 \x7f '\"\\",
        "time_estimated": False,
        "late": True,
        "stale": False,
        "data": {"名": "门", "n": 1.5, "none": None, "yes": True, "quote": "'\"\\\n"},
        **changed,
    }


@pytest.fixture
def site(office: Office) -> Database:
    return office.database


def test_every_value_is_as_sqlalchemy_writes_it(site: Database) -> None:
    table = tables.device_event
    with site.begin() as store:
        store.connection.execute(sa.insert(table), [_event(1)])
        bulk.add(store.connection, table, [_event(2)])
        raw = store.connection.exec_driver_sql("SELECT * FROM device_event ORDER BY seq").all()
        read = store.connection.execute(sa.select(table).order_by(table.c.seq)).all()
    for one, other in (raw, read):  # all but number and id
        assert [*one][4:] == [*other][4:]


def test_rows_keep_their_order(site: Database) -> None:
    with site.begin() as store:
        bulk.add(store.connection, tables.device_event, [_event(one) for one in range(700)])
        kept = store.connection.scalars(
            sa.select(tables.device_event.c.event_id).order_by(tables.device_event.c.seq)
        )
        assert list(kept) == [f"e{one}" for one in range(700)]


def test_only_what_was_not_there_is_new(site: Database) -> None:
    key = ("source", "event_id")
    with site.begin() as store:
        first = bulk.add_new(store.connection, tables.device_event, [_event(1)], key=key)
        again = [_event(1), _event(2), _event(3)]
        then = bulk.add_new(store.connection, tables.device_event, again, key=key)
        none = bulk.add_new(store.connection, tables.device_event, again, key=key)
    assert [sorted(one[1] for one in found) for found in (first, then, none)] == [
        ["e1"],
        ["e2", "e3"],
        [],
    ]


def test_a_moment_without_an_offset_is_refused(site: Database) -> None:
    naive = datetime(2026, 11, 20, 10, 0)  # noqa: DTZ001 - that is the point
    with pytest.raises(NotReadable), site.begin() as store:
        bulk.add(store.connection, tables.device_event, [_event(1, occurred_at=naive)])


def test_nothing_is_nothing(site: Database) -> None:
    with site.begin() as store:
        bulk.add(store.connection, tables.device_event, [])
        assert not bulk.add_new(
            store.connection, tables.device_event, [], key=("source", "event_id")
        )


@pytest.mark.parametrize("text", ["a\tb\nc\\d\\N", "\r", "\\", "e\u0301"])
def test_what_copy_would_take_for_its_own_signs_is_kept(site: Database, text: str) -> None:
    table = tables.device_event
    with site.begin() as store:
        bulk.add(store.connection, table, [_event(1, call_key=text, data={"t": text})])
        (kept,) = store.connection.execute(sa.select(table.c.call_key, table.c.data))
    assert (kept.call_key, kept.data) == (text, {"t": text})


@pytest.mark.parametrize("text", ["\ud800", "\0"])
def test_a_text_that_cannot_be_kept_is_refused_and_the_store_goes_on(
    site: Database, text: str
) -> None:
    if site.dialect != "postgresql":
        pytest.skip("SQLite keeps a NUL")
    with pytest.raises((NotReadable, DataError)), site.begin() as store:
        bulk.add(store.connection, tables.device_event, [_event(1, call_key=text)])
    with site.begin() as store:
        bulk.add(store.connection, tables.device_event, [_event(2)])
        assert store.connection.scalar(sa.select(sa.func.count(tables.device_event.c.seq))) == 1
