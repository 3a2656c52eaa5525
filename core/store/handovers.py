"""Notes of the shift, signed sheets and seats just left: every SQL statement about them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.device import SiteCode
from core.facts.handover import Handover, HandoverNumber, LeftSeat, ShiftNote, Workstation
from core.facts.people import PersonCode
from core.store import counters, tables

_note, _sheet, _left = tables.shift_note, tables.handover, tables.left_seat


class Handovers:
    """What one shift leaves to the next."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    # --- notes --------------------------------------------------------------------------------

    def note(self, site: SiteCode, words: str, *, by: PersonCode, now: datetime) -> ShiftNote:
        """Write down what whoever comes after shall know."""
        statement = sa.insert(_note).values(site=site, words=words, by=by, at=now).returning(_note)
        return _noted(self._connection.execute(statement).mappings().one())

    def notes(self, site: SiteCode) -> list[ShiftNote]:
        """Return what waits for the next sheet, in the order written."""
        query = sa.select(_note).where(_note.c.site == site, _note.c.handover.is_(None))
        rows = self._connection.execute(query.order_by(_note.c.id)).mappings()
        return [_noted(row) for row in rows]

    # --- sheets -------------------------------------------------------------------------------

    def next_number(self, site: SiteCode) -> HandoverNumber:
        """Take a number for a sheet."""
        return HandoverNumber(counters.take(self._connection, site, "handover")[0])

    def sign(self, signed: Handover) -> None:
        """Keep a sheet that both have signed; its notes are handed over with it."""
        self._connection.execute(
            sa.insert(_sheet).values(
                site=signed.site,
                number=signed.number,
                outgoing=signed.outgoing,
                incoming=signed.incoming,
                signed_at=signed.signed_at,
                sheet=signed.sheet,
                sha256=signed.sha256,
            )
        )
        self._connection.execute(
            sa.update(_note)
            .where(_note.c.site == signed.site, _note.c.handover.is_(None))
            .values(handover=signed.number)
        )

    def find(self, site: SiteCode, number: HandoverNumber) -> Handover:
        """Return a signed sheet.

        :raises NotFound: no such sheet at this site.
        """
        query = sa.select(_sheet).where(_sheet.c.site == site, _sheet.c.number == number)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotFound(f"handover {number} is not known here")
        return _signed(row)

    def last_number(self, site: SiteCode) -> HandoverNumber | None:
        """Return the number of the last signed sheet, if there is one."""
        found = self._connection.scalar(
            sa.select(sa.func.max(_sheet.c.number)).where(_sheet.c.site == site)
        )
        return HandoverNumber(found) if found is not None else None

    def page(
        self, site: SiteCode, *, limit: int, before: HandoverNumber | None = None
    ) -> list[Handover]:
        """Return signed sheets, the newest first, from before ``before``."""
        query = sa.select(_sheet).where(_sheet.c.site == site)
        if before is not None:
            query = query.where(_sheet.c.number < before)
        rows = self._connection.execute(query.order_by(_sheet.c.number.desc()).limit(limit))
        return [_signed(row) for row in rows.mappings()]

    # --- seats just left ----------------------------------------------------------------------

    def leave(self, left: LeftSeat) -> None:
        """Note that somebody left a workstation; whoever left it before is forgotten."""
        self.forget(left.site, left.workstation)
        self._connection.execute(
            sa.insert(_left).values(
                site=left.site,
                workstation=left.workstation,
                person=left.person,
                left_at=left.left_at,
                until=left.until,
            )
        )

    def left(self, site: SiteCode, workstation: Workstation) -> LeftSeat | None:
        """Return who left a workstation while he held reports, if anybody did."""
        found = self._seats(_left.c.site == site, _left.c.workstation == workstation)
        return found[0] if found else None

    def back(self, site: SiteCode, person: PersonCode) -> None:
        """Forget all seats that somebody left: he is there again."""
        self._connection.execute(
            sa.delete(_left).where(_left.c.site == site, _left.c.person == person)
        )

    def forget(self, site: SiteCode, workstation: Workstation) -> None:
        """Forget who left a workstation."""
        self._connection.execute(
            sa.delete(_left).where(_left.c.site == site, _left.c.workstation == workstation)
        )

    def sites_with_due(self, now: datetime) -> list[SiteCode]:
        """Return the sites at which nobody came to a seat in time."""
        query = sa.select(_left.c.site).where(_left.c.until <= now).distinct()
        return [SiteCode(code) for code in self._connection.scalars(query.order_by(_left.c.site))]

    def due(self, site: SiteCode, now: datetime, *, limit: int) -> list[LeftSeat]:
        """Return the seats to which nobody came in time."""
        return self._seats(_left.c.site == site, _left.c.until <= now, limit=limit)

    def _seats(self, *which: sa.ColumnElement[bool], limit: int | None = None) -> list[LeftSeat]:
        query = sa.select(_left).where(*which).order_by(_left.c.until, _left.c.workstation)
        rows = self._connection.execute(query.limit(limit)).mappings()
        return [LeftSeat(**row) for row in rows]  # columns and fields bear the same names


def _noted(row: Mapping[Any, Any]) -> ShiftNote:
    return ShiftNote(**{name: row[name] for name in row if name != "handover"})


def _signed(row: Mapping[Any, Any]) -> Handover:
    return Handover(**row)  # columns and fields bear the same names
