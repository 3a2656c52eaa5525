"""Residents and tenants: found by code, telephone, door or part of the name."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.customer import Customer, CustomerCode, Home, Living, digits
from core.facts.device import SiteCode
from core.facts.place import PlaceCode
from core.store import bulk, tables
from core.store.upsert import upsert

_t, _phone, _home = tables.customer, tables.customer_phone, tables.home
#: So many parameters fit into one statement on both engines.
_PART = 1_000


class Customers:
    """Every SQL statement about a customer."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def put(self, site: SiteCode, customers: Sequence[Customer]) -> None:
        """Write customers whole: telephones and places that are not given are gone."""
        rows = [
            {
                "site": site,
                "code": one.code,
                "name": one.name,
                "note": one.note,
                "active": one.active,
            }
            for one in customers
        ]
        upsert(self._connection, _t, rows)
        codes = [one.code for one in customers]
        for start in range(0, len(codes), _PART):
            part = codes[start : start + _PART]
            for table in (_phone, _home):
                self._connection.execute(
                    sa.delete(table).where(table.c.site == site, table.c.customer.in_(part))
                )
        phones = [row for one in customers for row in _phone_rows(site, one)]
        homes = [row for one in customers for row in _home_rows(site, one)]
        if phones:
            bulk.add(self._connection, _phone, phones)
        if homes:
            bulk.add(self._connection, _home, homes)

    def find(self, site: SiteCode, code: CustomerCode) -> Customer:
        """Return one customer.

        :raises NotFound: no such customer at this site.
        """
        found = self.several(site, [code])
        if not found:
            raise NotFound(f"customer {code!r} is not known here")
        return found[code]

    def several(
        self, site: SiteCode, codes: Collection[CustomerCode]
    ) -> dict[CustomerCode, Customer]:
        """Return these customers; who is not known here is left out."""
        wanted = sorted(set(codes))
        found: dict[CustomerCode, Customer] = {}
        for start in range(0, len(wanted), _PART):
            part = wanted[start : start + _PART]
            query = sa.select(_t).where(_t.c.site == site, _t.c.code.in_(part))
            found |= {one.code: one for one in self._found(site, query)}
        return found

    def page(
        self,
        site: SiteCode,
        *,
        text: str | None,
        place: PlaceCode | None,
        limit: int,
        after: str | None,
    ) -> list[Customer]:
        """Return customers by code; narrowed to part of name, code or telephone, and to a place."""
        query = sa.select(_t).where(_t.c.site == site)
        if text:
            said = [
                _t.c.name.contains(text, autoescape=True),
                _t.c.code.contains(text, autoescape=True),
            ]
            if number := digits(text):
                said.append(
                    _t.c.code.in_(
                        sa.select(_phone.c.customer).where(
                            _phone.c.site == site, _phone.c.digits.contains(number)
                        )
                    )
                )
            query = query.where(sa.or_(*said))
        if place is not None:
            living = sa.select(_home.c.customer).where(_home.c.site == site, _home.c.place == place)
            query = query.where(_t.c.code.in_(living))
        if after is not None:
            query = query.where(_t.c.code > after)
        return self._found(site, query.order_by(_t.c.code).limit(limit))

    def by_phone(self, site: SiteCode, phone: str, *, limit: int) -> list[Customer]:
        """Return the active customers who have this number."""
        number = digits(phone)
        if not number:
            return []
        having = sa.select(_phone.c.customer).where(
            _phone.c.site == site, _phone.c.digits == number
        )
        return self._found(site, _active(site, having, limit))

    def at_door(
        self, site: SiteCode, place: PlaceCode, door: str | None, *, limit: int
    ) -> list[Customer]:
        """Return active customers of a place; of one door, where the station names it."""
        having = sa.select(_home.c.customer).where(_home.c.site == site, _home.c.place == place)
        if door is not None:
            having = having.where(_home.c.door == door)
        return self._found(site, _active(site, having, limit))

    def living_at(
        self, site: SiteCode, places: Collection[PlaceCode], on: date, *, limit: int
    ) -> list[Customer]:
        """Return active customers who live or work at one of these places on a day, by code."""
        having = sa.select(_home.c.customer).where(
            _home.c.site == site,
            _home.c.place.in_(sorted(places)),
            sa.or_(_home.c.since_on.is_(None), _home.c.since_on <= on),
            sa.or_(_home.c.until_on.is_(None), _home.c.until_on >= on),
        )
        return self._found(site, _active(site, having, limit))

    def by_name(self, site: SiteCode, name: str, *, limit: int) -> list[Customer]:
        """Return the active customers of exactly this name."""
        having = sa.select(_t.c.code).where(_t.c.site == site, _t.c.name == name)
        return self._found(site, _active(site, having, limit))

    def _found(self, site: SiteCode, query: sa.Select[Any]) -> list[Customer]:
        rows = self._connection.execute(query).mappings().all()
        codes = [row["code"] for row in rows]
        phones: dict[str, list[str]] = {}
        homes: dict[str, list[Home]] = {}
        if codes:
            for phone in self._connection.execute(
                sa.select(_phone)
                .where(_phone.c.site == site, _phone.c.customer.in_(codes))
                .order_by(_phone.c.ordinal)
            ):
                phones.setdefault(phone.customer, []).append(phone.phone)
            for home in self._connection.execute(
                sa.select(_home)
                .where(_home.c.site == site, _home.c.customer.in_(codes))
                .order_by(_home.c.ordinal)
            ).mappings():
                homes.setdefault(home["customer"], []).append(_to_home(home))
        return [
            Customer(
                code=CustomerCode(row["code"]),
                name=row["name"],
                phones=tuple(phones.get(row["code"], ())),
                homes=tuple(homes.get(row["code"], ())),
                note=row["note"],
                active=row["active"],
            )
            for row in rows
        ]


def _active(site: SiteCode, having: sa.Select[Any], limit: int) -> sa.Select[Any]:
    return (
        sa.select(_t)
        .where(_t.c.site == site, _t.c.active, _t.c.code.in_(having))
        .order_by(_t.c.code)
        .limit(limit)
    )


def _phone_rows(site: SiteCode, one: Customer) -> list[dict[str, Any]]:
    numbers = {digits(phone): phone for phone in reversed(one.phones) if digits(phone)}
    return [
        {"site": site, "digits": number, "customer": one.code, "phone": phone, "ordinal": ordinal}
        for ordinal, (number, phone) in enumerate(reversed(numbers.items()))
    ]


def _home_rows(site: SiteCode, one: Customer) -> list[dict[str, Any]]:
    return [
        {
            "site": site,
            "customer": one.code,
            "ordinal": ordinal,
            "place": home.place,
            "door": home.door,
            "kind": home.kind.value,
            "since_on": home.since_on,
            "until_on": home.until_on,
        }
        for ordinal, home in enumerate(one.homes)
    ]


def _to_home(row: Mapping[Any, Any]) -> Home:
    return Home(
        place=PlaceCode(row["place"]),
        kind=Living(row["kind"]),
        door=row["door"],
        since_on=row["since_on"],
        until_on=row["until_on"],
    )
