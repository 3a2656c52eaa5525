"""One simulated camera: a place, how it looks, and what is wrong with it just now."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from simulators.action import Act, Action, Value
from simulators.camera import jpeg
from simulators.camera.scene import Pixels, Place, View

#: What can happen to a camera.
CAN = frozenset({Act.LOOK, Act.BREAK, Act.MEND})


class Fault(StrEnum):
    """What can be wrong with a camera; one at a time."""

    # what its line does
    MUTE = "mute"  # takes the call and says nothing
    SLOW_HEADERS = "slow_headers"  # one byte of the answer's head each half second
    SLOW_LORIS = "slow_loris"  # the same with the body
    ENDLESS = "endless"  # a picture without an end
    UNAUTHORIZED = "unauthorized"  # 401, whatever one says
    HTML = "html"  # a web page with 200
    ERROR = "error"  # 500
    REDIRECT = "redirect"  # to somewhere else
    TRUNCATED = "truncated"  # the picture stops in the middle
    BOMB = "bomb"  # a small PNG of gigabytes
    EMPTY = "empty"
    LATE = "late"  # the answer comes after ``late`` seconds
    WRONG_CLOCK = "wrong_clock"  # the camera's clock is an hour slow
    # what its picture shows
    BLACK = "black"
    OVER_EXPOSED = "over_exposed"
    FROZEN = "frozen"
    COVERED = "covered"
    MOVED = "moved"
    SHAKEN = "shaken"
    BLURRED = "blurred"


@dataclass
class Camera:
    """A camera that others may look through, in any of its ways, from any thread."""

    place: Place
    view: View = field(default_factory=View)
    fault: Fault | None = None
    clock: Callable[[], float] = time.time
    #: Who may look; None: anybody.
    username: str | None = None
    password: str = ""
    #: ``digest`` or ``basic``.
    scheme: str = "digest"
    #: Where it tells ONVIF that its still lies; None: where it does.
    says_still_at: str | None = None
    #: Whether it tells when it took a picture: ``Last-Modified``, or ``X-Timestamp`` in a film.
    says_when: bool = False
    #: How late it answers when it is late, seconds.
    late: float = 3.0
    #: Of each request: its path, and whether it was let in.
    asked: deque[tuple[str, bool]] = field(default_factory=lambda: deque(maxlen=1000))
    #: Ends what hangs, so that a server can be stopped.
    released: threading.Event = field(default_factory=threading.Event)
    _frozen: Pixels | None = None
    _made_at: float | None = None

    def looks(self, **changes: object) -> None:
        """Change how the place looks: ``camera.looks(litter=True)``."""
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]

    def breaks(self, fault: Fault | None) -> None:
        """Have this fault from now on, or none."""
        self.fault, self._frozen, self._made_at = None, None, None
        if fault is Fault.FROZEN:
            self._frozen, self._made_at = self.pixels(), self.now()
        self.fault = fault

    def perform(self, action: Action) -> None:
        """Let an act of a scenario happen."""
        match action.act:
            case Act.BREAK:
                self.breaks(Fault(action.text("fault", Fault.MUTE)))
            case Act.MEND:
                self.breaks(None)
            case _:
                self.looks(**{name: _as(name, value) for name, value in action.values.items()})

    def now(self) -> float:
        """Return what the camera's own clock says, in seconds of the epoch."""
        return self.clock() - (3600.0 if self.fault is Fault.WRONG_CLOCK else 0.0)

    @property
    def made_at(self) -> float:
        """When by its own clock it took the picture that it hands out now."""
        return self.now() if self._made_at is None else self._made_at

    def pixels(self) -> Pixels:
        """Return what it sees now."""
        if self._frozen is not None:
            return self._frozen
        return _spoilt(self.place.draw(self.view, at=self.clock()), self.fault)

    def picture(self) -> bytes:
        """Return what it hands out as a still."""
        match self.fault:
            case Fault.BOMB:
                return jpeg.bomb()
            case Fault.HTML:
                return b"<!DOCTYPE html><html><body>please log in</body></html>"
            case Fault.EMPTY:
                return b""
            case Fault.TRUNCATED:
                whole = jpeg.jpeg(self.pixels())
                return whole[: len(whole) // 2]
            case _:
                return jpeg.jpeg(self.pixels())


def _as(name: str, value: Value) -> Value:
    """Return a detail of a look as the view takes it: walkers are counted whole."""
    return int(value) if name == "walkers" else value


def _spoilt(pixels: Pixels, fault: Fault | None) -> Pixels:
    spoil = _SPOILS.get(fault) if fault is not None else None
    return pixels if spoil is None else spoil(pixels)


def _moved(pixels: Pixels) -> Pixels:
    """Return what somebody sees who has turned the camera: another place."""
    return np.ascontiguousarray(np.roll(pixels[:, ::-1], pixels.shape[0] // 3, axis=0))


def _covered(pixels: Pixels) -> Pixels:
    """Return what a bag before the lens lets through: a soft grey, and noise."""
    height, width = pixels.shape[:2]
    soft = np.linspace(70, 110, width, dtype=np.float32)[None, :, None]
    noise = np.random.default_rng(int(pixels[0, 0, 0])).normal(0, 1.5, (height, width, 3))
    return np.clip(soft + noise, 0, 255).astype(np.uint8)


def _blurred(pixels: Pixels) -> Pixels:
    """Return it out of focus: the mean of a wide box, by sums."""
    wide = 12
    soft = pixels.astype(np.float32)
    for axis in (0, 1):
        padded = np.pad(soft, [(wide, wide) if axis == one else (0, 0) for one in range(3)], "edge")
        sums = np.cumsum(padded, axis=axis)
        far, near = np.arange(2 * wide, sums.shape[axis]), np.arange(sums.shape[axis] - 2 * wide)
        soft = ((sums.take(far, axis) - sums.take(near, axis)) / (2 * wide)).astype(np.float32)
    return np.clip(soft, 0, 255).astype(np.uint8)


_SPOILS: dict[Fault, Callable[[Pixels], Pixels]] = {
    Fault.BLACK: lambda pixels: np.full_like(pixels, 3),
    Fault.OVER_EXPOSED: lambda pixels: np.full_like(pixels, 253),
    Fault.COVERED: _covered,
    Fault.MOVED: _moved,
    Fault.SHAKEN: lambda pixels: np.roll(pixels, 2, axis=1),
    Fault.BLURRED: _blurred,
}
