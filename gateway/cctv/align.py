"""Bringing two pictures of one camera into register.

A ladder: as it is → phase correlation → ORB with RANSAC → SIFT, each rung judged by how well the
locally normalised edges agree tile by tile, and refined by ECC on those edges. A rung is climbed
only when the one before is not good enough. Tiles, not the whole, are judged: where much has
changed, the rest still shows that the camera stands where it stood.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from gateway.cctv.picture import Pixels

Plane = NDArray[np.float32]
Matrix = NDArray[np.float64]

#: Width in pixels at which edges are compared; ORB and SIFT look at a finer one.
_WIDTH = 640
_FINE = 960
_TILE = 40
#: A tile agrees when its edges correlate above this.
_AGREES = 0.4
#: A rung is good enough when the tiles' mean correlation reaches this.
_GOOD = 0.45
#: Under this share of agreeing tiles nothing was aligned: other scenes stayed under 0.11.
_ALIGNED = 0.14
_FEWEST_MATCHES = 8


class Plate:
    """A picture made ready for alignment; what is costly is made once and kept."""

    def __init__(self, pixels: Pixels) -> None:
        """Prepare the picture."""
        self.pixels = pixels
        self.height, self.width = int(pixels.shape[0]), int(pixels.shape[1])
        #: Working pixels per pixel of the picture.
        self.scale = _WIDTH / self.width

    @cached_property
    def grey(self) -> Plane:
        """Brightness at full size."""
        return cv2.cvtColor(self.pixels, cv2.COLOR_BGR2GRAY).astype(np.float32)

    @cached_property
    def small(self) -> Plane:
        """Brightness at working size."""
        return _resized(self.grey, _WIDTH)

    @cached_property
    def texture(self) -> float:
        """Typical local contrast at working size: what counts as structure in its light."""
        mean = cv2.boxFilter(self.small, -1, (9, 9))
        variance = np.maximum(cv2.boxFilter(self.small * self.small, -1, (9, 9)) - mean * mean, 0)
        return float(np.sqrt(np.percentile(variance[::4, ::4], 60)))

    @cached_property
    def edges(self) -> Plane:
        """Strength of edges divided by its local mean: the same in sun and in shade."""
        smooth = cv2.GaussianBlur(self.small, (0, 0), 1.0)
        strength = cv2.magnitude(
            cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
        )
        floor = 0.25 * float(strength.mean()) + 1e-3
        return np.asarray(strength / (cv2.blur(strength, (31, 31)) + floor), np.float32)

    @cached_property
    def _fine(self) -> NDArray[np.uint8]:
        grey = _resized(self.grey, min(_FINE, self.width)).astype(np.uint8)
        return np.asarray(cv2.createCLAHE(3.0, (8, 8)).apply(grey), np.uint8)

    @cached_property
    def orb(self) -> "Described":
        """Corners (working size) and their descriptors."""
        return self._described(cv2.ORB.create(1500, fastThreshold=7))

    @cached_property
    def sift(self) -> "Described":
        """Blobs (working size) and their descriptors."""
        return self._described(cv2.SIFT.create(1200, contrastThreshold=0.02))

    def _described(self, detector: cv2.Feature2D) -> "Described":
        points, described = detector.detectAndCompute(self._fine, None)
        shrink = _WIDTH / self._fine.shape[1]
        places = np.array([point.pt for point in points], np.float32).reshape(-1, 2)
        # Where nothing was found the library answers None, whatever its types say.
        found = None if len(points) == 0 else np.asarray(described)
        return np.asarray(places * shrink, np.float32), found


#: Points in working pixels, and a row of descriptors for each; None where there is no point.
Described = tuple[Plane, NDArray[np.generic] | None]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Alignment:
    """Where the points of the first picture lie in the second."""

    #: 3x3, from pixels of the first picture to pixels of the second.
    matrix: Matrix
    #: Share of the textured tiles whose edges agree: 1 is a perfect register.
    agreement: float
    #: Which rungs of the ladder led here.
    how: str
    #: How far the corners of the picture moved, as a share of its width; the largest of four.
    shift: float
    #: The same in pixels of the first picture.
    shift_px: float

    @property
    def found(self) -> bool:
        """Whether the two pictures show the same view at all."""
        return self.agreement >= _ALIGNED


def align(first: Plate, second: Plate) -> Alignment:
    """Return how the first picture lies on the second, as well as it can be told."""
    best = max(
        _rung(first, second, np.eye(3), "as it is"), _phase(first, second), key=lambda rung: rung[0]
    )
    best = max(best, _refined(first, second, best), key=lambda rung: rung[0])
    for kind, enough in (("orb", _GOOD), ("sift", 0.6 * _GOOD)):
        if best[0] < enough:
            rung = _features(first, second, kind)
            rung = max(rung, _refined(first, second, rung), key=lambda one: one[0])
            best = max(best, rung, key=lambda one: one[0])
    return _alignment(first, second, best)


def inverse(alignment: Alignment) -> Alignment:
    """Return the same register seen from the second picture; the shift stays the pair's own."""
    return replace(alignment, matrix=np.asarray(np.linalg.inv(alignment.matrix), np.float64))


def warped(plate: Plate, alignment: Alignment, *, like: Plate) -> Pixels:
    """Return the second picture as it would look from where the first was taken."""
    return np.asarray(
        cv2.warpPerspective(
            plate.pixels,
            alignment.matrix,
            (like.width, like.height),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        np.uint8,
    )


#: Mean correlation, matrix, name, share of agreeing tiles.
_Rung = tuple[float, Matrix, str, float]


def _resized(plane: Plane, width: int) -> Plane:
    height = max(round(plane.shape[0] * width / plane.shape[1]), 1)
    way = cv2.INTER_AREA if width < plane.shape[1] else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(plane, (width, height), interpolation=way), np.float32)


def _rung(first: Plate, second: Plate, matrix: Matrix, how: str) -> _Rung:
    moved = cv2.warpAffine(
        second.edges,
        matrix[:2],
        (first.edges.shape[1], first.edges.shape[0]),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=0,
    )
    tiles = _tiles(first.edges, np.asarray(moved, np.float32))
    share = float((tiles > _AGREES).mean()) if tiles.size else 0.0
    return float(tiles.clip(0, 1).mean()) if tiles.size else 0.0, matrix, how, share


def _tiles(first: Plane, second: Plane) -> Plane:
    """Return the correlation of each textured tile; a tile moved out of view has none."""
    rows, columns = first.shape[0] // _TILE, first.shape[1] // _TILE

    def tiles(plane: Plane) -> Plane:
        cut = plane[: rows * _TILE, : columns * _TILE].reshape(rows, _TILE, columns, _TILE)
        flat = cut.transpose(0, 2, 1, 3).reshape(rows * columns, -1)
        return np.asarray(flat - flat.mean(1, keepdims=True), np.float32)

    one, other = tiles(first), tiles(second)
    power, other_power = (one * one).sum(1), (other * other).sum(1)
    correlation = (one * other).sum(1) / np.sqrt(power * other_power + 1e-6)
    textured = power > 0.2 * np.median(power)
    return np.asarray(correlation[textured], np.float32)


def _phase(first: Plate, second: Plate) -> _Rung:
    if first.edges.shape != second.edges.shape:
        return 0.0, np.eye(3), "phase", 0.0
    height, width = first.edges.shape
    window = cv2.createHanningWindow((width, height), cv2.CV_32F)
    # OpenCV 5.0 multiplies its arguments by the window in place, and the edges are used again.
    (across, down), _ = cv2.phaseCorrelate(first.edges.copy(), second.edges.copy(), window)
    matrix = np.eye(3)
    matrix[0, 2], matrix[1, 2] = across, down
    return _rung(first, second, matrix, "phase")


def _features(first: Plate, second: Plate, kind: str) -> _Rung:
    nothing = (0.0, np.eye(3), kind, 0.0)
    (points, described), (others, other_described) = (
        (first.orb, second.orb) if kind == "orb" else (first.sift, second.sift)
    )
    if described is None or other_described is None:
        return nothing
    norm = cv2.NORM_HAMMING if kind == "orb" else cv2.NORM_L2
    pairs = cv2.BFMatcher(norm, crossCheck=True).match(
        np.asarray(described), np.asarray(other_described)
    )
    pairs = sorted(pairs, key=lambda pair: pair.distance)[:400]
    if len(pairs) < _FEWEST_MATCHES:
        return nothing
    here = np.array([points[pair.queryIdx] for pair in pairs], np.float32)
    there = np.array([others[pair.trainIdx] for pair in pairs], np.float32)
    cv2.setRNGSeed(1)  # RANSAC draws by chance; evidence must come out the same twice
    matrix, _ = cv2.estimateAffinePartial2D(
        here, there, method=cv2.RANSAC, ransacReprojThreshold=2.5, maxIters=2000
    )
    if matrix is None or not 0.5 < float(np.hypot(matrix[0, 0], matrix[1, 0])) < 2.0:
        return nothing
    return _rung(first, second, np.vstack([matrix, [0, 0, 1]]), kind)


def _refined(first: Plate, second: Plate, best: _Rung) -> _Rung:
    if best[0] <= 0:  # nothing to begin with
        return best
    start = np.asarray(best[1][:2], np.float32).copy()
    until = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 30, 1e-4)
    try:
        _, matrix = cv2.findTransformECC(
            first.edges,
            second.edges,
            start,
            cv2.MOTION_AFFINE,
            until,
            np.ones(second.edges.shape, np.uint8),
            5,
        )
    except cv2.error:  # it did not converge: the rung stays as it was
        return best
    refined = np.vstack([np.asarray(matrix, np.float64), [0, 0, 1]])
    return _rung(first, second, refined, f"{best[2]} + ecc")


def _alignment(first: Plate, second: Plate, best: _Rung) -> Alignment:
    _, matrix, how, agreement = best
    down, up = np.diag([first.scale] * 2 + [1.0]), np.diag([1 / second.scale] * 2 + [1.0])
    full = up @ matrix @ down
    width, height = first.width, first.height
    corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]], np.float64).T
    there = (full @ corners)[:2] * (first.width / second.width)
    moved = float(np.linalg.norm(there - corners[:2], axis=0).max())
    return Alignment(matrix=full, agreement=agreement, how=how, shift=moved / width, shift_px=moved)
