"""Devices that post: what they are told, and that it is true."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

import httpx
import pytest

from gateway.adapter import Delivery, LinkDown
from gateway.links import http
from gateway.links.http import HttpLink
from gateway.spool import Spool
from tests.wire.rig import Centre, GatewayProcess, eventually

NOW = datetime(2026, 11, 20, 20, 12, tzinfo=UTC)


class Rig:
    """A listener and an intake of one line."""

    def __init__(self, *, secret: str | None = None) -> None:
        self.deliveries: list[Delivery] = []
        self.keeps = True
        self.room = True
        self.link = HttpLink(
            address=("127.0.0.1", 0),
            clock=lambda: NOW,
            has_room=lambda: self.room,
            owns=lambda path: path.startswith("/hooks/ha-sip/"),
            secret=secret,
        )
        self.link.start(self.deliver)
        self.url = f"http://127.0.0.1:{self.link.port}"

    def deliver(self, delivery: Delivery) -> None:
        self.deliveries.append(delivery)
        if self.keeps:
            delivery.acknowledge()

    def raw(self, data: bytes, *, within: float = 15.0) -> bytes:
        """Send bytes as they are, and return the first line of the answer."""
        with socket.create_connection(("127.0.0.1", self.link.port)) as wire:
            wire.settimeout(within)
            wire.sendall(data)
            return wire.makefile("rb").readline().strip()


@pytest.fixture
def rig() -> Iterator[Rig]:
    rig = Rig()
    yield rig
    rig.link.stop()


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_what_is_kept_is_answered_200(rig: Rig, method: str) -> None:
    answer = httpx.request(method, rig.url + "/hooks/ha-sip/gate%201", content=b'{"event": "x"}')

    assert (answer.status_code, answer.json()["received"]) == (200, True)
    (delivery,) = rig.deliveries
    assert delivery.message.topic == "/hooks/ha-sip/gate 1"
    assert delivery.message.payload == b'{"event": "x"}'


def test_a_device_that_can_only_get_says_it_in_the_query(rig: Rig) -> None:
    answer = httpx.get(rig.url + "/hooks/ha-sip/gate?event=ring&door=1")

    assert answer.status_code == 200
    assert rig.deliveries[0].message.payload == b"event=ring&door=1"


def test_200_is_not_said_before_it_is_kept(rig: Rig) -> None:
    rig.keeps = False
    answers: list[int] = []

    def post() -> None:
        answers.append(httpx.post(rig.url + "/hooks/ha-sip/gate", content=b"{}").status_code)

    caller = threading.Thread(target=post)
    caller.start()
    assert eventually(lambda: rig.deliveries)
    caller.join(0.2)
    assert answers == []
    rig.deliveries[0].acknowledge()
    caller.join()

    assert answers == [200]


def test_a_failed_spool_is_said_at_once(rig: Rig) -> None:
    rig.keeps = False
    answers: list[httpx.Response] = []
    caller = threading.Thread(
        target=lambda: answers.append(httpx.post(rig.url + "/hooks/ha-sip/gate", content=b"{}"))
    )
    caller.start()
    assert eventually(lambda: rig.deliveries)

    rig.link.drop()
    caller.join()

    assert answers[0].status_code == 503
    assert "Retry-After" in answers[0].headers


def test_a_spool_that_takes_too_long_is_said(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "KEPT_WITHIN", 0.1)
    rig.keeps = False

    assert httpx.post(rig.url + "/hooks/ha-sip/gate", content=b"{}").status_code == 503


def test_without_room_nothing_is_taken(rig: Rig) -> None:
    rig.room = False

    assert httpx.post(rig.url + "/hooks/ha-sip/gate", content=b"{}").status_code == 503
    assert rig.deliveries == []


def test_a_path_nobody_owns_is_kept_and_answered_404(rig: Rig) -> None:
    assert httpx.post(rig.url + "/hooks/unknown/gate", content=b"x").status_code == 404
    assert [one.message.topic for one in rig.deliveries] == ["/hooks/unknown/gate"]


def test_what_is_no_hook_at_all_is_not_kept(rig: Rig) -> None:
    assert httpx.get(rig.url + "/favicon.ico").status_code == 404
    assert rig.deliveries == []


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 1048577",
        b"Content-Length: 99999999999999999999",
    ],
)
def test_a_body_that_will_be_too_large_is_not_read(rig: Rig, head: bytes) -> None:
    answer = rig.raw(b"POST /hooks/ha-sip/gate HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n\r\n")

    assert answer == b"HTTP/1.1 413 Request Entity Too Large"
    assert rig.deliveries == []


def test_the_largest_body_is_taken(rig: Rig) -> None:
    assert httpx.post(rig.url + "/hooks/ha-sip/g", content=b"x" * 1024 * 1024).status_code == 200


def test_chunks_are_put_together_and_bounded(rig: Rig) -> None:
    def chunks(count: int) -> Iterator[bytes]:
        for _ in range(count):
            yield b"y" * 65536

    assert httpx.post(rig.url + "/hooks/ha-sip/g", content=chunks(3)).status_code == 200
    assert rig.deliveries[0].message.payload == b"y" * 65536 * 3
    head = b"POST /hooks/ha-sip/g HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert rig.raw(head + b"FFFFFFF\r\n").split()[1] == b"413"


@pytest.mark.parametrize(
    ("rest", "status"),
    [
        (b"Content-Length: -1\r\n\r\n", b"400"),
        (b"Content-Length: two\r\n\r\n", b"400"),
        (b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", b"400"),
        (b"X: " + b"y" * 70_000 + b"\r\n\r\n", b"431"),
        (b"X: y\r\n" * 200 + b"\r\n", b"431"),
    ],
)
def test_a_broken_request_is_said_to_be_one(rig: Rig, rest: bytes, status: bytes) -> None:
    answer = rig.raw(b"POST /hooks/ha-sip/g HTTP/1.1\r\nHost: x\r\n" + rest)

    assert answer.split()[1] == status
    assert rig.deliveries == []


def test_who_drips_is_hung_up_on(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "REQUEST_WITHIN", 0.5)
    answer, drips = b"", 0
    with socket.create_connection(("127.0.0.1", rig.link.port)) as wire:
        wire.settimeout(0.1)
        wire.sendall(b"POST /hooks/ha-sip/g HTTP/1.1\r\nContent-Length: 1000\r\n\r\n")
        while not answer and drips < 900:  # it never says all that it promised
            drips += 1
            with suppress(OSError):  # nothing yet, or hung up on with the answer still to be read
                wire.sendall(b"z")
            with suppress(TimeoutError):
                answer = wire.recv(4096)

    assert b"408" in answer
    assert rig.deliveries == []


def test_many_slow_callers_do_not_shut_the_others_out_for_long(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "REQUEST_WITHIN", 0.5)
    slow = [socket.create_connection(("127.0.0.1", rig.link.port)) for _ in range(200)]

    def answered() -> bool:
        try:
            return httpx.post(rig.url + "/hooks/ha-sip/g", content=b"{}").status_code == 200
        except httpx.TransportError:
            return False

    assert eventually(answered)
    for one in slow:
        one.close()


def test_a_secret_is_asked_for_in_header_or_query() -> None:
    rig = Rig(secret="open sesame")
    post = rig.url + "/hooks/ha-sip/g"
    try:
        assert httpx.post(post, content=b"{}").status_code == 403
        assert httpx.post(post + "?secret=guess", content=b"{}").status_code == 403
        assert rig.deliveries == []
        assert httpx.post(post + "?secret=open%20sesame&x=1").status_code == 200
        header = {"X-Shouwen-Secret": "open sesame"}
        assert httpx.post(post, content=b"{}", headers=header).status_code == 200
    finally:
        rig.link.stop()
    assert [one.message.payload for one in rig.deliveries] == [b"x=1", b"{}"]


def test_a_taken_port_is_said(rig: Rig) -> None:
    other = HttpLink(
        address=("127.0.0.1", rig.link.port),
        clock=lambda: NOW,
        has_room=lambda: True,
        owns=lambda _: True,
    )

    with pytest.raises(LinkDown, match="cannot listen"):
        other.start(lambda _: None)


def test_a_call_told_by_http_reaches_the_centre(gateway: GatewayProcess, centre: Centre) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    gateway.profile = "ha-sip"
    gateway.http = f"[http]\nport = {port}\n"
    gateway.start()
    call = {"event": "incoming_call", "parsed_caller": "d0", "internal_id": "c1"}

    def posted() -> bool:
        try:
            answer = httpx.post(f"http://127.0.0.1:{port}/hooks/ha-sip/d0", json=call)
        except httpx.TransportError:
            return False
        return answer.status_code == 200

    assert eventually(posted), gateway.log
    assert eventually(lambda: len(centre.events) == 1), gateway.log
    assert centre.events[0]["type"] == "intercom.ringing"
    assert httpx.post(f"http://127.0.0.1:{port}/hooks/nobody/d0", content=b"?").status_code == 404
    gateway.end()
    spool = Spool(gateway.data)
    assert [one.topic for one in spool.in_quarantine()] == ["/hooks/nobody/d0"]
    spool.close()
