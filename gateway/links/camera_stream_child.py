"""The child that opens one stream or film, takes one picture, and may be killed at any moment.

Started as a file of its own (``python -I camera_stream_child.py``): it imports nothing of the
product. On stdin it gets one JSON object ``{url, open_ms, read_ms, settle, at}``; on stdout it
says ``.`` once it is ready, then ``+`` and a JPEG, or ``-`` and a reason. The driver may hang, leak
or crash: whoever started it counts the seconds.
"""

import json
import os
import resource
import sys
import time

_ADDRESS_SPACE = 1536 * 1024 * 1024
_CPU_SECONDS = 30


def _confine() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _answer() -> bytes:
    import cv2  # noqa: PLC0415 - only after the limits stand

    sys.stdout.buffer.write(b".")
    sys.stdout.buffer.flush()
    asked = json.loads(sys.stdin.buffer.read(64 * 1024))
    limits = [
        cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
        asked["open_ms"],
        cv2.CAP_PROP_READ_TIMEOUT_MSEC,
        asked["read_ms"],
    ]
    film = cv2.VideoCapture(asked["url"], cv2.CAP_FFMPEG, limits)
    if not film.isOpened():
        return b"-the stream cannot be opened"
    lasts = film.get(cv2.CAP_PROP_FRAME_COUNT) / max(film.get(cv2.CAP_PROP_FPS), 1.0)
    if asked["at"] is not None and lasts > 0:
        film.set(cv2.CAP_PROP_POS_MSEC, asked["at"] % lasts * 1000)
    good, pixels = film.read()
    if not good:
        return b"-the stream shows nothing"
    until = time.monotonic() + asked["settle"]
    while time.monotonic() < until:  # what was buffered is older than what is there now
        good, newer = film.read()
        if not good:
            break
        pixels = newer
    _, jpeg = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 92])
    return b"+" + jpeg.tobytes()


if __name__ == "__main__":
    _confine()
    sys.stdout.buffer.write(_answer())
    sys.stdout.buffer.flush()
    os._exit(0)  # the driver's own ending may hang
