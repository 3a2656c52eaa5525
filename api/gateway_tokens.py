"""Whose a gateway's token is: looked up once a few seconds, not for every batch."""

import threading
import time
from dataclasses import dataclass, field

from api.auth import hash_token
from core.facts.device import SiteCode
from core.store.database import Database

#: A token that was revoked is still taken for so many seconds at most.
FRESH = 5.0
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class GatewayIdentity:
    """Which gateway delivers, and for which site alone it may."""

    site: SiteCode
    name: str


@dataclass(slots=True)
class GatewayTokens:
    """Tokens seen of late, by their hash."""

    database: Database
    _known: dict[str, tuple[float, GatewayIdentity]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def whose(self, token: str) -> GatewayIdentity | None:
        """Return the gateway that bears this token; unknown ones are asked for every time."""
        key = hash_token(token)
        ticks = time.monotonic()
        known = self._known.get(key)
        if known is not None and ticks - known[0] < FRESH:
            return known[1]
        with self.database.read() as store:
            found = store.gateways.by_token(key)
        with self._lock:
            if found is None:
                self._known.pop(key, None)
                return None
            if len(self._known) >= _MOST:
                self._known.clear()
            identity = GatewayIdentity(found.site, found.name)
            self._known[key] = (ticks, identity)
            return identity
