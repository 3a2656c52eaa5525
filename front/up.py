"""``shouwen up``: broker, centre and gateway on one machine, for a demo the building as well."""

import os
import signal
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import NoReturn
from zoneinfo import ZoneInfo

import typer

from core.facts import moment
from core.facts.people import Role
from core.rules import rules
from core.store.database import Database
from front import demo, history, plans
from front.child import Child
from front.data_folder import DEFAULT, DataFolder
from front.ports import free_port
from front.provision import log_ins, provision, shown
from gateway.links.address import BrokerAddress
from gateway.links.broker import BrokerChild, BrokerFailed
from gateway.site import BadSite, Wiring, read

#: The hour at which the scripted day begins.
DAY_BEGINS = 7
#: The centre answers by then, or something is wrong.
_READY_WITHIN = 60.0
#: From a gateway's first sign of life until it has subscribed at the broker.
_SUBSCRIBED_AFTER = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for on the command line."""

    site: Path | None
    demo: bool
    speed: float
    scenario: str
    #: Whether a demonstration begins with two months that were lived through before.
    history: bool
    host: str
    port: int
    data: Path | None
    database: str | None


def run(wanted: Wanted) -> int:
    """Run until SIGINT or SIGTERM; return the exit code."""
    file = wanted.site or (demo.EXAMPLE if wanted.demo else None)
    if file is None:
        typer.echo("say --site FILE, or --demo for the simulated building", err=True)
        return 2
    try:
        wiring = read(file)
    except BadSite as problem:
        typer.echo(f"{file}:\n{problem}", err=True)
        return 1
    signal.signal(signal.SIGTERM, _interrupt)
    house = _House(wanted, file, wiring)
    try:
        house.start()
        house.watch()
    except KeyboardInterrupt:
        typer.echo("\nending")
        return 0
    except BrokerFailed as problem:
        typer.echo(f"the broker does not start: {problem}", err=True)
        return 1
    except _NotReady as problem:
        typer.echo(str(problem), err=True)
        return 1
    finally:
        house.stop()


class _NotReady(Exception):
    """The centre did not come up."""


class _House:
    """The programs of one machine, in the order in which the data goes through them."""

    def __init__(self, wanted: Wanted, file: Path, wiring: Wiring) -> None:
        self._wanted = wanted
        self._folder = DataFolder(wanted.data or DEFAULT / wiring.site.code)
        self._ports: demo.Ports | None = None
        if file == demo.EXAMPLE:
            file, self._ports = demo.prepare(self._folder)
            wiring = read(file)
        self._wiring = wiring
        self._file = file.resolve()
        self._port = free_port(wanted.host, wanted.port)
        if self._port != wanted.port != 0:
            typer.echo(f"port {wanted.port} is taken, another one will do", err=True)
        self._url = f"http://{wanted.host}:{self._port}"
        self._database = wanted.database or self._folder.database_url
        self._broker: BrokerChild | None = None
        self._children: list[Child] = []

    def start(self) -> None:
        provision(
            self._wiring,
            folder=self._folder,
            database_url=self._database,
            rules=rules(),
            everybody=self._wanted.demo,
        )
        if self._wanted.demo and self._wanted.history:
            self._live_through()
        if self._wanted.demo:
            self._hang_plans()
        gateway, devices = self._start_broker()
        self._start(self._centre())
        self._await_ready()
        self._start(self._gateway(gateway))
        self._await_gateway()
        self._greet()
        if self._wanted.demo:
            self._start(self._building(devices))

    def _live_through(self) -> None:
        """Give a demonstration's office its past, once."""
        pictures = self._folder.path / "pictures"
        database = Database.open(self._database, rules=rules(), pictures=pictures)
        try:
            if not history.told(database, site=self._wiring.site.code):
                typer.echo("the office lives through two months first; half a minute")
                history.tell(database, site=self._wiring.site.code, until=_now())
        finally:
            database.close()

    def _hang_plans(self) -> None:
        """Give a demonstration floor plans, once."""
        people = self._wiring.people.values()
        leader = next((one.code for one in people if Role.ADMINISTRATOR in one.roles), None)
        pictures = self._folder.path / "pictures"
        database = Database.open(self._database, rules=rules(), pictures=pictures)
        try:
            plans.hang(database, site=self._wiring.site.code, by=leader, now=_now())
        finally:
            database.close()

    def watch(self) -> NoReturn:
        while True:
            time.sleep(0.5)
            for child in self._children:
                child.watch()
            if self._broker is not None and not self._broker.alive(_now()):
                typer.echo("the broker ended, starting it again", err=True)
                self._broker.start()

    def stop(self) -> None:
        for child in reversed(self._children):
            child.stop()
        if self._broker is not None:
            self._broker.stop()

    def _start_broker(self) -> tuple[BrokerAddress, BrokerAddress]:
        wired = self._wiring.broker
        if wired is not None and wired.url is not None:
            password = wired.password_file.read_text().strip() if wired.password_file else None
            address = BrokerAddress(
                url=wired.url,
                username=wired.username,
                password=password,
                ca_file=wired.ca_file,
                counts_losses=wired.counts_losses,
            )
            return address, address
        port = wired.port if wired is not None else None
        self._broker = BrokerChild(self._folder.gateway / "broker", port=port)
        started = self._broker.start()
        return started.gateway, started.devices

    def _centre(self) -> Child:
        asked = ["api", "--database", self._database, "--data", str(self._folder.path)]
        asked += ["--host", self._wanted.host, "--port", str(self._port)]
        asked += ["--seal-key", str(self._folder.seal_key())]
        asked += ["--push-key", str(self._folder.push_key())]
        if self._wanted.demo and "PUBLIC_URL" not in os.environ:
            asked += ["--public-url", self._url]
        if self._wanted.speed != 1.0:
            asked += ["--demo-clock", str(self._wanted.speed), "--demo-begins", self._begins()]
        return self._child("centre", asked)

    def _gateway(self, broker: BrokerAddress) -> Child:
        asked = ["gateway", "--site", str(self._file), "--data", str(self._folder.gateway)]
        asked += ["--centre-url", self._url, *self._broker_options(broker, "--broker-")]
        if broker.counts_losses:
            asked.append("--broker-counts-losses")
        token = self._folder.token().read_text().strip()
        return self._child("gateway", asked, SHOUWEN_GATEWAY_TOKEN=token)

    def _building(self, broker: BrokerAddress) -> Child:
        asked = ["simulators", "run", "--building", "demo", "--scenario", self._wanted.scenario]
        asked += ["--speed", str(self._wanted.speed), "--repeat", "--broker", broker.url]
        options = self._broker_options(broker, "--")
        asked += options[2:]
        asked += ["--log", str(self._folder.path / "log" / "building-said.jsonl")]
        if self._ports is not None:
            asked += ["--fire-phone-port", str(self._ports.fire_phone)]
            asked += ["--camera-port", str(self._ports.cameras)]
            asked += ["--rtsp-port", str(self._ports.rtsp)]
            asked += ["--messenger-port", str(self._ports.messengers)]
        asked += ["--centre", self._url, "--people", str(self._folder.log_ins)]
        return self._child("building", asked)

    def _broker_options(self, broker: BrokerAddress, prefix: str) -> list[str]:
        options = [f"{prefix}url", broker.url]
        if broker.username is not None:
            options += [f"{prefix}username", broker.username]
        if broker.password is not None:
            file = self._folder.path / f"broker-{broker.username}.password"
            self._folder.write_private(file, broker.password)
            options += [f"{prefix}password-file", str(file)]
        return options

    def _begins(self) -> str:
        """Return when the demo's clock begins: a morning after everything that happened before."""
        database = Database.open(self._database, rules=rules())
        try:
            with database.read() as store:
                last = store.journal.last_at(self._wiring.site.code)
        finally:
            database.close()
        zone = ZoneInfo(self._wiring.site.zone)
        latest = max(filter(None, (last, _now()))).astimezone(zone)
        morning = latest.replace(hour=DAY_BEGINS, minute=0, second=0, microsecond=0)
        return moment.text(morning if morning > latest else morning + timedelta(days=1))

    def _child(self, name: str, module: list[str], **environment: str) -> Child:
        log = self._folder.path / "log" / f"{name}.log"
        return Child(name, module, log=log, environment={**os.environ, **environment})

    def _start(self, child: Child) -> None:
        self._children.append(child)
        child.start()

    def _await_ready(self) -> None:
        deadline = time.monotonic() + _READY_WITHIN
        centre = self._children[0]
        while time.monotonic() < deadline and centre.alive():
            if _answers(f"{self._url}/healthz"):
                return
            time.sleep(0.1)
        raise _NotReady(f"the centre does not come up:\n{centre.last_words()}")

    def _await_gateway(self) -> None:
        """Wait until the gateway listens: what a building says to nobody is lost on a real line."""
        database = Database.open(self._database, rules=rules())
        deadline = time.monotonic() + _READY_WITHIN
        heard = False
        while not heard and time.monotonic() < deadline:
            time.sleep(0.2)
            with database.read() as store:
                gateways = store.gateways.all(self._wiring.site.code)
            heard = any(one.last_heard_at is not None for one in gateways)
        database.close()
        time.sleep(_SUBSCRIBED_AFTER)

    def _greet(self) -> None:
        broker = self._broker.name if self._broker else "the configured broker"
        typer.echo(f"\n  首问 Shouwen · {self._wiring.site.name}\n\n  {self._url}\n")
        rows = log_ins(self._folder)
        rows = shown(rows) if self._wanted.demo else rows
        for role, name, login, password in rows:
            typer.echo(f"  {role:26} {login:16} {password}   {name}")
        if self._wanted.demo:
            typer.echo(f"\n  everybody else: {self._folder.log_ins}")
            if self._wanted.speed != 1.0:
                typer.echo(f"  the demo's clock runs {self._wanted.speed:g} times as fast")
        typer.echo(f"  {broker}; logs in {self._folder.path / 'log'}; Ctrl-C ends everything\n")
        sys.stdout.flush()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own centre
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the command line is a shell
