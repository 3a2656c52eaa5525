"""``python -m bench.stream_server ours|bare``: one process that tells a thousand consoles.

``ours`` is the centre as it is served, on SQLite: each event is a press that is committed with its
report, issue and journal entry. ``bare`` is asyncio alone: streams that are written the same bytes.
Both are told over stdin how many events to make, and answer with the moment of each.
"""

import asyncio
import json
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from api.runtime import Runtime
from api.stream import Hub
from core import rules
from core.facts.people import Role
from core.store.database import Database
from tests.api.running import Centre

RATE = 20


def main() -> None:
    """Serve until stdin ends."""
    (_ours if sys.argv[1] == "ours" else _bare)()


def _obey(emit: Callable[[int], int]) -> None:
    """``N``: so many events at a steady rate. ``-N``: as many as fast as it goes."""
    told = 0
    for line in sys.stdin:
        at: dict[int, float] = {}
        began = time.perf_counter()
        for number in range(abs(int(line))):
            if int(line) > 0:
                time.sleep(max(0.0, began + number / RATE - time.perf_counter()))
            told += 1
            at[emit(told)] = time.perf_counter()
        print(json.dumps(at), flush=True)


def _ours() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(
            f"sqlite:///{Path(folder) / 'store.sqlite'}", rules=rules.rules(speed=1)
        )
        database.migrate()
        centre = Centre.start(database)
        hub = hub_of(centre)
        print(centre.server.port, centre.session(Role.OPERATOR), flush=True)

        def emit(number: int) -> int:
            centre.office.hears(centre.event(call=f"call-{number}"))
            hub.wake()  # as the API does after every commit of its own
            return number

        _obey(emit)
        centre.stop()
        database.close()


def hub_of(centre: Centre) -> Hub:
    """Return what tells the consoles of a centre that something was committed."""
    runtime = centre.server.config.app.state.runtime  # type: ignore[union-attr] # it is FastAPI
    assert isinstance(runtime, Runtime)
    return runtime.hub


def _bare() -> None:
    loop = asyncio.new_event_loop()
    writers: set[asyncio.StreamWriter] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nevent: clock\n\n")
        writers.add(writer)

    def tell(said: bytes) -> None:
        for writer in writers:
            writer.write(said)

    def emit(number: int) -> int:
        told = {
            "seq": number,
            "kind": "opened",
            "issue": number,
            "report": number,
            "at": "2026-11-20T02:00:00Z",
            "by": None,
        }
        said = b"id: %d\nevent: entry\ndata: %b\n\n" % (number, json.dumps(told).encode())
        loop.call_soon_threadsafe(tell, said)
        return number

    server = loop.run_until_complete(asyncio.start_server(answer, "127.0.0.1", 0, backlog=2048))
    threading.Thread(target=loop.run_forever, daemon=True).start()
    print(server.sockets[0].getsockname()[1], "-", flush=True)
    _obey(emit)


if __name__ == "__main__":
    main()
