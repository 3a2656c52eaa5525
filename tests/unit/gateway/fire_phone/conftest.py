"""A fire-phone host that is read by its adapter, with registers and a clock that the test sets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.facts.device import DeviceCode, DeviceEvent, SiteCode, System
from core.facts.place import Device, PlaceCode
from gateway.adapter import Message, Reading
from gateway.fire_phone import scan
from gateway.fire_phone.adapter import FirePhone
from gateway.fire_phone.profile import Profile, load
from gateway.fire_phone.scan import Failed, Failure

AT = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
HOST = DeviceCode("fp-1")


@dataclass
class Reader:
    profile: Profile
    adapter: FirePhone
    now: datetime = AT
    events: list[DeviceEvent] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)

    def wait(self, seconds: float) -> list[str]:
        """Let time pass second by second, as the writer asks."""
        before = len(self.events)
        left = seconds
        while left > 0:
            self.now += timedelta(seconds=min(1.0, left))
            left -= 1.0
            self.events += self.adapter.elapsed(self.now)
        return self.said(before)

    def scans(self, values: Sequence[int], *, block: str | None = None, unit: int = 1) -> list[str]:
        """Read these values, and return what was told: type and subject."""
        found = next(one for one in self.profile.blocks if block in {None, one.name})
        return self._reads(f"modbus/{HOST}/{unit}/{found.name}", scan.pack(found.table, [*values]))

    def fails(
        self, why: Failure, *, code: int = 0, block: str | None = None, unit: int = 1
    ) -> list[str]:
        name = block or self.profile.blocks[0].name
        payload = scan.pack_failed(Failed(why=why, code=code))
        return self._reads(f"modbus/{HOST}/{unit}/{name}", payload)

    def _reads(self, topic: str, payload: bytes) -> list[str]:
        before = len(self.events)
        reading = self.adapter.read(Message(topic=topic, payload=payload, received_at=self.now))
        self.readings.append(reading)
        self.events += [] if reading.event is None else [reading.event, *reading.also]
        self.now += timedelta(seconds=0.25)
        return self.said(before)

    def said(self, start: int = 0) -> list[str]:
        return [f"{one.type.value} {one.subject}" for one in self.events[start:]]


def a_host(code: str = HOST) -> Device:
    return Device(
        code=DeviceCode(code),
        system=System.FIRE_PHONE,
        name=code,
        profile="x",
        address="tcp://127.0.0.1:502",
        place=PlaceCode("control-room"),
    )


@pytest.fixture
def profile_of(tmp_path: Path) -> Callable[[str], Profile]:
    def write(text: str) -> Profile:
        file = tmp_path / "own.toml"
        file.write_text(
            text if text.startswith("name =") else f'name = "own"\n{text}', encoding="utf-8"
        )
        return load(str(file))

    return write


@pytest.fixture
def read(profile_of: Callable[[str], Profile]) -> Callable[[str], Reader]:
    """Read a host by a profile's name, or by its text."""

    def start(profile: str) -> Reader:
        found = profile_of(profile) if "\n" in profile else load(profile)
        host = a_host()
        adapter = FirePhone(profile=found, site=SiteCode("hq"), devices={host.address: host})
        return Reader(found, adapter)

    return start
