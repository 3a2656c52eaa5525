"""Who is logged in: only the hash of a token is kept, so that a copy of the table opens nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.handover import Workstation
from core.facts.people import Person, PersonCode, Role, UnitCode
from core.store import tables

_t, _person = tables.session, tables.person


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Somebody who is logged in, with the roles he has at this moment."""

    token_hash: str
    site: SiteCode
    person: Person
    expires_at: datetime
    #: The workstation whose console opened it, where it said one.
    workstation: Workstation | None

    @property
    def seat(self) -> Workstation:
        """Which seat its console is: one that names no workstation is a seat of its own."""
        return self.workstation or Workstation(f"session-{self.token_hash[:16]}")


class Sessions:
    """Every SQL statement about a session."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def open(
        self,
        site: SiteCode,
        person: PersonCode,
        *,
        token_hash: str,
        now: datetime,
        expires_at: datetime,
        workstation: Workstation | None = None,
    ) -> None:
        """Begin a session, and forget those of this person that have run out."""
        self._connection.execute(
            sa.delete(_t).where(_t.c.site == site, _t.c.person == person, _t.c.expires_at <= now)
        )
        self._connection.execute(
            sa.insert(_t).values(
                token_hash=token_hash,
                site=site,
                person=person,
                opened_at=now,
                expires_at=expires_at,
                workstation=workstation,
            )
        )

    def find(self, token_hash: str, *, now: datetime) -> Session | None:
        """Return the session of a token, if it is still good and the person still active."""
        row = self._connection.execute(
            sa.select(_t.c.site, _t.c.expires_at, _t.c.workstation, _person)
            .join(_person, (_person.c.site == _t.c.site) & (_person.c.code == _t.c.person))
            .where(_t.c.token_hash == token_hash, _t.c.expires_at > now, _person.c.active)
        ).first()
        if row is None:
            return None
        return Session(
            token_hash=token_hash,
            site=SiteCode(row.site),
            expires_at=row.expires_at,
            workstation=row.workstation,
            person=Person(
                code=PersonCode(row.code),
                name=row.name,
                unit=UnitCode(row.unit),
                roles=frozenset(Role(role) for role in row.roles),
                phone=row.phone,
            ),
        )

    def alive(self, token_hashes: Collection[str], *, now: datetime) -> set[str]:
        """Return which of these sessions are still good."""
        return set(
            self._connection.scalars(
                sa.select(_t.c.token_hash)
                .join(_person, (_person.c.site == _t.c.site) & (_person.c.code == _t.c.person))
                .where(
                    _t.c.token_hash.in_(sorted(token_hashes)),
                    _t.c.expires_at > now,
                    _person.c.active,
                )
            )
        )

    def revoke(self, token_hash: str) -> None:
        """End a session at once."""
        self._connection.execute(sa.delete(_t).where(_t.c.token_hash == token_hash))

    def revoke_all(self, site: SiteCode, person: PersonCode) -> None:
        """End every session of a person at once."""
        self._connection.execute(sa.delete(_t).where(_t.c.site == site, _t.c.person == person))
