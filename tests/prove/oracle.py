"""The oracle: what the stations told against what the centre's database holds.

The stations' journal is written and synced before anything is sent, by programs that import
nothing of the product; the database is read with plain SQL. Neither asks the product's opinion.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

_EVENTS = "SELECT source, event_id, count(*) FROM device_event GROUP BY source, event_id"
_CALLS = (
    "SELECT call_key, count(*), count(DISTINCT issue) FROM report"
    " WHERE call_key IS NOT NULL GROUP BY site, call_key"
)
_UNOPENED = (
    "SELECT e.source, e.event_id FROM device_event e"
    " LEFT JOIN report r ON r.site = e.site AND r.call_key = e.call_key"
    " WHERE e.type IN ('intercom.ringing', 'intercom.missed') AND r.number IS NULL"
)
_PRESSES = (
    "SELECT r.number, r.device, e.data FROM report r"
    " JOIN device_event e ON e.site = r.site AND e.call_key = r.call_key"
)


class Key(NamedTuple):
    """What makes an event the same when it is told twice."""

    source: str
    event_id: str


class Press(NamedTuple):
    """A press of a station without ids: the station, and which of its calls this is."""

    station: str
    call: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What native stations told, and what they were receipted for."""

    events: frozenset[Key]
    receipted: frozenset[Key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the centre's database holds."""

    #: How many rows of the log each event has.
    events: Mapping[Key, int]
    #: How many reports, and how many issues, each call has opened.
    calls: Mapping[str, tuple[int, int]]
    #: Presses in the log for which there is no report.
    unopened: frozenset[Key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The count. ``lost`` and ``doubled`` are what the product promises to be 0."""

    events: int
    #: Told and not in the log, or in the log and without a report.
    lost: int
    #: Of these, how many had been receipted: the one thing that must never be.
    receipted_but_lost: int
    #: Rows, reports and issues above one for each event, and events that nobody told.
    doubled: int


def told(journal: Path) -> Told:
    """Read a station journal; a last line that is only half written is not counted."""
    sources: dict[str, Key] = {}
    receipted: set[str] = set()
    for line in journal.read_bytes().splitlines(keepends=True):
        if not line.endswith(b"\n"):
            break
        entry = json.loads(line)
        if "receipt" in entry:
            receipted.add(entry["receipt"])
        else:
            event = entry["told"]
            sources[event["id"]] = Key(event["source"], event["id"])
    return Told(
        events=frozenset(sources.values()),
        receipted=frozenset(sources[one] for one in receipted),
    )


def held(database: sa.Engine) -> Held:
    """Read what the centre holds, in one look."""
    with database.connect() as connection:
        return Held(
            events={Key(row[0], row[1]): row[2] for row in connection.execute(sa.text(_EVENTS))},
            calls={row[0]: (row[1], row[2]) for row in connection.execute(sa.text(_CALLS))},
            unopened=frozenset(Key(*row) for row in connection.execute(sa.text(_UNOPENED))),
        )


def judge(told: Told, held: Held) -> Verdict:
    """Compare both."""
    missing = (told.events - held.events.keys()) | (told.events & held.unopened)
    rows = sum(many - 1 for many in held.events.values())
    effects = sum((reports - 1) + (issues - 1) for reports, issues in held.calls.values())
    invented = len(held.events.keys() - told.events)
    return Verdict(
        events=len(told.events),
        lost=len(missing),
        receipted_but_lost=len(missing & told.receipted),
        doubled=rows + effects + invented,
    )


def presses(database: sa.Engine) -> Counter[Press]:
    """Return how many reports each press has opened, for stations that give no ids of events.

    A report is of the call whose number its events bear; stations that number nothing are
    expected to be pressed once. Two calls in one report count as one: the other is lost.
    """
    calls: dict[tuple[int, str], set[str]] = {}
    with database.connect() as connection:
        for number, device, data in connection.execute(sa.text(_PRESSES)):
            calls.setdefault((number, device), set()).update(_call(data))
    return Counter(Press(device, min(named, default="1")) for (_, device), named in calls.items())


def judge_presses(pressed: Counter[Press], opened: Counter[Press]) -> Verdict:
    """Compare the presses made with the reports they opened."""
    return Verdict(
        events=pressed.total(),
        lost=(pressed - opened).total(),
        receipted_but_lost=0,  # nothing here is ever receipted
        doubled=(opened - pressed).total(),
    )


def read_only(url: str) -> sa.Engine:
    """Open the database only to look: on SQLite without ever touching the centre's WAL."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return sa.create_engine(
            f"sqlite:///file:{parsed.database}?mode=ro&uri=true", poolclass=sa.NullPool
        )
    return sa.create_engine(parsed, poolclass=sa.NullPool)


def _call(data: str | Mapping[str, object]) -> set[str]:
    """Return the number of its call that an event's data bears, if it does."""
    document = json.loads(data) if isinstance(data, str) else data
    return {str(document["call_id"])} if "call_id" in document else set()
