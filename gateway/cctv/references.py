"""The place in order, to tell from which side a change came: the nearest of what was learnt.

Nearest by the hour and by the light, and never younger than the picture from before: what was
learnt while the litter lay there would say that litter is how it should be.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from gateway.adapter import Unreadable
from gateway.cctv.align import Plate
from gateway.cctv.bank import PARTS, folder_of
from gateway.cctv.picture import Decoder

#: Further apart in brightness (0 to 255) two pictures show different lights, not one place.
MOST_UNLIKE = 60.0
#: One part of the day counts like so much brightness.
_PART = 12.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reference:
    """A picture of the place in order."""

    content: bytes
    #: None: nobody said.
    learnt_at: datetime | None


class References:
    """Reads what the watch has learnt of each camera; any thread may ask."""

    def __init__(
        self, folder: Path, *, views: Mapping[str, str], zone: tzinfo, decoder: Decoder
    ) -> None:
        """Look below ``folder``; ``views`` are address and masks of each camera."""
        self._folder = folder
        self._views = dict(views)
        self._zone = zone
        self._decoder = decoder

    def nearest(self, camera: str, *, to: Plate, before: datetime) -> Reference | None:
        """Return the reference whose hour and light are nearest; None: there is none to trust."""
        view = self._views.get(camera)
        if view is None:
            return None
        light = float(to.small.mean())
        part = before.astimezone(self._zone).hour * PARTS // 24
        best: tuple[float, Reference] | None = None
        for known, one in self._learnt(folder_of(self._folder / camera, view), before):
            try:
                seen = Plate(self._decoder.decode(one.content).pixels)
            except Unreadable:
                continue
            unlike = abs(float(seen.small.mean()) - light)
            apart = min((known - part) % PARTS, (part - known) % PARTS)
            cost = unlike + _PART * apart
            if unlike <= MOST_UNLIKE and (best is None or cost < best[0]):
                best = (cost, one)
        return best[1] if best is not None else None

    def _learnt(self, folder: Path, before: datetime) -> Iterator[tuple[int, Reference]]:
        for path in sorted(folder.glob("*-*.jpg")):
            part, _, seconds = path.stem.partition("-")
            try:
                learnt_at = datetime.fromtimestamp(int(seconds), self._zone)
                if learnt_at <= before:
                    yield int(part), Reference(content=path.read_bytes(), learnt_at=learnt_at)
            except (OSError, ValueError):
                continue  # replaced just now, or none of ours
