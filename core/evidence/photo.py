"""A picture from a person's telephone: read where it can do no harm, kept without its metadata.

What is kept is written anew from the pixels: a telephone's file tells where its owner lives. The
hash of the file as it was received is kept beside it, so that the original can still be recognised.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from core.errors import NotReadable
from core.evidence.receiving import MOST_BYTES

#: What the child may use. A bomb ends there, and not here.
_ADDRESS_SPACE, _CPU_SECONDS, _SECONDS = 1024 * 1024 * 1024, 10, 20.0
MOST_PIXELS = 50_000_000
MEDIA_TYPES = ("image/jpeg", "image/png", "image/webp")
_CHILD = Path(__file__).with_name("photo_child.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture as it is kept: a JPEG of pixels and nothing else."""

    content: bytes
    width: int
    height: int
    #: What the file said it was taken with; empty: nothing.
    model: str


def read(content: bytes) -> Photo:
    """Return a person's picture without anything but what is to be seen on it, upright.

    :raises NotReadable: no JPEG, PNG or WebP, damaged, too large, or not read in time; says which.
    """
    if not 0 < len(content) <= MOST_BYTES:
        raise NotReadable(f"a picture has 1 to {MOST_BYTES} bytes, not {len(content)}")
    limits = map(str, (_ADDRESS_SPACE, _CPU_SECONDS, MOST_PIXELS))
    try:
        done = subprocess.run(  # noqa: S603 - our own file, with fixed arguments
            [sys.executable, "-I", str(_CHILD), *limits],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired:
        raise NotReadable("reading the picture took too long") from None
    head, _, picture = done.stdout.partition(b"\n")
    if done.returncode != 0 or not head:
        raise NotReadable("reading the picture ended its process")
    said = json.loads(head)
    if "reason" in said:
        raise NotReadable(f"the picture cannot be read: {said['reason']}")
    return Photo(content=picture, width=said["width"], height=said["height"], model=said["model"])
