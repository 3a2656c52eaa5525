"""A site's messengers, and the browsers that let themselves be called."""

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.message import Messenger, MessengerCode, MessengerKind, Subscription
from core.facts.people import PersonCode, Role
from core.store import tables
from core.store.upsert import upsert

_messenger, _subscription = tables.messenger, tables.subscription


class Messengers:
    """Every SQL statement about a way to people's telephones."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def seed(self, site: SiteCode, messengers: Iterable[Messenger]) -> None:
        """Let a site have exactly these messengers: the site file says which."""
        rows = [
            {
                "site": site,
                "code": one.code,
                "kind": one.kind.value,
                "url": one.url,
                "secret": one.secret,
                "roles": sorted(role.value for role in one.roles),
                "per_minute": one.per_minute,
            }
            for one in messengers
        ]
        kept = [row["code"] for row in rows]
        self._connection.execute(
            sa.delete(_messenger).where(_messenger.c.site == site, _messenger.c.code.not_in(kept))
        )
        upsert(self._connection, _messenger, rows)

    def all(self, site: SiteCode) -> list[Messenger]:
        """Return a site's messengers, by code."""
        query = sa.select(_messenger).where(_messenger.c.site == site).order_by(_messenger.c.code)
        return [
            Messenger(
                code=MessengerCode(row.code),
                kind=MessengerKind(row.kind),
                url=row.url,
                secret=row.secret,
                roles=frozenset(Role(one) for one in row.roles),
                per_minute=row.per_minute,
            )
            for row in self._connection.execute(query)
        ]

    def subscribe(
        self,
        site: SiteCode,
        person: PersonCode,
        *,
        endpoint: str,
        p256dh: str,
        auth: str,
        now: datetime,
    ) -> Subscription:
        """Let a browser be called; who subscribes last on it is who is called."""
        row = {
            "site": site,
            "id": hashlib.sha256(endpoint.encode()).hexdigest(),
            "person": person,
            "endpoint": endpoint,
            "p256dh": p256dh,
            "auth": auth,
            "added_at": now,
        }
        upsert(self._connection, _subscription, [row])
        return _fact(row)

    def unsubscribe(self, site: SiteCode, ids: Collection[str]) -> None:
        """Call these browsers no more."""
        self._connection.execute(
            sa.delete(_subscription).where(
                _subscription.c.site == site, _subscription.c.id.in_(sorted(ids))
            )
        )

    def of_person(self, site: SiteCode, person: PersonCode) -> list[Subscription]:
        """Return a person's browsers, the oldest first."""
        query = (
            sa.select(_subscription)
            .where(_subscription.c.site == site, _subscription.c.person == person)
            .order_by(_subscription.c.added_at, _subscription.c.id)
        )
        return [_fact(row) for row in self._connection.execute(query).mappings()]

    def subscribed(self, site: SiteCode) -> frozenset[PersonCode]:
        """Return who has a browser that may be called."""
        query = sa.select(_subscription.c.person).where(_subscription.c.site == site).distinct()
        return frozenset(PersonCode(code) for code in self._connection.scalars(query))


def _fact(row: Any) -> Subscription:
    return Subscription(
        id=row["id"],
        person=PersonCode(row["person"]),
        endpoint=row["endpoint"],
        p256dh=row["p256dh"],
        auth=row["auth"],
        added_at=row["added_at"],
    )
