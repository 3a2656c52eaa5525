"""A centre that really serves: uvicorn on a loopback port, on the store a test was given."""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count

import httpx

from api.app import create_app
from api.auth import COOKIE, hash_password, hash_token, new_token
from api.clock import Clock, SystemClock
from api.server import Server
from api.settings import Settings
from core.facts import cloudevent
from core.facts.device import DeviceEvent, EventId, EventType, SiteCode
from core.facts.people import Person, PersonCode, Role, UnitCode
from core.store.database import Database
from tests.office import Office

PASSWORD = "北门-7-lamps"
TOKEN = "token-of-the-gateway-of-"
SUPERVISOR_ON_SITE, ADMINISTRATOR = PersonCode("on-site-1"), PersonCode("admin-1")

#: Who is what, one person for each role.
PEOPLE: Mapping[Role, PersonCode] = {
    Role.GUARD: PersonCode("guard-7"),
    Role.SQUAD_LEADER: PersonCode("leader-2"),
    Role.CAPTAIN: PersonCode("captain"),
    Role.CLEANER: PersonCode("cleaner-3"),
    Role.ENGINEER: PersonCode("engineer-1"),
    Role.ON_SITE_SUPERVISOR: SUPERVISOR_ON_SITE,
    Role.OPERATOR: PersonCode("operator-1"),
    Role.DESK_AGENT: PersonCode("agent-1"),
    Role.GENERAL_GROUP_SUPERVISOR: PersonCode("supervisor"),
    Role.DIRECTOR: PersonCode("director"),
    Role.ADMINISTRATOR: ADMINISTRATOR,
}


@dataclass(kw_only=True)
class Centre:
    """A running centre, and how tests speak with it."""

    database: Database
    server: Server
    clock: Clock
    offices: dict[SiteCode, Office] = field(default_factory=dict)
    _clients: list[httpx.Client] = field(default_factory=list)
    _thread: threading.Thread | None = None
    _events: Iterable[int] = field(default_factory=lambda: count(1))

    @classmethod
    def start(
        cls,
        database: Database,
        *,
        sites: Iterable[str] = ("garden",),
        clock: Clock | None = None,
        settings: Settings | None = None,
    ) -> "Centre":
        """Seed the sites and serve them."""
        by = clock or SystemClock()
        app = create_app(database=database, clock=by, settings=settings or Settings())
        centre = cls(database=database, server=Server(app, host="127.0.0.1", port=0), clock=by)
        for site in sites:
            centre.offices[SiteCode(site)] = _seed(database, SiteCode(site), by)
        centre._thread = threading.Thread(target=centre.server.run, daemon=True)
        centre._thread.start()
        wait_until(lambda: centre.server.started)
        return centre

    def stop(self) -> None:
        """End everything, and see that it ends."""
        for client in self._clients:
            client.close()
        self.server.handle_exit(15, None)
        assert self._thread is not None
        self._thread.join(timeout=60)
        assert not self._thread.is_alive()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    @property
    def office(self) -> Office:
        return next(iter(self.offices.values()))

    # --- who speaks -----------------------------------------------------------------------------

    def anybody(self, **headers: str) -> httpx.Client:
        """A browser that shows our own page; nobody is logged in."""
        client = httpx.Client(
            base_url=self.url, headers={"Origin": self.url, **headers}, timeout=60, trust_env=False
        )
        self._clients.append(client)
        return client

    def as_(self, who: Role | PersonCode, *, site: str = "garden") -> httpx.Client:
        """A browser in which this person is logged in."""
        client = self.anybody()
        client.cookies.set(COOKIE, self.session(who, site=site))
        return client

    def session(self, who: Role | PersonCode, *, site: str = "garden") -> str:
        person = PEOPLE[who] if isinstance(who, Role) else who
        token, now = new_token(), self.clock.now()
        with self.database.begin() as store:
            store.sessions.open(
                SiteCode(site),
                person,
                token_hash=hash_token(token),
                now=now,
                expires_at=now + timedelta(hours=12),
            )
        return token

    def gateway(self, *, site: str = "garden") -> httpx.Client:
        client = httpx.Client(
            base_url=self.url,
            headers={"Authorization": f"Bearer {TOKEN}{site}"},
            timeout=60,
            trust_env=False,
        )
        self._clients.append(client)
        return client

    # --- what happens ---------------------------------------------------------------------------

    def event(
        self,
        kind: EventType = EventType.INTERCOM_RINGING,
        *,
        site: str = "garden",
        call: str | None = None,
        **more: object,
    ) -> DeviceEvent:
        office = self.offices[SiteCode(site)]
        office.now = self.clock.now()
        number = next(iter(self._events))
        name = EventId(f"{site}-event-{number}")
        return office.event(kind, call=call, event_id=name, **more)  # type: ignore[arg-type]

    def delivers(self, *events: DeviceEvent, site: str = "garden") -> httpx.Response:
        return self.gateway(site=site).post("/api/v1/device-events", content=batch(events))

    def ring(self, *, site: str = "garden") -> int:
        """Somebody presses the call button; return the report's number."""
        call = f"{site}-call-{next(iter(self._events))}"
        answer = self.delivers(self.event(site=site, call=call), site=site)
        assert answer.json()["stored"] == 1, answer.text
        with self.database.read() as store:
            return max(report.number for report in store.reports.queue(SiteCode(site)))

    def forwarded(self, *, site: str = "garden") -> tuple[int, int]:
        """A press that an operator passed to the desk: numbers of report and issue."""
        number = self.ring(site=site)
        operator = self.as_(Role.OPERATOR, site=site)
        path = f"/api/v1/reports/{number}"
        for act, said in (("claim", {}), ("complete", completion()), ("forward", {})):
            answer = operator.post(f"{path}/{act}", json=said)
            assert answer.status_code == 200, answer.text
        return number, answer.json()["issue"]


def completion(**more: object) -> dict[str, object]:
    """What an operator types before a report may go to the desk."""
    return {
        "caller": {"kind": "customer", "name": "1502 住户"},
        "place": "3-2",
        "category": "street_lamp",
        "words": "路灯不亮",
        **more,
    }


def telling(**more: object) -> dict[str, object]:
    """What somebody types of a telephone call."""
    return {**completion(), "channel": "telephone", **more}


def batch(events: Iterable[DeviceEvent]) -> bytes:
    return cloudevent.encode_batch([cloudevent.encode(event) for event in events])


def wait_until(true: Callable[[], object], *, within: float = 60.0) -> None:
    """Wait for something that is bound to happen; fail if it does not."""
    until = time.monotonic() + within
    while not true():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.005)


@cache
def password_hash() -> str:
    return hash_password(PASSWORD)


def _seed(database: Database, site: SiteCode, clock: Clock) -> Office:
    office = Office(database, site=site)
    office.now = clock.now()
    with database.begin() as store:
        store.people.seed(
            site,
            [],
            [
                Person(
                    code=SUPERVISOR_ON_SITE,
                    name="on site",
                    unit=UnitCode("clean"),
                    roles=frozenset({Role.ON_SITE_SUPERVISOR}),
                ),
                Person(
                    code=ADMINISTRATOR,
                    name="admin",
                    unit=UnitCode("office"),
                    roles=frozenset({Role.ADMINISTRATOR}),
                ),
            ],
        )
        for code in PEOPLE.values():
            store.people.set_password(
                site, code, login=f"{code}@{site}", password_hash=password_hash()
            )
        store.gateways.register(site, "gateway-1", token_hash=hash_token(f"{TOKEN}{site}"))
    return office


class HandClock:
    """A clock that only the test moves."""

    speed = 1.0
    demo = False

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self._now

    def at(self, real: datetime) -> datetime:
        return real

    def real(self, at: datetime) -> datetime:
        return at

    def forward(self, **by: float) -> None:
        self._now += timedelta(**by)
