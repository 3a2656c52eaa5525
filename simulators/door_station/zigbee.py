"""A battery button behind Zigbee2MQTT: the cheapest help button.

``zigbee2mqtt/<friendly name>`` carries JSON, QoS 0, not retained; ``…/action`` may repeat the
press as bare text; ``…/availability`` is retained. Source: zigbee2mqtt.io, "MQTT topics and
messages".
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from simulators.action import Act, Action
from simulators.outgoing import Outgoing


@dataclass(slots=True, kw_only=True)
class ZigbeeButton:
    """One button; its friendly name may hold slashes."""

    code: str
    friendly_name: str
    battery: int = 97

    can: ClassVar[frozenset[Act]] = frozenset({Act.HELP})

    @property
    def event_topic(self) -> str:
        """Where the button speaks."""
        return f"zigbee2mqtt/{self.friendly_name}"

    def start(self, *, now: datetime) -> list[Outgoing]:
        """Say that bridge and button are there: retained."""
        del now  # no message of this bridge bears a time unless one asks for it
        return [
            Outgoing(topic="zigbee2mqtt/bridge/state", payload=b'{"state":"online"}', retain=True),
            self._availability("online"),
        ]

    def heartbeat(self, *, now: datetime) -> list[Outgoing]:
        """Report battery and link, as the button does of its own accord."""
        del now
        return [self._report({})]

    def say(self, action: Action, *, now: datetime) -> list[Outgoing]:
        """Tell a press twice, as JSON and as bare text."""
        match action.act:
            case Act.HELP:
                kind = action.text("kind", "single")
                bare = Outgoing(topic=f"{self.event_topic}/action", payload=kind.encode())
                return [self._report({"action": kind}), bare]
            case Act.SILENCE:
                return [self._availability("offline")]
            case Act.BACK:
                return self.start(now=now)
            case _:
                return []

    def _report(self, extra: dict[str, str]) -> Outgoing:
        body = {**extra, "battery": self.battery, "linkquality": 112, "voltage": 2995}
        return Outgoing(topic=self.event_topic, payload=json.dumps(body).encode())

    def _availability(self, state: str) -> Outgoing:
        payload = json.dumps({"state": state}, separators=(",", ":")).encode()
        return Outgoing(topic=f"{self.event_topic}/availability", payload=payload, retain=True)
