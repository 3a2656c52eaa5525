"""Long histories for the month's figures, filled in bulk: each month as large as the next."""

from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import sqlalchemy as sa

from bench.events import now
from core.facts.device import SiteCode
from core.facts.month import MEASURES, MonthCode
from core.facts.report import Channel, ReportClass
from core.statistics.month import ANSWERS
from core.store import bulk, tables
from core.store.database import Database
from tests.prove.installation import Installation

#: One issue has so many entries of the journal.
ENTRIES = 10
ISSUES_A_MONTH = 16_666
REPORTERS, UNITS, PLACES, DEVICES = 500, 12, 100, 200
SITE = SiteCode("bench-months")
_CHANNELS, _CLASSES = list(Channel), list(ReportClass)


@contextmanager
def filled(folder: Path, url: str | None, entries: int) -> Iterator[Database]:
    """Give a database whose journal is so long, its months as the stages would have left them."""
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
    bulk.add(connection, tables.issue_fact, _facts(at, month))
    bulk.add(connection, tables.month_count, _counts(month, dice))
    connection.execute(sa.insert(tables.month_value), _samples(month, dice))


def _facts(at: int, month: MonthCode) -> list[dict[str, object]]:
    first = datetime.combine(date.fromisoformat(f"{month}-01"), datetime.min.time(), tzinfo=UTC)
    return [
        {
            "site": SITE,
            "issue": at * ISSUES_A_MONTH + n + 1,
            "month": month,
            "reported_at": first + timedelta(seconds=100 * n),
            "reported_on": (first + timedelta(seconds=100 * n)).date(),
            "channel": _CHANNELS[n % len(_CHANNELS)].value,
            "cls": _CLASSES[n % len(_CLASSES)].value,
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
    ]


def _counts(month: MonthCode, dice: Random) -> list[dict[str, object]]:
    keys = {
        "all": [""],
        "person": [f"p{n}" for n in range(REPORTERS)],
        "unit": [f"u{n}" for n in range(UNITS)],
        "place": [f"l{n}" for n in range(PLACES)],
        "channel": [one.value for one in _CHANNELS],
        "category": [f"c{n}" for n in range(20)],
        "cls": [one.value for one in _CLASSES],
        "device": [f"d{n}" for n in range(DEVICES)],
    }
    return [
        {
            "site": SITE,
            "month": month,
            "dimension": dimension,
            "key": key,
            **{name: dice.randrange(1, 99) for name in MEASURES},
        }
        for dimension, many in keys.items()
        for key in many
    ]


def _samples(month: MonthCode, dice: Random) -> list[dict[str, object]]:
    hops = ("0", "1", "2", "3")
    groups = [("acceptance", f"{one.value}:{hop}", 0.1) for one in _CHANNELS for hop in hops]
    groups += [("acceptance", f"{one.value}:*", 0.4) for one in _CHANNELS]
    groups += [("acceptance", f"*:{hop}", 1.1) for hop in hops] + [("acceptance", "*:*", 4.4)]
    groups += [(measure, one.value, 1.0) for measure in ANSWERS for one in _CLASSES]
    groups += [("load", "", 5.0)] + [("load", f"p{n}", 1.25) for n in range(4)]
    each = ISSUES_A_MONTH // len(_CLASSES)
    return [
        {
            "site": SITE,
            "month": month,
            "measure": measure,
            "group": group,
            "sorted": _values(dice, int(each * part / 1.1), measure),
        }
        for measure, group, part in groups
    ]


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
