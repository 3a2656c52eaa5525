"""What the month costs while events come in, beside taking them in alone."""

import time
from pathlib import Path
from statistics import median

from api import lasting
from bench.events import now
from bench.figure import Figure
from core.facts.device import CallKey, DeviceEvent, EventId, EventType, Source, System
from core.monitoring import intake
from core.statistics import service
from core.store.database import Database
from core.tick import READ
from tests.prove.installation import Installation


def upkeep_of(folder: Path, *, events: int) -> Figure:
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
        site = store.sites.codes()[0]
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
