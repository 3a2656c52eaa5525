"""A still by HTTP: one GET with a deadline, a bound, and a look at the first bytes.

No redirect is followed: a camera has no business sending us elsewhere. What comes is believed to be
a picture when it begins and ends as one, whatever the status and the type say.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

from gateway.adapter import Unreadable
from gateway.cctv import header
from gateway.cctv.still import MOST_BYTES, NoPicture, Still
from gateway.links.camera_address import CameraAddress
from gateway.links.camera_log_in import Credentials, LogIn
from gateway.links.camera_wire import BROKEN, LATE, Wire

TRIES = 2
#: Between two tries, seconds: a camera that writes its picture just then has it by now.
_PAUSE = 0.2
#: An answer is no reason to wait for another one: it would be the same.
_FINAL = frozenset({401, 403, 404})
_AGENT = {"User-Agent": "shouwen", "Accept": "image/jpeg, image/png, */*", "Connection": "close"}


class _Again(NoPicture):
    """It may be had by asking once more."""


class CameraLine:
    """How one camera is asked over HTTP; keeps what it has learnt about logging in."""

    def __init__(self, address: CameraAddress, credentials: Credentials | None) -> None:
        self.address = address
        self._log_in = LogIn(credentials) if credentials is not None else None

    @contextmanager
    def asked(
        self, *, ends: float, silence: float = 4.0, method: str = "GET", body: bytes | None = None
    ) -> Iterator[httpx.Response]:
        """Ask, and hold the answer's body on the line while the block runs.

        :param ends: on the monotonic clock, when all must be over
        :raises NoPicture: no answer, or another one than 200
        """
        wire = Wire(self.address.resolve(), ends=ends, silence=silence)
        try:
            with (
                httpx.Client(transport=wire, headers=_AGENT, auth=self._log_in) as client,
                client.stream(method, self.address.url, content=body) as answer,
            ):
                _judge_status(answer)
                yield answer
        except LATE:
            raise NoPicture("the camera did not answer in time") from None
        except BROKEN as problem:
            raise _Again(f"the camera broke off: {_words(problem)}") from None
        finally:
            wire.close()


class HttpCamera:
    """A camera that hands out stills by HTTP."""

    def __init__(
        self,
        address: CameraAddress,
        *,
        credentials: Credentials | None,
        clock: Callable[[], datetime],
    ) -> None:
        """Ask at ``address``; ``clock`` stamps what comes."""
        self._line = CameraLine(address, credentials)
        self._clock = clock

    def look(self, *, within: float) -> Still:
        """Return the still the camera has now; asks twice where that may help.

        :raises NoPicture: says why
        """
        ends = time.monotonic() + within
        for last in (*([False] * (TRIES - 1)), True):
            try:
                return self._once(ends)
            except _Again:
                if last or time.monotonic() + _PAUSE >= ends:
                    raise
                time.sleep(_PAUSE)
        raise NoPicture("the camera was not asked")

    def _once(self, ends: float) -> Still:
        with self._line.asked(ends=ends) as answer:
            content = _content(answer)
            said = answer.headers.get("date")
            made = answer.headers.get("last-modified")
        taken_at = self._clock()
        judge(content)
        return Still(
            content=content, taken_at=taken_at, camera_at=_moment(said), made_at=_moment(made)
        )


def judge(content: bytes) -> None:
    """See that this is a picture, as far as its bytes tell without decoding.

    :raises NoPicture: it is none
    """
    try:
        header.read(content)
    except Unreadable as problem:
        raise _Again(f"what the camera sent is no picture: {problem}") from None


def _judge_status(answer: httpx.Response) -> None:
    status = answer.status_code
    if status == HTTPStatus.OK:
        return
    if answer.is_redirect:
        raise NoPicture(f"the camera answered {status} and points elsewhere: not followed")
    kind = NoPicture if status in _FINAL else _Again
    raise kind(f"the camera answered {status} {answer.reason_phrase}".rstrip())


def _content(answer: httpx.Response) -> bytes:
    content = bytearray()
    for piece in answer.iter_raw():
        content += piece
        if len(content) > MOST_BYTES:
            raise NoPicture(f"the camera's picture has no end: more than {MOST_BYTES} bytes")
    return bytes(content)


def _moment(date: str | None) -> datetime | None:
    """Return what the camera's clock says, if it says it in a way that can be read."""
    try:
        moment = parsedate_to_datetime(date) if date else None
    except ValueError:
        return None
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _words(problem: Exception) -> str:
    return (str(problem) or type(problem).__name__)[:200]
