"""The faulty cable between a real client and a real echo."""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable

import pytest

from simulators.fault_proxy import CableFaults, FaultProxy, endpoint

Story = Callable[[FaultProxy, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()
    except OSError:
        pass  # the story cut the cable
    finally:
        writer.close()


def tell(story: Story) -> None:
    """Run the story on a client that is connected through the proxy."""

    async def through() -> None:
        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        target = server.sockets[0].getsockname()[:2]
        async with server, FaultProxy(target, seed=3) as proxy:
            reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
            await asyncio.wait_for(story(proxy, reader, writer), timeout=60)
            writer.close()

    asyncio.run(through())


def test_passes_bytes_both_ways() -> None:
    async def story(
        proxy: FaultProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        writer.write(b"hello")
        assert await reader.readexactly(5) == b"hello"
        assert (proxy.connections, proxy.passed) == (1, 10)

    tell(story)


def test_delay_delays_each_way() -> None:
    async def story(
        proxy: FaultProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        proxy.faults = CableFaults(delay=0.1, jitter=0.01)
        clock = asyncio.get_running_loop().time
        before = clock()
        writer.write(b"x")
        await reader.readexactly(1)
        assert clock() - before >= 0.2

    tell(story)


def test_half_open_is_mute_until_it_is_lifted() -> None:
    async def story(
        proxy: FaultProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        proxy.faults = CableFaults(half_open=True)
        writer.write(b"x")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.read(1), timeout=0.2)
        assert not reader.at_eof()
        proxy.faults = CableFaults()
        assert await reader.read(1) == b"x"

    tell(story)


def test_split_sends_single_bytes_and_loses_none() -> None:
    async def story(
        proxy: FaultProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        proxy.faults = CableFaults(split=True)
        text = bytes(range(256))
        writer.write(text)
        first = await reader.read(256)
        assert len(first) < 256
        assert first + await reader.readexactly(256 - len(first)) == text

    tell(story)


def test_garble_changes_exactly_one_byte_of_a_piece() -> None:
    async def story(
        proxy: FaultProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        proxy.faults = CableFaults(garble=1.0)
        writer.write(bytes(100))
        got = await reader.readexactly(100)
        assert 1 <= sum(byte != 0 for byte in got) <= 2  # once there, once back

    tell(story)


def test_drop_swallows_a_piece() -> None:
    async def story(
        proxy: FaultProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        proxy.faults = CableFaults(drop=1.0)
        writer.write(b"lost")
        await writer.drain()
        while not proxy.dropped:  # noqa: ASYNC110 - a count is all the proxy tells
            await asyncio.sleep(0.01)
        proxy.faults = CableFaults()
        writer.write(b"kept")
        assert await reader.readexactly(4) == b"kept"

    tell(story)


def test_late_duplicate_comes_again_after_the_next_piece() -> None:
    async def story(
        proxy: FaultProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        proxy.faults = CableFaults(late_duplicate=1.0)
        writer.write(b"one.")
        assert await reader.readexactly(4) == b"one."
        proxy.faults = CableFaults()
        writer.write(b"two.")
        got = await reader.readexactly(12)
        assert got.startswith(b"two.")
        assert got.count(b"one.") == 2  # the way there repeats it, and so does the way back

    tell(story)


def test_reset_cuts_with_rst() -> None:
    async def story(
        proxy: FaultProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        writer.write(b"x")
        await reader.readexactly(1)
        await proxy.reset()
        with pytest.raises(ConnectionResetError):
            await reader.readexactly(1)

    tell(story)


def test_refuse_closes_newcomers_at_once() -> None:
    async def story(
        proxy: FaultProxy, _reader: asyncio.StreamReader, _writer: asyncio.StreamWriter
    ) -> None:
        proxy.faults = CableFaults(refuse=True)
        late, its_writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
            await late.readexactly(1)
        its_writer.close()

    tell(story)


@pytest.mark.parametrize("told", [{"speed": 1}, {"delay": "much"}, {"split": 1}, {"drop": True}])
def test_unknown_faults_and_wrong_kinds_are_refused(told: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(told))):
        CableFaults().changed(told)


@pytest.mark.parametrize("text", ["127.0.0.1", ":80", "a:b", ""])
def test_endpoint_is_host_and_port(text: str) -> None:
    assert endpoint("127.0.0.1:1883") == ("127.0.0.1", 1883)
    with pytest.raises(ValueError, match="host:port"):
        endpoint(text)


def test_by_hand_it_obeys_lines_and_ends_on_sigterm() -> None:
    command = [sys.executable, "-m", "simulators", "proxy"]
    command += ["--listen", "127.0.0.1:0", "--to", "127.0.0.1:1"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert json.loads(running.stdout.readline())["listening"] > 0
        for order, answer in (
            ('{"delay": 0.5}', {"connections": 0, "passed": 0}),
            ('{"delay": "x"}', {"refused": "delay is a float"}),
            ('{"reset": true}', {"connections": 0, "passed": 0}),
        ):
            print(order, file=running.stdin, flush=True)
            assert json.loads(running.stdout.readline()) == answer
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=60) == 0
