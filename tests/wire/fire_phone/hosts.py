"""A host on a real socket, and the gateway's link and adapter reading it."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

from core.facts.device import DeviceCode, DeviceEvent, SiteCode, System
from core.facts.place import Device, PlaceCode
from gateway.adapter import Delivery
from gateway.fire_phone.adapter import FirePhone
from gateway.fire_phone.address import Address
from gateway.fire_phone.profile import Profile
from gateway.links.modbus import ModbusLink
from gateway.links.modbus_plan import LinePlan, lines, plan
from simulators.fault_proxy import CableFaults, FaultProxy

#: Waiting ends so late that a starved machine never fails a test, seconds.
WITHIN = 60.0


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a shell of the test's own


def until(is_so: Callable[[], bool]) -> None:
    """Wait for it."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < WITHIN, f"not so within {WITHIN} s"
        time.sleep(0.005)


@dataclass
class Polled:
    """Hosts that are polled, with what was told of them."""

    adapter: FirePhone
    events: list[DeviceEvent] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    room: bool = True
    #: How often its hosts were asked so far, and how often they had been when each event was told.
    asked: Callable[[], int] = lambda: 0
    asked_before: list[int] = field(default_factory=list)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def deliver(self, delivery: Delivery) -> None:
        with self.guard:
            self.deliveries.append(delivery)
            reading = self.adapter.read(delivery.message)
            told = [] if reading.event is None else [reading.event, *reading.also]
            self.asked_before += [self.asked()] * len(told)
            self.events += told

    def elapsed(self) -> bool:
        """Ask what time alone brings about, as the writer does each second."""
        with self.guard:
            self.events += self.adapter.elapsed(now())
        return False

    def of(self, device: str = "fp-1") -> list[str]:
        return [
            f"{one.type.value} {one.subject}"
            for one in list(self.events)
            if one.source.device == device
        ]

    def heard(self, device: str = "fp-1") -> bool:
        """Whether values of this host were read at least once."""
        start = f"modbus/{device}/"
        return any(
            one.message.topic.startswith(start) and one.message.payload[:1] != b"!"
            for one in list(self.deliveries)
        )


@contextmanager
def polled(
    profile: Profile,
    addresses: dict[str, str],
    *,
    change: Callable[[LinePlan], LinePlan] = lambda one: one,
) -> Iterator[Polled]:
    """Poll hosts, given by code and address, until the end of ``with``."""
    devices = {address: _device(code, address) for code, address in addresses.items()}
    seen = Polled(FirePhone(profile=profile, site=SiteCode("hq"), devices=devices))
    plans = [
        plan(profile, where, profile.asks(code, unit=where.unit))
        for code, where in ((c, Address.parse(a)) for c, a in addresses.items())
    ]
    link = ModbusLink(
        lines=[change(one) for one in lines(plans)],
        clock=now,
        has_room=lambda: seen.room,
        note=lambda _kind, reason: seen.notes.append(reason),
    )
    link.start(seen.deliver)
    try:
        yield seen
    finally:
        link.stop()
        until(lambda: not link.alive(now()))


class Proxy:
    """The fault proxy in a loop of its own."""

    def __init__(self, to: tuple[str, int]) -> None:
        self._to = to
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.proxy = FaultProxy(to)

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self.proxy.__aenter__(), self._loop).result(WITHIN)
        return self

    def __exit__(self, *_problem: object) -> None:
        asyncio.run_coroutine_threadsafe(self.proxy.__aexit__(), self._loop).result(WITHIN)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(WITHIN)
        self._loop.close()

    def set(self, **faults: float | bool) -> None:
        done = threading.Event()

        def change() -> None:
            self.proxy.faults = CableFaults().changed(faults)
            done.set()

        self._loop.call_soon_threadsafe(change)
        assert done.wait(WITHIN)

    def reset(self) -> None:
        asyncio.run_coroutine_threadsafe(self.proxy.reset(), self._loop).result(WITHIN)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.proxy.port}"


def _device(code: str, address: str) -> Device:
    return Device(
        code=DeviceCode(code),
        system=System.FIRE_PHONE,
        name=code,
        profile="x",
        address=address,
        place=PlaceCode("control-room"),
    )
