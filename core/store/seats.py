"""The watch over the seat: every SQL statement about consoles, watches and summons."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.device import SiteCode
from core.facts.handover import Workstation
from core.facts.people import PersonCode
from core.facts.seat import Seat, SeatWatch, Summons, Trouble
from core.store import tables
from core.store.upsert import upsert

_seat, _watch, _summons = tables.seat, tables.seat_watch, tables.summons


class Seats:
    """What consoles say of themselves, and who was called because of it."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def tell(self, seat: Seat) -> None:
        """Note what a console says."""
        upsert(self._connection, _seat, [asdict(seat)])

    def find(self, site: SiteCode, workstation: Workstation) -> Seat | None:
        """Return what a workstation's console said last, if it ever said anything."""
        query = sa.select(_seat).where(_seat.c.site == site, _seat.c.workstation == workstation)
        row = self._connection.execute(query).mappings().first()
        return Seat(**row) if row is not None else None  # columns and fields bear the same names

    def last_present(self, site: SiteCode) -> datetime | None:
        """Return the last sign of presence at any console of the site."""
        query = sa.select(_seat.c.present_at).where(_seat.c.site == site)
        last = query.order_by(_seat.c.present_at.desc()).limit(1)
        found: datetime | None = self._connection.scalar(last)
        return found

    # --- what is watched ------------------------------------------------------------------------

    def watch(self, site: SiteCode, workstation: Workstation, trouble: Trouble) -> SeatWatch | None:
        """Return how far a trouble has come, if it is watched."""
        found = self._watches(
            sa.select(_watch).where(
                _watch.c.site == site,
                _watch.c.workstation == workstation,
                _watch.c.trouble == trouble.value,
            )
        )
        return found[0] if found else None

    def keep_watch(self, watch: SeatWatch) -> None:
        """Note how far a trouble has come."""
        row = {**asdict(watch), "trouble": watch.trouble.value}
        upsert(self._connection, _watch, [row])

    def end_watch(self, watch: SeatWatch) -> None:
        """Forget a trouble: it is over."""
        self._connection.execute(
            sa.delete(_watch).where(
                _watch.c.site == watch.site,
                _watch.c.workstation == watch.workstation,
                _watch.c.trouble == watch.trouble.value,
            )
        )

    def sites_to_look_at(self, now: datetime) -> list[SiteCode]:
        """Return the sites at which time alone may say something of a seat."""
        query = sa.select(_watch.c.site).where(
            _watch.c.look_at.is_not(None), _watch.c.look_at <= now
        )
        return [
            SiteCode(code)
            for code in self._connection.scalars(query.distinct().order_by(_watch.c.site))
        ]

    def due(self, site: SiteCode, now: datetime, *, limit: int) -> list[SeatWatch]:
        """Return what is to be looked at, the earliest first."""
        query = sa.select(_watch).where(
            _watch.c.site == site, _watch.c.look_at.is_not(None), _watch.c.look_at <= now
        )
        return self._watches(query.order_by(_watch.c.look_at, _watch.c.workstation).limit(limit))

    # --- who was called -------------------------------------------------------------------------

    def summon(
        self, site: SiteCode, people: Collection[PersonCode], trouble: Trouble, *, now: datetime
    ) -> list[int]:
        """Call people to the seat; return the numbers of their summons, in their order."""
        row = {"site": site, "trouble": trouble.value, "at": now}
        return [
            self._connection.execute(
                sa.insert(_summons).values({**row, "person": person}).returning(_summons.c.id)
            ).scalar_one()
            for person in people
        ]

    def summons(self, site: SiteCode, person: PersonCode, *, limit: int) -> list[Summons]:
        """Return to what somebody was called, the newest first."""
        query = sa.select(_summons).where(_summons.c.site == site, _summons.c.person == person)
        rows = self._connection.execute(query.order_by(_summons.c.id.desc()).limit(limit))
        return [_called(row) for row in rows.mappings()]

    def summons_of(self, site: SiteCode, number: int) -> Summons:
        """Return one summons.

        :raises NotFound: no such summons at this site.
        """
        query = sa.select(_summons).where(_summons.c.site == site, _summons.c.id == number)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotFound(f"summons {number} is not known here")
        return _called(row)

    def calls(self, site: SiteCode, trouble: Trouble) -> bool:
        """Whether a trouble for which somebody was called still stands."""
        query = sa.select(sa.literal(1)).where(
            _watch.c.site == site,
            _watch.c.trouble == trouble.value,
            _watch.c.called_at.is_not(None),
        )
        return self._connection.scalar(query.limit(1)) is not None

    def acknowledge(
        self, site: SiteCode, number: int, *, person: PersonCode, now: datetime
    ) -> Summons:
        """Mark one's own summons as read; the first time stays.

        :raises NotFound: no such summons for this person.
        """
        row = (
            self._connection.execute(
                sa.update(_summons)
                .where(
                    _summons.c.site == site, _summons.c.id == number, _summons.c.person == person
                )
                .values(acknowledged_at=sa.func.coalesce(_summons.c.acknowledged_at, now))
                .returning(_summons)
            )
            .mappings()
            .first()
        )
        if row is None:
            raise NotFound(f"summons {number} is not yours or not known here")
        return _called(row)

    def _watches(self, query: sa.Select[Any]) -> list[SeatWatch]:
        return [
            SeatWatch(**{**row, "trouble": Trouble(row["trouble"])})
            for row in self._connection.execute(query).mappings()
        ]


def _called(row: Mapping[Any, Any]) -> Summons:
    return Summons(**{**row, "trouble": Trouble(row["trouble"])})
