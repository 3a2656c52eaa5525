"""Answers are those of the request that was sent, whatever comes late, twice or from elsewhere."""

import asyncio
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress

import pytest

from gateway.fire_phone.address import Address
from gateway.fire_phone.scan import Failed, Failure, Table
from gateway.links.modbus_client import Client
from gateway.links.modbus_turnstile import Turnstile
from simulators.fault_proxy import CableFaults, FaultProxy

Answer = Callable[[bytes], bytes]


def honest(request: bytes) -> bytes:
    """Answer each register with its own address."""
    number, _, _, unit, function, address, count = struct.unpack(">HHHBBHH", request)
    words = struct.pack(f">{count}H", *range(address, address + count))
    return frame(number, unit, bytes([function, 2 * count]) + words)


def frame(number: int, unit: int, pdu: bytes) -> bytes:
    return struct.pack(">HHHB", number, 0, len(pdu) + 1, unit) + pdu


@asynccontextmanager
async def a_server(answer: Answer) -> AsyncIterator[int]:
    """Answer each request so; at the end every connection has been closed by its client."""
    talks: set[asyncio.Task[object] | None] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.add(asyncio.current_task())
        with suppress(asyncio.IncompleteReadError, OSError):
            while True:
                writer.write(answer(await reader.readexactly(12)))
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
        server.close()
        await asyncio.gather(*(one for one in talks if one is not None))


def a_client(port: int, *, timeout: float = 0.3) -> Client:
    address = Address(scheme="tcp", host="127.0.0.1", port=port)
    return Client(address, timeout=timeout, turnstile=Turnstile(per_second=1000))


async def read(client: Client, address: int, count: int = 3) -> Sequence[int] | Failed:
    if not client.connected and not await client.connect():
        return Failed(why=Failure.UNREACHABLE)
    return await client.read(7, Table.HOLDING, address, count)


def run(work: Coroutine[object, object, None]) -> None:
    asyncio.run(work)


@pytest.mark.parametrize(
    "faults",
    [
        CableFaults(jitter=0.06),
        CableFaults(jitter=0.06, late_duplicate=0.3),
        CableFaults(jitter=0.05, late_duplicate=0.3, drop=0.05, split=True),
    ],
)
def test_late_answers_are_never_taken_for_another_request(faults: CableFaults) -> None:
    async def work() -> None:
        right, wrong, failed = 0, 0, 0
        async with a_server(honest) as port, FaultProxy(("127.0.0.1", port)) as proxy:
            proxy.faults = faults

            async def poll(seed: int) -> None:
                nonlocal right, wrong, failed
                client = a_client(proxy.port, timeout=0.08)
                for n in range(60):
                    address = (seed * 977 + n * 131) % 60_000
                    found = await read(client, address)
                    if isinstance(found, Failed):
                        failed += 1
                    elif list(found) == [address, address + 1, address + 2]:
                        right += 1
                    else:
                        wrong += 1
                client.close()

            await asyncio.gather(*(poll(seed) for seed in range(30)))
        assert wrong == 0
        assert right > 20
        assert failed > 5

    run(work())


def _longer(request: bytes) -> bytes:
    number, _, _, unit, function, *_ = struct.unpack(">HHHBBHH", request)
    return frame(number, unit, bytes([function, 8, *range(8)]))


def _shorter(request: bytes) -> bytes:
    number, _, _, unit, function, *_ = struct.unpack(">HHHBBHH", request)
    return frame(number, unit, bytes([function, 2, 0, 1]))


def _other_unit(request: bytes) -> bytes:
    answer = bytearray(honest(request))
    answer[6] = 8
    return bytes(answer)


def _other_function(request: bytes) -> bytes:
    answer = bytearray(honest(request))
    answer[7] = 4
    return bytes(answer)


def _no_number(request: bytes) -> bytes:
    return b"\0\0" + honest(request)[2:]


def _other_number(request: bytes) -> bytes:
    return struct.pack(">H", struct.unpack(">H", request[:2])[0] + 7) + honest(request)[2:]


def _refuses(request: bytes) -> bytes:
    number, _, _, unit, function, *_ = struct.unpack(">HHHBBHH", request)
    return frame(number, unit, bytes([function | 0x80, 6]))


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (_longer, Failure.GARBAGE),
        (_shorter, Failure.GARBAGE),
        (_other_unit, Failure.TIMEOUT),
        (_other_function, Failure.GARBAGE),
        (_no_number, Failure.GARBAGE),
        (_other_number, Failure.TIMEOUT),
        (lambda _: b"\xff" * 64, Failure.TIMEOUT),
        (_refuses, Failure.EXCEPTION),
    ],
)
def test_an_answer_that_is_none_gives_no_values(answer: Answer, why: Failure) -> None:
    async def work() -> None:
        async with a_server(answer) as port:
            client = a_client(port)
            found = await read(client, 10)
            assert isinstance(found, Failed)
            assert found.why is why
            assert client.connected is (why is Failure.EXCEPTION)
            client.close()

    run(work())


def test_a_hung_read_ends_when_it_is_cancelled() -> None:
    async def work() -> None:
        asked = asyncio.Event()

        def says_nothing(_request: bytes) -> bytes:
            asked.set()
            return b""

        async with a_server(says_nothing) as port:
            client = a_client(port, timeout=3600)
            task = asyncio.create_task(_as_coroutine(read(client, 1)))
            await asked.wait()
            task.cancel()
            done, _ = await asyncio.wait({task}, timeout=60)
            assert done == {task}
            assert task.cancelled()
            client.close()

    run(work())


async def _as_coroutine(work: Awaitable[object]) -> object:
    return await work
