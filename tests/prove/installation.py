"""A whole installation of real processes in one folder: broker, centre, gateway, stations."""

import json
import os
import secrets
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from api.auth import hash_password, hash_token, new_token
from core import sealing
from core.facts.people import Person, PersonCode, Role, Unit, UnitCode, UnitKind
from core.rules import rules
from core.store.database import Database
from gateway import site as site_file
from tests.prove import wiring
from tests.prove.children import Child, NotReady, free_port, listening
from tests.prove.wiring import SITE, Wires

GATEWAY = "gateway-1"
OPERATOR = PersonCode("operator-1")
PASSWORD = "operator of the storm"


class Installation:
    """Writes every file that the processes need, and starts, stops and reads them."""

    def __init__(
        self,
        folder: Path,
        *,
        stations: Mapping[str, int],
        database_url: str | None = None,
        wires: Wires | None = None,
        gateway_module: str = "gateway",
        cores: tuple[int | None, int | None] = (None, None),
        more_devices: str = "",
    ) -> None:
        """Prepare for ``stations`` of each dialect.

        :param more_devices: tables for the site file, as they stand there.
        :param cores: the core of broker and gateway, and the core of the centre.
        """
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.url = database_url or f"sqlite:///{folder / 'store.sqlite'}"
        self.broker_port, self.centre_port = free_port(), free_port()
        self.gateway_data = folder / "gateway"
        self._key = secrets.token_bytes(32)
        self._token = new_token()
        self._write("seal.key", self._key.hex())
        self._write("gateway.token", self._token)
        self._write(
            "mosquitto.conf", wiring.mosquitto_conf(self.broker_port, folder, wires or Wires())
        )
        text = wiring.site_toml(stations, centre_url=self.centre_url, broker_url=self.broker_url)
        self.site = self._write("site.toml", text + more_devices)
        self.broker = self._broker(cores[0])
        self.centre = self._centre(cores[1])
        self.gateway = self._gateway(gateway_module, cores[0])

    @property
    def broker_url(self) -> str:
        """Where the stations publish."""
        return f"mqtt://127.0.0.1:{self.broker_port}"

    @property
    def centre_url(self) -> str:
        """Where the centre answers."""
        return f"http://127.0.0.1:{self.centre_port}"

    def provide(self) -> None:
        """Create the tables, take over the site, and let gateway and operator in."""
        written = site_file.read(self.site)
        office = Unit(code=UnitCode("office"), name="管理处", kind=UnitKind.OFFICE)
        operator = Person(
            code=OPERATOR, name="值班员", unit=office.code, roles=frozenset({Role.OPERATOR})
        )
        database = self.database()
        try:
            database.migrate()
            with database.begin() as store:
                store.sites.seed(written.site)
                store.people.seed(SITE, [office], [operator])
                store.people.set_password(
                    SITE, OPERATOR, login=OPERATOR, password_hash=hash_password(PASSWORD)
                )
                store.gateways.register(SITE, GATEWAY, token_hash=hash_token(self._token))
        finally:
            database.close()

    def start(self, *children: Child) -> None:
        """Start these, or all three, and wait until each can work."""
        for child in children or (self.broker, self.centre, self.gateway):
            child.start()
            child.wait_until_ready()

    def end(self) -> None:
        """Stop whatever runs."""
        for child in (self.gateway, self.centre, self.broker):
            child.stop()

    def storm(
        self,
        dialect: str,
        *,
        stations: int,
        rate: float,
        seconds: float,
        drain: float = 60.0,
        core: int | None = None,
    ) -> "Storm":
        """Return a storm of presses, not yet begun."""
        journal = self.folder / f"{dialect}.journal"
        options = {
            "--broker": self.broker_url,
            "--site": SITE,
            "--dialect": dialect,
            "--stations": stations,
            "--rate": rate,
            "--seconds": seconds,
            "--drain": drain,
            "--journal": journal,
        }
        words = (str(word) for option in options.items() for word in option)
        child = Child(
            name=f"storm of {dialect}",
            command=(sys.executable, "-m", "simulators", "storm", *words),
            log=self.folder / f"{dialect}.storm.log",
            ready=lambda: True,
            core=core,
        )
        return Storm(child=child, journal=journal, stations=stations)

    def database(self) -> Database:
        """Open the centre's database as the centre does; only while the centre does not run."""
        return Database.open(self.url, rules=rules())

    def flaws(self) -> Sequence[str]:
        """Compute the journal's chains and seals again; return what does not agree."""
        database = self.database()
        try:
            with database.read() as store:
                verified = sealing.verify(store, site=SITE, key=self._key)
        finally:
            database.close()
        if not verified.entries:
            return ["the journal is empty"]
        return [f"issue {flaw.issue}, entry {flaw.seq}: {flaw.what}" for flaw in verified.flaws]

    def _write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        return path

    def _broker(self, core: int | None) -> Child:
        return Child(
            name="broker",
            command=(installed("mosquitto"), "-c", str(self.folder / "mosquitto.conf")),
            log=self.folder / "broker.log",
            ready=lambda: listening(self.broker_port),
            core=core,
        )

    def _centre(self, core: int | None) -> Child:
        options = {
            "--database": self.url,
            "--host": "127.0.0.1",
            "--port": self.centre_port,
            "--data": self.folder / "centre",
            "--seal-key": self.folder / "seal.key",
        }
        words = (str(word) for option in options.items() for word in option)
        return Child(
            name="centre",
            command=(sys.executable, "-m", "api", *words),
            log=self.folder / "centre.log",
            ready=lambda: _answers(f"{self.centre_url}/healthz"),
            core=core,
        )

    def _gateway(self, module: str, core: int | None) -> Child:
        return Child(
            name="gateway",
            command=(
                *(sys.executable, "-m", module),
                *("--site", str(self.site), "--data", str(self.gateway_data)),
            ),
            log=self.folder / "gateway.log",
            ready=lambda: self.gateway.said(b"gateway runs"),
            core=core,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Storm:
    """A storm of presses in a process of its own, and the file in which it keeps what it told."""

    child: Child
    journal: Path
    stations: int

    def outcome(self, *, within: float) -> Mapping[str, float]:
        """Wait for its end; return its own count.

        :raises NotReady: it does not end, or says nothing.
        """
        self.child.wait(within=within)
        for line in reversed(self.child.log.read_text().splitlines()):
            if line.startswith("{"):
                counted: Mapping[str, float] = json.loads(line)
                return counted
        raise NotReady(f"{self.child.name} gave no count")


def installed(program: str) -> str:
    """Return where a program of the system is.

    :raises NotReady: it is not installed.
    """
    found = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        raise NotReady(f"{program} is not installed")
    return found


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=1.0, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
