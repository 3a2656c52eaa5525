"""A still out of MJPEG: the first whole picture of an endless multipart body, then hang up."""

import time
from collections.abc import Callable
from datetime import datetime

from gateway.cctv.still import MOST_BYTES, NoPicture, Still
from gateway.links.camera_address import CameraAddress
from gateway.links.camera_http import CameraLine, judge
from gateway.links.camera_log_in import Credentials
from gateway.links.camera_parts import NotParts, Parts

_PIECE = 64 * 1024


class MjpegCamera:
    """A camera that shows a film of JPEGs."""

    def __init__(
        self,
        address: CameraAddress,
        *,
        credentials: Credentials | None,
        clock: Callable[[], datetime],
    ) -> None:
        """Watch at ``address``; ``clock`` stamps what comes."""
        self._line = CameraLine(address, credentials)
        self._clock = clock

    def look(self, *, within: float) -> Still:
        """Return the next picture of the film.

        :raises NoPicture: says why
        """
        with self._line.asked(ends=time.monotonic() + within) as answer:
            try:
                parts = Parts(answer.headers.get("content-type", ""), most=MOST_BYTES)
                for piece in answer.iter_raw(_PIECE):
                    for content in parts.feed(piece):
                        judge(content)
                        return Still(content=content, taken_at=self._clock(), made_at=parts.made_at)
            except NotParts as problem:
                raise NoPicture(f"what the camera sent is no film: {problem}") from None
        raise NoPicture("the camera's film ended before its first picture")
