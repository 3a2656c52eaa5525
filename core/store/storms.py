"""Storms of events: the site's pulse, what each storm held, and its roll-call."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.device import DeviceCode, EventType, SiteCode
from core.facts.people import PersonCode
from core.facts.report import ReportNumber, StormNumber
from core.facts.storm import Part, Pulse, Rolled, RollNumber, Storm
from core.store import bulk, counters, tables
from core.store.upsert import accumulate, upsert

_t, _roll, _part, _pulse = tables.storm, tables.storm_event, tables.storm_part, tables.pulse


class Storms:
    """Every SQL statement about a storm."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    # --- the pulse ------------------------------------------------------------------------------

    def pulse(self, site: SiteCode) -> Pulse:
        """Return how many events a site heard lately, and the storm that goes on."""
        row = self._connection.execute(
            sa.select(_pulse.c.slots, _pulse.c.storm).where(_pulse.c.site == site)
        ).first()
        if row is None:
            return Pulse()
        return Pulse(
            slots=tuple((at, events) for at, events in row.slots),
            storm=StormNumber(row.storm) if row.storm is not None else None,
        )

    def write_pulse(self, site: SiteCode, pulse: Pulse) -> None:
        """Keep a site's pulse."""
        slots = [list(slot) for slot in pulse.slots]
        row = {"site": site, "slots": slots, "storm": pulse.storm}
        upsert(self._connection, _pulse, [row])

    # --- storms ---------------------------------------------------------------------------------

    def begin(
        self, site: SiteCode, *, since: datetime, now: datetime, due_at: datetime, peak: int
    ) -> Storm:
        """Open a storm, empty as yet."""
        number = counters.take(self._connection, site, "storm")[0]
        row = self._connection.execute(
            sa.insert(_t)
            .values(site=site, number=number, since=since, began_at=now, due_at=due_at, peak=peak)
            .returning(_t)
        ).mappings()
        return _storm(row.one())

    def find(self, site: SiteCode, number: StormNumber) -> Storm:
        """Return one storm.

        :raises NotFound: no such storm at this site.
        """
        query = sa.select(_t).where(_t.c.site == site, _t.c.number == number)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotFound(f"storm {number} is not known here")
        return _storm(row)

    def page(self, site: SiteCode, *, limit: int, before: StormNumber | None) -> list[Storm]:
        """Return storms, the newest first, from before ``before``."""
        query = sa.select(_t).where(_t.c.site == site)
        if before is not None:
            query = query.where(_t.c.number < before)
        return self._found(query.order_by(_t.c.number.desc()).limit(limit))

    def standing(self, site: SiteCode) -> list[Storm]:
        """Return storms that go on or whose roll-call is not done, the oldest first."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.ended_at.is_(None) | (_t.c.ticked < _t.c.events))
            .order_by(_t.c.number)
        )

    def sites_with_due(self, now: datetime) -> list[SiteCode]:
        """Return the sites at which a storm may be over: one look into an index."""
        query = sa.select(_t.c.site).where(_t.c.ended_at.is_(None), _t.c.due_at <= now)
        found = self._connection.scalars(query.distinct().order_by(_t.c.site))
        return [SiteCode(code) for code in found]

    def due(self, site: SiteCode, now: datetime, *, limit: int) -> list[Storm]:
        """Return a site's storms that are over."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.ended_at.is_(None), _t.c.due_at <= now)
            .order_by(_t.c.number)
            .limit(limit)
        )

    def change(self, storm: Storm, **values: Any) -> Storm:
        """Set columns of a storm and return it as it then stands."""
        row = self._connection.execute(
            sa.update(_t)
            .where(_t.c.site == storm.site, _t.c.number == storm.number)
            .values(**values)
            .returning(_t)
        ).mappings()
        return _storm(row.one())

    # --- the roll-call --------------------------------------------------------------------------

    def enrol(self, storm: Storm, lines: Sequence[Rolled]) -> None:
        """Write events into a storm's roll-call, and count them by device and kind."""
        counted: dict[tuple[str, str], list[int]] = {}
        for line in lines:
            found = counted.setdefault((line.device, line.event_type.value), [0, 0])
            found[0] += 1
            found[1] += line.folded
        bulk.add(self._connection, _roll, [_line_row(storm, line) for line in lines])
        accumulate(
            self._connection,
            _part,
            [
                {
                    "site": storm.site,
                    "storm": storm.number,
                    "device": device,
                    "type": kind,
                    "events": events,
                    "folded": folded,
                    "ticked": 0,
                }
                for (device, kind), (events, folded) in sorted(counted.items())
            ],
            add=("events", "folded"),
        )

    def parts(
        self, site: SiteCode, storms: Collection[StormNumber]
    ) -> dict[StormNumber, list[Part]]:
        """Return what each device said of each kind in these storms."""
        parts: dict[StormNumber, list[Part]] = {storm: [] for storm in storms}
        query = sa.select(_part).where(_part.c.site == site, _part.c.storm.in_(sorted(storms)))
        ordered = query.order_by(_part.c.storm, _part.c.device, _part.c.type)
        for row in self._connection.execute(ordered):
            parts[StormNumber(row.storm)].append(
                Part(
                    device=DeviceCode(row.device),
                    event_type=EventType(row.type),
                    events=row.events,
                    folded=row.folded,
                    ticked=row.ticked,
                )
            )
        return parts

    def roll(
        self,
        site: SiteCode,
        storm: StormNumber,
        *,
        limit: int,
        after: RollNumber | None = None,
        device: DeviceCode | None = None,
    ) -> list[Rolled]:
        """Return a storm's events in the order in which they came, from behind ``after``."""
        query = sa.select(_roll).where(_roll.c.site == site, _roll.c.storm == storm)
        if after is not None:
            query = query.where(_roll.c.number > after)
        if device is not None:
            query = query.where(_roll.c.device == device)
        rows = self._connection.execute(query.order_by(_roll.c.number).limit(limit)).mappings()
        return [_line(row) for row in rows]

    def tick(
        self,
        storm: Storm,
        *,
        by: PersonCode,
        now: datetime,
        devices: Collection[DeviceCode] | None = None,
        report: ReportNumber | None = None,
    ) -> int:
        """Tick what nobody has ticked yet, of these devices or of one report; None: of all.

        Return how many events.
        """
        query = sa.update(_roll).where(
            _roll.c.site == storm.site, _roll.c.storm == storm.number, _roll.c.ticked_at.is_(None)
        )
        if devices is not None:
            query = query.where(_roll.c.device.in_(sorted(devices)))
        if report is not None:
            query = query.where(_roll.c.report == report)
        ticked = self._connection.execute(
            query.values(ticked_at=now, ticked_by=by).returning(_roll.c.device, _roll.c.type)
        ).all()
        counted: dict[tuple[str, str], int] = {}
        for device, kind in ticked:
            counted[device, kind] = counted.get((device, kind), 0) + 1
        self._count(storm, counted)
        self.change(storm, ticked=_t.c.ticked + len(ticked))
        return len(ticked)

    def _count(self, storm: Storm, counted: Mapping[tuple[str, str], int]) -> None:
        if not counted:
            return
        self._connection.execute(
            sa.update(_part)
            .where(
                _part.c.site == storm.site,
                _part.c.storm == storm.number,
                _part.c.device == sa.bindparam("of"),
                _part.c.type == sa.bindparam("kind"),
            )
            .values(ticked=_part.c.ticked + sa.bindparam("more")),
            [
                {"of": device, "kind": kind, "more": more}
                for (device, kind), more in sorted(counted.items())
            ],
        )

    def _found(self, query: sa.Select[Any]) -> list[Storm]:
        return [_storm(row) for row in self._connection.execute(query).mappings()]


def _storm(row: Mapping[Any, Any]) -> Storm:
    return Storm(
        site=SiteCode(row["site"]),
        number=StormNumber(row["number"]),
        since=row["since"],
        began_at=row["began_at"],
        ended_at=row["ended_at"],
        due_at=row["due_at"],
        peak=row["peak"],
        events=row["events"],
        ticked=row["ticked"],
    )


def _line_row(storm: Storm, line: Rolled) -> dict[str, Any]:
    return {
        "site": storm.site,
        "storm": storm.number,
        "number": line.number,
        "device": line.device,
        "type": line.event_type.value,
        "occurred_at": line.occurred_at,
        "received_at": line.received_at,
        "report": line.report,
        "folded": line.folded,
        "ticked_at": line.ticked_at,
        "ticked_by": line.ticked_by,
    }


def _line(row: Mapping[Any, Any]) -> Rolled:
    return Rolled(
        number=RollNumber(row["number"]),
        device=DeviceCode(row["device"]),
        event_type=EventType(row["type"]),
        occurred_at=row["occurred_at"],
        received_at=row["received_at"],
        report=ReportNumber(row["report"]) if row["report"] is not None else None,
        folded=row["folded"],
        ticked_at=row["ticked_at"],
        ticked_by=PersonCode(row["ticked_by"]) if row["ticked_by"] else None,
    )
