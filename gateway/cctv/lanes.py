"""All cameras of a gateway, each in its own lane; a lane that dies is started again."""

import threading
import time
from collections.abc import Mapping
from datetime import datetime

import structlog

from core.facts.device import DeviceCode
from gateway.cctv.asked import Asked
from gateway.cctv.lane import Lane
from gateway.cctv.still import NoPicture

log = structlog.get_logger(__name__)

#: All lanes together have so long to end; a camera that hangs is left behind, seconds.
_PATIENCE = 0.5


class Lanes:
    """The lanes of a site's cameras."""

    def __init__(self, lanes: Mapping[DeviceCode, Lane]) -> None:
        self._lanes = dict(lanes)
        self._stopping = threading.Event()
        self._threads: dict[DeviceCode, threading.Thread] = {}
        #: Lanes may always be started again.
        self.ended: str | None = None

    def start(self) -> None:
        """Begin to look, each camera for itself."""
        for code in self._lanes:
            self._run(code)

    def ask(self, camera: str, asked: Asked) -> None:
        """Ask one camera for a picture; the answer comes when it comes, in its own lane."""
        lane = self._lanes.get(DeviceCode(camera))
        if lane is None:
            asked.answer(NoPicture(f"this gateway knows no camera {camera[:80]!r}"))
        else:
            lane.ask(asked)

    def alive(self, now: datetime) -> bool:
        """Whether it works; starts a lane again that died, which costs it nothing it keeps."""
        del now
        for code, thread in self._threads.items():
            if not thread.is_alive() and not self._stopping.is_set():
                log.error("a camera's lane died, started again", camera=code)
                self._run(code)
        return True

    def stop(self) -> None:
        """End all lanes; one that waits for its camera ends when that is over."""
        self._stopping.set()
        for lane in self._lanes.values():
            lane.wake()
        ends = time.monotonic() + _PATIENCE
        for thread in self._threads.values():
            thread.join(max(ends - time.monotonic(), 0.0))

    def _run(self, code: DeviceCode) -> None:
        lane = self._lanes[code]
        thread = threading.Thread(
            target=lane.run, args=(self._stopping,), name=f"camera {code}", daemon=True
        )
        self._threads[code] = thread
        thread.start()
