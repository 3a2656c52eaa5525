"""One hanging camera among fifty: how much later all others answer, over real sockets.

Beside it stands the same round without a hanging camera. Each camera is asked for a picture of now
at the same moment, twenty times; what counts is when the last of those that work has answered.
The cameras live in a process of their own: what they draw takes no time from those who look.
"""

import multiprocessing
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection

from bench.figure import Figure
from core.facts.device import DeviceCode
from gateway.cctv import profile as profiles
from gateway.cctv.asked import Asked, Label
from gateway.cctv.lane import Lane
from gateway.cctv.lanes import Lanes
from gateway.cctv.ring import Ring
from gateway.cctv.still import NoPicture, Still
from gateway.links.camera import camera
from simulators.camera.camera import Camera, Fault
from simulators.camera.http import STILLS, CameraServer
from simulators.camera.scene import Place

CAMERAS = 50
CODES = [f"c{number}" for number in range(CAMERAS)]
#: Promised, seconds.
LIMIT = 1.0
#: What a camera that works may take before the round counts as lost, seconds.
_LOST = 60.0


def hanging_delay(*, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
    """Measure by how much the last of the others is late."""
    with _cameras() as cameras:
        lanes = Lanes({DeviceCode(code): _lane(cameras.url, code) for code in CODES})
        lanes.start()
        try:
            rounds = [_round(lanes, cameras) for _ in range(5 if quick else 20)]
        finally:
            lanes.stop()
    hanging, none = (statistics.median(each) for each in zip(*rounds, strict=True))
    late = [one - other for one, other in rounds]
    figure = Figure(
        name="cameras_hanging_delay",
        value=hanging,
        unit="s",
        beside=none,
        peer="the last of 49 answers while no camera hangs",
        goal=f"one hanging camera among {CAMERAS} delays the others by at most {LIMIT:g} s",
        kept=max(late) <= LIMIT,
        rounds=rounds,
    )
    return [figure], [f"delay: median {statistics.median(late):.3f} s, worst {max(late):.3f} s"]


@dataclass(frozen=True)
class _Cameras:
    """Fifty cameras in another process, the first of which can be told to hang."""

    url: str
    line: Connection

    def first_hangs(self, hangs: bool) -> None:  # noqa: FBT001 - it does, or does not
        """Say so, and wait until it is so."""
        self.line.send(hangs)
        self.line.recv()


@contextmanager
def _cameras() -> Iterator[_Cameras]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_show, args=(theirs,))
    process.start()
    try:
        yield _Cameras(url=ours.recv(), line=ours)
    finally:
        ours.send(None)
        process.join(10.0)
        process.kill()


def _show(line: Connection) -> None:
    """Be the cameras until told to end."""
    shown = {
        code: Camera(place=Place(seed=number, width=160, height=90))
        for number, code in enumerate(CODES)
    }
    server = CameraServer(shown)
    server.start()
    line.send(server.url)
    while (hangs := line.recv()) is not None:
        shown[CODES[0]].breaks(Fault.MUTE if hangs else None)
        line.send(hangs)
    server.stop()


def _round(lanes: Lanes, cameras: _Cameras) -> tuple[float, float]:
    """Return how long the last of the others took, with a hanging camera and without."""
    first, *others = CODES
    without = _asked(lanes, others)
    cameras.first_hangs(True)
    lanes.ask(first, Asked(moment=_now(), label=Label.NOW, answer=lambda _seen: None))
    hanging = _asked(lanes, others)
    cameras.first_hangs(False)
    return hanging, without


def _asked(lanes: Lanes, codes: Sequence[str]) -> float:
    answered = threading.Semaphore(0)
    failed: list[str] = []

    def answer(seen: Still | NoPicture) -> None:
        if isinstance(seen, NoPicture):
            failed.append(str(seen))
        answered.release()

    began = time.perf_counter()
    for code in codes:
        lanes.ask(code, Asked(moment=_now(), label=Label.NOW, answer=answer))
    for _ in codes:
        if not answered.acquire(timeout=_LOST):
            raise TimeoutError("a camera that works did not answer")
    took = time.perf_counter() - began
    if failed:
        raise RuntimeError(f"a camera that works was not seen: {failed[0]}")
    return took


def _lane(url: str, code: str) -> Lane:
    profile = profiles.load("http-snapshot")
    where = profiles.where(profile, f"{url}/{code}{STILLS[0]}")
    return Lane(
        camera(profile, where, credentials=None, clock=_now),
        ring=Ring(seconds=60),
        interval=3600,
        clock=_now,
        tell=lambda _look: None,
    )


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - measurements are a shell
