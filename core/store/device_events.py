"""The log of what devices said: each event once, whether it opened something or not."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import (
    CallKey,
    DeviceCode,
    DeviceEvent,
    EventId,
    EventType,
    SiteCode,
    Source,
)
from core.store import bulk, tables

_t = tables.device_event


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """An event with its place in the log."""

    seq: int
    received_at: datetime
    #: Under which test it came; None: the device was not on test.
    on_test: int | None
    event: DeviceEvent


class DeviceEvents:
    """Appending to and reading from the log."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def add(
        self,
        events: Sequence[DeviceEvent],
        *,
        now: datetime,
        on_test: Callable[[DeviceEvent], int | None] = lambda _event: None,
    ) -> list[DeviceEvent]:
        """Log events; return, in order, those that were not there before.

        Told twice is absorbed here: ``(source, event_id)`` is unique.

        :param on_test: says under which test an event comes, if any.
        """
        first: dict[tuple[str, str], DeviceEvent] = {}
        for event in events:
            first.setdefault((str(event.source), event.event_id), event)
        rows = [_row(source, event, now, on_test(event)) for (source, _), event in first.items()]
        new = bulk.add_new(self._connection, _t, rows, key=("source", "event_id"))
        return [event for key, event in first.items() if key in new]

    def page(
        self,
        site: SiteCode,
        *,
        limit: int,
        before: int | None = None,
        device: DeviceCode | None = None,
        stale: bool | None = None,
    ) -> list[Logged]:
        """Return the log, newest first, from before ``before``."""
        query = sa.select(_t).where(_t.c.site == site)
        if before is not None:
            query = query.where(_t.c.seq < before)
        if device is not None:
            query = query.where(_t.c.device == device)
        if stale is not None:
            query = query.where(_t.c.stale == stale)
        rows = self._connection.execute(query.order_by(_t.c.seq.desc()).limit(limit)).mappings()
        return [_logged(row) for row in rows]

    def under(
        self, site: SiteCode, on_test: int, *, kinds: Collection[EventType]
    ) -> list[DeviceEvent]:
        """Return what devices said of these kinds under a test, in the order told."""
        rows = self._connection.execute(
            sa.select(_t)
            .where(
                _t.c.on_test == on_test,
                _t.c.site == site,
                _t.c.type.in_(sorted(kind.value for kind in kinds)),
            )
            .order_by(_t.c.seq)
        ).mappings()
        return [_logged(row).event for row in rows]

    def count_under(self, site: SiteCode, tests: Collection[int]) -> dict[int, int]:
        """Return how much devices said under each of these tests."""
        query = (
            sa.select(_t.c.on_test, sa.func.count())
            .where(_t.c.site == site, _t.c.on_test.in_(sorted(tests)))
            .group_by(_t.c.on_test)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def latest_under(self, site: SiteCode, on_test: int, *, limit: int) -> list[Logged]:
        """Return what was said last under a test, the newest first."""
        query = sa.select(_t).where(_t.c.on_test == on_test, _t.c.site == site)
        rows = self._connection.execute(query.order_by(_t.c.seq.desc()).limit(limit)).mappings()
        return [_logged(row) for row in rows]

    def since(self, site: SiteCode, since: datetime) -> list[Logged]:
        """Return what was received from a moment on, oldest first; nothing from devices on test."""
        found: list[Logged] = []
        before: int | None = None  # backwards from the end: there is no index by time
        while page := self.page(site, limit=1_000, before=before):
            found += [one for one in page if one.received_at >= since and one.on_test is None]
            before = page[-1].seq
            if page[-1].received_at < since:
                break
        return found[::-1]

    def credentials(
        self, site: SiteCode, *, devices: Collection[DeviceCode], since: datetime, until: datetime
    ) -> list[DeviceEvent]:
        """Return the cards and faces these devices saw in a span of time, oldest first."""
        rows = self._connection.execute(
            sa.select(_t)
            .where(
                _t.c.site == site,
                _t.c.device.in_(sorted(devices)),
                _t.c.type == sa.literal_column("'credential.presented'"),
                _t.c.occurred_at.between(since, until),
                _t.c.stale.is_(False),
            )
            .order_by(_t.c.occurred_at, _t.c.seq)
        ).mappings()
        return [_logged(row).event for row in rows]

    def credentials_near(
        self,
        site: SiteCode,
        moments: Collection[tuple[DeviceCode, datetime]],
        *,
        within: timedelta,
    ) -> list[DeviceEvent]:
        """Return the cards and faces that each device saw about a moment, oldest first."""
        if not moments:
            return []
        near = (
            sa.and_(_t.c.device == device, _t.c.occurred_at.between(at - within, at + within))
            for device, at in sorted(moments)
        )
        rows = self._connection.execute(
            sa.select(_t)
            .where(
                _t.c.site == site,
                _t.c.type == sa.literal_column("'credential.presented'"),
                _t.c.stale.is_(False),
                sa.or_(*near),
            )
            .order_by(_t.c.occurred_at, _t.c.seq)
        ).mappings()
        return [_logged(row).event for row in rows]

    def quarantine(
        self, site: SiteCode, *, gateway: str, refused: Mapping[str, str], now: datetime
    ) -> None:
        """Keep what could not be read as an event, by its text, with the reason."""
        rows = [
            {"site": site, "gateway": gateway, "received_at": now, "reason": reason, "body": body}
            for body, reason in refused.items()
        ]
        if rows:
            self._connection.execute(sa.insert(tables.quarantine), rows)


def _row(source: str, event: DeviceEvent, now: datetime, on_test: int | None) -> dict[str, Any]:
    return {
        "site": event.source.site,
        "source": source,
        "event_id": event.event_id,
        "system": event.source.system.value,
        "device": event.source.device,
        "type": event.type.value,
        "occurred_at": event.occurred_at,
        "received_at": now,
        "subject": event.subject,
        "call_key": event.call,
        "time_estimated": event.time_estimated,
        "late": event.late,
        "stale": event.stale,
        "data": dict(event.data),
        "on_test": on_test,
    }


def _logged(row: Mapping[Any, Any]) -> Logged:
    return Logged(
        seq=row["seq"],
        received_at=row["received_at"],
        on_test=row["on_test"],
        event=DeviceEvent(
            event_id=EventId(row["event_id"]),
            source=Source.parse(row["source"]),
            type=EventType(row["type"]),
            occurred_at=row["occurred_at"],
            time_estimated=row["time_estimated"],
            subject=row["subject"],
            call=CallKey(row["call_key"]) if row["call_key"] is not None else None,
            late=row["late"],
            stale=row["stale"],
            data=row["data"],
        ),
    )
