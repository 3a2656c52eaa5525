"""A console that does not read: what waits for it is bounded, and it is served from the journal."""

import asyncio
import socket

from api.stream_client import WAITING, Client
from api.stream_frames import Batch, Frame, Parcel
from api.stream_wire import UNSENT_BYTES, Wire
from core.facts.device import SiteCode


def _parcel(seq: int) -> Parcel:
    said = b"id: %d\ndata: %b\n\n" % (seq, b"x" * 200)
    return Parcel.of(Batch([Frame(seq, said, b"id: %d\n\n" % seq)]))


def _client() -> Client:
    return Client(site=SiteCode("garden"), token_hash="t", veiled=False)


async def _connected() -> tuple[asyncio.Transport, socket.socket]:
    ours, theirs = socket.socketpair()
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_connection(asyncio.Protocol, sock=ours)
    return transport, theirs


def test_what_a_stalled_console_keeps_waiting_is_bounded() -> None:
    async def story() -> None:
        transport, theirs = await _connected()
        client = _client()
        client.wire = Wire(transport)
        idle = asyncio.ensure_future(client.news())
        await asyncio.sleep(0)
        many = 20_000
        for seq in range(1, many + 1):
            client.hand(_parcel(seq))
            assert len(client._frames) <= WAITING

        assert client.behind  # the journal has the rest
        assert not client._frames
        assert 0 < client.seen < many
        assert transport.get_write_buffer_size() <= UNSENT_BYTES + len(_parcel(many).open)
        assert client.take() == b""
        idle.cancel()
        transport.abort()
        theirs.close()

    asyncio.run(story())


def test_who_reads_is_written_to_at_once_and_in_order() -> None:
    async def story() -> None:
        transport, theirs = await _connected()
        client = _client()
        client.wire = Wire(transport)
        idle = asyncio.ensure_future(client.news())
        await asyncio.sleep(0)
        for seq in (1, 2, 3):
            client.hand(_parcel(seq))
        client.hand(_parcel(2))  # was sent: not again

        theirs.settimeout(40)
        expected = b"".join(_parcel(seq).open for seq in (1, 2, 3))
        assert theirs.recv(65536) == expected
        assert client.take() == b""
        idle.cancel()
        transport.abort()
        theirs.close()

    asyncio.run(story())


def test_while_its_task_sends_everything_waits_behind_it() -> None:
    async def story() -> None:
        transport, theirs = await _connected()
        client = _client()
        client.wire = Wire(transport)  # nobody waits for news: something is half sent
        client.hand(_parcel(1))

        assert transport.get_write_buffer_size() == 0
        assert client.take().startswith(b"id: 1\n")
        assert client.seen == 1
        transport.abort()
        theirs.close()

    asyncio.run(story())
