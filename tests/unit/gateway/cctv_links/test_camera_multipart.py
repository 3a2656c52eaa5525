"""Endless multipart answers, as cameras disagree about them."""

import pytest

from gateway.links.camera_parts import NotParts, Parts

LENGTHS = b"--b\r\nContent-Length: 3\r\n\r\nabc\r\n--b\r\nContent-Length: 2\r\n\r\nde\r\n"
NONE = b"--b\r\nContent-Type: a\r\n\r\nabc\r\n--b\r\n\r\nde\r\n--b\r\n"
NEWLINES = b"--b\nContent-Length: 3\n\nabc\n--b\nContent-Length: 2\n\nde\n"
BLANKS = b"\r\n\r\n--b\r\ncontent-length:3\r\n\r\nabc\r\n\r\n\r\n--b\r\nContent-Length: 2\r\n\r\nde"


@pytest.mark.parametrize("stream", [LENGTHS, NONE, NEWLINES, BLANKS])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_parts_come_whole_however_they_are_cut(stream: bytes, size: int) -> None:
    parts = Parts('multipart/x-mixed-replace; boundary="--b"', most=100)
    pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
    assert [part for piece in pieces for part in parts.feed(piece)] == [b"abc", b"de"]


def test_a_boundary_inside_a_part_of_known_length_is_content() -> None:
    parts = Parts("multipart/mixed; boundary=b", most=100)
    assert list(parts.feed(b"--b\r\nContent-Length: 7\r\n\r\nx--b\r\ny")) == [b"x--b\r\ny"]


@pytest.mark.parametrize("kind", ["", "text/html", "image/jpeg", "multipart/mixed", "xmultipart/"])
def test_what_is_not_multipart_is_refused(kind: str) -> None:
    with pytest.raises(NotParts):
        Parts(kind, most=100)


@pytest.mark.parametrize(
    "stream", [b"--b\r\nContent-Length: 999\r\n\r\n", b"--b\r\n\r\n" + b"x" * 9000, b"y" * 9000]
)
def test_a_part_without_an_end_is_refused(stream: bytes) -> None:
    parts = Parts("multipart/mixed; boundary=b", most=100)
    with pytest.raises(NotParts):
        list(parts.feed(stream))
