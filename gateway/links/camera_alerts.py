"""The line on which a camera tells what it finds: an endless multipart answer, held and re-opened.

Each part is one message, delivered under ``/hooks/<profile>/<camera>`` as if the camera had posted
it. There is nothing to acknowledge: what is told while nobody listens is gone, or comes as backlog.
"""

import threading
import time
from collections.abc import Callable
from datetime import datetime

import structlog

from gateway.adapter import Delivery, LinkDown, Message
from gateway.cctv.still import NoPicture
from gateway.links.camera_address import CameraAddress
from gateway.links.camera_http import CameraLine
from gateway.links.camera_log_in import Credentials
from gateway.links.camera_parts import NotParts, Parts
from gateway.pause import Pause

log = structlog.get_logger(__name__)

_MOST_ALERT = 1024 * 1024
#: A heartbeat comes every ten seconds; some cameras drop the line after forty.
_SILENCE = 45.0
#: A line that has lasted so long was sound.
_SOUND = 60.0
_FOR_EVER = 365 * 86_400.0
_FULL = 0.2


class AlertStream:
    """Holds one camera's line; never tells the camera anything."""

    def __init__(
        self,
        address: CameraAddress,
        *,
        credentials: Credentials | None,
        path: str,
        clock: Callable[[], datetime],
        has_room: Callable[[], bool],
    ) -> None:
        """Listen at ``address`` and deliver under ``path`` while there ``has_room``."""
        self._line = CameraLine(address, credentials)
        self._path = path
        self._clock = clock
        self._has_room = has_room
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._trouble: str | None = None
        #: A line may always be opened again.
        self.ended: str | None = None

    def start(self, deliver: Callable[[Delivery], None]) -> None:
        """Begin to listen; returns at once, re-opens the line by itself."""
        self._thread = threading.Thread(
            target=self._listen, args=(deliver,), name=f"alerts {self._path}", daemon=True
        )
        self._thread.start()

    def send(self, topic: str, payload: bytes) -> None:
        """Do nothing: these cameras wait for no receipt."""

    def drop(self) -> None:
        """Do nothing: what cannot be kept now is not told again by hanging up."""

    def stop(self) -> None:
        """Hang up as soon as the camera says something, or has been silent long enough."""
        self._stopping.set()

    def alive(self, now: datetime) -> bool:
        """Whether somebody listens; how the camera is, its lane sees."""
        del now
        return self._thread is not None and self._thread.is_alive()

    def _listen(self, deliver: Callable[[Delivery], None]) -> None:
        pause = Pause(least=1.0, most=30.0)
        while not self._stopping.is_set():
            began = time.monotonic()
            try:
                self._hold(deliver)
                trouble = "the camera ended the line"
            except (NoPicture, NotParts) as problem:
                trouble = str(problem)
            except LinkDown:
                return
            if time.monotonic() - began > _SOUND:
                pause.reset()
            if trouble != self._trouble:
                log.warning("alert stream gone, opening again", path=self._path, reason=trouble)
                self._trouble = trouble
            self._stopping.wait(pause.seconds())

    def _hold(self, deliver: Callable[[Delivery], None]) -> None:
        """Read until the line breaks.

        :raises NoPicture: the camera is not to be had
        :raises NotParts: what comes is no stream of alerts
        :raises LinkDown: nobody takes anything any more
        """
        ends = time.monotonic() + _FOR_EVER
        with self._line.asked(ends=ends, silence=_SILENCE) as answer:
            parts = Parts(answer.headers.get("content-type", ""), most=_MOST_ALERT)
            self._trouble = None
            for piece in answer.iter_raw():
                for body in parts.feed(piece):
                    self._deliver(body, deliver)
                if self._stopping.is_set():
                    return

    def _deliver(self, body: bytes, deliver: Callable[[Delivery], None]) -> None:
        if not body.lstrip().startswith(b"<"):
            return  # a picture beside the alert; our own lane takes better ones
        while not self._has_room() and not self._stopping.wait(_FULL):
            pass
        message = Message(topic=self._path, payload=body, received_at=self._clock())
        deliver(Delivery(message, _nothing))


def _nothing() -> None:
    """Acknowledge to a camera that waits for nothing."""
