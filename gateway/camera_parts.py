"""The cameras' parts of a gateway, and how each is started; OpenCV is loaded with the first."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from core.facts.device import DeviceCode
from gateway.camera_plan import CameraPlans
from gateway.inbox import Inbox
from gateway.picture_line import PictureLine
from gateway.spool import Spool
from gateway.worker import Worker

if TYPE_CHECKING:
    from gateway.cameras import Alerts, Cameras
    from gateway.cctv.lanes import Lanes

Start = Callable[[], "Worker | Lanes | Alerts"]


class Kept(Protocol):
    """What the gateway keeps of its cameras while their parts come and go."""

    def heard(self) -> Mapping[DeviceCode, datetime]:
        """Return when each camera last handed out a picture."""
        ...

    def close(self) -> None:
        """Let go of files and children."""
        ...


class Workers(Protocol):
    """Makes a part that runs guarded in a thread of its own."""

    def __call__(
        self,
        name: str,
        run: Callable[[threading.Event], None],
        *,
        wake: Callable[[], None],
        ends: Callable[[], None] = ...,
        patience: float = ...,
    ) -> Worker:
        """Begin it."""
        ...


def planned(
    plans: CameraPlans,
    *,
    data: Path,
    events: Spool,
    line: Callable[[], PictureLine],
    clock: Callable[[], datetime],
    inbox: Inbox,
    worker: Workers,
    made: Callable[[Kept], None],
) -> list[tuple[str, Start]]:
    """Return the parts in the order of their start; ``made`` is told what they share."""
    shared: list[Cameras] = []

    def cameras() -> "Cameras":
        """Make what the parts share when the first of them starts."""
        from gateway.cameras import Cameras  # noqa: PLC0415 - OpenCV, only where there are cameras

        if not shared:
            shared.append(Cameras(plans, data=data, events=events, line=line, clock=clock))
            made(shared[0])
        return shared[0]

    def watch() -> Worker:
        return worker("watch", cameras().watch.run, wake=cameras().wake)

    def lanes() -> "Lanes":
        cameras().lanes.start()
        return cameras().lanes

    def comparing() -> Worker:
        return worker("comparing", cameras().comparing.run, wake=cameras().comparing.wake)

    def pictures() -> Worker:
        uplink, own = cameras().uplink()
        return worker("pictures", uplink.run, wake=cameras().wake, ends=own.close)

    def wants() -> Worker:
        asking, own = cameras().wants()
        # Asleep in the centre's long poll; nothing of it needs an end.
        return worker("wants", asking.run, wake=own.close, patience=0.1)

    def alerts() -> "Alerts":
        return cameras().alerts(has_room=inbox.has_room, deliver=inbox.put)

    return [
        ("pictures", pictures),
        ("watch", watch),
        ("lanes", lanes),
        ("comparing", comparing),
        ("wants", wants),
        ("alerts", alerts),
    ]
