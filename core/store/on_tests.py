"""Devices on test: every SQL statement about a test."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.device import DeviceCode, SiteCode
from core.facts.on_test import OnTest
from core.facts.people import PersonCode
from core.store import tables

_t = tables.on_test


class OnTests:
    """Tests that go on, and those that are over."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def begin(self, test: OnTest) -> OnTest:
        """Enter a test and return it with the number that it bears from now on."""
        values = asdict(test)
        del values["id"]
        values["devices"] = list(test.devices)
        statement = sa.insert(_t).values(**values).returning(_t)
        return _fact(self._connection.execute(statement).mappings().one())

    def find(self, site: SiteCode, number: int) -> OnTest:
        """Return one.

        :raises NotFound: no such test at this site.
        """
        found = self._found(sa.select(_t).where(_t.c.site == site, _t.c.id == number))
        if not found:
            raise NotFound(f"test {number} is not known here")
        return found[0]

    def running(self, site: SiteCode, now: datetime) -> list[OnTest]:
        """Return those that go on, in the order in which they end."""
        return self._found(_going_on(site).where(_t.c.until > now))

    def due(self, site: SiteCode, now: datetime, *, limit: int) -> list[OnTest]:
        """Return those whose time is up, the earliest first."""
        return self._found(_going_on(site).where(_t.c.until <= now).limit(limit))

    def sites_with_due(self, now: datetime) -> list[SiteCode]:
        """Return the sites at which the time of a test is up."""
        query = sa.select(_t.c.site).where(_t.c.ended_at.is_(None), _t.c.until <= now)
        return [
            SiteCode(code)
            for code in self._connection.scalars(query.distinct().order_by(_t.c.site))
        ]

    def end(self, test: OnTest, *, by: PersonCode | None, now: datetime) -> OnTest:
        """Let a test be over; nobody ended it where ``by`` is None."""
        statement = (
            sa.update(_t)
            .where(_t.c.site == test.site, _t.c.id == test.id)
            .values(ended_at=now, ended_by=by)
            .returning(_t)
        )
        return _fact(self._connection.execute(statement).mappings().one())

    def _found(self, query: sa.Select[Any]) -> list[OnTest]:
        return [_fact(row) for row in self._connection.execute(query).mappings()]


def _going_on(site: SiteCode) -> sa.Select[Any]:
    return (
        sa.select(_t)
        .where(_t.c.site == site, _t.c.ended_at.is_(None))
        .order_by(_t.c.until, _t.c.id)
    )


def _fact(row: Mapping[Any, Any]) -> OnTest:
    values = {name: row[name] for name in row if name != "devices"}
    return OnTest(devices=tuple(DeviceCode(code) for code in row["devices"]), **values)
