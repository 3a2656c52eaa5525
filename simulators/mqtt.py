"""The simulators' cable to the broker, on paho: publishes, waits for the PUBACK, reconnects.

It keeps nothing: what must not be lost is in a station's journal and is sent again from there.
"""

import queue
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode
from paho.mqtt.reasoncodes import ReasonCode

from simulators.outgoing import Outgoing


@dataclass(frozen=True, slots=True, kw_only=True)
class Broker:
    """Where the broker is, and who we are there."""

    host: str
    port: int
    username: str | None = None
    password: str | None = None

    @classmethod
    def parse(
        cls, url: str, *, username: str | None = None, password: str | None = None
    ) -> "Broker":
        """Read ``mqtt://host:port``.

        :raises ValueError: of another form.
        """
        parts = urlsplit(url)
        if parts.scheme != "mqtt" or not parts.hostname or parts.path not in ("", "/"):
            raise ValueError(f"{url!r} is not mqtt://host:port")
        return cls(
            host=parts.hostname, port=parts.port or 1883, username=username, password=password
        )


class Publisher:
    """One connection, shared by many stations. All methods may be called from one thread only."""

    def __init__(
        self, broker: Broker, *, client_id: str, listen_to: Sequence[str] = (), window: int = 1000
    ) -> None:
        self._broker = broker
        self._listen_to = listen_to
        self._window = window
        #: What came on the topics listened to: (topic, payload).
        self.inbox: queue.SimpleQueue[tuple[str, bytes]] = queue.SimpleQueue()
        #: How often the connection was made; a change tells that it was away.
        self.connections = 0
        self._connected = threading.Event()
        self._progress = threading.Event()
        self._under_way: deque[paho.MQTTMessageInfo] = deque()
        self._client = paho.Client(CallbackAPIVersion.VERSION2, client_id=client_id)
        self._client.max_inflight_messages_set(65000)  # our own window is narrower
        self._client.reconnect_delay_set(1, 2)
        self._client.on_connect = self._on_connect
        self._client.on_disconnect = self._on_disconnect
        self._client.on_publish = self._on_publish
        self._client.on_message = self._on_message
        if broker.username is not None:
            self._client.username_pw_set(broker.username, broker.password)

    @property
    def connected(self) -> bool:
        """Whether the broker has accepted us."""
        return self._connected.is_set()

    @property
    def room(self) -> int:
        """How many messages may be published before the next PUBACK."""
        self._settle()
        return max(0, self._window - len(self._under_way))

    def start(self, *, timeout: float = 10.0) -> bool:
        """Connect; tells whether the broker answered in time. It goes on trying in any case."""
        self._client.connect_async(self._broker.host, self._broker.port, keepalive=10)
        self._client.loop_start()
        return self._connected.wait(timeout)

    def publish(self, message: Outgoing) -> bool:
        """Publish; False when there is no connection, and then nothing is kept for later."""
        if not self._connected.is_set():
            return False
        sent = self._client.publish(
            message.topic, message.payload, qos=message.qos, retain=message.retain
        )
        if sent.rc is not MQTTErrorCode.MQTT_ERR_SUCCESS:
            return False
        if message.qos:
            self._under_way.append(sent)
        return True

    def flush(self, *, timeout: float) -> bool:
        """Wait until the broker has acknowledged everything of QoS 1; tells whether it has."""
        deadline = time.monotonic() + timeout
        while True:
            self._progress.clear()
            self._settle()
            if not self._under_way:
                return True
            if not self._progress.wait(max(0.0, deadline - time.monotonic())):
                return False

    def stop(self) -> None:
        """Say goodbye to the broker and end the network thread."""
        self._client.disconnect()
        self._client.loop_stop()
        self._connected.clear()

    def _settle(self) -> None:
        while self._under_way and self._under_way[0].is_published():
            self._under_way.popleft()

    def _on_connect(
        self, client: paho.Client, _userdata: Any, _flags: Any, reason: ReasonCode, _props: Any
    ) -> None:
        if reason.is_failure:
            return
        for topic in self._listen_to:
            client.subscribe(topic, qos=1)
        self.connections += 1
        self._connected.set()

    def _on_disconnect(self, *_of_no_interest: Any) -> None:
        self._connected.clear()

    def _on_publish(self, *_of_no_interest: Any) -> None:
        self._progress.set()

    def _on_message(self, _client: Any, _userdata: Any, message: paho.MQTTMessage) -> None:
        self.inbox.put((message.topic, bytes(message.payload)))
