"""What is too large is refused before it costs anything; what is odd never breaks the centre."""

import socket
from collections.abc import Iterator

import httpx
import pytest

from api import middleware
from core.facts.people import Role
from tests.api.running import TOKEN, Centre

MEBIBYTE = 1024 * 1024


def _pieces(total: int) -> Iterator[bytes]:
    piece = b"x" * 65_536
    for _ in range(total // len(piece) + 1):
        yield piece


def test_a_large_body_is_refused_by_its_length(alone: Centre) -> None:
    answer = alone.gateway().post("/api/v1/device-events", content=b"x" * (MEBIBYTE + 1))

    assert answer.status_code == 413
    assert answer.json()["error"] == "request_entity_too_large"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/api/v1/device-events", "/api/v1/gateways/heartbeat"])
def test_a_large_body_in_chunks_is_refused_too(alone: Centre, path: str) -> None:
    headers = {"Content-Type": "application/json"}
    try:
        answer = alone.gateway().post(path, content=_pieces(2 * MEBIBYTE), headers=headers)
    except httpx.WriteError:
        pytest.fail("the answer must come before the connection ends")

    assert answer.status_code == 413
    assert answer.json()["error"] == "request_entity_too_large"


def test_an_endless_body_is_not_swallowed(alone: Centre) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while sent < 400 * MEBIBYTE:
            sent += 65_536
            yield b"x" * 65_536

    try:
        answer = alone.gateway().post("/api/v1/device-events", content=endless())
        assert answer.status_code == 413
    except (httpx.WriteError, httpx.RemoteProtocolError):
        pass  # the connection was ended, which is as good
    assert sent < 100 * MEBIBYTE


def test_the_largest_body_is_taken(alone: Centre) -> None:
    padding = MEBIBYTE - len(b'{"spooled": 1}')
    answer = alone.gateway().post(
        "/api/v1/gateways/heartbeat",
        content=b'{"spooled": 1}' + b" " * padding,
        headers={"Content-Type": "application/json"},
    )

    assert answer.status_code == 200, answer.text


ODD = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"\\ud800"',
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"reason": "\\u0000"}',
    b'{"reason": ""}',
    b'{"reason": "' + b"a" * 5000 + b'"}',
    b'{"reason": 1}',
    b'{"reason": "x", "more": 1}',
    b'{"reason": NaN}',
]


@pytest.mark.parametrize("body", ODD)
def test_an_odd_body_is_refused_in_the_one_form(alone: Centre, body: bytes) -> None:
    answer = alone.as_(Role.DIRECTOR).post(
        "/api/v1/reports/1/take-over", content=body, headers={"Content-Type": "application/json"}
    )

    assert answer.status_code in {400, 404, 422}, answer.text
    assert set(answer.json()) == {"error", "detail", "present"}


ODD_PATHS = [
    "/api/v1/issues/0",
    "/api/v1/issues/-1",
    "/api/v1/issues/9223372036854775808",
    "/api/v1/issues/99999999999999999999999999",
    "/api/v1/issues/x",
    "/api/v1/issues?cursor=x",
    "/api/v1/issues?limit=0",
    "/api/v1/issues?limit=100000",
    "/api/v1/issues?status=unheard",
    "/api/v1/issues?place=%00",
    "/api/v1/issues?q=%00",
    "/api/v1/issues?unheard=1",
    "/api/v1/nothing",
    "/api/nothing",
]


@pytest.mark.parametrize("path", ODD_PATHS)
def test_an_odd_path_is_refused_in_the_one_form(alone: Centre, path: str) -> None:
    answer = alone.as_(Role.DIRECTOR).get(path)

    assert answer.status_code in {404, 422}, answer.text
    assert set(answer.json()) == {"error", "detail", "present"}


@pytest.mark.parametrize("q", ["%", "_", "\\", "'; drop table issue; --", "#", "９", "路" * 200])
def test_any_words_may_be_searched_for(alone: Centre, q: str) -> None:
    answer = alone.as_(Role.DIRECTOR).get("/api/v1/issues", params={"q": q})

    assert answer.status_code == 200, answer.text
    assert answer.json()["items"] == []


def test_a_body_that_drips_is_given_up(alone: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "UNRECEIVED", 0.2)
    head = b"POST /api/v1/device-events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"
    with socket.create_connection(("127.0.0.1", alone.server.port), timeout=60) as connection:
        connection.sendall(head + f"Authorization: Bearer {TOKEN}garden\r\n\r\n[".encode())
        answer = connection.recv(65_536)

    assert answer.startswith(b"HTTP/1.1 408 ")
