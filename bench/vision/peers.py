"""What others would say of the same two pictures at the same place.

Each returns how different a region is, larger meaning more. Thresholds were fixed on the
development set on 2026-11-23, where the sum of recall and specificity was largest: as favourable to
the peer as could be.
"""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.metrics import structural_similarity

from gateway.cctv.align import Alignment, Plane, Plate, warped
from gateway.cctv.region import Region

_WIDTH = 960
Map = Callable[[Plate, Plate, Alignment], Plane]


def plain_difference(before: Plate, after: Plate, alignment: Alignment) -> Plane:
    """Return the difference of brightness, as the pictures are."""
    del alignment
    return np.asarray(np.abs(_working(before) - _working(after)) / 255, np.float32)


def ssim_aligned(before: Plate, after: Plate, alignment: Alignment) -> Plane:
    """Return 1 minus scikit-image's SSIM (Wang 2004: Gaussian, sigma 1.5), after our alignment."""
    one, other = _working(before), _working(Plate(warped(after, alignment, like=before)))
    _, alike = structural_similarity(  # type: ignore[no-untyped-call]  # it ships no types
        one, other, full=True, data_range=255, gaussian_weights=True, use_sample_covariance=False
    )
    return np.asarray(1 - alike, np.float32)


def mog2(before: Plate, after: Plate, alignment: Alignment) -> Plane:
    """Return OpenCV's background subtraction: 15 looks at the one, then the other, as they are."""
    del alignment
    subtractor = cv2.createBackgroundSubtractorMOG2(history=15, detectShadows=False)
    chance = np.random.default_rng(1)
    background = _working(before)
    for _ in range(15):
        noisy = background + chance.normal(0, 2, background.shape)
        subtractor.apply(np.clip(noisy, 0, 255).astype(np.uint8), learningRate=-1)
    mask = subtractor.apply(_working(after).astype(np.uint8), learningRate=0)
    return np.asarray(np.asarray(mask) > 0, np.float32)


def frigate_logic(before: Plate, after: Plate, alignment: Alignment) -> Plane:
    """Return Frigate's first stage as its source describes it: 100 px high, stretched, over 30."""
    del alignment
    planes = []
    for plate in (before, after):
        small = _sized(plate.grey, round(100 * plate.width / plate.height), 100)
        least, most = np.percentile(small, (4, 96))
        planes.append(np.clip((small - least) / max(most - least, 1) * 255, 0, 255))
    moved = (np.abs(planes[0] - planes[1]) > 30).astype(np.float32)
    height, width = _working(before).shape
    return _sized(moved, width, height)


#: Name, map, and from where on the mean over a region counts as changed.
PEERS: tuple[tuple[str, Map, float], ...] = (
    ("plain difference", plain_difference, 0.102),
    ("SSIM, aligned", ssim_aligned, 0.428),
    ("MOG2", mog2, 0.647),
    ("Frigate's logic", frigate_logic, 0.571),
)


def mean_inside(plane: Plane, region: Region, plate: Plate) -> float:
    """Return the mean of a working-size map over a region of the plate."""
    scale = plane.shape[1] / plate.width
    inner = region.shrunk(0.85).scaled(across=scale, down=scale)
    mask: NDArray[np.uint8] = np.zeros(plane.shape, np.uint8)
    cv2.fillPoly(mask, [np.round(inner.points).astype(np.int32)], 1)
    return float(plane[mask > 0].mean()) if mask.any() else 0.0


def _working(plate: Plate) -> Plane:
    width = min(_WIDTH, plate.width)
    return _sized(plate.grey, width, round(plate.height * width / plate.width))


def _sized(plane: NDArray[np.floating], width: int, height: int) -> Plane:
    way = cv2.INTER_AREA if width < plane.shape[1] else cv2.INTER_LINEAR
    return np.asarray(
        cv2.resize(np.asarray(plane, np.float32), (width, height), interpolation=way), np.float32
    )
