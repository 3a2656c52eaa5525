"""Was it really handled? Two pictures of one place, examined.

Gate → align → compare in the region → direction by the clean reference → confidence in three
bands. The pair reversed gives the mirrored verdict: alignment runs in an order that the pictures
settle themselves, and a region is looked at in both pictures' frames.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from gateway.cctv.align import Alignment, Plate, align, inverse
from gateway.cctv.calibration import calibration
from gateway.cctv.compare import Pair, Place
from gateway.cctv.gate import refusal, unfit
from gateway.cctv.region import Region
from gateway.cctv.verdict import (
    Band,
    Judgement,
    Spot,
    Verdict,
    apart,
    banded,
    changed,
    logistic,
    nothing,
    odds_of,
    worded,
)

_MOST_SPOTS = 50
#: With so many cells asked at once, one by chance must be surer to count.
_CELL_CERTAINTY = 0.9
#: A region whose side is less than this part of the width is at the floor of what can be seen.
_FLOOR = 50


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Evidence:
    """One picture with the hash that names it; the hash also settles the order of work."""

    sha256: str
    plate: Plate


class Examination:
    """Two pictures, and perhaps a clean reference, made ready to be asked about many regions."""

    def __init__(
        self, before: Evidence, after: Evidence, *, reference: Evidence | None = None
    ) -> None:
        """Gate and align once; every question after that costs its region only."""
        self._forth = _register(before, after)
        back = inverse(self._forth)
        self._forward = before.sha256 <= after.sha256
        # A shift small enough leaves the region on its place in both pictures: it is then looked at
        # in both frames, and the order of the pair cannot matter. Else it lies where it was drawn.
        self._fixed = self._forth.shift <= calibration().gate.shift_region
        if self._forward:
            self._pair = Pair(before.plate, after.plate, self._forth)
            self._back = Pair(after.plate, before.plate, back, like=self._pair)
        else:
            self._back = Pair(after.plate, before.plate, back)
            self._pair = Pair(before.plate, after.plate, self._forth, like=self._back)
        self._refusal = refusal(before.plate, after.plate, self._forth)
        self._clean: tuple[Pair, Pair] | None = None
        if reference is not None and self._refusal is None:
            self._clean = _against(reference, before, after)

    def judge(self, region: Region | None = None) -> Judgement:
        """Return the verdict on a region, or on the whole picture."""
        if self._refusal is not None:
            return self._with_alignment(self._refusal)
        judged = self._whole() if region is None else self._region(region)
        return self._with_alignment(judged)

    @property
    def alignment(self) -> Alignment:
        """Where points of the picture before lie in the picture after."""
        return self._forth

    def _with_alignment(self, judged: Judgement) -> Judgement:
        if not self._forth.found:
            return judged
        shift = round(self._forth.shift_px, 1)
        if not self._fixed and judged.band is Band.SURE:
            reason = f"the camera shifted by {shift:.0f} px: look where the region lies"
            judged = replace(judged, band=Band.LOOK, reasons=(*judged.reasons, reason))
        return replace(judged, shift_px=shift, aligned_by=self._forth.how)

    def _region(self, region: Region) -> Judgement:
        asked = [(self._pair, region)]
        if self._fixed:
            asked.append((self._back, self._there(region)))
        places = [place for pair, at in asked if (place := pair.place(at)) is not None]
        if len(places) < len(asked):
            return nothing(Verdict.CANNOT_COMPARE, "the region is too small or out of view")
        if (dark := unfit(places)) is not None:
            return dark
        odds = sum(odds_of(place.measures, calibration().change) for place in places)
        small = sum(odds_of(place.parts, calibration().small) for place in places if place.parts)
        judged = changed(logistic(odds / len(places)), logistic(small / len(places)))
        is_changed = judged.verdict is Verdict.CHANGED
        differs = [float((place.difference[place.inside] > 0.5).mean()) for place in places]
        light = places[0].light
        judged = replace(
            judged,
            light=round(light[1] / max(light[0], 1.0), 2),
            differs=round(sum(differs) / len(differs), 3),
            spots=() if judged.band is Band.SURE and not is_changed else tuple(spots(places[0])),
        )
        return worded(self._sized(self._directed(judged, region), region))

    def _there(self, region: Region) -> Region:
        """Return the region on the picture after: at the same place of the view, or moved along."""
        if not self._fixed:
            return region.moved(self._forth.matrix)
        before, after = self._pair.first, self._pair.second
        return region.scaled(across=after.width / before.width, down=after.height / before.height)

    def _sized(self, judged: Judgement, region: Region) -> Judgement:
        """Hold back certainty where the region itself is at the floor of what can be seen."""
        if judged.band is not Band.SURE or region.area**0.5 * _FLOOR >= self._pair.first.width:
            return judged
        reason = "the region is so small on this view that a person shall look"
        return replace(judged, band=Band.LOOK, reasons=(*judged.reasons, reason))

    def _whole(self) -> Judgement:
        pair = self._pair if self._forward else self._back
        best, lights, found = None, [], []
        for place in pair.cells():
            if unfit([place]) is not None:
                continue
            odds = odds_of(place.measures, calibration().change)
            lights.append(max(place.light[1], 1.0) / max(place.light[0], 1.0))
            best = odds if best is None else max(best, odds)
            if logistic(odds) >= _CELL_CERTAINTY:
                found += list(spots(place))
        if best is None:
            return nothing(Verdict.CANNOT_COMPARE, "no part of the pictures can be compared")
        # The largest of many is large by chance: it counts from a higher one on.
        judged = banded(logistic(best - math.log(_CELL_CERTAINTY / (1 - _CELL_CERTAINTY))))
        light = float(np.median(lights))
        judged = replace(
            judged,
            light=round(light if self._forward else 1 / light, 2),
            spots=apart(_moved(found, self._forward, self._back))[:_MOST_SPOTS],
            reasons=("the whole picture was asked about; a region tells more",),
        )
        return worded(judged)

    def _directed(self, judged: Judgement, region: Region) -> Judgement:
        """Say gone or appeared when one picture is clearly nearer to the clean reference."""
        if judged.verdict is not Verdict.CHANGED or self._clean is None:
            return judged
        before = self._clean[0].place(region)
        after = self._clean[1].place(self._there(region))
        if before is None or after is None:
            return judged
        change = calibration().change
        further = odds_of(before.measures, change) - odds_of(after.measures, change)
        if abs(further) < calibration().direction.margin:
            reason = "neither picture is clearly nearer to the clean reference"
            return replace(judged, reasons=(*judged.reasons, reason))
        verdict = Verdict.GONE if further > 0 else Verdict.APPEARED
        nearer = "after" if further > 0 else "before"
        reason = f"the picture {nearer} is nearer to the clean reference"
        return replace(judged, verdict=verdict, reasons=(*judged.reasons, reason))


def _register(before: Evidence, after: Evidence) -> Alignment:
    """Align in an order that the pictures settle themselves, so that a reversed pair agrees."""
    if before.sha256 <= after.sha256:
        return align(before.plate, after.plate)
    return inverse(align(after.plate, before.plate))


def _against(reference: Evidence, before: Evidence, after: Evidence) -> tuple[Pair, Pair] | None:
    found = [align(picture.plate, reference.plate) for picture in (before, after)]
    if not all(alignment.found for alignment in found):
        return None
    return (
        Pair(before.plate, reference.plate, found[0]),
        Pair(after.plate, reference.plate, found[1]),
    )


def _moved(found: list[Spot], forward: bool, back: Pair) -> list[Spot]:  # noqa: FBT001
    """Return spots in the frame of the picture before."""
    if forward:
        return found
    corners = [back.alignment.matrix @ (spot.x, spot.y, 1.0) for spot in found]
    return [
        replace(spot, x=round(x / w), y=round(y / w))
        for spot, (x, y, w) in zip(found, corners, strict=True)
    ]


def spots(place: Place) -> Iterator[Spot]:
    """Yield the changed parts of a place, the largest first."""
    unlike = ((place.difference > 0.5) & place.inside).astype(np.uint8)
    count, _, boxes, _ = cv2.connectedComponentsWithStats(unlike)
    order = sorted(range(1, count), key=lambda one: -int(boxes[one][cv2.CC_STAT_AREA]))
    for one in order[:8]:
        x, y, width, height, area = (int(number) for number in boxes[one])
        if area < 12:
            break
        window = place.difference[y : y + height, x : x + width]
        yield Spot(
            x=round(place.left + x * place.step),
            y=round(place.top + y * place.step),
            width=round(width * place.step),
            height=round(height * place.step),
            unlike=round(float(window.mean()), 2),
        )
