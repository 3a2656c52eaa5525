"""Stations, gateway processes, and a small real centre that can misbehave on demand."""

import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.properties import Properties

from gateway.links.address import BrokerAddress

SITE = """\
[site]
code = "site"
name = "滨河花园"
zone = "Asia/Shanghai"
[[place]]
code = "gate"
name = "北门"
"""
DEVICE = """\
[[device]]
code = "d{0}"
kind = "access_control"
profile = "{1}"
address = "d{0}"
place = "gate"
"""


def eventually(true: Callable[[], object], *, within: float = 40.0) -> bool:
    """Whether it becomes true in time; asks again as soon as it may have."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.02)
    return bool(true())


def an_event(number: int, *, device: int = 0, kind: str = "door.opened") -> bytes:
    """Return a CloudEvent as a native station sends it, told just now."""
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return json.dumps(
        {
            "specversion": "1.0",
            "id": f"e{number:06d}",
            "source": f"/site/access_control/d{device}",
            "type": kind,
            "time": now,
        }
    ).encode()


def topic(device: int = 0) -> str:
    """Return where a native station tells its events."""
    return f"shouwen/site/d{device}/event"


@dataclass
class Centre:
    """A centre that keeps what it is posted, and misbehaves as told.

    ``mood`` holds what to do with the next requests for events, one each; then it behaves.
    """

    events: list[dict[str, object]] = field(default_factory=list)
    seen: set[tuple[object, object]] = field(default_factory=set)
    absorbed: int = 0
    beats: list[dict[str, object]] = field(default_factory=list)
    mood: deque[str] = field(default_factory=deque)
    always: str | None = None
    largest: int = 512 * 1024
    unreadable: str | None = None
    refused: str | None = None
    batches: Counter[int] = field(default_factory=Counter)
    tokens: set[str | None] = field(default_factory=set)
    released: threading.Event = field(default_factory=threading.Event)
    port: int = 0
    _server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        centre = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                centre.tokens.add(self.headers.get("Authorization"))
                if self.path == "/api/v1/gateways/heartbeat":
                    centre.beats.append(json.loads(body))
                    self.answer(200, {})
                else:
                    assert self.path == "/api/v1/device-events"
                    assert self.headers["Content-Type"] == "application/cloudevents-batch+json"
                    centre._events(self, body)

            def answer(self, status: int, content: object) -> None:
                data = content if isinstance(content, bytes) else json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def reset(self) -> None:
                linger = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.connection.close()
                self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, request: object, client_address: object) -> None:
                pass  # a gateway that was killed hangs up

        self._handler = Handler
        self._server = Server(("127.0.0.1", self.port), Handler)
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self.released.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def ids(self, device: int = 0) -> list[object]:
        """Return the ids of a device's events in the order of their storing."""
        return [e["id"] for e in self.events if e["source"] == f"/site/access_control/d{device}"]

    def _events(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        mood = self.always or (self.mood.popleft() if self.mood else "well")
        batch = json.loads(body)
        self.batches[len(batch)] += 1
        answer = handler.answer  # type: ignore[attr-defined]
        if len(body) > self.largest:
            answer(413, {"error": "too_large", "detail": ""})
        elif mood == "hang":
            self.released.wait(30)
        elif mood == "reset":
            handler.reset()  # type: ignore[attr-defined]
        elif mood == "answer lost":
            self._store(batch)
            handler.reset()  # type: ignore[attr-defined]
        elif mood == "html":
            answer(200, b"<html>welcome to the hotel</html>")
        elif mood == "proxy 400":
            answer(400, b"<html>bad request</html>")
        elif mood.isdigit():
            answer(int(mood), {"error": "as_told", "detail": ""})
        elif self.unreadable is not None and self.unreadable.encode() in body:
            answer(400, {"error": "not_readable", "detail": "one of them"})
        else:
            answer(200, self._store(batch))

    def _store(self, batch: list[dict[str, object]]) -> dict[str, object]:
        refused = []
        stored = 0
        for index, event in enumerate(batch):
            key = (event["source"], event["id"])
            if event["id"] == self.refused:
                refused.append({"index": index, "id": event["id"], "reason": "not of this site"})
            elif key in self.seen:
                self.absorbed += 1
            else:
                self.seen.add(key)
                self.events.append(event)
                stored += 1
        return {"received": len(batch), "stored": stored, "absorbed": 0, "refused": refused}


def program(name: str) -> str:
    """Return the broker's program as ``BrokerChild`` takes it; skip loudly where it is missing."""
    if name == "iotcore":
        return ""
    found = shutil.which("mosquitto", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if found is None:
        if os.environ.get("SHOUWEN_REQUIRE_ALL"):
            pytest.fail("mosquitto is not installed, and all components are required")
        pytest.skip("mosquitto is not installed: this was NOT tested on it")
    return found


class Station:
    """A device on the wire: publishes with QoS 1 and remembers what comes back."""

    def __init__(self, address: BrokerAddress, *, version: int = 4, name: str = "station") -> None:
        self.told: list[tuple[str, bytes]] = []
        self.acknowledged = 0
        self._subscribed = threading.Event()
        self._client = paho.Client(
            CallbackAPIVersion.VERSION2, client_id=name, protocol=MQTTProtocolVersion(version)
        )
        self._client.username_pw_set(address.username, address.password)
        self._client.max_inflight_messages_set(1000)
        self._client.reconnect_delay_set(1, 1)
        self._client.on_message = lambda _c, _d, m: self.told.append((m.topic, bytes(m.payload)))
        self._client.on_publish = lambda *_: self._count()
        self._client.on_subscribe = lambda *_: self._subscribed.set()
        self._client.connect(address.host, address.port)
        self._client.loop_start()

    def _count(self) -> None:
        self.acknowledged += 1

    def listen(self, topic_filter: str) -> None:
        self._client.subscribe(topic_filter, qos=1)
        assert self._subscribed.wait(60)

    def tell(
        self,
        topic: str,
        payload: bytes,
        *,
        qos: int = 1,
        retain: bool = False,
        properties: Properties | None = None,
    ) -> None:
        self._client.publish(topic, payload, qos=qos, retain=retain, properties=properties)

    def settle(self, count: int) -> None:
        assert eventually(lambda: self.acknowledged >= count), (self.acknowledged, count)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()


@dataclass
class GatewayProcess:
    """``python -m gateway`` as an operator starts it."""

    folder: Path
    centre_url: str
    broker: BrokerAddress | None = None
    devices: int = 3
    profile: str = "native"
    http: str = ""
    _process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> str:
        file = self.folder / "gateway.log"
        return file.read_text() if file.exists() else ""

    def start(self) -> None:
        site = self.folder / "site.toml"
        rows = "".join(DEVICE.format(n, self.profile) for n in range(self.devices))
        site.write_text(SITE + rows + self.http, encoding="utf-8")
        command = [sys.executable, "-m", "gateway", "--site", str(site), "--data", str(self.data)]
        command += ["--centre-url", self.centre_url]
        if self.broker is not None:
            secret = self.folder / "broker.password"
            secret.write_text(self.broker.password or "")
            command += ["--broker-url", self.broker.url, "--broker-username", "gateway"]
            command += ["--broker-password-file", str(secret)]
        with (self.folder / "gateway.log").open("ab") as log:
            environment = {**os.environ, "SHOUWEN_GATEWAY_TOKEN": "token-of-the-test"}
            self._process = subprocess.Popen(command, stderr=log, env=environment)

    def says(self, text: str, *, within: float = 40.0) -> bool:
        return eventually(lambda: text in self.log, within=within)

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        """End it as a service manager does."""
        assert self._process is not None
        self._process.terminate()
        assert self._process.wait(60) == 0

    def close(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(60)
