"""The site's broker, when none is configured: mosquitto if it is installed, else the embedded one.

Either is a child of ours that dies with us. No broker is trusted to keep anything: what a device
told is safe in the spool, or it is told again.
"""

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from io import FileIO
from pathlib import Path

import structlog

from gateway.links.address import BrokerAddress
from gateway.links.broker_config import LOOPBACK, Credentials, Ports, iotcore_toml, mosquitto_conf

log = structlog.get_logger(__name__)

#: A broker that is not listening by then will not, seconds.
STARTS_WITHIN = 10.0
#: The one before us needs a moment to write its store and die, seconds.
DIES_WITHIN = 6.0

#: Runs a program that is ended when we die, even by SIGKILL (Linux); elsewhere it just runs.
_DIES_WITH_PARENT = (
    "import ctypes, os, sys\n"
    "if sys.platform == 'linux':\n"
    "    ctypes.CDLL(None).prctl(1, 15)\n"
    "    if os.getppid() != int(sys.argv[1]): sys.exit(1)\n"
    "os.execv(sys.argv[2], sys.argv[2:])"
)
#: rumqttd has no way to be stopped: it ends when the parent's end of the pipe closes.
_EMBEDDED = (
    "import os, sys, threading\n"
    "from iotcore import IotCoreBroker\n"
    "def watch():\n"
    "    sys.stdin.buffer.read()\n"
    "    os._exit(0)\n"
    "threading.Thread(target=watch, daemon=True).start()\n"
    "IotCoreBroker(config_path=sys.argv[1]).run_forever()"
)


class BrokerFailed(Exception):
    """The broker does not start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broker:
    """A broker to work with."""

    #: How the gateway reaches it.
    gateway: BrokerAddress
    #: How devices and simulators reach it; MQTT 3.1.1 for those that speak nothing newer.
    devices: BrokerAddress
    devices_v5: BrokerAddress


@dataclass(slots=True)
class _Kept:
    """What must be the same after a restart, or devices would not find us."""

    credentials: Credentials
    ports: Ports


class BrokerChild:
    """A broker as our child process. Start it in a thread that lives as long as it shall."""

    def __init__(
        self, folder: Path, *, port: int | None = None, program: str | None = None
    ) -> None:
        """Keep the broker's files in ``folder``; listen on ``port``, or on a free one, kept.

        ``program`` is mosquitto's path; None: look on PATH; empty: the embedded one.
        """
        self._folder = folder
        self._port = port
        found = shutil.which("mosquitto") or _system_mosquitto()
        self._program = found if program is None else program
        self._process: subprocess.Popen[bytes] | None = None
        #: A broker may always be started again.
        self.ended: str | None = None

    @property
    def name(self) -> str:
        """Which broker it is."""
        return "mosquitto" if self._program else "iotcore"

    def start(self) -> Broker:
        """Start it and return once it listens.

        :raises BrokerFailed: it does not, or another one still uses the folder.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(self._lock()) as held:
            kept = self._kept()
            command, writes = self._command(kept)
            for path, text in writes.items():
                _write_private(path, text)
            self._process = subprocess.Popen(  # noqa: S603 - a program of ours with our arguments
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(held.fileno(),),
            )
        self._await_listening(self._used(kept.ports))
        log.info("broker started", program=self.name, port=kept.ports.first)
        return _broker(kept, same_port=bool(self._program))

    def alive(self, now: datetime) -> bool:
        """Whether the process runs; whether it answers is the link's to see."""
        del now
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """End it; it may take a moment to write its store."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(2.0)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _command(self, kept: _Kept) -> tuple[list[str], dict[Path, str]]:
        """Return what to run, and the files it needs."""
        if not self._program:
            config = self._folder / "iotcore.toml"
            text = iotcore_toml(kept.ports, kept.credentials)
            return [sys.executable, "-c", _EMBEDDED, str(config)], {config: text}
        config, passwords = self._folder / "mosquitto.conf", self._folder / "passwords"
        files = {
            config: mosquitto_conf(kept.ports, store=self._folder, passwords=passwords),
            passwords: kept.credentials.mosquitto_file(),
        }
        watched = [sys.executable, "-I", "-S", "-c", _DIES_WITH_PARENT, str(os.getpid())]
        return [*watched, self._program, "-c", str(config)], files

    def _lock(self) -> FileIO:
        """Hold the folder until the child, which inherits the lock, is gone.

        :raises BrokerFailed: the child of a gateway before us does not end.
        """
        held = FileIO(os.open(self._folder / "broker.lock", os.O_RDWR | os.O_CREAT, 0o600), "r+")
        until = time.monotonic() + DIES_WITHIN
        while True:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    held.close()
                    raise BrokerFailed(f"another broker still uses {self._folder}") from None
                time.sleep(0.05)
            else:
                return held

    def _await_listening(self, ports: tuple[int, ...]) -> None:
        process = self._process
        until = time.monotonic() + STARTS_WITHIN
        while process is not None and process.poll() is None and time.monotonic() < until:
            if all(_listens(port) for port in ports):
                return
            time.sleep(0.02)
        code = None if process is None else process.poll()
        self.stop()
        raise BrokerFailed(f"{self.name} does not listen on {ports} (exit code {code})")

    def _read_kept(self) -> _Kept | None:
        try:
            kept = json.loads((self._folder / "broker.json").read_text())
            return _Kept(Credentials(**kept["credentials"]), Ports(**kept["ports"]))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError) as problem:
            log.warning("broker's credentials are made anew", reason=str(problem))
            return None

    def _kept(self) -> _Kept:
        """Return what is kept, made now if it is not: passwords for ever, ports while free.

        :raises BrokerFailed: somebody else listens on the port that was asked for.
        """
        kept = self._read_kept()
        credentials = kept.credentials if kept else Credentials.fresh()
        ports = kept.ports if kept else Ports.free(self._port)
        if self._port is not None and ports.first != self._port:
            ports = Ports.free(self._port)
        taken = [port for port in self._used(ports) if _listens(port)]
        if self._port in taken:
            raise BrokerFailed(f"somebody else listens on port {self._port}")
        if taken:
            log.error("broker moves to other ports, somebody else has these", ports=taken)
            ports = Ports.free(self._port)
        fresh = _Kept(credentials, ports)
        if kept != fresh:
            _write_private(self._folder / "broker.json", json.dumps(asdict(fresh)))
        return fresh

    def _used(self, ports: Ports) -> tuple[int, ...]:
        """Return the ports this broker listens on: mosquitto speaks both versions on one."""
        return (ports.first,) if self._program else (ports.first, ports.second)


def _broker(kept: _Kept, *, same_port: bool) -> Broker:
    first = f"mqtt://{LOOPBACK}:{kept.ports.first}"
    second = first if same_port else f"mqtt://{LOOPBACK}:{kept.ports.second}"
    ours, theirs = kept.credentials.gateway, kept.credentials.device
    return Broker(
        gateway=BrokerAddress(
            url=second, username="gateway", password=ours, counts_losses=same_port
        ),
        devices=BrokerAddress(url=first, username="device", password=theirs),
        devices_v5=BrokerAddress(url=second, username="device", password=theirs),
    )


def _system_mosquitto() -> str:
    """Return where Debian puts mosquitto, which is not on everybody's PATH."""
    return shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin") or ""


def _write_private(path: Path, text: str) -> None:
    """Write a file that only we can read, whole or not at all."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    fresh.replace(path)


def _listens(port: int) -> bool:
    try:
        with socket.create_connection((LOOPBACK, port), timeout=0.5):
            return True
    except OSError:
        return False
