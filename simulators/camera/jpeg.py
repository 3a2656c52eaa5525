"""JPEG and H.264 from drawn pixels, by FFmpeg through PyAV; and the files that are no pictures."""

import struct
import zlib
from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np

from simulators.camera.scene import Pixels


def jpeg(pixels: Pixels) -> bytes:
    """Return the picture as a camera's JPEG."""
    codec = av.CodecContext.create("mjpeg", "w")
    assert isinstance(codec, av.VideoCodecContext)
    codec.height, codec.width = pixels.shape[:2]
    codec.pix_fmt = "yuvj420p"
    codec.time_base = Fraction(1, 25)
    codec.options = {"qmin": "3", "qmax": "3"}
    frame = av.VideoFrame.from_ndarray(pixels, format="rgb24").reformat(format="yuvj420p")
    frame.pts = 0
    return b"".join(bytes(packet) for packet in (*codec.encode(frame), *codec.encode(None)))


def bomb(side: int = 60_000) -> bytes:
    """Return a small PNG that asks for gigabytes: one colour, ``side`` by ``side`` pixels."""
    line = b"\0" + b"\0" * (side * 3)
    press = zlib.compressobj(9)
    body = b"".join(press.compress(line) for _ in range(256)) + press.flush()
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


class H264:
    """A stream of H.264 access units, each as its NAL units without start codes."""

    def __init__(self, width: int, height: int, *, rate: int = 10) -> None:
        codec = av.CodecContext.create("libx264", "w")
        assert isinstance(codec, av.VideoCodecContext)
        codec.width, codec.height, codec.pix_fmt = width, height, "yuv420p"
        codec.time_base, codec.framerate = Fraction(1, rate), Fraction(rate)
        codec.options = {
            "preset": "ultrafast",
            "tune": "zerolatency",
            "x264-params": f"keyint={rate}:repeat-headers=1:annexb=1:threads=1",
        }
        self._codec = codec
        self._count = 0

    def encode(self, pixels: Pixels) -> list[bytes]:
        """Return the NAL units of the next picture."""
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
        frame = frame.reformat(format="yuv420p")
        frame.pts = self._count
        self._count += 1
        data = b"".join(bytes(packet) for packet in self._codec.encode(frame))
        return list(_units(data))


def bomb_parameters(side: int = 60_000) -> bytes:
    """Return a sequence parameter set (H.264, 7.3.2.1.1) of pictures ``side`` by ``side``."""
    blocks = side // 16 - 1
    # Id, frame number, order, frames kept; size; frames only, no crop, nothing more, stop.
    bits = "".join(_golomb(value) for value in (0, 0, 2, 1)) + "0"
    bits += _golomb(blocks) * 2 + "11001"
    bits += "0" * (-len(bits) % 8)
    rest = int(bits, 2).to_bytes(len(bits) // 8, "big")
    return bytes([0x67, 66, 0xC0, 51]) + rest.replace(b"\0\0", b"\0\0\3")


def _golomb(value: int) -> str:
    """Return a number as H.264 writes it: as many zeros as digits follow the first."""
    digits = f"{value + 1:b}"
    return "0" * (len(digits) - 1) + digits


def _units(data: bytes) -> Iterator[bytes]:
    """Split Annex B at its start codes."""
    for piece in data.replace(b"\0\0\0\1", b"\0\0\1").split(b"\0\0\1"):
        if piece:
            yield piece
