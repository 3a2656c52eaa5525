"""Privacy masks: windows and balconies are blackened before a picture is stored or compared.

A masked picture is one of ours, a JPEG made of what the camera sent; the bytes as received are
never kept, or the mask would protect nobody.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from gateway.adapter import Unreadable
from gateway.cctv.picture import Decoder

#: Corners in shares of width and height.
Polygon = tuple[tuple[float, float], ...]

_QUALITY = 92


def masked(content: bytes, masks: Sequence[Polygon], decoder: Decoder) -> bytes:
    """Return the picture with every mask burnt in.

    :raises Unreadable: it cannot be decoded, so it cannot be masked either
    """
    picture = decoder.decode(content)
    pixels = picture.pixels.copy()
    size = np.array([picture.width, picture.height], np.float64)
    for mask in masks:
        # A line around it besides: the codec smears across its blocks of eight pixels.
        corners = np.array(mask, np.float64) * size
        cv2.fillPoly(pixels, [np.rint(corners).astype(np.int32)], (0, 0, 0))
        cv2.polylines(
            pixels, [np.rint(corners).astype(np.int32)], isClosed=True, color=(0, 0, 0), thickness=8
        )
    good, jpeg = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    if not good:
        raise Unreadable("the masked picture cannot be written")
    return bytes(jpeg.tobytes())
