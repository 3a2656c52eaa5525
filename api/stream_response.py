"""The answer to ``GET /stream``: replays what was missed, then follows, until one side ends it."""

import asyncio

import anyio
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from api.stream import Hub
from api.stream_client import Client
from api.stream_frames import RETRY
from api.stream_wire import Wire

#: A client that takes nothing for so many seconds is given up.
UNSENT = 30.0

_HEADERS = {
    "Cache-Control": "no-cache, no-transform",
    "X-Accel-Buffering": "no",  # nginx would hold the entries back
}


class EventStream(Response):
    """A stream that resumes after ``last_seen`` without a gap and without a double."""

    media_type = "text/event-stream"

    def __init__(self, *, hub: Hub, client: Client, last_seen: int | None) -> None:
        """Serve one client; None: from now on."""
        super().__init__(headers=_HEADERS, media_type=self.media_type)
        del self.headers["content-length"]
        self._hub = hub
        self._client = client
        self._last_seen = last_seen

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the client goes away, does not read, or is ended."""
        self._client.wire = Wire.of(scope)
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        try:
            async with anyio.create_task_group() as both:
                both.start_soon(self._until_gone, receive, both.cancel_scope)
                try:
                    await self._follow(send)
                    await self._send(send, b"", more=False)
                except TimeoutError:
                    self._hub.dropped(self._client)
                both.cancel_scope.cancel()
        finally:
            self._hub.leave(self._client)

    async def _follow(self, send: Send) -> None:
        delivered = await self._hub.join(self._client)
        clock = await asyncio.to_thread(self._hub.clock_frame, self._client.site)
        await self._send(send, RETRY + clock)
        client = self._client
        client.seen = delivered
        if self._last_seen is not None and self._last_seen < delivered:
            client.seen = await self._replay(send, self._last_seen, upto=delivered)
        while not client.ended:
            await client.news()
            if client.behind:
                # What is handed on from here waits in the queue again.
                client.behind = False
                upto = self._hub.delivered(client.site)
                client.seen = await self._replay(send, client.seen, upto=upto)
            said = client.take()
            if said:
                await self._send(send, said)

    async def _replay(self, send: Send, after: int, *, upto: int) -> int:
        """Send what the journal holds after ``after``, up to what the hub will hand on."""
        seen = after
        while seen < upto and not self._client.ended:
            batch = await asyncio.to_thread(self._hub.page, self._client.site, seen, upto=upto)
            if not batch.frames:
                break
            await self._send(send, self._client.bytes_of(batch.frames))
            seen = batch.last
        return max(seen, upto)

    async def _send(self, send: Send, said: bytes, *, more: bool = True) -> None:
        message: Message = {"type": "http.response.body", "body": said, "more_body": more}
        async with asyncio.timeout(UNSENT):
            await send(message)

    async def _until_gone(self, receive: Receive, scope: anyio.CancelScope) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        scope.cancel()
