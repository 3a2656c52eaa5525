"""The cameras' part of a gateway, wired together: lanes, watch, wants, comparisons, uplink.

Imported only where a site has cameras: behind it stands OpenCV.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from core.facts.device import DeviceCode
from gateway.adapter import Delivery
from gateway.answers import Answers
from gateway.camera_plan import CameraPlans
from gateway.camera_watch import CameraWatch, Outlook
from gateway.cctv.lane import Lane
from gateway.cctv.lanes import Lanes
from gateway.cctv.picture import Decoder
from gateway.cctv.references import References
from gateway.cctv.ring import Ring
from gateway.comparing import Comparing
from gateway.links.camera_alerts import AlertStream
from gateway.picture_line import PictureLine
from gateway.picture_spool import PictureSpool
from gateway.picture_uplink import PictureUplink
from gateway.spool import KEPT, Spool
from gateway.wants import Wants


class Lines(Protocol):
    """Makes lines to the centre; each is used by one thread."""

    def __call__(self) -> PictureLine:
        """Return a fresh one."""
        ...


class Cameras:
    """Everything about cameras that outlives one part's death."""

    def __init__(
        self,
        plans: CameraPlans,
        *,
        data: Path,
        events: Spool,
        line: Lines,
        clock: Callable[[], datetime],
    ) -> None:
        """Open what is kept in ``data``; nothing is asked of anybody yet.

        :raises SpoolFailed: the disk does not let us
        """
        self._plans = plans
        self._clock = clock
        self._line = line
        self._events = events
        self._pictures = PictureSpool(data)
        masks = {one.code: one.masks for one in plans.cameras}
        #: Two children: an answer must not wait for the watch's pictures.
        self._decoders = (Decoder(), Decoder())
        answering, watching = self._decoders
        self._answers = Answers(
            site=plans.site, pictures=self._pictures, masks=masks, decoder=answering, clock=clock
        )
        self.watch = CameraWatch(
            site=plans.site,
            zone=plans.zone,
            cameras={
                one.code: Outlook(
                    view=one.view,
                    masks=one.masks,
                    finds=one.finds,
                    clock_region=one.clock_region,
                )
                for one in plans.cameras
            },
            show=self._answers.found,
            folder=data / "references",
            decoder=watching,
            events=events,
        )
        self.watch.resume(events.recent(clock() - KEPT))
        self.lanes = Lanes(
            {
                one.code: Lane(
                    one.camera(clock),
                    ring=Ring(seconds=one.keep),
                    interval=one.interval,
                    clock=clock,
                    tell=self.watch.tell(one.code),
                )
                for one in plans.cameras
            }
        )
        self._comparing_line = line()
        self.comparing = Comparing(
            pictures=self._pictures,
            line=self._comparing_line,
            answers=self._answers,
            decoder=watching,
            zone=plans.zone,
            references=References(
                data / "references",
                views={one.code: one.view for one in plans.cameras},
                zone=plans.zone,
                decoder=watching,
            ),
        )

    def uplink(self) -> tuple[PictureUplink, PictureLine]:
        """Return what carries pictures to the centre, and its line."""
        line = self._line()
        uplink = PictureUplink(
            pictures=self._pictures, events=self._events, line=line, clock=self._clock
        )
        return uplink, line

    def wants(self) -> tuple[Wants, PictureLine]:
        """Return what asks the centre, and its line."""
        line = self._line()
        wants = Wants(
            line=line,
            answers=self._answers,
            ask=self.lanes.ask,
            compare=self.comparing.ask,
            mute=self.watch.mute,
        )
        return wants, line

    def alerts(
        self, *, has_room: Callable[[], bool], deliver: Callable[[Delivery], None]
    ) -> "Alerts":
        """Return the lines on which cameras tell what they find, each begun."""
        streams = [
            AlertStream(
                one.stream,
                credentials=one.credentials,
                path=one.hook,
                clock=self._clock,
                has_room=has_room,
            )
            for one in self._plans.cameras
            if one.stream is not None
        ]
        for stream in streams:
            stream.start(deliver)
        return Alerts(streams)

    def heard(self) -> Mapping[DeviceCode, datetime]:
        """Return when each camera last handed out a picture."""
        return self.watch.heard()

    def wake(self) -> None:
        """Let everything that sleeps look around: it may be told to stop."""
        self._pictures.wake()
        self.watch.wake()

    def close(self) -> None:
        """Let go of files and children."""
        self._comparing_line.close()
        for decoder in self._decoders:
            decoder.close()
        self._pictures.close()


class Alerts:
    """All alert streams as one part."""

    def __init__(self, streams: list[AlertStream]) -> None:
        self._streams = streams
        #: Lines may always be opened again.
        self.ended: str | None = None

    def alive(self, now: datetime) -> bool:
        """Whether somebody listens on each."""
        return all(stream.alive(now) for stream in self._streams)

    def stop(self) -> None:
        """Hang up, without waiting for cameras that say nothing."""
        for stream in self._streams:
            stream.stop()
