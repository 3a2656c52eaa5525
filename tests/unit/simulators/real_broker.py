"""A real mosquitto on a loopback port of its own, and an ear on it."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from simulators.mqtt import Broker


@dataclass
class Mosquitto:
    """A real broker that can be killed and come back on the same port."""

    port: int
    config: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def broker(self) -> Broker:
        return Broker(host="127.0.0.1", port=self.port, username="sim", password="secret")

    @property
    def url(self) -> str:
        return f"mqtt://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.process = subprocess.Popen(
            [installed("mosquitto"), "-c", str(self.config)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(self._listening)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def _listening(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@dataclass
class Ear:
    """Whoever listens on the bus: it keeps each message as it came."""

    broker: Broker
    topic: str = "#"
    heard: list[paho.MQTTMessage] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client = paho.Client(CallbackAPIVersion.VERSION2)
        self.client.username_pw_set(self.broker.username, self.broker.password)
        self.client.reconnect_delay_set(1, 1)
        self.subscribed = 0
        self.client.on_connect = lambda client, *_: client.subscribe(self.topic, qos=1)
        self.client.on_subscribe = lambda *_: self._count()
        self.client.on_message = lambda _client, _data, message: self.heard.append(message)
        self.client.connect(self.broker.host, self.broker.port)
        self.client.loop_start()
        until(lambda: self.subscribed > 0)

    def _count(self) -> None:
        self.subscribed += 1

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()

    def topics(self) -> list[str]:
        return [message.topic for message in self.heard]


def installed(program: str) -> str:
    """Return where the program is; a test without it skips, or fails where all is required."""
    found = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        if os.environ.get("SHOUWEN_REQUIRE_ALL") == "1":
            pytest.fail(f"{program} is not installed, and SHOUWEN_REQUIRE_ALL=1")
        pytest.skip(f"{program} is not installed")
    return found


def until(holds: Callable[[], bool], *, within: float = 60.0) -> None:
    """Wait until ``holds()``; fails when it does not in time."""
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, f"not so within {within} s"
        time.sleep(0.01)
