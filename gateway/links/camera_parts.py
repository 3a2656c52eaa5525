"""Multipart bodies that never end: MJPEG and alert streams, part by part, within bounds.

Cameras disagree on everything but the boundary: with or without ``--`` in the header, quoted or
not, with or without lengths, with any amount of blank lines before a part.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

_BOUNDARY = re.compile(r'boundary="?([^";,\s]+)', re.IGNORECASE)
_LENGTH = re.compile(rb"content-length:\s*(\d{1,12})", re.IGNORECASE)
#: Seconds of the epoch, as the makers of film over HTTP write it.
_STAMP = re.compile(rb"x-timestamp:\s*(\d{1,10}(?:\.\d{1,9})?)", re.IGNORECASE)
_MOST_HEAD = 8 * 1024


class NotParts(Exception):
    """What comes is no multipart body, or one part of it has no end."""


class Parts:
    """Bodies of parts, as bytes come in."""

    def __init__(self, media_type: str, *, most: int) -> None:
        """Read what announces itself as ``media_type``; no part may exceed ``most`` bytes.

        :raises NotParts: the type is not multipart, or names no boundary
        """
        found = _BOUNDARY.search(media_type)
        if not media_type.lower().lstrip().startswith("multipart/") or found is None:
            raise NotParts(f"not multipart: {media_type[:100]!r}")
        self._mark = b"--" + found[1].removeprefix("--").encode()
        self._most = most
        self._bytes = bytearray()
        #: When the newest part says that it was made, where it tells.
        self.made_at: datetime | None = None

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """Take some bytes and yield every part that is whole now.

        :raises NotParts: a part has no end, or nothing looks like a part
        """
        self._bytes += piece
        while (part := self._next()) is not None:
            if part:
                yield part
        if len(self._bytes) > self._most + _MOST_HEAD:
            raise NotParts(f"a part without an end: more than {self._most} bytes")

    def _next(self) -> bytes | None:
        """Take one part off the front; None: it is not whole yet."""
        start = self._bytes.find(self._mark)
        if start < 0:
            return None
        head = start + len(self._mark)
        ends, gap = _head_end(self._bytes, head)
        if ends < 0:
            return None
        stamp = _STAMP.search(self._bytes, head, ends)
        self.made_at = datetime.fromtimestamp(float(stamp[1]), UTC) if stamp is not None else None
        length = _LENGTH.search(self._bytes, head, ends)
        body = ends + gap
        if length is not None:
            size = int(length[1])
            if size > self._most:
                raise NotParts(f"a part of {size} bytes")
            if len(self._bytes) < body + size:
                return None
            return self._cut(body, body + size)
        following = self._bytes.find(self._mark, body)
        if following < 0:
            return None
        return self._cut(body, following).rstrip(b"\r\n")

    def _cut(self, start: int, end: int) -> bytes:
        part = bytes(self._bytes[start:end])
        del self._bytes[:end]
        return part


def _head_end(data: bytearray, start: int) -> tuple[int, int]:
    """Return where a part's head ends, and how many bytes part it from the body."""
    first = min(
        (place, gap)
        for gap, mark in ((4, b"\r\n\r\n"), (2, b"\n\n"), (0, b""))
        if (place := data.find(mark, start) if mark else len(data) + 1) >= 0
    )
    return (-1, 0) if first[0] > len(data) else first
