"""The centre as a gateway sees it: two addresses to post to, and what each answer means."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus

import httpx
from pydantic import BaseModel, Field, ValidationError

from core.facts import cloudevent

EVENTS_PATH = "/api/v1/device-events"
HEARTBEAT_PATH = "/api/v1/gateways/heartbeat"

#: An answer must be whole after so many seconds, however slowly it drips.
DEADLINE = 20.0
ANSWER_KEPT = 1024 * 1024
_TIMEOUT = httpx.Timeout(10.0, connect=3.0)


class Outcome(StrEnum):
    """What became of a request."""

    TAKEN = "taken"  # 2xx: committed
    TOO_LARGE = "too large"  # 413: post less at once
    UNREADABLE = "unreadable"  # the centre itself says that the content is bad
    DENIED = "denied"  # 401, 403: our token
    AWAY = "away"  # no answer, or none that means anything


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The centre's answer."""

    outcome: Outcome
    reason: str = ""
    #: Events of the batch, by index, which the centre will never take, and why.
    refused: Mapping[int, str] = field(default_factory=dict)


class _RefusedOne(BaseModel):
    index: int
    reason: str


class _Taken(BaseModel):
    """The centre's receipt; a page that some proxy serves with 200 is none."""

    received: int
    refused: list[_RefusedOne] = Field(default_factory=list)


class _Error(BaseModel):
    """The centre's own form of an error; a proxy in between does not speak it."""

    error: str
    detail: str = ""


class Centre:
    """A kept connection to the centre. One thread uses it."""

    def __init__(self, *, url: str, token: str | None) -> None:
        """Post to ``url`` with ``token``; the environment's proxies are not asked."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._client = httpx.Client(
            base_url=url.rstrip("/"), headers=headers, timeout=_TIMEOUT, trust_env=False
        )

    def post_events(self, batch: bytes) -> Answer:
        """Post a batch of CloudEvents; TAKEN means that the centre has committed it."""
        status, content = self._post(EVENTS_PATH, batch, cloudevent.BATCH_MEDIA_TYPE)
        return _meaning(status, content)

    def post_heartbeat(self, document: bytes) -> bool:
        """Tell how the gateway is; whether the centre took it."""
        status, _ = self._post(HEARTBEAT_PATH, document, "application/json")
        return 200 <= status < 300

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def _post(self, path: str, body: bytes, media_type: str) -> tuple[int, bytes]:
        """Return status and content; status 0: no answer, and the content says why."""
        ends = time.monotonic() + DEADLINE
        try:
            with self._client.stream(
                "POST", path, content=body, headers={"Content-Type": media_type}
            ) as response:
                return response.status_code, _content(response, ends)
        except httpx.HTTPError as problem:
            return 0, f"{type(problem).__name__}: {problem}".encode()


def _content(response: httpx.Response, ends: float) -> bytes:
    """Return the answer's body, as far as we want it."""
    content = bytearray()
    for piece in response.iter_bytes():
        content += piece
        if len(content) > ANSWER_KEPT:
            raise httpx.ReadError("the answer has no end")
        if time.monotonic() > ends:
            raise httpx.ReadTimeout("the answer drips")
    return bytes(content)


def _meaning(status: int, content: bytes) -> Answer:
    reason = f"answered {status}" if status else content.decode()
    if 200 <= status < 300:
        refused = _refused(content)
        if refused is None:
            return Answer(outcome=Outcome.AWAY, reason=f"{reason}, but not as the centre does")
        return Answer(outcome=Outcome.TAKEN, refused=refused)
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return Answer(outcome=Outcome.TOO_LARGE, reason=reason)
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return Answer(outcome=Outcome.DENIED, reason=reason)
    if status in {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}:
        said = _said(content)
        if said is not None:
            return Answer(outcome=Outcome.UNREADABLE, reason=f"{reason}: {said}")
    return Answer(outcome=Outcome.AWAY, reason=reason)


def _refused(content: bytes) -> dict[int, str] | None:
    """Return what the receipt refuses, or None if this is no receipt."""
    try:
        taken = _Taken.model_validate_json(content)
    except ValidationError:
        return None
    return {one.index: one.reason for one in taken.refused}


def _said(content: bytes) -> str | None:
    """Return the centre's own words for what is wrong, or None if somebody else speaks."""
    try:
        error = _Error.model_validate_json(content)
    except ValidationError:
        return None
    return f"{error.error}: {error.detail}"
