"""A small real centre for pictures: wants, events and uploads, and moods for the uploads."""

import hashlib
import json
import socket
import struct
import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Event = dict[str, Any]


@dataclass
class PictureCentre:
    """Keeps what it is sent, lists what it wants until it is answered.

    ``mood`` holds what to do with the next pictures, one each: ``hang``, ``reset`` before it is
    kept, ``answer lost`` after it is kept, a status, or ``refuse``.
    """

    wanted: list[Event] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    absorbed: int = 0
    pictures: dict[str, bytes] = field(default_factory=dict)
    uploads: int = 0
    #: Events that spoke of a picture which the centre did not have.
    early: list[Event] = field(default_factory=list)
    mood: deque[str] = field(default_factory=deque)
    beats: list[Event] = field(default_factory=list)
    lists: int = 0
    released: threading.Event = field(default_factory=threading.Event)
    changed: threading.Condition = field(default_factory=threading.Condition)
    port: int = 0
    _seen: set[tuple[str, str]] = field(default_factory=set)
    _server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        centre = self

        class Handler(_Handler):
            owner = centre

        self._server = _Server(("127.0.0.1", self.port), Handler)
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self.released.set()
        with self.changed:
            self.changed.notify_all()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def wants(self, **want: Any) -> str:
        """Want something, and return its id."""
        with self.changed:
            number = f"w{len(self.wanted)}"
            self.wanted.append({"id": number, **want})
            self.changed.notify_all()
        return number

    def answer(self, want: str) -> Event | None:
        """Return the event that answers a want; asserts that there is one at most."""
        found = [one for one in self.events if one.get("data", {}).get("want") == want]
        assert len(found) <= 1, found
        return found[0] if found else None

    def of(self, kind: str) -> list[Event]:
        return [one for one in self.events if one["type"] == kind]

    def unanswered(self) -> list[Event]:
        answered = {one.get("data", {}).get("want") for one in self.events}
        return [one for one in self.wanted if one["id"] not in answered]

    def store(self, batch: list[Event]) -> dict[str, object]:
        stored = 0
        for event in batch:
            sha256 = event.get("data", {}).get("sha256") or event.get("data", {}).get("evidence")
            if sha256 is not None and sha256 not in self.pictures:
                self.early.append(event)
            key = (event["source"], event["id"])
            if key in self._seen:
                self.absorbed += 1
                continue
            self._seen.add(key)
            self.events.append(event)
            stored += 1
        return {"received": len(batch), "stored": stored, "absorbed": 0, "refused": []}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a gateway that was killed hangs up


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    owner: PictureCentre

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/api/v1/gateways/heartbeat":
            self.owner.beats.append(body)
            self._answer(200, {})
        else:
            assert self.path == "/api/v1/device-events"
            with self.owner.changed:
                said = self.owner.store(body)
                self.owner.changed.notify_all()
            self._answer(200, said)

    def do_GET(self) -> None:
        assert self.headers["Authorization"] == "Bearer token-of-the-test"
        path, _, query = self.path.partition("?")
        if path == "/api/v1/gateways/wants":
            assert query == "wait=25"
            self.owner.lists += 1
            with self.owner.changed:
                self.owner.changed.wait_for(
                    lambda: self.owner.released.is_set() or self.owner.unanswered(), timeout=5
                )
                items = self.owner.unanswered()
            self._answer(200, {"items": items})
            return
        sha256 = path.removeprefix("/api/v1/pictures/")
        if sha256 in self.owner.pictures:
            self._bytes(200, self.owner.pictures[sha256], "image/jpeg")
        else:
            self._answer(404, {"error": "not_found", "detail": "no such picture"})

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        sha256 = self.path.removeprefix("/api/v1/pictures/")
        assert hashlib.sha256(body).hexdigest() == sha256
        assert self.headers["Content-Type"] in {"image/jpeg", "image/png"}
        centre = self.owner
        centre.uploads += 1
        mood = centre.mood.popleft() if centre.mood else "well"
        if mood in {"well", "answer lost"}:
            with centre.changed:
                centre.pictures[sha256] = body
                centre.changed.notify_all()
        match mood:
            case "hang":
                centre.released.wait(60)
            case "reset" | "answer lost":
                self._reset()
            case "refuse":
                self._answer(422, {"error": "not_readable", "detail": "no picture of ours"})
            case "well":
                self._answer(201, {"sha256": sha256})
            case _:
                self._answer(int(mood), {"error": "as_told", "detail": ""})

    def _answer(self, status: int, content: object) -> None:
        self._bytes(status, json.dumps(content).encode(), "application/json")

    def _bytes(self, status: int, data: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True
