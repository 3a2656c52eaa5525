"""How much of a camera's view something stands in front of.

Near the lens things are flat or out of focus: where the reference has structure, theirs is gone.
What is merely elsewhere in the scene (a car, a crate) is sharp, and counts only as a wide, closed
area that reaches in from the picture's rim.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gateway.cctv.align import Alignment, Plane, Plate
from gateway.cctv.compare import noise

#: Working pixels; structure is judged in windows of two cells.
_CELL = 10
#: A cell of the reference without this much more structure than its noise tells nothing.
_STRUCTURE = 2.0
#: Nor does one whose structure would not survive compression in the light of now (power of
#: gradients: bare tarmac has about 1, a marked yard 8 and more).
_SURVIVES = 4.0
_UNLIKE = 0.3
#: Structure weaker than this share of what is usual here is flat; less fine than that, unfocused.
_FLAT = 0.4
_UNFOCUSED = 0.72
#: When so much of what is unlike is dull, the rest of it is the cover's own outline.
_MOSTLY = 0.6
#: A sharp cover is one piece of at least this share of the view.
_SHARP_PIECE = 0.25
#: Of all cells; on a barer view one parked car would be most of the structure there is.
_LEAST_KNOWN = 0.3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cover:
    """What is covered, in shares of that part of the view that has structure."""

    share: float
    #: The part of it that is flat or out of focus.
    dull: float
    #: The part that is sharp, one wide piece reaching in from the rim.
    sharp: float
    #: Cells of 10 working pixels, true where covered.
    cells: NDArray[np.bool_]


def cover(now: Plate, reference: Plate, alignment: Alignment) -> Cover:
    """Return what hides the reference's view; the alignment leads from reference to now."""
    here, there = reference.small, _moved(now, reference, alignment)
    power, other, likeness, seen = _cells(here, there)
    brightness = max(float(np.median(here)), 1.0)
    gain = float(np.clip(np.median(there[there >= 0]) / brightness, 0.2, 1.0))
    visible = (power > _STRUCTURE * noise(here) ** 2) & (power * gain**2 > _SURVIVES)
    structured = visible & (power > 0.05 * np.median(power)) & seen
    known = int(structured.sum())
    if known < _LEAST_KNOWN * structured.size:
        return Cover(share=0, dull=0, sharp=0, cells=np.zeros(power.shape, np.bool_))
    unlike = structured & (likeness < _UNLIKE)
    dull = unlike & _dull(here, there, power, other, structured & (likeness > 0.5), structured)
    cells = unlike if dull.sum() >= _MOSTLY * unlike.sum() else dull
    sharp = np.zeros_like(dull)
    if alignment.found:
        sharp = _piece(_filled(unlike & ~dull, structured, 9)) & structured & ~cells
    cells = cells | sharp
    return Cover(
        share=float(cells.sum() / known),
        dull=float(dull.sum() / known),
        sharp=float(sharp.sum() / known),
        cells=cells,
    )


def _dull(
    here: Plane,
    there: Plane,
    power: Plane,
    other: Plane,
    still: NDArray[np.bool_],
    structured: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Return cells that are flatter or less in focus than the rest of the view is."""
    strength = np.sqrt(np.maximum(other, 0) / (power + 1e-3))
    focus, usual = _focus(there, other), float(np.median(_focus(here, power)[structured]))
    common = 1.0
    # Fog, dusk or a soft lens dulls everything alike; only what is duller than the rest counts.
    if still.sum() > 0.15 * structured.sum():
        common = min(float(np.median(strength[still])), 1.0)
        usual = min(float(np.median(focus[still])), usual)
    return np.asarray((strength < _FLAT * common) | (focus < _UNFOCUSED * usual), np.bool_)


def _moved(now: Plate, reference: Plate, alignment: Alignment) -> Plane:
    scale = np.diag([now.scale] * 2 + [1.0])
    back = np.diag([1 / reference.scale] * 2 + [1.0])
    height, width = reference.small.shape
    matrix = scale @ alignment.matrix @ back if alignment.found else np.eye(3)
    moved = cv2.warpAffine(
        now.small,
        matrix[:2],
        (width, height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=-1,
    )
    return np.asarray(moved, np.float32)


def _cells(here: Plane, there: Plane) -> tuple[Plane, Plane, Plane, NDArray[np.bool_]]:
    """Return per cell the structure of both, how alike it is, and whether both are in view."""
    one, other = _gradient(here), _gradient(np.maximum(there, 0))
    size = (here.shape[1] // _CELL, here.shape[0] // _CELL)

    def mean(plane: Plane) -> Plane:
        wide = cv2.blur(plane, (2 * _CELL, 2 * _CELL))
        return np.asarray(cv2.resize(wide, size, interpolation=cv2.INTER_AREA), np.float32)

    power = mean(one[0] ** 2 + one[1] ** 2)
    other_power = mean(other[0] ** 2 + other[1] ** 2)
    common = mean(one[0] * other[0] + one[1] * other[1])
    likeness = common / np.sqrt(np.maximum(power * other_power, 0) + 1e-3)
    seen = mean((there >= 0).astype(np.float32)) > 0.8
    return power, other_power, np.asarray(likeness, np.float32), seen


def _gradient(plane: Plane) -> tuple[Plane, Plane]:
    smooth = cv2.GaussianBlur(plane, (0, 0), 1.2)
    across = np.asarray(cv2.Sobel(smooth, -1, 1, 0, scale=0.25), np.float32)
    return across, np.asarray(cv2.Sobel(smooth, -1, 0, 1, scale=0.25), np.float32)


def _focus(plane: Plane, fine: Plane) -> Plane:
    """Return per cell how much of the structure is fine: little where the lens does not focus."""
    smooth = cv2.GaussianBlur(np.maximum(plane, 0), (0, 0), 3.5)
    across, down = cv2.Sobel(smooth, -1, 1, 0, scale=0.25), cv2.Sobel(smooth, -1, 0, 1, scale=0.25)
    wide = cv2.blur(across**2 + down**2, (2 * _CELL, 2 * _CELL))
    coarse = cv2.resize(wide, fine.shape[::-1], interpolation=cv2.INTER_AREA)
    return np.asarray(np.sqrt(np.maximum(fine, 0) / (np.maximum(coarse, 0) + 0.05)), np.float32)


def _filled(cells: NDArray[np.bool_], known: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    """Let cells without structure follow the majority of those around them."""
    hit = cv2.blur(cells.astype(np.float32), (reach, reach), borderType=cv2.BORDER_REPLICATE)
    of = cv2.blur(known.astype(np.float32), (reach, reach), borderType=cv2.BORDER_REPLICATE)
    return np.asarray((hit > 0.55 * of) & (of > 0), np.bool_)


def _piece(cells: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Keep only wide pieces that touch the rim of the picture."""
    kept = np.zeros(cells.shape, np.bool_)
    count, labels = cv2.connectedComponents(cells.astype(np.uint8), connectivity=4)
    for label in range(1, count):
        piece = np.asarray(labels == label, np.bool_)
        rim = piece[0].any() or piece[-1].any() or piece[:, 0].any() or piece[:, -1].any()
        if rim and piece.mean() >= _SHARP_PIECE:
            kept |= piece
    return kept
