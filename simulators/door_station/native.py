"""A station made for this system: CloudEvents 1.0 JSON, told until receipted.

Events go to ``shouwen/<site>/<device>/event`` with QoS 1; each has an id of its own and is sent
again every two seconds until ``shouwen/<site>/<device>/receipt`` carries ``{"ids": […]}`` with it
(the journal sees to that). A heartbeat goes to ``shouwen/<site>/<device>/heartbeat``, QoS 0.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from simulators.action import Act, Action, Value
from simulators.outgoing import Outgoing

#: Act → the event's type, for all that needs no call.
TYPES: Mapping[Act, str] = {
    Act.HELP: "help.pressed",
    Act.DOOR_OPEN: "door.opened",
    Act.DOOR_CLOSE: "door.closed",
    Act.DOOR_HELD: "door.held_open",
    Act.DOOR_FORCED: "door.forced",
    Act.TAMPER: "tamper.raised",
    Act.ALARM: "alarm.raised",
    Act.ALARM_CLEAR: "alarm.cleared",
}
CALLS: Mapping[Act, str] = {
    Act.RING: "intercom.ringing",
    Act.ANSWER: "intercom.answered",
    Act.END: "intercom.ended",
    Act.MISS: "intercom.missed",
}


@dataclass(slots=True, kw_only=True)
class NativeStation:
    """One station. ``boot`` tells one power-up from the next, so that no id comes twice."""

    code: str
    site: str
    boot: str
    events: int = 0
    calls: int = 0
    _called: str | None = None

    can: ClassVar[frozenset[Act]] = frozenset({*TYPES, *CALLS, Act.CARD})

    @property
    def event_topic(self) -> str:
        """Where events are told."""
        return f"shouwen/{self.site}/{self.code}/event"

    def start(self, *, now: datetime) -> list[Outgoing]:
        """Say at once that it lives."""
        return self.heartbeat(now=now)

    def heartbeat(self, *, now: datetime) -> list[Outgoing]:
        """Say that it lives, and what it holds; not an event, so not kept."""
        body = {"time": _text(now), "events": self.events}
        topic = f"shouwen/{self.site}/{self.code}/heartbeat"
        return [Outgoing(topic=topic, payload=_compact(body))]

    def say(self, action: Action, *, now: datetime) -> list[Outgoing]:
        """One act is one event."""
        match action.act:
            case Act.BACK:
                return self.start(now=now)
            case Act.CARD:
                return [self._card(action, now)]
            case act if act in CALLS:
                return [self._of_call(action, now)]
            case act if act in TYPES:
                subject = action.text("door", "1") if act.startswith("door") else None
                return [self._event(TYPES[act], now, subject=subject)]
            case _:
                return []

    def _of_call(self, action: Action, now: datetime) -> Outgoing:
        if action.act is Act.RING:
            self.calls += 1
            self._called = action.text("to", "9901")
        call = f"{self.code}-{self.boot}-c{self.calls}"
        return self._event(CALLS[action.act], now, subject=self._called, call=call)

    def _card(self, action: Action, now: datetime) -> Outgoing:
        granted = action.flag("granted", default=True)
        data: dict[str, Value] = {"card": action.text("card", "1B2C3D4E"), "granted": granted}
        if "user" in action.values:
            data["user"] = action.text("user", "")
        return self._event("credential.presented", now, subject="1", data=data)

    def _event(
        self,
        kind: str,
        now: datetime,
        *,
        subject: str | None = None,
        call: str | None = None,
        data: Mapping[str, Value] | None = None,
    ) -> Outgoing:
        self.events += 1
        event_id = f"{self.code}-{self.boot}-{self.events:06d}"
        document: dict[str, object] = {
            "specversion": "1.0",
            "id": event_id,
            "source": f"/{self.site}/access_control/{self.code}",
            "type": kind,
            "time": _text(now),
        }
        if subject is not None:
            document["subject"] = subject
        if call is not None:
            document["call"] = call
        if data:
            document |= {"datacontenttype": "application/json", "data": dict(data)}
        return Outgoing(
            topic=self.event_topic, payload=_compact(document), qos=1, event_id=event_id
        )


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _compact(document: Mapping[str, object]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
