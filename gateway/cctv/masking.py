"""Privacy masks: windows and balconies are blackened before a picture is stored or compared.

A masked picture is one of ours, a JPEG made of what the camera sent; the bytes as received are
never kept, or the mask would protect nobody.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from gateway.adapter import Unreadable
from gateway.cctv.picture import Decoder, Pixels

#: Corners in shares of width and height.
Polygon = tuple[tuple[float, float], ...]

_QUALITY = 92


def masked(content: bytes, masks: Sequence[Polygon], decoder: Decoder) -> bytes:
    """Return the picture with every mask burnt in.

    :raises Unreadable: it cannot be decoded, so it cannot be masked either
    """
    pixels = burnt(decoder.decode(content).pixels, masks)
    good, jpeg = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    if not good:
        raise Unreadable("the masked picture cannot be written")
    return bytes(jpeg.tobytes())


def burnt(pixels: Pixels, masks: Sequence[Polygon]) -> Pixels:
    """Return the pixels with every mask black; the same pixels where there is none."""
    if not masks:
        return pixels
    black = pixels.copy()
    size = np.array([pixels.shape[1], pixels.shape[0]], np.float64)
    for mask in masks:
        corners = np.rint(np.array(mask, np.float64) * size).astype(np.int32)
        cv2.fillPoly(black, [corners], (0, 0, 0))
        # A line around it besides: the codec smears across its blocks of eight pixels.
        cv2.polylines(black, [corners], isClosed=True, color=(0, 0, 0), thickness=8)
    return black
