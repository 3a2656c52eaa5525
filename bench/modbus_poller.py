"""One poller of many hosts in a process of its own: the gateway's, or bare pymodbus.

Prints, for each line on stdin, how much CPU it has used and how many events it has told so far.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from pymodbus.client import AsyncModbusTcpClient

from core.facts.device import DeviceCode, SiteCode, System
from core.facts.place import Device, PlaceCode
from gateway import lasting
from gateway.fire_phone.adapter import FirePhone
from gateway.fire_phone.address import Address
from gateway.fire_phone.profile import Profile, load
from gateway.inbox import Inbox
from gateway.links.modbus import ModbusLink
from gateway.links.modbus_plan import plan

PERIOD = 0.25
EXTENSIONS = 125
_PROFILE = """
name = "bench"
[[unit]]
[[unit.block]]
name = "phones"
table = "holding"
[[unit.block.point]]
kind = "enum"
address = 0
count = 125
states = { 0 = "idle", 1 = "calling", 2 = "talking", 3 = "open", 4 = "short" }
"""


class Told:
    """How many events were told."""

    def __init__(self) -> None:
        self.events = 0


def ours(ports: list[int], told: Told) -> None:
    """Poll with the gateway's link, and read every scan with its adapter."""
    profile = _profile()
    inbox = Inbox()
    adapter = FirePhone(profile=profile, site=SiteCode("bench"), devices=_devices(len(ports)))
    link = ModbusLink(
        lines=[
            plan(profile, Address.parse(f"tcp://127.0.0.1:{port}"), profile.asks(f"fp-{n}"))
            for n, port in enumerate(ports)
        ],
        clock=_now,
        has_room=inbox.has_room,
        note=inbox.note,
    )
    link.start(inbox.put)

    def read() -> None:
        asked_at = time.monotonic()
        while True:
            for delivery in inbox.take(500, timeout=1.0):
                reading = adapter.read(delivery.message)
                told.events += (reading.event is not None) + len(reading.also)
            if time.monotonic() - asked_at >= 1.0:  # as the gateway's writer does
                asked_at = time.monotonic()
                told.events += len(adapter.elapsed(_now()))

    threading.Thread(target=read, daemon=True).start()
    lasting.set_aside()


def bare(ports: list[int]) -> None:
    """Poll with pymodbus alone, and look at nothing."""

    async def one(number: int, port: int) -> None:
        await asyncio.sleep(number / 200)
        client = AsyncModbusTcpClient("127.0.0.1", port=port, timeout=0.8, retries=0)
        await client.connect()
        due = time.monotonic()
        while True:
            await client.read_holding_registers(0, count=EXTENSIONS, device_id=1)
            due = max(due + PERIOD, time.monotonic())
            await asyncio.sleep(due - time.monotonic())

    async def everybody() -> None:
        await asyncio.gather(*(one(n, port) for n, port in enumerate(ports)))

    threading.Thread(target=lambda: asyncio.run(everybody()), daemon=True).start()


def main() -> None:
    """Poll until stdin ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=["ours", "bare"])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--hosts", type=int, required=True)
    parser.add_argument("--dead", type=int, default=0)
    parser.add_argument("--dead-port", type=int, default=0)
    asked = parser.parse_args()
    ports = [asked.dead_port] * asked.dead + [asked.port] * (asked.hosts - asked.dead)
    told = Told()
    if asked.kind == "ours":
        ours(ports, told)
    else:
        bare(ports)
    for _ in sys.stdin:
        print(json.dumps({"cpu": time.process_time(), "events": told.events}), flush=True)


def _profile() -> Profile:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.toml"
        file.write_text(_PROFILE, encoding="utf-8")
        return load(str(file))


def _devices(hosts: int) -> dict[str, Device]:
    """Return the hosts; each has an address of its own for the adapter, and nobody dials it."""
    codes = [DeviceCode(f"fp-{n}") for n in range(hosts)]
    return {
        f"tcp://{code}": Device(
            code=code,
            system=System.FIRE_PHONE,
            name=code,
            profile="bench",
            address=f"tcp://{code}",
            place=PlaceCode("bench"),
        )
        for code in codes
    }


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the shell reads the clock


if __name__ == "__main__":
    main()
