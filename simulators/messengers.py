"""Messengers on the wire: group robots, a gateway for short messages, a push service.

They check what the real ones check (signature, form, share a minute), keep what they took, and can
be told to fail, to hang, or to forget a browser. Addresses: ``/wecom``, ``/dingtalk``, ``/feishu``,
``/sms`` and ``/push/<name>``.
"""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlsplit

#: Robots of groups take so many a minute.
SHARE = 20


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What a messenger took."""

    path: str
    at: float
    headers: Mapping[str, str]
    body: bytes

    @property
    def document(self) -> dict[str, Any]:
        """What was posted, where it was a document."""
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass(kw_only=True)
class Messengers:
    """One server that plays them all."""

    secret: str = "SEC-of-the-robot"  # noqa: S105 - a play's
    share: int = SHARE
    #: The last ones only: a demonstration runs for weeks.
    taken: deque[Taken] = field(default_factory=lambda: deque(maxlen=1_000))
    #: Path → status or robot's number to be answered instead, each once.
    failing: dict[str, deque[int]] = field(default_factory=dict)
    #: Paths that answer nothing until this is set.
    hanging: dict[str, threading.Event] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    _server: ThreadingHTTPServer | None = None

    def start(self, port: int = 0) -> str:
        """Serve on loopback; return the address."""
        house = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, answer = house.answer(self.path, dict(self.headers), body)
                said = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_: object) -> None:
                """Say nothing: what was taken is kept."""

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def stop(self) -> None:
        """End it; who hangs is let go."""
        for one in self.hanging.values():
            one.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    def to(self, path: str) -> list[Taken]:
        """Return what was taken at an address, the first first."""
        return [one for one in self.taken if one.path == path]

    def answer(
        self, address: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, dict[str, Any]]:
        """Take a message or say what is wrong with it."""
        parts = urlsplit(address)
        if parts.path in self.hanging:
            self.hanging[parts.path].wait(60)
        kind = parts.path.split("/")[1]
        failing = self.failing.get(parts.path)
        if failing:
            number = failing.popleft()
            return (number, {}) if 400 <= number < 600 else (200, _robots(kind, number))
        known = {name.lower(): value for name, value in headers.items()}
        refused = self._refused(kind, parts, known, body)
        if refused is not None:
            return refused
        if kind in _NUMBERS and len(self._lately(parts.path)) >= self.share:
            return 200, _robots(kind, _TOO_MANY[kind])
        self.taken.append(Taken(path=parts.path, at=time.time(), headers=known, body=body))
        if kind == "push":
            return 201, {}
        return 200, _robots(kind, 0) if kind in _NUMBERS else {"id": f"sms-{len(self.taken)}"}

    def _lately(self, path: str) -> list[Taken]:
        return [one for one in self.to(path) if one.at > time.time() - 60]

    def _refused(
        self, kind: str, address: SplitResult, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, dict[str, Any]] | None:
        if kind == "push":
            return self._refused_push(address.path, headers)
        try:
            document = json.loads(body)
            right = _CHECKS[kind](self.secret, address.query, headers, document, body)
        except (KeyError, ValueError):
            return 400, {}
        if right:
            return None
        return (200, _robots(kind, _UNSIGNED[kind])) if kind in _NUMBERS else (401, {})

    def _refused_push(
        self, path: str, headers: Mapping[str, str]
    ) -> tuple[int, dict[str, Any]] | None:
        if path in self.gone:
            return 410, {}
        if headers.get("content-encoding") != "aes128gcm" or not headers.get("ttl"):
            return 400, {}
        if not headers.get("authorization", "").startswith("vapid t="):
            return 403, {}
        return None


def _robots(kind: str, number: int) -> dict[str, Any]:
    words = "ok" if number == 0 else f"no: {number}"
    if kind == "feishu":
        return {"code": number, "msg": words, "data": {}}
    return {"errcode": number, "errmsg": words}


def _wecom(
    _secret: str, _query: str, _headers: Mapping[str, str], document: Any, _body: bytes
) -> bool:
    return document["msgtype"] == "text" and len(document["text"]["content"].encode()) <= 2_048


def _dingtalk(
    secret: str, query: str, _headers: Mapping[str, str], document: Any, _body: bytes
) -> bool:
    said = {name: values[0] for name, values in parse_qs(query).items()}
    signed = f"{said['timestamp']}\n{secret}".encode()
    right = base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()
    near = abs(int(said["timestamp"]) / 1000 - time.time()) < 3_600
    text = document["text"]["content"]
    called = all(f"@{one}" in text for one in document["at"]["atMobiles"])
    return near and hmac.compare_digest(right, said["sign"]) and called


def _feishu(
    secret: str, _query: str, _headers: Mapping[str, str], document: Any, _body: bytes
) -> bool:
    key = f"{document['timestamp']}\n{secret}".encode()
    right = base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()
    near = abs(int(document["timestamp"]) - time.time()) < 3_600
    return near and hmac.compare_digest(right, document["sign"]) and "text" in document["content"]


def _sms(secret: str, _query: str, headers: Mapping[str, str], document: Any, body: bytes) -> bool:
    stamp = headers["x-shouwen-time"]
    right = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    signed = hmac.compare_digest(headers["x-shouwen-signature"], f"sha256={right}")
    return signed and bool(document["to"]) and bool(document["id"])


_CHECKS: Mapping[str, Callable[[str, str, Mapping[str, str], Any, bytes], bool]] = {
    "wecom": _wecom,
    "dingtalk": _dingtalk,
    "feishu": _feishu,
    "sms": _sms,
}
_NUMBERS = frozenset({"wecom", "dingtalk", "feishu"})
_TOO_MANY = {"wecom": 45009, "dingtalk": 130101, "feishu": 11232}
_UNSIGNED = {"wecom": 93000, "dingtalk": 310000, "feishu": 19021}
