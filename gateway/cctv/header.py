"""What a picture claims to be, read without decoding a pixel of it.

A picture is hostile input: 124 kB of PNG can ask for 6 GiB. Only two formats are known by their
first bytes, the claimed size is read from the header, and the end must be there. All of it is
plain byte work on at most a few hundred segments.
"""

import struct
from dataclasses import dataclass
from enum import StrEnum

from gateway.adapter import Unreadable

#: 7680 by 4320: no camera of a property sends more.
MOST_PIXELS = 33_177_600
#: A camera's picture is not smaller on a side, nor so much longer than wide.
_LEAST_SIDE, _LONGEST_TO_SHORTEST = 16, 12
#: Bytes of one picture as received.
MOST_BYTES = 20 * 1024 * 1024
#: Bytes that the decoder would have to hold before it converts: 16-bit colour with alpha counts 8.
_MOST_RAW = 4 * MOST_PIXELS
#: Segments or chunks before the size is known; real ones have fewer than thirty.
_MOST_PARTS = 512
#: A progressive JPEG with thousands of scans is a bomb in time; encoders write ten or so.
_MOST_SCANS = 64
#: Some cameras pad their JPEG behind its end.
_PADDING = 4096
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PNG_CHANNELS = {0: 1, 2: 3, 3: 3, 4: 2, 6: 4}


class Media(StrEnum):
    """The formats that are let in."""

    JPEG = "image/jpeg"
    PNG = "image/png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a picture says of itself. Sizes in pixels."""

    media: Media
    width: int
    height: int


def read(data: bytes) -> Header:
    """Return the header of a picture that is worth decoding.

    :raises Unreadable: empty, too big, neither JPEG nor PNG, cut off, or asking for too much
    """
    if not data:
        raise Unreadable("the picture is empty")
    if len(data) > MOST_BYTES:
        raise Unreadable(f"the picture has {len(data)} bytes, more than {MOST_BYTES}")
    if data.startswith(_JPEG):
        header = _jpeg(data)
    elif data.startswith(_PNG):
        header = _png(data)
    else:
        raise Unreadable(f"neither JPEG nor PNG: {_kind(data)}")
    if min(header.width, header.height) < 1:
        raise Unreadable("the picture claims to have no pixels")
    short, long = sorted((header.width, header.height))
    if short < _LEAST_SIDE or long > _LONGEST_TO_SHORTEST * short:
        raise Unreadable(
            f"{header.width}x{header.height} pixels: no camera's picture has that shape"
        )
    if header.width * header.height > MOST_PIXELS:
        raise Unreadable(f"the picture claims {header.width}x{header.height} pixels: too many")
    return header


def _kind(data: bytes) -> str:
    start = data[:256].lstrip().lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<")):
        return "a web page or XML"
    if start.startswith((b"{", b"[")):
        return "JSON"
    return f"it begins with {data[:4].hex()}"


def _jpeg(data: bytes) -> Header:
    if data.rfind(b"\xff\xd9", max(0, len(data) - _PADDING)) < 0:
        raise Unreadable("the JPEG is cut off: its end marker is missing")
    if data.count(b"\xff\xda") > _MOST_SCANS:
        raise Unreadable("the JPEG has too many scans")
    at = 2
    for _ in range(_MOST_PARTS):
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        part = data[at : at + 4]
        if len(part) < 4 or part[0] != 0xFF:
            break
        marker, length = part[1], struct.unpack(">H", part[2:])[0]
        if marker in _FRAMES:
            return _jpeg_frame(data[at + 4 : at + 2 + length])
        if marker == 0xDA or length < 2:
            break
        at += 2 + length
    raise Unreadable("the JPEG has no frame header")


def _jpeg_frame(body: bytes) -> Header:
    if len(body) < 6:
        raise Unreadable("the JPEG is cut off in its frame header")
    precision, height, width, channels = struct.unpack(">BHHB", body[:6])
    if precision != 8 or channels not in {1, 3}:
        raise Unreadable(f"a JPEG with {channels} channels of {precision} bits is not for cameras")
    return Header(media=Media.JPEG, width=width, height=height)


def _png(data: bytes) -> Header:
    if data[8:16] != b"\x00\x00\x00\rIHDR" or len(data) < 33:
        raise Unreadable("the PNG does not begin with its header")
    if b"IEND\xaeB`\x82" not in data[-_PADDING:]:
        raise Unreadable("the PNG is cut off: its end chunk is missing")
    width, height, depth, colour = struct.unpack(">IIBB", data[16:26])
    channels = _PNG_CHANNELS.get(colour)
    if channels is None or depth not in {1, 2, 4, 8, 16}:
        raise Unreadable("the PNG's colour type is unknown")
    if width * height * channels * max(depth, 8) // 8 > _MOST_RAW:
        raise Unreadable(f"the PNG claims {width}x{height} pixels of {depth} bits: too much")
    return Header(media=Media.PNG, width=width, height=height)
