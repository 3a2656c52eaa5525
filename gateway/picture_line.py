"""The centre as cameras' part of a gateway sees it: what it wants, and where pictures go."""

import hashlib
import json
import time
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple

import httpx
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from core.facts import moment
from gateway.cctv.still import MOST_BYTES

PICTURES_PATH = "/api/v1/pictures"
WANTS_PATH = "/api/v1/gateways/wants"
#: The centre answers an empty list after so many seconds.
WAIT = 25
#: A picture or list must be here after so many seconds, however it drips.
DEADLINE = 60.0
_LIST_KEPT = 4 * 1024 * 1024
_TIMEOUT = httpx.Timeout(20.0, connect=3.0)
_POLL_TIMEOUT = httpx.Timeout(WAIT + 10.0, connect=3.0)
#: Not the picture's fault: the token, the time, or somebody in between.
_LATER = frozenset({401, 403, 404, 408, 421, 425, 429})

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Share = Annotated[float, Field(ge=0.0, le=1.0)]


class Want(BaseModel):
    """One thing the centre wants of a camera."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Annotated[str, Field(min_length=1, max_length=150, pattern=r"^[^\x00-\x1f\x7f]+$")]
    kind: Literal["picture", "comparison"]
    camera: Annotated[str, Field(min_length=1, max_length=200)]
    moment: AwareDatetime
    #: Pictures only.
    label: Literal["before", "at", "after", "now"] | None = None
    before: Sha256 | None = None
    after: Sha256 | None = None
    #: The place in order; None: the gateway takes the nearest of those it has learnt itself.
    reference: Sha256 | None = None
    #: When the two were taken, for the sheet that explains the comparison.
    before_at: AwareDatetime | None = None
    after_at: AwareDatetime | None = None
    region: (
        Annotated[tuple[tuple[Share, Share], ...], Field(min_length=3, max_length=64)] | None
    ) = None

    @property
    def at(self) -> datetime:
        """The moment, in UTC."""
        return moment.utc(self.moment)


class Muted(BaseModel):
    """A rule of a camera that operators rejected too often: it is to find nothing."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    camera: str
    what: str


class WantsList(NamedTuple):
    """What the centre wants, why some of it cannot be read, and which rules are muted."""

    wants: list[Want]
    bad: list[str]
    muted: frozenset[tuple[str, str]]


class _Listed(BaseModel):
    items: list[object]
    muted: tuple[Muted, ...] = ()


class _Error(BaseModel):
    """The centre's own form of an error; a proxy in between does not speak it."""

    error: str
    detail: str = ""


class Taking(StrEnum):
    """What became of a picture."""

    TAKEN = "taken"  # 2xx: committed
    REFUSED = "refused"  # the centre itself says: never
    AWAY = "away"  # no answer, or none that means anything


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureAnswer:
    """The centre's answer to a picture."""

    taking: Taking
    reason: str = ""


class CentreAway(Exception):
    """The centre did not answer as it does."""


class PictureGone(Exception):
    """The centre keeps no such picture."""


class PictureLine:
    """A kept connection to the centre. One thread uses it."""

    def __init__(self, *, url: str, token: str | None) -> None:
        """Speak to ``url`` with ``token``; the environment's proxies are not asked."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._client = httpx.Client(
            base_url=url.rstrip("/"), headers=headers, timeout=_TIMEOUT, trust_env=False
        )

    def put(self, sha256: str, content: bytes, media_type: str) -> PictureAnswer:
        """Send a picture; TAKEN means that the centre has committed it."""
        try:
            answer = self._client.put(
                f"{PICTURES_PATH}/{sha256}", content=content, headers={"Content-Type": media_type}
            )
        except httpx.HTTPError as problem:
            return PictureAnswer(taking=Taking.AWAY, reason=_words(problem))
        status = answer.status_code
        if status in {httpx.codes.OK, httpx.codes.CREATED}:
            return PictureAnswer(taking=Taking.TAKEN)
        said = _said(answer.content)
        if 400 <= status < 500 and status not in _LATER and said is not None:
            return PictureAnswer(taking=Taking.REFUSED, reason=said)
        return PictureAnswer(taking=Taking.AWAY, reason=f"answered {status}")

    def fetch(self, sha256: str) -> bytes:
        """Return a picture that the centre keeps.

        :raises CentreAway: it was not to be had whole; says why
        :raises PictureGone: the centre itself says that it has no such picture
        """
        content = self._bytes(f"{PICTURES_PATH}/{sha256}", most=MOST_BYTES)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise CentreAway("the centre's picture is not the one that was asked for")
        return content

    def wants(self) -> WantsList:
        """Return what the centre wants, waiting a while for it.

        :raises CentreAway: there is no list
        """
        path = f"{WANTS_PATH}?wait={WAIT}"
        content = self._bytes(path, most=_LIST_KEPT, timeout=_POLL_TIMEOUT)
        try:
            listed = _Listed.model_validate(json.loads(content))
        except (ValueError, RecursionError):
            raise CentreAway("answered, but not as the centre does") from None
        wants, bad = _read(listed.items)
        return WantsList(wants, bad, frozenset((one.camera, one.what) for one in listed.muted))

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def _bytes(self, path: str, *, most: int, timeout: httpx.Timeout = _TIMEOUT) -> bytes:
        ends = time.monotonic() + DEADLINE
        content = bytearray()
        try:
            with self._client.stream("GET", path, timeout=timeout) as answer:
                _judge(answer)
                for piece in answer.iter_bytes():
                    content += piece
                    if len(content) > most or time.monotonic() > ends:
                        raise CentreAway("the answer has no end")
        except httpx.HTTPError as problem:
            raise CentreAway(_words(problem)) from None
        return bytes(content)


def _judge(answer: httpx.Response) -> None:
    status = answer.status_code
    if status in {httpx.codes.NOT_FOUND, httpx.codes.GONE} and _said(answer.read()) is not None:
        raise PictureGone
    if status != httpx.codes.OK:
        raise CentreAway(f"answered {status}")


def _read(items: list[object]) -> tuple[list[Want], list[str]]:
    wants: list[Want] = []
    bad: list[str] = []
    for item in items:
        try:
            wants.append(Want.model_validate(item))
        except ValidationError as problem:
            error = problem.errors(include_url=False, include_input=False)[0]
            bad.append(f"{'.'.join(map(str, error['loc']))}: {error['msg']}")
    return wants, bad


def _said(content: bytes) -> str | None:
    try:
        error = _Error.model_validate_json(content)
    except ValidationError:
        return None
    return f"{error.error}: {error.detail}"


def _words(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"
