"""Bridges publish with QoS 0: what they say while the gateway is away waits for its return."""

import queue
import threading
from collections.abc import Iterator
from pathlib import Path

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from gateway.links.address import BrokerAddress
from gateway.links.broker import Broker, BrokerChild


@pytest.fixture(params=[None, ""], ids=["installed", "embedded"])
def broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Broker]:
    child = BrokerChild(tmp_path / "broker", program=request.param)
    if request.param is None and child.name != "mosquitto":
        pytest.skip("mosquitto is not installed")
    yield child.start()
    child.stop()


def test_what_a_bridge_says_while_the_gateway_is_away_waits(broker: Broker) -> None:
    gateway, subscribed = _subscriber(broker.devices)
    gateway.loop_start()
    assert subscribed.wait(60)
    gateway.disconnect()
    gateway.loop_stop()

    _say(broker.devices, b"nobody is there")

    heard: queue.SimpleQueue[paho.MQTTMessage] = queue.SimpleQueue()
    back, _ = _subscriber(broker.devices)
    back.on_message = lambda _client, _data, message: heard.put(message)
    back.loop_start()
    first = heard.get(timeout=60)
    back.disconnect()
    back.loop_stop()
    assert (first.payload, first.qos) == (b"nobody is there", 1)


def _subscriber(address: BrokerAddress) -> tuple[paho.Client, threading.Event]:
    """A session that outlives its connection, as the gateway's does."""
    subscribed = threading.Event()
    client = _client(address, "gateway", clean=False)
    client.on_connect = lambda one, *_: one.subscribe("bridge/#", qos=1)
    client.on_subscribe = lambda *_: subscribed.set()
    client.connect(address.host, address.port)
    return client, subscribed


def _say(address: BrokerAddress, payload: bytes) -> None:
    """Publish with QoS 0; the QoS 1 behind it proves that the broker has read both."""
    bridge = _client(address, "bridge", clean=True)
    bridge.connect(address.host, address.port)
    bridge.loop_start()
    bridge.publish("bridge/bell", payload, qos=0)
    bridge.publish("elsewhere", b"", qos=1).wait_for_publish(5)
    bridge.disconnect()
    bridge.loop_stop()


def _client(address: BrokerAddress, name: str, *, clean: bool) -> paho.Client:
    client = paho.Client(CallbackAPIVersion.VERSION2, client_id=name, clean_session=clean)
    client.username_pw_set(address.username, address.password)
    return client
