"""Watches over the cameras: judges what their lanes see, and tells when one is ill or well again.

One thread judges for all, so that no lane waits for a verdict; of each camera only the newest look
waits here, however many there are.
"""

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import structlog

from core.facts.device import DeviceCode, DeviceEvent, SiteCode
from gateway.adapter import Unreadable
from gateway.cctv import health, masking, telling
from gateway.cctv.align import Plate
from gateway.cctv.bank import Bank
from gateway.cctv.findings import Findings
from gateway.cctv.health import State
from gateway.cctv.lane import Look
from gateway.cctv.masking import Polygon
from gateway.cctv.picture import Decoder, Pixels
from gateway.cctv.rule import Rule
from gateway.cctv.still import NoPicture, Still
from gateway.cctv.stillness import Stillness
from gateway.cctv.watch import Watch
from gateway.spool import Spool, SpoolFailed, told

log = structlog.get_logger(__name__)

#: A picture of each camera is judged so often; that it is gone is known at once.
JUDGE_EVERY = timedelta(seconds=10)
_TICK = 1.0
_LOOKS_WELL = frozenset({State.OK, State.PARTLY_OBSTRUCTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """How a camera looks at its place, and what it shall look for."""

    #: What makes its pictures comparable with one another: address and masks.
    view: str
    masks: Sequence[Polygon] = ()
    finds: Sequence[Rule] = ()
    #: Where its clock is burnt into the picture; None: it shows none.
    clock_region: Polygon | None = None


@dataclass(slots=True)
class _Watched:
    watch: Watch
    findings: Findings
    stillness: Stillness
    bank: Bank | None = None
    judged_at: datetime | None = None


class CameraWatch:
    """The watch over a site's cameras; ``run`` it in a thread of its own."""

    def __init__(
        self,
        *,
        site: SiteCode,
        zone: tzinfo,
        cameras: Mapping[DeviceCode, Outlook],
        show: Callable[[DeviceEvent, Still], None],
        folder: Path,
        decoder: Decoder,
        events: Spool,
    ) -> None:
        """Watch these cameras.

        ``show`` is given each finding with its picture; references are kept in ``folder``; what is
        to be told goes into ``events``.
        """
        self._zone = zone
        self._cameras = dict(cameras)
        self._folder = folder
        self._show = show
        self._decoder = decoder
        self._events = events
        self._watched = {
            code: _Watched(
                Watch(who), Findings(who, one.finds, zone=zone), Stillness(one.clock_region)
            )
            for code, one in cameras.items()
            for who in (telling.source(site, code),)
        }
        self._looks: dict[DeviceCode, Look] = {}
        self._heard: dict[DeviceCode, datetime] = {}
        self._muted: frozenset[tuple[str, str]] = frozenset()
        self._untold: list[DeviceEvent] = []
        self._news = threading.Condition()

    def resume(self, events: Iterable[DeviceEvent]) -> None:
        """Take up what was told before a restart."""
        known = list(events)
        for watched in self._watched.values():
            watched.watch.resume(known)
            watched.findings.resume(known)

    def tell(self, camera: DeviceCode) -> Callable[[Look], None]:
        """Return where a camera's lane is to tell its looks; it never waits."""

        def take(look: Look) -> None:
            with self._news:
                self._looks[camera] = look
                if isinstance(look.seen, Still):
                    self._heard[camera] = look.at
                self._news.notify_all()

        return take

    def heard(self) -> Mapping[DeviceCode, datetime]:
        """Return when each camera last handed out a picture; for any thread."""
        with self._news:
            return dict(self._heard)

    def mute(self, rules: frozenset[tuple[str, str]]) -> None:
        """Let these rules, by camera and kind, tell nothing; all others may. For any thread."""
        if rules != self._muted:
            log.warning("rules muted by the centre", rules=sorted(rules))
        self._muted = rules

    def run(self, stopping: threading.Event) -> None:
        """Judge until told to stop."""
        while not stopping.is_set():
            for camera, look in self._taken().items():
                event = self.judge(camera, look)
                if event is not None:
                    self._untold.append(event)
            self._put(stopping)

    def wake(self) -> None:
        """Let it see that it is to stop."""
        with self._news:
            self._news.notify_all()

    def judge(self, camera: DeviceCode, look: Look) -> DeviceEvent | None:
        """Judge one look; return what is to be told now."""
        watched = self._watched[camera]
        if isinstance(look.seen, NoPicture):
            return watched.watch.seen(State.OFFLINE, at=look.at, reasons=(str(look.seen),))
        same = watched.stillness.bytes_frozen(look.seen)
        if watched.judged_at is not None and look.at - watched.judged_at < JUDGE_EVERY:
            return None
        watched.judged_at = look.at
        try:
            pixels = self._decoder.decode(look.seen.content).pixels
            frozen = watched.stillness.frozen(look.seen, pixels) or same
            state, reasons = self._judged(camera, watched, look.seen, pixels)
        except Unreadable as problem:
            reasons = (f"its picture cannot be decoded: {problem}",)
            return watched.watch.seen(State.OFFLINE, at=look.at, reasons=reasons)
        if frozen and state in _LOOKS_WELL:  # what is black stands still, but black says more
            state, reasons = State.FROZEN, (frozen,)
        return watched.watch.seen(state, at=look.at, reasons=reasons)

    def _judged(
        self, camera: DeviceCode, watched: _Watched, still: Still, received: Pixels
    ) -> tuple[State, tuple[str, ...]]:
        """Return how the camera is by this picture, and let the bank learn from it."""
        outlook = self._cameras[camera]
        pixels = masking.burnt(received, outlook.masks)
        plate = Plate(pixels)
        if watched.bank is None:
            watched.bank = Bank(
                self._folder / camera,
                view=outlook.view,
                zone=self._zone,
                decoder=self._decoder,
            )
        clean = watched.bank.fitting(plate)
        found = health.check(plate, clean)
        well = found.state is State.OK and not watched.watch.ill
        try:
            watched.bank.looked(pixels, plate, well=well, at=still.taken_at)
        except OSError as problem:
            log.warning("a reference cannot be kept", camera=camera, reason=str(problem))
        if well:
            for event in watched.findings.look(pixels, plate, clean=clean, at=still.taken_at):
                if (camera, event.type.value) in self._muted:
                    continue
                self._untold.append(event)
                self._show(event, still)
        return found.state, found.reasons

    def _taken(self) -> dict[DeviceCode, Look]:
        with self._news:
            if not self._looks:
                self._news.wait(_TICK)
            looks, self._looks = self._looks, {}
        return looks

    def _put(self, stopping: threading.Event) -> None:
        """Give the spool what is to be told; what it does not take is told again."""
        while self._untold and not stopping.is_set():
            try:
                self._events.put([told(one, at=one.occurred_at) for one in self._untold])
            except SpoolFailed as problem:
                log.warning("a camera's state cannot be kept yet", reason=str(problem))
                time.sleep(_TICK)
            else:
                self._untold.clear()
