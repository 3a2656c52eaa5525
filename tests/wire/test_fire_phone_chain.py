"""From a lifted handset to the console: simulated host, real gateway, real centre on SQLite.

What is promised is that queue and stream have it, with the extension and the handset's own place.
How soon is counted where it is decided: the link in scans, uplink and stream by being woken.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from core.facts.people import Role
from core.facts.rules import Rules
from core.store.database import Database
from gateway import site as site_file
from simulators.fire_phone_host.acts import OwnLoop
from simulators.fire_phone_host.host import Host
from simulators.fire_phone_host.maps import MAPS
from simulators.fire_phone_host.transmitter import Transmitter
from simulators.fire_phone_host.wire import Cable, FirePhoneHost
from tests.api.listening import Listener
from tests.api.running import TOKEN, Centre
from tests.wire.rig import eventually

SITE = """\
[site]
code = "garden"
name = "滨河花园"
zone = "Asia/Shanghai"
[[place]]
code = "control-room"
name = "消防控制室"
[[place]]
code = "plant"
name = "设备层"
[[place]]
code = "pump-room"
name = "消防水泵房"
parent = "plant"
[[device]]
code = "fire-phone"
name = "消防电话总机"
kind = "fire_phone"
profile = "mine.toml"
address = "{address}"
place = "control-room"
"""
#: The handset that the stories lift, and where it hangs.
SEVEN = 7


@dataclass
class Chain:
    """All that stands between a handset and an operator's eyes."""

    folder: Path
    centre: Centre
    host: OwnLoop
    stream: Listener
    _process: subprocess.Popen[bytes] | None = None
    _operator: httpx.Client | None = field(default=None)

    def wire(self, *, profile: str, address: str, extensions: int, more: str = "") -> None:
        """Write site and profile, seed the centre with them, and start the gateway."""
        places = "".join(f'{number} = "plant"\n' for number in range(1, extensions + 1))
        places = places.replace(f'{SEVEN} = "plant"', f'{SEVEN} = "pump-room"', 1)
        (self.folder / "mine.toml").write_text(
            f'name = "mine"\nextends = "{profile}"\n{more}[places]\n{places}', "utf-8"
        )
        written = self.folder / "site.toml"
        listener = "" if address.startswith(("tcp", "rtu")) else _LISTENER.format(self._gb_port)
        written.write_text(SITE.format(address=address) + listener, "utf-8")
        with self.centre.database.begin() as store:
            store.sites.seed(site_file.read(written).site)
        command = [sys.executable, "-m", "gateway", "--site", str(written)]
        command += ["--data", str(self.folder / "data"), "--centre-url", self.centre.url]
        environment = {**os.environ, "SHOUWEN_GATEWAY_TOKEN": f"{TOKEN}garden"}
        with (self.folder / "gateway.log").open("wb") as log:
            self._process = subprocess.Popen(command, stderr=log, env=environment)

    @property
    def _gb_port(self) -> int:
        assert isinstance(self.host, Transmitter)
        return int(self.host.address.rpartition(":")[2])

    @property
    def log(self) -> str:
        return (self.folder / "gateway.log").read_text()

    def queue(self) -> list[dict[str, object]]:
        """Return the rows of the operators' queue."""
        if self._operator is None:
            self._operator = self.centre.as_(Role.OPERATOR)
        return list(self._operator.get("/api/v1/queue").json()["items"])

    def events(self) -> list[dict[str, object]]:
        """Return what the host said, as the log of devices has it, newest first."""
        administrator = self.centre.as_(Role.ADMINISTRATOR)
        return list(administrator.get("/api/v1/device-events").json()["items"])

    def opened(self) -> int:
        """Return how many openings the stream has told."""
        return len([one for one in self.stream.entries if one.data["kind"] == "opened"])

    def is_asked(self) -> None:
        """Wait until the gateway asks the host, and has seen it at rest."""
        host = self.host
        if isinstance(host, FirePhoneHost):
            assert eventually(lambda: sum(host.host.asked.values()) > 5), self.log
        else:
            assert isinstance(host, Transmitter)
            assert eventually(lambda: host.connections == 1), self.log

    def close(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(60)
        self.stream.close()


_LISTENER = '[gb26875]\nhost = "127.0.0.1"\nport = {}\n'


@pytest.fixture
def centre(tmp_path: Path, rules: Rules) -> Iterator[Centre]:
    database = Database.open(f"sqlite:///{tmp_path / 'store.sqlite'}", rules=rules)
    database.migrate()
    running = Centre.start(database)
    yield running
    running.stop()
    database.close()


@pytest.fixture
def start(tmp_path: Path, centre: Centre) -> Iterator[Callable[..., Chain]]:
    """Start a chain behind a host; all of it ends with the test."""
    chains: list[Chain] = []

    def _start(host: OwnLoop, *, profile: str, address: str, extensions: int = 64) -> Chain:
        host.__enter__()
        stream = Listener.open(centre, centre.session(Role.OPERATOR))
        chain = Chain(folder=tmp_path, centre=centre, host=host, stream=stream)
        chains.append(chain)
        where = host.address if isinstance(host, FirePhoneHost) else address
        chain.wire(profile=profile, address=where, extensions=extensions)
        chain.is_asked()
        return chain

    yield _start
    for chain in chains:
        chain.close()
        chain.host.__exit__()


@pytest.fixture
def chain(start: Callable[..., Chain]) -> Chain:
    """A host with bit tables over Modbus TCP, as the demonstration has one."""
    return start(_host("siemens-bit-table"), profile="siemens-bit-table", address="")


def _host(kind: str, *, cable: Cable = Cable.TCP, extensions: int = 64) -> FirePhoneHost:
    return FirePhoneHost(Host(map=MAPS[kind](), extensions=extensions), cable=cable, clock=_now)


def _now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def lifts(chain: Chain) -> None:
    """Lift the handset, and see that the stream tells it when the queue has it."""
    before = chain.opened()
    chain.host.lift(SEVEN)
    assert eventually(lambda: chain.opened() > before), chain.log
    assert chain.queue()


def is_shown_with_extension_and_place(chain: Chain) -> None:
    (row,) = chain.queue()
    entry = next(one for one in chain.stream.entries if one.data["kind"] == "opened")
    assert (entry.data["report"], entry.data["issue"]) == (row["number"], row["issue"])
    assert (row["cls"], row["channel"], row["priority"]) == ("life_safety", "fire_phone", 0)
    assert row["event_type"] == "fire_phone.calling"
    device, place = row["device"], row["place"]
    assert isinstance(device, dict)
    assert isinstance(place, dict)
    assert (device["code"], place["code"]) == ("fire-phone", "pump-room")
    said = chain.events()[-1]
    assert (said["type"], said["subject"]) == ("fire_phone.calling", str(SEVEN))
    assert said["report"] == row["number"]


@pytest.mark.parametrize(
    ("kind", "cable", "extensions"),
    [
        ("dry-contacts", Cable.TCP, 8),
        ("gst-two-bit", Cable.RTU_OVER_TCP, 64),
        ("notifier-word", Cable.RTU, 64),
        ("siemens-bit-table", Cable.TCP, 64),
        ("faast-event-log", Cable.TCP, 64),
    ],
)
def test_a_lifted_handset_is_with_the_operators(
    start: Callable[..., Chain], kind: str, cable: Cable, extensions: int
) -> None:
    host = _host(kind, cable=cable, extensions=extensions)
    chain = start(host, profile=kind, address="", extensions=extensions)

    lifts(chain)

    is_shown_with_extension_and_place(chain)
    assert set(host.host.asked) <= {1, 2, 3, 4}


def test_a_transmitters_call_is_with_the_operators(
    start: Callable[..., Chain],
) -> None:
    sender = Transmitter(to=("127.0.0.1", _free_port()), clock=_now, resend_after=0.5)
    chain = start(sender, profile="gb26875", address="01 00 00 00 00 00")

    lifts(chain)

    is_shown_with_extension_and_place(chain)
    assert eventually(lambda: not sender.waiting)


def test_a_conversation_is_one_report(chain: Chain) -> None:
    lifts(chain)
    chain.host.take(SEVEN)
    assert eventually(lambda: _call(chain)["state"] == "answered")
    chain.host.hang_up(SEVEN)
    assert eventually(lambda: _call(chain)["ended_at"] is not None)

    assert len(chain.queue()) == 1
    assert chain.opened() == 1


def test_a_handset_lifted_before_the_gateway_came_is_told_all_the_same(
    start: Callable[..., Chain],
) -> None:
    host = _host("siemens-bit-table")
    host.host.state.extensions[SEVEN].lifted = True

    chain = start(host, profile="siemens-bit-table", address="")

    assert eventually(lambda: len(chain.queue()) == 1), chain.log
    is_shown_with_extension_and_place(chain)


def test_a_cut_line_is_a_report_that_goes_when_the_line_is_mended(chain: Chain) -> None:
    chain.host.cut_line(SEVEN)
    chain.host.cut_line(SEVEN + 1)
    assert eventually(lambda: len(chain.queue()) == 2)
    assert {row["event_type"] for row in chain.queue()} == {"line.fault"}

    chain.host.mend_line(SEVEN)

    assert eventually(lambda: len(chain.queue()) == 1)
    (left,) = chain.queue()
    place = left["place"]
    assert isinstance(place, dict)
    assert place["code"] == "plant"


def test_a_mute_host_is_one_report_that_goes_when_it_speaks(chain: Chain) -> None:
    chain.host.mute()
    assert eventually(lambda: len(chain.queue()) == 1), chain.log
    (row,) = chain.queue()
    assert (row["event_type"], row["cls"]) == ("device.silent", "fault")

    chain.host.speak()
    assert eventually(lambda: chain.queue() == [])


def test_after_a_reboot_the_host_is_asked_again_and_calls_are_heard(chain: Chain) -> None:
    chain.host.reboot(down_for=0.3)
    host = chain.host
    assert isinstance(host, FirePhoneHost)
    asked = host.connections
    assert eventually(lambda: host.connections > asked), chain.log

    lifts(chain)


def test_in_a_storm_of_line_faults_the_lifted_handset_stands_first(chain: Chain) -> None:
    for number in range(10, 65):
        chain.host.cut_line(number)
    chain.host.lift(SEVEN)

    def first() -> object:
        queue = chain.queue()
        return queue and queue[0]["event_type"] == "fire_phone.calling"

    assert eventually(first), chain.log
    assert eventually(lambda: len(chain.queue()) == 56)
    assert first()


def test_a_garbled_line_invents_nothing_and_loses_nothing(chain: Chain) -> None:
    host = chain.host
    assert isinstance(host, FirePhoneHost)
    host.garbled(0.4)
    asked = sum(host.host.asked.values())
    assert eventually(lambda: sum(host.host.asked.values()) > asked + 20)
    told = {row["event_type"] for row in chain.queue()}
    assert told <= {"device.silent", "host.fault"}

    host.sound()
    asked = sum(host.host.asked.values())
    assert eventually(lambda: sum(host.host.asked.values()) > asked + 8)
    lifts(chain)
    calls = [row for row in chain.queue() if row["channel"] == "fire_phone"]
    assert len(calls) == 1


def _call(chain: Chain) -> dict[str, object]:
    call = chain.queue()[0]["call"]
    assert isinstance(call, dict)
    return call
