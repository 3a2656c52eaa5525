"""How a camera is: one picture against the references of its place.

In this order: black → over-exposed → covered → moved → blurred → obstructed → ok. The first that
is true is the verdict. A camera that sends nothing (``offline``) or the same picture again and
again (``frozen``) is not seen in one picture: see ``stillness``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np

from gateway.cctv.align import Alignment, Plate, align
from gateway.cctv.calibration import Health, calibration
from gateway.cctv.cover import Cover, cover
from gateway.cctv.sight import Sight, sight


class State(StrEnum):
    """How a camera is."""

    OK = "ok"
    OFFLINE = "offline"
    FROZEN = "frozen"
    BLACK = "black"
    OVER_EXPOSED = "over_exposed"
    COVERED = "covered"
    MOVED = "moved"
    BLURRED = "blurred"
    OBSTRUCTED = "obstructed"
    #: Something hangs into the view, and most of it is still to be seen.
    PARTLY_OBSTRUCTED = "partly_obstructed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A verdict on a camera with what it rests on."""

    state: State
    #: One short English sentence per finding.
    reasons: tuple[str, ...]
    #: Share of the view that is hidden; None without a reference.
    covered: float | None = None
    #: Shift of the picture's corners as a share of its width; None without a reference.
    shift: float | None = None
    #: Fineness against the reference: 1 as sharp, 0.5 clearly out of focus.
    sharpness: float | None = None


def check(now: Plate, references: Sequence[Plate] = ()) -> Condition:
    """Return how the camera is that took this picture.

    Of several references the one that fits best is taken: dawn is compared with dawn.
    """
    seen, limits = sight(now), calibration().health
    if (light := _light(seen, limits)) is not None:
        return light
    if not references:
        return _alone(seen, limits)
    aligned = [(align(reference, now), reference) for reference in references]
    alignment, reference = max(aligned, key=lambda one: one[0].agreement)
    return _against(now, reference, alignment, seen, limits)


def _light(seen: Sight, limits: Health) -> Condition | None:
    if seen.bright < calibration().gate.dark_picture and seen.spot < limits.black_spot:
        reason = f"the brightest parts reach {seen.bright:.0f} of 255"
        return Condition(state=State.BLACK, reasons=(reason,))
    if seen.burnt > calibration().gate.burnt:
        reason = f"{seen.burnt:.0%} of the picture is burnt out"
        return Condition(state=State.OVER_EXPOSED, reasons=(reason,))
    return None


def _alone(seen: Sight, limits: Health) -> Condition:
    none = "no reference to compare with"
    if seen.flat > limits.flat:
        reason = f"{seen.flat:.0%} of the picture bears no structure"
        return Condition(state=State.COVERED, reasons=(reason, none))
    if seen.fineness < limits.blurred_alone:
        return Condition(state=State.BLURRED, reasons=("no structure is sharp", none))
    return Condition(state=State.OK, reasons=(none,))


def _against(
    now: Plate, reference: Plate, alignment: Alignment, seen: Sight, limits: Health
) -> Condition:
    hidden = cover(now, reference, alignment)
    sharp = sharpness(now, reference)
    like = outline_likeness(now, reference, alignment)
    # What is near the lens is flat or out of focus; another scene is neither.
    elsewhere = (
        not alignment.found and sharp > limits.elsewhere and seen.flat < limits.elsewhere_flat
    )
    blurred = sharp < limits.blurred and like > limits.outline
    state, reasons = _judged(alignment, hidden, limits, blurred=blurred, elsewhere=elsewhere)
    return Condition(
        state=state,
        reasons=(f"the picture is {1 - sharp:.0%} less sharp than its reference",)
        if state is State.BLURRED
        else reasons,
        covered=round(hidden.share, 3),
        shift=round(alignment.shift, 3) if alignment.found else None,
        sharpness=round(sharp, 2),
    )


def _judged(
    alignment: Alignment, hidden: Cover, limits: Health, *, blurred: bool, elsewhere: bool
) -> tuple[State, tuple[str, ...]]:
    hides = (f"something hides {hidden.share:.0%} of the view",)
    another = ("it shows another view than its reference",)
    shifted = (f"the picture has shifted by {alignment.shift:.0%} of its width",)
    cases = (
        (elsewhere and not blurred, State.MOVED, another),
        (hidden.share >= limits.covered and not blurred, State.COVERED, hides),
        (alignment.found and alignment.shift > limits.moved, State.MOVED, shifted),
        (blurred, State.BLURRED, ()),
        (hidden.share >= limits.obstructed, State.OBSTRUCTED, hides),
        (not alignment.found, State.MOVED, another),
        (hidden.share >= limits.partly, State.PARTLY_OBSTRUCTED, hides),
    )
    return next(((state, why) for true, state, why in cases if true), (State.OK, ()))


def sharpness(now: Plate, reference: Plate) -> float:
    """Return how fine the structure is against that of the reference."""
    return sight(now).fineness / max(sight(reference).fineness, 1e-3)


def outline_likeness(now: Plate, reference: Plate, alignment: Alignment) -> float:
    """Return how alike the coarse outlines are: blur keeps them, a cover does not. 0 to 1."""
    matrix = alignment.matrix if alignment.found else np.eye(3)
    back = np.diag([now.scale] * 2 + [1.0]) @ matrix @ np.diag([1 / reference.scale] * 2 + [1.0])
    height, width = reference.small.shape
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    moved = cv2.warpAffine(
        now.small, back[:2], (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    one, other = (_outline(np.asarray(plane, np.float32)) for plane in (reference.small, moved))
    return float(max(np.corrcoef(one, other)[0, 1], 0.0))


def _outline(plane: "np.typing.NDArray[np.float32]") -> "np.typing.NDArray[np.float32]":
    smooth = cv2.GaussianBlur(plane, (0, 0), 6.0)
    local = smooth - cv2.GaussianBlur(plane, (0, 0), 24.0)
    return np.asarray(local[::4, ::4], np.float32).ravel()
