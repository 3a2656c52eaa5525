"""A still out of a stream (RTSP) or a file, through OpenCV in a child with a hard limit.

The way for cameras that hand out no stills. What is kept is a JPEG of ours: the stream's own bytes
are no picture. Each look opens the stream anew, so nothing that hangs, leaks or drifts outlives it.
"""

import json
import os
import select
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

from gateway.cctv.still import MOST_BYTES, NoPicture, Still
from gateway.links.camera_address import CameraAddress
from gateway.links.camera_http import judge
from gateway.links.camera_log_in import Credentials

_CHILD = Path(__file__).with_name("camera_stream_child.py")
_FILMS = frozenset({".mp4", ".mkv", ".avi", ".mov", ".ts", ".webm", ".mjpg"})
#: Of the time allowed, the child has so much for opening, then for each reading.
_OPEN_SHARE, _READ_SHARE = 0.7, 0.5
#: Seconds during which a stream is read to its newest picture.
_SETTLE = 0.25
#: The child's own start does not count against the camera: a machine with much to do takes seconds
#: for it, and cameras that are well would be told to be gone.
_STARTS_WITHIN, _READY = 30.0, b"."
_RTSP = "rtsp_transport;{transport}|protocol_whitelist;rtsp,rtp,udp,tcp|analyzeduration;1000000"
_FILE = "protocol_whitelist;file"


class StreamCamera:
    """A camera that only streams."""

    def __init__(
        self,
        address: CameraAddress,
        *,
        credentials: Credentials | None,
        clock: Callable[[], datetime],
        transport: str = "tcp",
    ) -> None:
        """Open ``address`` by ``transport``, ``tcp`` or ``udp``; ``clock`` stamps what comes."""
        self._address = address
        self._credentials = credentials
        self._clock = clock
        self._options = _RTSP.format(transport=transport)

    def look(self, *, within: float) -> Still:
        """Return a picture of the stream as it is now.

        :raises NoPicture: says why
        """
        content = _taken(self._url(), options=self._options, within=within, settle=_SETTLE)
        return Still(content=content, taken_at=self._clock())

    def _url(self) -> str:
        """Return the address with the number that was judged, and with who we are."""
        number = self._address.resolve()
        host = f"[{number}]" if ":" in number else number
        who = ""
        if self._credentials is not None:
            name, word = self._credentials.username, self._credentials.password
            who = f"{quote(name, safe='')}:{quote(word, safe='')}@"
        return f"rtsp://{who}{host}:{self._address.port}{self._address.target}"


class FileCamera:
    """A file in a camera's place: a picture that something else writes, or a film for a trial."""

    def __init__(self, path: Path, *, clock: Callable[[], datetime]) -> None:
        """Read ``path`` each time; a film is shown as if it ran from the epoch on, round and round.

        ``clock`` stamps what comes.
        """
        self._path = path
        self._clock = clock

    def look(self, *, within: float) -> Still:
        """Return what the file shows now.

        :raises NoPicture: says why
        """
        now = self._clock()
        if self._path.suffix.lower() in _FILMS:
            url = str(self._path.absolute())
            content = _taken(url, options=_FILE, within=within, settle=0.0, at=now.timestamp())
        else:
            return self._read()
        return Still(content=content, taken_at=self._clock())

    def _read(self) -> Still:
        try:
            with self._path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
                written = os.fstat(file.fileno()).st_mtime
        except OSError as problem:
            raise NoPicture(f"the picture's file cannot be read: {problem.strerror}") from None
        if len(content) > MOST_BYTES:
            raise NoPicture(f"the picture's file has more than {MOST_BYTES} bytes")
        judge(content)
        made_at = datetime.fromtimestamp(written, UTC)
        return Still(content=content, taken_at=self._clock(), made_at=made_at)


def file_of(address: str) -> Path | None:
    """Return the path in ``file:///…``, or None if this is no such address."""
    parts = urlsplit(address)
    return Path(parts.path) if parts.scheme == "file" and not parts.netloc else None


def _taken(
    url: str, *, options: str, within: float, settle: float, at: float | None = None
) -> bytes:
    """Return a JPEG of what the child saw; it is dead when this returns."""
    asked = {
        "url": url,
        "open_ms": int(within * _OPEN_SHARE * 1000),
        "read_ms": int(within * _READ_SHARE * 1000),
        "settle": settle,
        "at": at,
    }
    child = subprocess.Popen(  # noqa: S603 - our own file, with fixed arguments
        [sys.executable, "-I", str(_CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # the driver prints addresses with passwords
        env={
            "OPENCV_FFMPEG_CAPTURE_OPTIONS": options,
            "OPENCV_LOG_LEVEL": "SILENT",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "PATH": os.defpath,
        },
    )
    with child:
        try:
            assert child.stdout is not None  # a pipe, as asked for
            if not select.select([child.stdout], [], [], _STARTS_WITHIN)[0]:
                raise NoPicture("the process that reads the camera's stream did not start in time")
            said, _ = child.communicate(json.dumps(asked).encode(), timeout=within)
        except subprocess.TimeoutExpired:
            raise NoPicture("the camera's stream did not show a picture in time") from None
        finally:
            child.kill()
    return _picture(said.removeprefix(_READY))


def _picture(said: bytes) -> bytes:
    mark, content = said[:1], said[1:]
    if mark == b"-":
        raise NoPicture(f"no picture from the camera: {content[:200].decode(errors='replace')}")
    if mark != b"+":
        raise NoPicture("the process that read the camera's stream died")
    if len(content) > MOST_BYTES:
        raise NoPicture(f"the stream's picture has more than {MOST_BYTES} bytes")
    judge(content)
    return content
