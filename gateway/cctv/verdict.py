"""Was it really handled? Two pictures of one place, and what may honestly be said of them.

Gate → align → compare in the region → direction by the clean reference → confidence in three
bands. Where a picture is not fit for evidence the verdict says so and never "unchanged". The pair
reversed gives the mirrored verdict. Nothing here closes an issue: a person does.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import cv2
import numpy as np

from gateway.cctv.align import Alignment, Plate, align, inverse
from gateway.cctv.calibration import Logistic, calibration
from gateway.cctv.compare import Measures, Pair, Place
from gateway.cctv.cover import cover
from gateway.cctv.region import Region
from gateway.cctv.sight import sight

#: Without a region the whole picture is asked about, in overlapping cells of 1/12 of its width.
_CELLS_ACROSS = 12
#: With so many places asked at once, one by chance must be surer to count.
_CELL_CERTAINTY = 0.9


class Verdict(StrEnum):
    """What two pictures say."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    #: What stood out against the clean reference is away; the reverse is ``appeared``.
    GONE = "gone"
    APPEARED = "appeared"
    TOO_DARK = "too_dark"
    OBSTRUCTED = "obstructed"
    CAMERA_MOVED = "camera_moved"
    CANNOT_COMPARE = "cannot_compare"


class Band(StrEnum):
    """How far a verdict may be trusted."""

    SURE = "sure"
    #: A person shall look.
    LOOK = "look"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A changed part of the picture, in pixels of the picture before, and how unlike it is."""

    x: int
    y: int
    width: int
    height: int
    unlike: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The verdict on a pair."""

    verdict: Verdict
    #: Calibrated probability that the place changed; 0.5 where nothing can be told.
    score: float
    #: Probability that the verdict is right; 0 where nothing can be told.
    confidence: float
    band: Band
    reasons: tuple[str, ...]
    #: How far the picture after lies off the one before, in pixels of the latter.
    shift_px: float | None = None
    aligned_by: str | None = None
    #: Share of the region that differs.
    differs: float | None = None
    #: Brightness after against before in the region: 0.6 means that it fell by 40 %.
    light: float | None = None
    spots: tuple[Spot, ...] = ()


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
        self._swapped = before.sha256 > after.sha256
        first, second = (after, before) if self._swapped else (before, after)
        self._before = before.plate
        self._alignment = align(first.plate, second.plate)
        limits = calibration().gate
        # A shift small enough leaves the region on its place in both pictures: then the order of
        # the pair cannot matter. Else the region lies where it was drawn, on the picture before.
        self._fixed = self._alignment.shift <= limits.shift_region
        self._turned = self._swapped and self._fixed
        forth = self._alignment if not self._swapped else inverse(self._alignment)
        self._forth = forth
        if self._turned:
            self._pair = Pair(first.plate, second.plate, self._alignment)
        else:
            self._pair = Pair(before.plate, after.plate, forth)
        self._refusal = _refusal(before.plate, after.plate, forth)
        self._clean = self._references(reference.plate) if reference else None

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
        place = self._pair.place(region)
        if place is None:
            return _nothing(Verdict.CANNOT_COMPARE, "the region is too small or out of view")
        if (dark := _unfit(place)) is not None:
            return dark
        score, small = _probability(place.measures), _small(place.measures)
        judged = _changed(score, small)
        light = place.light[::-1] if self._turned else place.light
        judged = replace(
            judged,
            light=round(light[1] / max(light[0], 1.0), 2),
            differs=round(float((place.difference[place.inside] > 0.5).mean()), 3),
            spots=tuple(_spots(place)) if judged.verdict is Verdict.CHANGED else (),
        )
        return _worded(self._directed(judged, region))

    def _whole(self) -> Judgement:
        best: Judgement | None = None
        changed: list[Spot] = []
        lights = []
        for cell in _cells(self._pair.first):
            place = self._pair.place(cell)
            if place is None or _unfit(place) is not None:
                continue
            probability = _probability(place.measures)
            lights.append(max(place.light[1], 1.0) / max(place.light[0], 1.0))
            if probability >= _CELL_CERTAINTY:
                changed += _spots(place)
            if best is None or probability > best.score:
                best = Judgement(
                    verdict=Verdict.CHANGED,
                    score=probability,
                    confidence=probability,
                    band=Band.SURE,
                    reasons=(),
                )
        if best is None:
            return _nothing(Verdict.CANNOT_COMPARE, "no part of the pictures can be compared")
        # The largest of many probabilities is large by chance: it counts from a higher one on.
        odds = _logit(best.score) - _logit(_CELL_CERTAINTY)
        light = float(np.median(lights))
        judged = replace(
            _banded(_logistic(odds)),
            light=round(1 / light if self._turned else light, 2),
            spots=tuple(changed[:50]),
        )
        reason = "the whole picture was asked about; a region tells more"
        return _worded(replace(judged, reasons=(*judged.reasons, reason)))

    def _references(self, clean: Plate) -> tuple[Pair, Pair] | None:
        pairs = []
        for picture in (self._pair.first, self._pair.second):
            alignment = align(picture, clean)
            if not alignment.found:
                return None
            pairs.append(Pair(picture, clean, alignment))
        return pairs[0], pairs[1]

    def _directed(self, judged: Judgement, region: Region) -> Judgement:
        """Say gone or appeared when one picture is clearly nearer to the clean reference."""
        if judged.verdict is not Verdict.CHANGED or self._clean is None:
            return judged
        corners = np.c_[region.points, np.ones(len(region.corners))] @ self._pair.alignment.matrix.T
        there = Region(corners=tuple((float(x / w), float(y / w)) for x, y, w in corners))
        first, second = self._clean[0].place(region), self._clean[1].place(there)
        if first is None or second is None:
            return judged
        further = _logit(_probability(first.measures)) - _logit(_probability(second.measures))
        if self._turned:
            further = -further
        if abs(further) < calibration().direction.margin:
            reason = "neither picture is clearly nearer to the clean reference"
            return replace(judged, reasons=(*judged.reasons, reason))
        verdict = Verdict.GONE if further > 0 else Verdict.APPEARED
        nearer = "after" if further > 0 else "before"
        reason = f"the picture {nearer} is nearer to the clean reference"
        return replace(judged, verdict=verdict, reasons=(*judged.reasons, reason))


def _refusal(before: Plate, after: Plate, alignment: Alignment) -> Judgement | None:
    """Return why the pair cannot be compared at all."""
    limits = calibration().gate
    sights = {"before": sight(before), "after": sight(after)}
    for name, seen in sights.items():
        if seen.bright < limits.dark_picture:
            return _nothing(Verdict.TOO_DARK, f"the picture {name} is too dark to tell")
    for name, seen in sights.items():
        if seen.burnt > limits.burnt:
            return _nothing(Verdict.CANNOT_COMPARE, f"the picture {name} is over-exposed")
    back = inverse(alignment)
    hidden = {
        "after": cover(after, before, alignment),
        "before": cover(before, after, back),
    }
    worst = max(hidden, key=lambda name: (hidden[name].share, name))
    if hidden[worst].share >= limits.obstructed and hidden[worst].dull > 0:
        share = hidden[worst].share
        reason = f"something hides {share:.0%} of the picture {worst}"
        flat = max(seen.flat for seen in sights.values())
        if alignment.found or flat > calibration().health.elsewhere_flat:
            return _nothing(Verdict.OBSTRUCTED, reason)
    if not alignment.found:
        return _nothing(Verdict.CAMERA_MOVED, "the two pictures do not show the same view")
    if alignment.shift > limits.shift_camera:
        share = alignment.shift
        reason = f"the camera turned: the picture shifted by {share:.0%} of its width"
        return _nothing(Verdict.CAMERA_MOVED, reason)
    return None


def _unfit(place: Place) -> Judgement | None:
    limits = calibration().gate
    if min(place.light) < limits.dark_place:
        return _nothing(Verdict.TOO_DARK, "the region is too dark to tell")
    if min(place.light) >= 250:
        return _nothing(Verdict.CANNOT_COMPARE, "the region is over-exposed")
    return None


def _nothing(verdict: Verdict, reason: str) -> Judgement:
    return Judgement(
        verdict=verdict, score=0.5, confidence=0.0, band=Band.CANNOT_TELL, reasons=(reason,)
    )


def _changed(score: float, small: float) -> Judgement:
    judged = _banded(score)
    doubtful = small >= calibration().small.threshold
    if judged.verdict is Verdict.UNCHANGED and doubtful:
        # A thing much smaller than its region: no verdict may rest on it, a person shall look.
        score = max(score, 0.45 * small)
        reason = "a small part of the region differs"
        judged = replace(
            judged, score=score, confidence=1 - score, band=Band.LOOK, reasons=(reason,)
        )
    return judged


def _banded(score: float) -> Judgement:
    bands = calibration().bands
    verdict = Verdict.CHANGED if score >= calibration().change.threshold else Verdict.UNCHANGED
    confidence = max(score, 1 - score)
    band = Band.LOOK
    if confidence >= bands.sure:
        band = Band.SURE
    elif confidence < bands.cannot_tell:
        band = Band.CANNOT_TELL
    return Judgement(verdict=verdict, score=score, confidence=confidence, band=band, reasons=())


def _worded(judged: Judgement) -> Judgement:
    """Round the numbers, and say in words what was measured."""
    reasons = list(judged.reasons)
    if judged.differs is not None:
        reasons.insert(0, f"{judged.differs:.0%} of the region differs")
    if judged.light is not None and abs(judged.light - 1) >= 0.1:
        way = "rose" if judged.light > 1 else "fell"
        reasons.append(f"light {way} by {abs(judged.light - 1):.0%}")
    return replace(
        judged,
        score=round(judged.score, 4),
        confidence=round(judged.confidence, 4),
        reasons=tuple(reasons),
    )


def _probability(measures: Measures) -> float:
    return _logistic(_odds(measures, calibration().change))


def _small(measures: Measures) -> float:
    return _logistic(_odds(measures, calibration().small))


def _odds(measures: Measures, logistic: Logistic) -> float:
    return float(measures.row() @ np.array(logistic.weights)) + logistic.constant


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-max(min(odds, 50.0), -50.0)))


def _logit(probability: float) -> float:
    kept = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(kept / (1 - kept))


def _cells(plate: Plate) -> Iterator[Region]:
    side = plate.width / _CELLS_ACROSS
    for row in range(int(2 * plate.height / side)):
        for column in range(2 * _CELLS_ACROSS - 1):
            yield Region.box(x=column * side / 2, y=row * side / 2, width=side, height=side)


def _spots(place: Place) -> Iterator[Spot]:
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
