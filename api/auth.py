"""Log-ins and tokens: what a person or a gateway shows, and what is kept of it."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

import anyio
from pwdlib import PasswordHash

from api.rate import Buckets
from core.facts.device import SiteCode
from core.facts.handover import Workstation
from core.facts.people import PersonCode
from core.monitoring import leaving
from core.store.database import Database
from core.store.people import Credentials
from core.store.sessions import Session

COOKIE = "shouwen_session"

#: Checking a password takes a core and 64 MiB: not many at once.
checking = anyio.CapacityLimiter(2)

_passwords = PasswordHash.recommended()


def hash_password(password: str) -> str:
    """Return what is kept of a password: argon2id, some 0.1 s of one core."""
    return _passwords.hash(password)


def hash_token(token: str) -> str:
    """Return what is kept of a token of 256 random bits: a plain hash is enough for those."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """Return a token of 256 random bits."""
    return secrets.token_urlsafe(32)


@cache
def nobodys_hash() -> str:
    """Return a hash to check against when nobody bears a log-in, so that it takes as long."""
    return _passwords.hash(secrets.token_urlsafe(16))


@dataclass(frozen=True, slots=True)
class TooOften:
    """Not even looked at; try again later."""

    seconds: float


class Wrong:
    """No such log-in, or not its password: which one, nobody is told."""


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """The token, which is shown once, and whose it is."""

    token: str
    session: Session


@dataclass(slots=True)
class LogIns:
    """Checks log-ins, not too often for one name from one address, nor for one address."""

    database: Database
    lasts: timedelta
    _pairs: Buckets = field(default_factory=lambda: Buckets(burst=5, every=10.0))
    _addresses: Buckets = field(default_factory=lambda: Buckets(burst=30, every=1.0))

    def try_(self, *, login: str, address: str, ticks: float) -> TooOften | None:
        """Count one try; blocks only this name from this address, so nobody can lock others out."""
        wait = self._addresses.take(address, now=ticks) or self._pairs.take(
            (login, address), now=ticks
        )
        return TooOften(wait) if wait else None

    def log_in(
        self,
        *,
        site: SiteCode | None,
        login: str,
        password: str,
        address: str,
        now: datetime,
        workstation: Workstation | None = None,
    ) -> LoggedIn | Wrong:
        """Check a password and begin a session; what waits at the workstation passes over.

        Takes as long for a name nobody bears.
        """
        known = self._known(site=site, login=login, password=password, address=address)
        if known is None:
            return Wrong()
        token = new_token()
        with self.database.begin() as store:
            store.journal.lock(known.site)
            store.sessions.open(
                known.site,
                known.person,
                token_hash=hash_token(token),
                now=now,
                expires_at=now + self.lasts,
                workstation=workstation,
            )
            session = store.sessions.find(hash_token(token), now=now)
            if session is not None and workstation is not None:
                leaving.arrive(
                    store,
                    site=known.site,
                    person=session.person,
                    workstation=workstation,
                    now=now,
                )
        return LoggedIn(token, session) if session is not None else Wrong()

    def whose(
        self, *, site: SiteCode, login: str, password: str, address: str
    ) -> PersonCode | None:
        """Return whose log-in and password this is; takes as long for a name nobody bears."""
        known = self._known(site=site, login=login, password=password, address=address)
        return known.person if known is not None else None

    def _known(
        self, *, site: SiteCode | None, login: str, password: str, address: str
    ) -> Credentials | None:
        with self.database.read() as store:
            found = store.people.credentials(login, site=site)
        known = found[0] if len(found) == 1 else None
        right = _passwords.verify(password, known.password_hash if known else nobodys_hash())
        if known is None or not right:
            return None
        self._pairs.forgive((login, address))
        return known
