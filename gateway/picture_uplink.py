"""From the spool of pictures to the centre: each picture until it is receipted, then its event.

One picture at a time, the oldest first. An event waits for its own picture only: what has none, and
everything in the ordinary spool, overtakes.
"""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog

from core.facts import cloudevent
from core.facts.device import DeviceEvent, EventType
from gateway.pause import Pause
from gateway.picture_line import PictureAnswer, PictureLine, Taking
from gateway.picture_spool import Held, Kept, PictureSpool
from gateway.spool import Spool, SpoolFailed, Told

log = structlog.get_logger(__name__)

_LOST = "the gateway lost the picture before the centre had it"
#: What of an event's data still holds when its picture does not exist.
_STAYS = frozenset({"want", "verdict", "score", "confidence", "band", "reasons", "machine"})


class PictureUplink:
    """Sends what the spool of pictures holds; runs in a thread of its own."""

    def __init__(
        self,
        *,
        pictures: PictureSpool,
        events: Spool,
        line: PictureLine,
        clock: Callable[[], datetime],
    ) -> None:
        """Carry ``pictures`` over ``line``, and their events into ``events``."""
        self._pictures = pictures
        self._events = events
        self._line = line
        self._clock = clock
        self._pause = Pause(least=0.2, most=10.0)
        self._trouble: str | None = None

    def run(self, stopping: threading.Event) -> None:
        """Send until told to stop; sleeps while nothing waits."""
        while not stopping.is_set():
            try:
                well = self.step()
                self._pictures.prune(now=self._clock())
            except SpoolFailed as problem:
                log.warning("spool of pictures fails, trying on", reason=str(problem))
                well = False
            if well:
                self._sleep(stopping)
            else:
                self._wait(stopping, self._pause.seconds())

    def step(self) -> bool:
        """Release what may go, and send one picture. False: the centre was not to be had.

        :raises SpoolFailed: nothing is lost, it is done again
        """
        self.release()
        picture = self._pictures.pending()
        if picture is None:
            return True
        content = self._pictures.content(picture.sha256)
        if content is None:
            log.error("a picture is gone from the disk", sha256=picture.sha256)
            self._pictures.receipted(picture.sha256, now=self._clock(), refused=_LOST)
        else:
            answer = self._line.put(picture.sha256, content, picture.media_type)
            if answer.taking is Taking.AWAY:
                self._say_trouble(answer)
                return False
            self._note(picture, answer)
        self._pause.reset()
        self.release()
        return True

    def release(self) -> None:
        """Give the ordinary spool every event that need not wait any longer.

        :raises SpoolFailed: they are released again
        """
        while held := self._pictures.releasable():
            self._events.put([_told(one) for one in held])
            self._pictures.released(held, now=self._clock())

    def _note(self, picture: Kept, answer: PictureAnswer) -> None:
        refused = None
        if answer.taking is Taking.REFUSED:
            refused = f"the centre refuses the picture: {answer.reason}"[:400]
            log.error("centre refuses a picture", sha256=picture.sha256, reason=answer.reason)
        self._pictures.receipted(picture.sha256, now=self._clock(), refused=refused)
        if self._trouble is not None:
            log.warning("centre takes pictures again", gone_for=self._trouble)
            self._trouble = None

    def _say_trouble(self, answer: PictureAnswer) -> None:
        """Say once what is wrong; a different trouble is said again."""
        if self._trouble != answer.reason:
            log.warning("centre takes no picture, all are kept", reason=answer.reason)
        self._trouble = answer.reason

    def _sleep(self, stopping: threading.Event) -> None:
        """Wait for news; whoever stops us wakes us too."""
        pictures = self._pictures
        with pictures.news:
            pictures.news.wait_for(
                lambda: stopping.is_set() or pictures.pending() or pictures.releasable(1),
                timeout=60.0,
            )

    def _wait(self, stopping: threading.Event, seconds: float) -> None:
        """Let the centre rest, but not the events that have no picture to wait for."""
        pictures = self._pictures
        with pictures.news:
            pictures.news.wait_for(
                lambda: stopping.is_set() or pictures.releasable(1), timeout=seconds
            )


def _told(held: Held) -> Told:
    """Return the event to tell: one whose picture never will be says so."""
    if held.refused is None:
        return held.told
    event = cloudevent.decode(held.told.body)
    return held.told._replace(body=cloudevent.encode(_without_picture(event, held.refused)))


def _without_picture(event: DeviceEvent, reason: str) -> DeviceEvent:
    data = {name: value for name, value in event.data.items() if name in _STAYS}
    if event.type is EventType.SNAPSHOT_TAKEN:
        data = {"want": event.data.get("want")}
    return replace(event, data={**data, "reason": reason})
