"""A Hikvision station behind the Hikvision-Addons bridge.

States are bare text, QoS 0 and **retained**; attributes and availability are retained as well;
device triggers are not. Names in topics keep ``A-Za-z0-9_-`` only.
Source: pergolafabio/Hikvision-Addons, hikvision-doorbell/src/mqtt.py at d76342a, and
unixorn/ha-mqtt-discoverable, ``Discoverable._state_helper``. The entity is ``Call state``; users
report the topic both as ``Call-state`` (issues 209, 294, 335) and as ``Call-State`` (issue 132).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from simulators.action import Act, Action
from simulators.outgoing import Outgoing

CALLS = frozenset({Act.RING, Act.ANSWER, Act.END, Act.MISS, Act.SETTLE})
RELAY: Mapping[Act, str] = {Act.DOOR_OPEN: "ON", Act.DOOR_CLOSE: "OFF"}
#: Act → the trigger's name and payload.
TRIGGERS: Mapping[Act, tuple[str, str]] = {
    Act.DOOR_HELD: ("door_not_closed_0", ""),
    Act.DOOR_FORCED: ("door open by external force", '{"door_id": 1}'),
    Act.TAMPER: ("tampering_alarm", ""),
    Act.HELP: ("sos", ""),
}


@dataclass(slots=True, kw_only=True)
class HikvisionStation:
    """One station. ``polled`` is the bridge's other mode: it asks and repeats the state."""

    code: str
    device: str
    polled: bool = False
    call_entity: str = "Call-State"
    _state: str = "idle"

    can: ClassVar[frozenset[Act]] = frozenset({*CALLS, *RELAY, *TRIGGERS, Act.CARD})

    @property
    def event_topic(self) -> str:
        """Where the call's state is told."""
        return f"{self._call}/state"

    @property
    def _call(self) -> str:
        return f"hmd/sensor/{_clean(self.device)}/{self.call_entity}"

    @property
    def _door(self) -> str:
        return f"hmd/switch/{_clean(self.device)}/Door-1-relay"

    def start(self, *, now: datetime) -> list[Outgoing]:
        """Announce the sensor, then say that all is at rest: all of it retained."""
        del now  # this bridge gives no time at all
        self._state = "idle"
        announced = {
            "component": "sensor",
            "device": {"name": self.device, "manufacturer": "Hikvision", "identifiers": self.code},
            "name": "Call state",
            "unique_id": f"{self.code}-call_state",
            "state_topic": self.event_topic,
            "json_attributes_topic": f"{self._call}/attributes",
            "availability_topic": f"{self._call}/availability",
        }
        discovery = self._call.replace("hmd/", "homeassistant/", 1)
        return [
            _kept(f"{discovery}/config", json.dumps(announced)),
            _kept(self.event_topic, self._state),
            _kept(f"{self._call}/availability", "online"),
            _kept(f"{self._door}/state", "OFF"),
            _kept(f"{self._door}/availability", "online"),
        ]

    def heartbeat(self, *, now: datetime) -> list[Outgoing]:
        """Repeat the state when polled; the other mode says nothing while nothing happens."""
        del now
        return [_kept(self.event_topic, self._state)] if self.polled else []

    def say(self, action: Action, *, now: datetime) -> list[Outgoing]:
        """One act is one to four messages."""
        match action.act:
            case Act.SILENCE:
                return [_kept(f"{self._call}/availability", "offline")]  # the broker's last word
            case Act.BACK:
                return self.start(now=now)
            case act if act in CALLS:
                return [_kept(self.event_topic, state) for state in self._states(act)]
            case _:
                return self._other(action)

    def _states(self, act: Act) -> tuple[str, ...]:
        """Return the states that follow: two vocabularies in one topic."""
        if self.polled:
            states = {Act.RING: ("ring",), Act.ANSWER: ("onCall",), Act.SETTLE: ()}
            found = states.get(act, ("idle",))
        else:
            # The add-on cannot tell an answer: the call is dismissed. It goes to rest by itself
            # 60 s after the ring, even if it has been at rest since.
            states = {Act.RING: ("ringing",), Act.ANSWER: ("dismissed", "idle")}
            found = states.get(act, ("idle",) if act is Act.SETTLE else ())
        self._state = found[-1] if found else self._state
        return found

    def _other(self, action: Action) -> list[Outgoing]:
        if action.act in RELAY:
            return [_kept(f"{self._door}/state", RELAY[action.act])]
        if action.act in TRIGGERS:
            return [self._trigger(*TRIGGERS[action.act])]
        return self._card(action) if action.act is Act.CARD else []

    def _card(self, action: Action) -> list[Outgoing]:
        opener = _source(action)
        if not action.flag("granted", default=True):
            return [self._trigger("illegal_card_swiping_event", opener)]
        return [
            _kept(f"{self._door}/attributes", opener),
            _kept(f"{self._door}/state", "ON"),
            self._trigger("Door unlocked", opener),
        ]

    def _trigger(self, name: str, payload: str) -> Outgoing:
        topic = f"hmd/device_automation/{_clean(self.device)}/{_clean(name)}/state"
        return Outgoing(topic=topic, payload=payload.encode())


def _kept(topic: str, payload: str) -> Outgoing:
    return Outgoing(topic=topic, payload=payload.encode(), retain=True)


def _clean(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "-", name)


def _source(action: Action) -> str:
    """Return the opener's number as the SDK's bytes, written as decimals without a gap."""
    number = action.text("card", "10010010001").encode("ascii") + b"\0\0"
    return json.dumps({"control_source": "".join(str(byte) for byte in number)})
