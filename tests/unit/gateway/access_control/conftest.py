"""A station that talks to its adapter, with a clock that the test moves."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.facts.device import DeviceCode, DeviceEvent, SiteCode, System
from core.facts.place import Device, PlaceCode
from gateway.access_control.adapter import AccessControl
from gateway.access_control.profile import load
from gateway.adapter import Message, Reading, Verdict

AT = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)


@dataclass
class Listener:
    adapter: AccessControl
    now: datetime = AT
    readings: list[Reading] = field(default_factory=list)

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def hears(self, topic: str, body: object, *, retained: bool = False) -> Reading:
        payload = body if isinstance(body, bytes) else _payload(body)
        reading = self.adapter.read(
            Message(topic=topic, payload=payload, received_at=self.now, retained=retained)
        )
        self.readings.append(reading)
        return reading

    @property
    def told(self) -> list[str]:
        """What was told as an event, in order."""
        return [
            one.event.type.value
            for one in self.readings
            if one.verdict is Verdict.EVENT and one.event
        ]

    @property
    def presses(self) -> int:
        """How many calls somebody would have to answer, or was too late for."""
        return len(
            {
                one.call
                for one in self.readings
                if one.verdict is Verdict.EVENT and one.event and one.call
            }
        )

    @property
    def events(self) -> list[DeviceEvent]:
        return [one.event for one in self.readings if one.event]


def _payload(body: object) -> bytes:
    return body.encode() if isinstance(body, str) else json.dumps(body).encode()


def a_device(code: str, *, profile: str, address: str, silent_after: float | None = None) -> Device:
    return Device(
        code=DeviceCode(code),
        system=System.ACCESS_CONTROL,
        name=code,
        profile=profile,
        address=address,
        place=PlaceCode("lobby"),
        silent_after=silent_after,
    )


@pytest.fixture
def listen() -> Callable[..., Listener]:
    def start(profile: str, devices: Mapping[str, str] | None = None) -> Listener:
        """Listen for devices given as address → code."""
        return Listener(
            AccessControl(
                profile=load(profile),
                site=SiteCode("hq"),
                zone=ZoneInfo("Asia/Shanghai"),
                devices={
                    address: a_device(code, profile=profile, address=address)
                    for address, code in (devices or {}).items()
                },
                card_key=b"a key of this test",
            )
        )

    return start
