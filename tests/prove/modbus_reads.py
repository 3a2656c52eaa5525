"""``python -m tests.prove.modbus_reads``: answers of a bad cable, and to whom each was given.

Every register holds its own address, so that each answer says to which request it belongs. The
cable delays, doubles, loses and splits; what the client hands on must be what was asked.
"""

import argparse
import asyncio
import json
import struct
import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from gateway.fire_phone.address import Address
from gateway.fire_phone.scan import Failed, Table
from gateway.links.modbus_client import Client
from gateway.links.modbus_turnstile import Turnstile
from simulators.fault_proxy import CableFaults, FaultProxy
from tests.wire.fire_phone.own_hosts import rtu_frame, tcp_frame

READS, SECONDS = 100_000, 480.0
CLIENTS = 200
COUNT = 3
TIMEOUT = 0.06
_UNIT = 7

#: Scheme and what its cable does; none of it changes a value.
CABLES: Sequence[tuple[str, str, CableFaults]] = (
    ("late", "tcp", CableFaults(jitter=0.045)),
    ("doubled", "tcp", CableFaults(jitter=0.02, late_duplicate=0.3)),
    ("everything", "tcp", CableFaults(jitter=0.03, late_duplicate=0.3, drop=0.03, split=True)),
    ("late, RTU", "rtuovertcp", CableFaults(jitter=0.045)),
    ("doubled, RTU", "rtuovertcp", CableFaults(jitter=0.02, late_duplicate=0.3)),
)


@dataclass(slots=True)
class Count:
    """What became of the reads of one cable, or of all."""

    asked: int = 0
    right: int = 0
    wrong: int = 0
    failed: int = 0
    #: The first wrong ones: address, and what was given for it.
    flaws: list[str] = field(default_factory=list)

    @property
    def answered(self) -> int:
        """Return how many reads were given values; only those can be given wrong ones."""
        return self.right + self.wrong

    def add(self, other: "Count") -> None:
        """Count another one in."""
        self.asked += other.asked
        self.right += other.right
        self.wrong += other.wrong
        self.failed += other.failed
        self.flaws += other.flaws


def prove(*, reads: int = READS, seconds: float = SECONDS) -> Count:
    """Ask over each bad cable in its turn until so many reads were answered, and count.

    At most so long: a cable that answers too seldom leaves the rest to the next ones.
    """
    whole, began = Count(), time.monotonic()
    for number, (name, scheme, faults) in enumerate(CABLES, start=1):
        share, until = Count(), began + seconds * number / len(CABLES)
        # What one cable has not managed in its time, the next ones make up for.
        most = reads * number // len(CABLES) - whole.answered
        asyncio.run(_over(scheme, faults, share, most, until))
        _print(
            f"modbus {name}: reads {share.asked}, right {share.right}, "
            f"wrong attributions {share.wrong}, failed {share.failed}"
        )
        for flaw in share.flaws[:5]:
            _print(f"  {flaw}")
        whole.add(share)
    return whole


async def _over(scheme: str, faults: CableFaults, count: Count, most: int, until: float) -> None:
    server = await asyncio.start_server(_talk(scheme), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, FaultProxy(("127.0.0.1", port)) as proxy:
        proxy.faults = faults
        turnstile = Turnstile(per_second=10_000)
        address = Address(scheme=scheme, host="127.0.0.1", port=proxy.port)  # type: ignore[arg-type]  # as written above
        clients = [Client(address, timeout=TIMEOUT, turnstile=turnstile) for _ in range(CLIENTS)]
        await asyncio.gather(*(_poll(one, n, count, most, until) for n, one in enumerate(clients)))


async def _poll(client: Client, seed: int, count: Count, most: int, until: float) -> None:
    n = 0
    while count.answered < most and time.monotonic() < until:
        n += 1
        address = (seed * 977 + n * 131) % 60_000
        if not client.connected and not await client.connect():
            continue
        count.asked += 1
        found = await client.read(_UNIT, Table.HOLDING, address, COUNT)
        if isinstance(found, Failed):
            count.failed += 1
        elif list(found) == list(range(address, address + COUNT)):
            count.right += 1
        else:
            count.wrong += 1
            count.flaws.append(f"{address} was given {list(found)}")
    client.close()


def _talk(
    scheme: str,
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[object, object, None]]:
    """Return what serves one connection: each register holds its address."""
    whole, head, frame = (12, 6, tcp_frame) if scheme == "tcp" else (8, 0, rtu_frame)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, OSError, asyncio.CancelledError):
            while True:
                request = await reader.readexactly(whole)
                unit, function, address, count = struct.unpack(">BBHH", request[head : head + 6])
                words = struct.pack(f">{count}H", *range(address, address + count))
                writer.write(frame(request, bytes([unit, function, 2 * count]) + words))
        writer.close()

    return talk


def _print(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a program that says what it found


def main() -> int:
    """Prove it, and print one JSON line at the end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reads", type=int, default=READS)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="give up after so long")
    asked = parser.parse_args()
    count = prove(reads=asked.reads, seconds=asked.seconds)
    _print(json.dumps({"reads": count.asked, "right": count.right, "wrong": count.wrong}))
    return 1 if count.wrong or not count.right else 0


if __name__ == "__main__":
    sys.exit(main())
