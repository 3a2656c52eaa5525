"""From the broker to the disk: events per second until they are safe in the gateway's spool.

Two persistent sessions, the gateway's and that of a paho subscriber that does nothing, lie ready
at the broker with the same events in both queues. Each is drained in turn, so no publisher stands
in the way. The broker has one core, the subscriber under test the other.
"""

import sqlite3
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion

from bench.events import payloads
from bench.figure import Figure, medians
from tests.prove.children import Child, free_port, until
from tests.prove.installation import Installation
from tests.prove.wiring import SITE, Wires

STATIONS = 20
BROKER_CORE, SUBSCRIBER_CORE = 0, 1
#: The peer's session; the gateway's own is made by the gateway.
IDLER = "idler"
TOPIC = f"shouwen/{SITE}/+/event"
ENOUGH, AIM = 0.40, 0.60


def measure(folder: Path, *, events: int, rounds: int) -> Figure:
    """Return events per second into the spool, beside the peer's."""
    place = Installation(
        folder,
        stations={"native": STATIONS},
        wires=Wires(max_queued=2 * events),
        cores=(BROKER_CORE, None),
    )
    place.gateway.core = SUBSCRIBER_CORE
    place.centre_port = free_port()  # nobody is there: the events stay in the spool
    measured = []
    try:
        place.start(place.broker)
        _subscribe(place)
        for number in range(rounds + 1):
            _publish(place.broker_port, payloads(events, run=f"m{number}", stations=STATIONS))
            peer = _idle(place, folder / f"idler-{number}.log", events)
            measured.append((_drain(place, events), peer))
    finally:
        place.end()
    measured = measured[1:]  # the first one warms up
    value, beside = medians(measured)
    return Figure(
        name="mqtt_to_spool",
        value=value,
        unit="events/s",
        beside=beside,
        peer="a paho subscriber that does nothing, same broker, same events",
        goal=f"at least {ENOUGH:.0%} of it, aim {AIM:.0%}",
        kept=value >= ENOUGH * beside,
        rounds=measured,
    )


def _subscribe(place: Installation) -> None:
    """Let both sessions begin: from now on the broker keeps for them."""
    place.start(place.gateway)
    session = place.gateway_data / "spool.sqlite"
    until(session.exists, within=10)
    _await_session(place.broker_port, place)
    place.gateway.stop()
    client = idler(place.broker_port)
    subscribed = threading.Event()
    client.on_subscribe = lambda *_: subscribed.set()
    client.loop_start()
    subscribed.wait(10)
    client.disconnect()
    client.loop_stop()


def _await_session(port: int, place: Installation) -> None:
    """Wait until the gateway hears: what is published arrives in its spool."""
    asked = iter(range(1000))

    def heard() -> bool:
        _publish(port, payloads(1, run=f"probe{next(asked)}", stations=1))
        return _kept(place) > 0

    until(heard, within=20, every=0.2)


def _publish(port: int, messages: Iterable[tuple[str, bytes]]) -> None:
    client = paho.Client(CallbackAPIVersion.VERSION2)
    client.max_inflight_messages_set(2000)
    client.connect("127.0.0.1", port)
    client.loop_start()
    last: paho.MQTTMessageInfo | None = None
    for number, (topic, payload) in enumerate(messages):
        last = client.publish(topic, payload, qos=1)
        if number % 1000 == 999:
            last.wait_for_publish(30)
    if last is not None:
        last.wait_for_publish(30)
    client.disconnect()
    client.loop_stop()


def _drain(place: Installation, events: int) -> float:
    """Start the gateway and watch its spool fill; only the middle of the way is timed."""
    before = _kept(place)
    place.gateway.start()
    seen: list[tuple[float, int]] = []
    deadline = time.monotonic() + 120
    while not seen or seen[-1][1] < events:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{seen[-1] if seen else 'nothing'} of {events} after 120 s")
        many = _kept(place) - before
        if many and (not seen or many > seen[-1][1]):
            seen.append((time.perf_counter(), many))
        time.sleep(0.005)
    place.gateway.stop()
    warm = next(one for one in seen if one[1] >= events // 10)
    return (seen[-1][1] - warm[1]) / (seen[-1][0] - warm[0])


def _kept(place: Installation) -> int:
    file = place.gateway_data / "spool.sqlite"
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as spool:
        (last,) = spool.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()
    return int(last)


def _idle(place: Installation, log: Path, events: int) -> float:
    child = Child(
        name="idler",
        command=(sys.executable, "-m", "bench.mqtt_to_spool", str(place.broker_port), str(events)),
        log=log,
        ready=lambda: True,
        core=SUBSCRIBER_CORE,
    )
    child.start()
    child.wait(within=120)
    return float(log.read_text().split()[-1])


def idler(port: int) -> paho.Client:
    """Return the peer, connected: paho as it comes, MQTT 3.1.1, acknowledging by itself."""
    client = paho.Client(CallbackAPIVersion.VERSION2, client_id=IDLER, clean_session=False)
    client.on_connect = lambda one, *_: one.subscribe(TOPIC, qos=1)
    client.connect("127.0.0.1", port)
    return client


def idle(port: int, events: int) -> float:
    """Take so many messages, do nothing with them, and return how many came in a second."""
    came: list[float] = []

    def on_message(_client: paho.Client, _data: object, _message: paho.MQTTMessage) -> None:
        came.append(time.perf_counter())

    client = idler(port)
    client.on_message = on_message
    while len(came) < events:
        client.loop(1.0)
    client.loop_write()
    client.disconnect()
    start = events // 10
    return next((len(came) - start) / (b - a) for a, b in pairwise((came[start], came[-1])))


if __name__ == "__main__":
    print(idle(int(sys.argv[1]), int(sys.argv[2])))
