"""A picture from the building's network is an attacker's until it is proved to be a picture."""

import hashlib
import os
import signal
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from gateway.adapter import Unreadable
from gateway.cctv import header
from gateway.cctv.header import Media
from gateway.cctv.picture import Decoder
from tests.unit.gateway.cctv import scenes


@pytest.fixture(scope="module")
def good() -> bytes:
    return scenes.jpeg(scenes.scene("yard"))


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder(seconds=60) as made:
        yield made


def _png(width: int, height: int, *, depth: int = 8, colour: int = 2, body: bytes = b"") -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        sealed = kind + data
        return struct.pack(">I", len(data)) + sealed + struct.pack(">I", zlib.crc32(sealed))

    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def test_a_good_jpeg_is_measured_without_being_decoded(good: bytes) -> None:
    assert header.read(good) == header.Header(media=Media.JPEG, width=960, height=540)


def test_a_good_png_is_measured_without_being_decoded() -> None:
    data = scenes.png(scenes.scene("yard"))
    assert header.read(data) == header.Header(media=Media.PNG, width=960, height=540)


def test_padding_behind_the_end_is_no_harm(good: bytes) -> None:
    assert header.read(good + b"\x00" * 200).width == 960


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html>log in</html>", "web page"),
        (b"\n  <HTML>", "web page"),
        (b'{"error": 401}', "JSON"),
        (b"GIF89a" + b"\x00" * 100, "neither JPEG nor PNG"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "neither JPEG nor PNG"),
        (b"II*\x00" + b"\x00" * 64, "neither JPEG nor PNG"),
        (b"\xff\xd8\xff\xe0\xff\xd9", "no frame header"),
        (b"\xff\xd8\xff\xda\x00\x08" + b"\x00" * 50 + b"\xff\xd9", "no frame header"),
        (b"\xff\xd8\xff\xe0\x00\x00" * 3 + b"\xff\xd9", "no frame header"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 60, "does not begin with its header"),
        (_png(40_000, 40_000), "too m"),
        (_png(2**31 - 1, 2**31 - 1), "too m"),
        (_png(7680, 4320, depth=16, colour=6), "too much"),
        (_png(0, 100), "no pixels"),
        (_png(10, 10, depth=3), "unknown"),
        (_png(1, 1), "no camera's picture"),
        (_png(3, 720), "no camera's picture"),
        (_png(2_000, 40), "no camera's picture"),
        (_png(10, 10)[:-12], "cut off"),
        (b"\xff" * (header.MOST_BYTES + 1), "bytes, more than"),
    ],
)
def test_what_is_no_camera_picture_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        header.read(data)


def test_a_jpeg_that_claims_to_be_huge_is_refused(good: bytes) -> None:
    at = next(at for at in range(len(good)) if good[at : at + 2] == b"\xff\xc0")
    bomb = good[: at + 5] + struct.pack(">HH", 65_500, 65_500) + good[at + 9 :]
    with pytest.raises(Unreadable, match="65500x65500"):
        header.read(bomb)


@pytest.mark.parametrize("kept", [0.02, 0.3, 0.7, 0.999])
def test_a_truncated_jpeg_is_refused_and_never_filled_up(good: bytes, kept: float) -> None:
    with pytest.raises(Unreadable, match=r"cut off|frame header"):
        header.read(good[: int(len(good) * kept)])


def test_a_jpeg_of_endless_scans_is_refused(good: bytes) -> None:
    with pytest.raises(Unreadable, match="scans"):
        header.read(good[:-2] + b"\xff\xda\x00\x08" * 100 + b"\xff\xd9")


def test_the_hash_is_of_the_bytes_as_received(good: bytes, decoder: Decoder) -> None:
    padded = good + b"\x00" * 7
    picture = decoder.decode(padded)
    assert picture.sha256 == hashlib.sha256(padded).hexdigest()
    assert (picture.width, picture.height, picture.media) == (960, 540, Media.JPEG)


def test_the_pixels_are_those_of_the_picture(decoder: Decoder) -> None:
    scene = scenes.scene("lobby")
    assert (decoder.decode(scenes.png(scene)).pixels == scene).all()


def test_an_exif_turn_does_not_swap_width_and_height(good: bytes, decoder: Decoder) -> None:
    one_entry = b"\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00"
    tiff = b"II*\x00\x08\x00\x00\x00" + one_entry + b"\x00" * 4
    app1 = b"Exif\x00\x00" + tiff
    turned = good[:2] + b"\xff\xe1" + struct.pack(">H", len(app1) + 2) + app1 + good[2:]
    assert decoder.decode(turned).width == 960


def test_damage_inside_is_a_reason_and_the_next_picture_is_well(
    good: bytes, decoder: Decoder
) -> None:
    with pytest.raises(Unreadable):
        decoder.decode(_png(800, 600, body=b"no zlib at all"))
    assert decoder.decode(good).width == 960


def test_a_bomb_costs_half_a_gibibyte_at_most_and_the_next_picture_is_well(good: bytes) -> None:
    black = zlib.compress(b"\x00" * (4320 * (1 + 7680 * 3)), 9)
    bomb = _png(7680, 4320, body=black)
    assert len(bomb) < 150_000
    with Decoder(seconds=60) as decoder:
        assert decoder.decode(bomb).width == 7680
        assert decoder.decode(good).width == 960
        child = decoder.child
        assert child is not None
        status = Path(f"/proc/{child}/status").read_text(encoding="ascii")
        peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        assert int(peak.split()[1]) < 512 * 1024


def test_a_picture_that_takes_too_long_is_given_up(good: bytes) -> None:
    """The child is stopped before it can answer: whoever waited for it would wait for ever."""
    with Decoder(seconds=1.0) as decoder:
        while decoder.child is None:
            with suppress(Unreadable):  # on a busy machine its start alone may take too long
                decoder.decode(good)
        os.kill(decoder.child, signal.SIGSTOP)
        with pytest.raises(Unreadable, match="too long"):
            decoder.decode(good)
        assert decoder.child is None


def test_a_child_that_is_killed_costs_no_later_picture(good: bytes, decoder: Decoder) -> None:
    decoder.decode(good)
    assert decoder.child is not None
    os.kill(decoder.child, signal.SIGKILL)
    with pytest.raises(Unreadable, match="ended its process"):
        decoder.decode(good)
    assert decoder.decode(good).width == 960


def test_rubbish_of_every_kind_is_refused_and_never_raises_anything_else(
    good: bytes, decoder: Decoder
) -> None:
    chance = np.random.default_rng(1)
    for _ in range(150):
        data = bytearray(good[:20_000]) + b"\xff\xd9"
        for at in chance.integers(2, len(data) - 2, 12):
            data[at] = int(chance.integers(0, 256))
        try:
            picture = decoder.decode(bytes(data))
        except Unreadable:
            continue
        assert picture.pixels.shape[2] == 3
