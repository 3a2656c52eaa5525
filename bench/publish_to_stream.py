"""From a station's publish to a console's stream: the whole way, at 200 presses a second.

Broker, gateway, centre and stream are real; publisher, peer and console are threads of this
process, so one clock times them all. Beside it stands the broker alone: the same messages, at the
same time, to a subscriber that only notes when they came.
"""

import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

import httpx
import paho.mqtt.client as paho
import sqlalchemy as sa
from paho.mqtt.enums import CallbackAPIVersion

from bench.events import press
from bench.figure import Figure, medians
from tests.prove import oracle
from tests.prove.children import until
from tests.prove.installation import OPERATOR, PASSWORD, Installation
from tests.prove.wiring import SITE

STATIONS = 20
RATE = 200
#: Presses before the first one that counts.
WARMING = 400
#: Seconds after these, until nothing of them is on its way any more.
SETTLING = 2.0
MOST, AIM = 100.0, 25.0


@dataclass(slots=True)
class Times:
    """When each call was published, heard by the peer, and each report seen on the stream."""

    published: dict[str, float] = field(default_factory=dict)
    heard: dict[str, float] = field(default_factory=dict)
    seen: dict[int, float] = field(default_factory=dict)


def measure(folder: Path, *, seconds: float, rounds: int) -> Figure:
    """Return the 99th percentile in milliseconds."""
    measured = [
        _round(folder / f"stream-{number}", int(RATE * seconds)) for number in range(rounds)
    ]
    value, beside = medians(measured)
    return Figure(
        name="publish_to_stream_p99_ms",
        value=value,
        unit="ms",
        beside=beside,
        peer="the broker alone: publish to a subscriber, the same messages",
        goal=f"at most {MOST:.0f} ms at {RATE}/s, aim {AIM:.0f}",
        kept=value <= MOST,
        rounds=measured,
    )


def _round(folder: Path, many: int) -> tuple[float, float]:
    place = Installation(folder, stations={"native": STATIONS})
    place.provide()
    times = Times()
    try:
        place.start()
        with console(place, times), _peer(place.broker_port, times) as peer:
            _publish(peer, times, run="warm", many=WARMING)
            if not until(lambda: bool(times.seen), within=20):
                raise TimeoutError("nothing comes through")
            time.sleep(SETTLING)
            before = len(times.seen)
            _publish(peer, times, run="s", many=many)
            until(lambda: len(times.seen) >= before + many, within=10)
        seen = {call: times.seen[report] for report, call in _calls(place) if report in times.seen}
    finally:
        place.end()
    counted = [call for call in times.published if "-s-" in call]
    return _p99(counted, times.published, seen), _p99(counted, times.published, times.heard)


def _publish(peer: paho.Client, times: Times, *, run: str, many: int) -> None:
    """Press at a steady rate; what is behind is made up at once."""
    began = time.perf_counter()
    for number in range(many):
        time.sleep(max(0.0, began + number / RATE - time.perf_counter()))
        topic, document = press(number, run=run, stations=STATIONS)
        payload = json.dumps(document, separators=(",", ":"))
        times.published[str(document["call"])] = time.perf_counter()
        peer.publish(topic, payload, qos=1)


@contextmanager
def _peer(port: int, times: Times) -> Iterator[paho.Client]:
    """Connect the subscriber that only notes; it is the publisher too."""
    client = paho.Client(CallbackAPIVersion.VERSION2, client_id="peer")
    subscribed = threading.Event()

    def on_message(_client: paho.Client, _data: object, message: paho.MQTTMessage) -> None:
        at = time.perf_counter()
        times.heard[json.loads(message.payload)["call"]] = at

    client.on_message = on_message
    client.on_connect = lambda one, *_: one.subscribe(f"shouwen/{SITE}/+/event", qos=1)
    client.on_socket_open = lambda _client, _data, wire: without_delay(wire)
    client.on_subscribe = lambda *_: subscribed.set()
    client.connect("127.0.0.1", port)
    client.loop_start()
    subscribed.wait(10)
    try:
        yield client
    finally:
        client.disconnect()
        client.loop_stop()


def without_delay(wire: object) -> None:
    """Send what there is to send, at once: 40 ms of Nagle's waiting are nobody's merit."""
    assert isinstance(wire, socket.socket)
    wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


@contextmanager
def console(place: Installation, times: Times) -> Iterator[None]:
    """Follow the stream as an operator's console does."""
    following = threading.Event()
    client = httpx.Client(base_url=place.centre_url, timeout=60, trust_env=False)
    said = {"site": SITE, "login": OPERATOR, "password": PASSWORD}
    client.post(
        "/api/v1/session", json=said, headers={"Origin": place.centre_url}
    ).raise_for_status()

    def follow() -> None:
        with client.stream("GET", "/api/v1/stream") as stream:
            for line in stream.iter_lines():
                following.set()
                if line.startswith("data: "):
                    _note(json.loads(line.removeprefix("data: ")), times)

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    following.wait(10)
    try:
        yield
    finally:
        place.centre.stop()  # ends the stream
        thread.join(10)
        client.close()


def _note(entry: Mapping[str, object], times: Times) -> None:
    report = entry.get("report")
    if isinstance(report, int) and report not in times.seen:
        times.seen[report] = time.perf_counter()


def _calls(place: Installation) -> list[tuple[int, str]]:
    """Return which call each report is of."""
    database = oracle.read_only(place.url)
    with database.connect() as connection:
        rows = connection.execute(sa.text("SELECT number, call_key FROM report")).all()
    database.dispose()
    return [(row[0], row[1]) for row in rows]


def _p99(calls: list[str], began: Mapping[str, float], ended: Mapping[str, float]) -> float:
    """Return the 99th percentile of the way in ms; a call that never came counts as a minute."""
    took = [1000 * (ended.get(call, began[call] + 60) - began[call]) for call in calls]
    return quantiles(took, n=100)[98]
