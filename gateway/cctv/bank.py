"""What a camera's place looks like when all is well: a few pictures over the day, learnt slowly.

Dawn is compared with dawn and infrared with infrared. A picture is learnt only while the camera has
been well for a while, one for each part of the day, and replaced when it is a season old. Other
masks or another address are another view: they begin a bank of their own.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import cv2

from gateway.adapter import Unreadable
from gateway.cctv.align import Plate
from gateway.cctv.picture import Decoder, Pixels

#: The day in so many parts.
PARTS = 8
#: Compared with so many: the nearest in brightness.
NEAREST = 3
#: The first is learnt after so many good looks, later ones after more.
FIRST_AFTER, NEXT_AFTER = 3, 10
SEASON = timedelta(days=45)
_QUALITY = 90


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Reference:
    part: int
    plate: Plate
    brightness: float
    learnt_at: datetime


def folder_of(folder: Path, view: str) -> Path:
    """Return where the references of one view lie below a camera's folder."""
    return folder / hashlib.sha256(view.encode()).hexdigest()[:16]


class Bank:
    """The references of one camera, on disk and in memory. One thread uses it."""

    def __init__(self, folder: Path, *, view: str, zone: tzinfo, decoder: Decoder) -> None:
        """Keep them in ``folder``; ``view`` is address and masks, ``zone`` tells the hour."""
        self._folder = folder_of(folder, view)
        self._zone = zone
        self._well = 0
        self._references = self._read(decoder)

    def __len__(self) -> int:
        return len(self._references)

    def fitting(self, now: Plate) -> Sequence[Plate]:
        """Return the references to compare with: those whose light is nearest."""
        light = _brightness(now)
        nearest = sorted(self._references.values(), key=lambda one: abs(one.brightness - light))
        return [one.plate for one in nearest[:NEAREST]]

    def looked(self, pixels: Pixels, plate: Plate, *, well: bool, at: datetime) -> None:
        """Take note of a look; learn it when the camera has been well for long enough.

        :raises OSError: it cannot be kept
        """
        self._well = self._well + 1 if well else 0
        part = at.astimezone(self._zone).hour * PARTS // 24
        known = self._references.get(part)
        enough = NEXT_AFTER if self._references else FIRST_AFTER
        if self._well < enough or (known is not None and at - known.learnt_at < SEASON):
            return
        self._write(part, pixels, at)
        self._references[part] = _Reference(
            part=part, plate=plate, brightness=_brightness(plate), learnt_at=at
        )

    def _write(self, part: int, pixels: Pixels, at: datetime) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        _, jpeg = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
        fresh = self._folder / f"fresh-{part}"
        fresh.write_bytes(jpeg.tobytes())
        for old in self._folder.glob(f"{part}-*.jpg"):
            old.unlink()
        fresh.rename(self._folder / f"{part}-{int(at.timestamp())}.jpg")

    def _read(self, decoder: Decoder) -> dict[int, _Reference]:
        found: dict[int, _Reference] = {}
        for path in sorted(self._folder.glob("*-*.jpg")):
            part, _, seconds = path.stem.partition("-")
            try:
                plate = Plate(decoder.decode(path.read_bytes()).pixels)
                learnt_at = datetime.fromtimestamp(int(seconds), self._zone)
                found[int(part)] = _Reference(
                    part=int(part), plate=plate, brightness=_brightness(plate), learnt_at=learnt_at
                )
            except (Unreadable, OSError, ValueError):
                path.unlink(missing_ok=True)  # a damaged reference is none; it is learnt anew
        return found


def _brightness(plate: Plate) -> float:
    return float(plate.small.mean())
