"""The duty roster: every SQL statement about posts, shifts, duties, absences and stand-ins."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.device import SiteCode
from core.facts.people import PersonCode, Role
from core.facts.place import PlaceCode
from core.facts.roster import Absence, Cell, Duty, Post, PostCode, Row, Shift, ShiftCode, StandIn
from core.store import tables
from core.store.upsert import upsert

_post, _shift, _duty = tables.post, tables.shift, tables.duty
_absence, _stand_in = tables.absence, tables.stand_in


class Roster:
    """Who stands where and when."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    # --- posts and shifts ----------------------------------------------------------------------

    def posts(self, site: SiteCode) -> list[Post]:
        """Return all posts, by code."""
        query = sa.select(_post).where(_post.c.site == site).order_by(_post.c.code)
        return [_to_post(row) for row in self._connection.execute(query).mappings()]

    def shifts(self, site: SiteCode) -> list[Shift]:
        """Return all shifts, by when they begin."""
        query = sa.select(_shift).where(_shift.c.site == site)
        rows = self._connection.execute(query.order_by(_shift.c.begins, _shift.c.code)).mappings()
        return [_to_shift(row) for row in rows]

    def write_posts(self, site: SiteCode, posts: Sequence[Post]) -> None:
        """Enter posts; one that is there is changed."""
        rows = [asdict(post) | {"site": site, "role": post.role.value} for post in posts]
        upsert(self._connection, _post, rows)

    def write_shifts(self, site: SiteCode, shifts: Sequence[Shift]) -> None:
        """Enter shifts; one that is there is changed."""
        rows = [
            {
                "site": site,
                "code": shift.code,
                "name": shift.name,
                "begins": f"{shift.begins:%H:%M}",
                "ends": f"{shift.ends:%H:%M}",
            }
            for shift in shifts
        ]
        upsert(self._connection, _shift, rows)

    # --- duties --------------------------------------------------------------------------------

    def days(self, site: SiteCode, first: date, last: date) -> list[Duty]:
        """Return the duties that are written under these dates, both included."""
        query = sa.select(_duty).where(
            _duty.c.site == site, _duty.c.day >= first, _duty.c.day <= last
        )
        return self._duties(query)

    def standing(self, site: SiteCode, at: datetime) -> list[Duty]:
        """Return the duties of this moment."""
        query = sa.select(_duty).where(
            _duty.c.site == site, _duty.c.ends_at > at, _duty.c.begins_at <= at
        )
        return self._duties(query)

    def unfinished(self, site: SiteCode, now: datetime) -> list[Duty]:
        """Return the duties that are not over."""
        return self._duties(sa.select(_duty).where(_duty.c.site == site, _duty.c.ends_at > now))

    def replace(
        self, site: SiteCode, first: date, last: date, duties: Sequence[Duty], *, now: datetime
    ) -> None:
        """Put these in the place of what is written under these dates and is not over."""
        self._connection.execute(
            sa.delete(_duty).where(
                _duty.c.site == site,
                _duty.c.day >= first,
                _duty.c.day <= last,
                _duty.c.ends_at > now,
            )
        )
        self._add(site, duties)

    def replace_cell(self, site: SiteCode, cell: Cell, duties: Sequence[Duty]) -> None:
        """Put these in the place of what is written in one cell."""
        self._connection.execute(
            sa.delete(_duty).where(
                _duty.c.site == site,
                _duty.c.day == cell.day,
                _duty.c.post == cell.post,
                _duty.c.shift == cell.shift,
            )
        )
        self._add(site, duties)

    def _add(self, site: SiteCode, duties: Sequence[Duty]) -> None:
        rows = [
            asdict(duty.row) | {"site": site, "begins_at": duty.begins_at, "ends_at": duty.ends_at}
            for duty in duties
        ]
        if rows:
            self._connection.execute(sa.insert(_duty), rows)

    def _duties(self, query: sa.Select[Any]) -> list[Duty]:
        ordered = query.order_by(_duty.c.begins_at, _duty.c.post, _duty.c.shift, _duty.c.person)
        return [_to_duty(row) for row in self._connection.execute(ordered).mappings()]

    # --- absences and stand-ins ----------------------------------------------------------------

    def absences(
        self, site: SiteCode, *, since: datetime, until: datetime | None = None
    ) -> list[Absence]:
        """Return absences that were not called off and touch this time, the earliest first."""
        query = sa.select(_absence).where(
            _absence.c.site == site, _absence.c.ends_at > since, _absence.c.cancelled_at.is_(None)
        )
        if until is not None:
            query = query.where(_absence.c.begins_at <= until)
        rows = self._connection.execute(query.order_by(_absence.c.begins_at, _absence.c.id))
        return [_to_absence(row) for row in rows.mappings()]

    def absence(self, site: SiteCode, number: int) -> Absence:
        """Return one absence.

        :raises NotFound: no such absence at this site.
        """
        query = sa.select(_absence).where(_absence.c.site == site, _absence.c.id == number)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotFound(f"absence {number} is not known here")
        return _to_absence(row)

    def add_absence(self, site: SiteCode, **values: Any) -> Absence:
        """Enter an absence and return it with its number."""
        statement = sa.insert(_absence).values(site=site, **values).returning(_absence)
        return _to_absence(self._connection.execute(statement).mappings().one())

    def cancel_absence(self, absence: Absence, site: SiteCode, *, now: datetime) -> Absence:
        """Let an absence hold no longer; that it was entered stays."""
        statement = (
            sa.update(_absence)
            .where(_absence.c.site == site, _absence.c.id == absence.id)
            .values(cancelled_at=now)
            .returning(_absence)
        )
        return _to_absence(self._connection.execute(statement).mappings().one())

    def stand_ins(
        self, site: SiteCode, *, since: datetime, until: datetime | None = None
    ) -> list[StandIn]:
        """Return stand-ins that touch this time, the earliest first."""
        query = sa.select(_stand_in).where(_stand_in.c.site == site, _stand_in.c.ends_at > since)
        if until is not None:
            query = query.where(_stand_in.c.begins_at <= until)
        rows = self._connection.execute(query.order_by(_stand_in.c.begins_at, _stand_in.c.id))
        return [_to_stand_in(row) for row in rows.mappings()]

    def add_stand_in(self, site: SiteCode, **values: Any) -> StandIn:
        """Enter a stand-in and return it with its number."""
        statement = sa.insert(_stand_in).values(site=site, **values).returning(_stand_in)
        return _to_stand_in(self._connection.execute(statement).mappings().one())


def _to_post(row: Mapping[Any, Any]) -> Post:
    return Post(
        code=PostCode(row["code"]),
        name=row["name"],
        role=Role(row["role"]),
        place=PlaceCode(row["place"]) if row["place"] is not None else None,
        least=row["least"],
    )


def _to_shift(row: Mapping[Any, Any]) -> Shift:
    return Shift(
        code=ShiftCode(row["code"]),
        name=row["name"],
        begins=time.fromisoformat(row["begins"]),
        ends=time.fromisoformat(row["ends"]),
    )


def _to_duty(row: Mapping[Any, Any]) -> Duty:
    return Duty(
        row=Row(
            day=row["day"],
            post=PostCode(row["post"]),
            shift=ShiftCode(row["shift"]),
            person=PersonCode(row["person"]),
        ),
        begins_at=row["begins_at"],
        ends_at=row["ends_at"],
    )


def _to_absence(row: Mapping[Any, Any]) -> Absence:
    return Absence(**{name: row[name] for name in row if name != "site"})


def _to_stand_in(row: Mapping[Any, Any]) -> StandIn:
    return StandIn(**{name: row[name] for name in row if name != "site"})
