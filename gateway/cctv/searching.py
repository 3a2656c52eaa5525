"""A region that is much wider than what may lie in it: searched part by part.

A region drawn around an object is judged as a whole. What covers a place, a lobby or a lane, is so
wide that a bag in it hardly counts; it is judged in overlapping parts as well, and the surest part
that changed speaks, unless the whole said so already. One of many is sure by chance now and then,
so it must be surer than a single one. Each part is judged alike in a reversed pair: so is this.
"""

import math
from collections.abc import Iterator
from dataclasses import replace

import cv2
import numpy as np

from gateway.cctv.align import Plate
from gateway.cctv.examination import Examination
from gateway.cctv.region import Region
from gateway.cctv.verdict import Judgement, Verdict, apart, banded, logistic, worded

#: Sides of parts in shares of the picture's width: a heap, and a bag. A region that is searched is
#: so many times as large as such a part.
_SIDES, _WIDE = (1 / 7, 1 / 12), 2.5
#: With so many parts asked at once, one by chance must be surer to count.
_CERTAINTY = 0.9
_CHANGED = frozenset({Verdict.CHANGED, Verdict.GONE, Verdict.APPEARED})


def judge(examination: Examination, region: Region | None, *, seen: Plate) -> Judgement:
    """Return the verdict on a region of ``seen``, the picture before, or on the whole picture."""
    judged = examination.judge(region)
    if region is None or judged.verdict is not Verdict.UNCHANGED:
        return judged
    parts = [(part, examination.judge(part)) for part in _parts(region, seen)]
    changed = [(_surely(one.score), one) for _, one in parts if one.verdict in _CHANGED]
    found = [(score, one) for score, one in changed if banded(score).verdict is Verdict.CHANGED]
    if not found:
        return judged
    score, surest = max(found, key=lambda pair: pair[0])
    said = banded(score)
    reason = f"{len(found)} of {len(parts)} parts of the region differ"
    return worded(
        replace(
            surest,
            score=said.score,
            confidence=said.confidence,
            band=said.band,
            differs=None,
            light=None,
            reasons=(reason, *surest.reasons),
            spots=apart(spot for _, one in found for spot in one.spots),
        )
    )


def _surely(score: float) -> float:
    """Return the probability of change that is left to the surest of many."""
    odds = math.log(max(score, 1e-9) / max(1 - score, 1e-9))
    return logistic(odds - math.log(_CERTAINTY / (1 - _CERTAINTY)))


def _parts(region: Region, seen: Plate) -> Iterator[Region]:
    """Yield overlapping squares whose middle lies in the region; none where it is small itself."""
    for share in _SIDES:
        side = seen.width * share
        if region.area >= _WIDE * side * side:
            yield from _squares(region, side)


def _squares(region: Region, side: float) -> Iterator[Region]:
    corners = region.points.astype(np.float32)
    left, top, right, bottom = region.bounds
    for y in np.arange(top, max(bottom - side, top) + 1, side / 2):
        for x in np.arange(left, max(right - side, left) + 1, side / 2):
            middle = (float(x + side / 2), float(y + side / 2))
            if cv2.pointPolygonTest(corners, middle, measureDist=False) >= 0:
                yield Region.box(x=float(x), y=float(y), width=side, height=side)
