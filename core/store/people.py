"""Staff and units, and who may log in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.device import SiteCode
from core.facts.people import Person, PersonCode, Role, Unit, UnitCode, UnitKind
from core.store import tables
from core.store.upsert import upsert

_person, _unit = tables.person, tables.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a log-in is checked against."""

    site: SiteCode
    person: PersonCode
    password_hash: str


class People:
    """Every SQL statement about a person or a unit."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def seed(self, site: SiteCode, units: Iterable[Unit], persons: Iterable[Person]) -> None:
        """Write units and people as the site file has them; log-ins stay.

        Run twice it changes nothing, and what the office has edited itself stays as it is.
        """
        kept, staff = self.edited_units(site), self.edited(site)
        self._write(
            site,
            [unit for unit in units if unit.code not in kept],
            [person for person in persons if person.code not in staff],
            edited=False,
        )

    def edit(
        self, site: SiteCode, *, units: Iterable[Unit] = (), persons: Iterable[Person] = ()
    ) -> None:
        """Write units and people as the office will have them; the site file no longer does."""
        self._write(site, units, persons, edited=True)

    def edited(self, site: SiteCode) -> frozenset[PersonCode]:
        """Return the people whom the office has edited itself."""
        query = sa.select(_person.c.code).where(_person.c.site == site, _person.c.edited)
        return frozenset(PersonCode(code) for code in self._connection.scalars(query))

    def edited_units(self, site: SiteCode) -> frozenset[UnitCode]:
        """Return the units that the office has edited itself."""
        query = sa.select(_unit.c.code).where(_unit.c.site == site, _unit.c.edited)
        return frozenset(UnitCode(code) for code in self._connection.scalars(query))

    def logins(self, site: SiteCode) -> dict[PersonCode, str]:
        """Return by which name each person may log in."""
        query = sa.select(_person.c.code, _person.c.login).where(
            _person.c.site == site, _person.c.login.is_not(None)
        )
        return {PersonCode(row[0]): row[1] for row in self._connection.execute(query)}

    def _write(
        self, site: SiteCode, units: Iterable[Unit], persons: Iterable[Person], *, edited: bool
    ) -> None:
        upsert(
            self._connection,
            _unit,
            [
                {
                    "site": site,
                    "code": unit.code,
                    "name": unit.name,
                    "kind": unit.kind.value,
                    "retired": unit.retired,
                    "edited": edited,
                }
                for unit in units
            ],
        )
        upsert(
            self._connection,
            _person,
            [{**_row(site, person), "edited": edited} for person in persons],
        )

    def set_password(
        self, site: SiteCode, person: PersonCode, *, login: str, password_hash: str
    ) -> None:
        """Let a person log in by this name and password.

        :raises NotFound: no such person at this site.
        """
        changed = self._connection.execute(
            sa.update(_person)
            .where(_person.c.site == site, _person.c.code == person)
            .values(login=login, password_hash=password_hash)
        )
        if changed.rowcount == 0:
            raise NotFound(f"person {person!r} is not known here")

    def credentials(self, login: str, *, site: SiteCode | None) -> list[Credentials]:
        """Return who may log in by this name; without a site, at any site."""
        query = sa.select(_person.c.site, _person.c.code, _person.c.password_hash).where(
            _person.c.login == login, _person.c.active, _person.c.password_hash.is_not(None)
        )
        if site is not None:
            query = query.where(_person.c.site == site)
        return [
            Credentials(
                site=SiteCode(row.site),
                person=PersonCode(row.code),
                password_hash=row.password_hash,
            )
            for row in self._connection.execute(query.order_by(_person.c.site).limit(2))
        ]

    def find(self, site: SiteCode, code: PersonCode) -> Person:
        """Return one person.

        :raises NotFound: no such person at this site.
        """
        found = self._found(
            sa.select(_person).where(_person.c.site == site, _person.c.code == code)
        )
        if not found:
            raise NotFound(f"person {code!r} is not known here")
        return found[0]

    def all(self, site: SiteCode) -> list[Person]:
        """Return everybody, by code."""
        return self._found(
            sa.select(_person).where(_person.c.site == site).order_by(_person.c.code)
        )

    def units(self, site: SiteCode) -> list[Unit]:
        """Return all units, by code."""
        rows = self._connection.execute(
            sa.select(_unit).where(_unit.c.site == site).order_by(_unit.c.code)
        )
        return [
            Unit(
                code=UnitCode(row.code),
                name=row.name,
                kind=UnitKind(row.kind),
                retired=row.retired,
            )
            for row in rows
        ]

    def units_of(self, site: SiteCode) -> dict[PersonCode, UnitCode]:
        """Return for whom each person of a site works."""
        query = sa.select(_person.c.code, _person.c.unit).where(_person.c.site == site)
        return {PersonCode(row[0]): UnitCode(row[1]) for row in self._connection.execute(query)}

    def with_roles(self, site: SiteCode, roles: Collection[Role]) -> list[Person]:
        """Return the active people who are any of these, by code."""
        wanted = frozenset(roles)
        query = sa.select(_person).where(_person.c.site == site, _person.c.active)
        return [
            person
            for person in self._found(query.order_by(_person.c.code))
            if person.roles & wanted
        ]

    def _found(self, query: sa.Select[Any]) -> list[Person]:
        return [_to_person(row) for row in self._connection.execute(query).mappings()]


def _row(site: SiteCode, person: Person) -> dict[str, Any]:
    return {
        "site": site,
        "code": person.code,
        "name": person.name,
        "unit": person.unit,
        "roles": sorted(role.value for role in person.roles),
        "phone": person.phone,
        "active": person.active,
    }


def _to_person(row: Mapping[Any, Any]) -> Person:
    return Person(
        code=PersonCode(row["code"]),
        name=row["name"],
        unit=UnitCode(row["unit"]),
        roles=frozenset(Role(role) for role in row["roles"]),
        phone=row["phone"],
        active=row["active"],
    )
