"""What may be said of two pictures: the words, how far they may be trusted, and why.

Where nothing can be told, that is said, and never "unchanged". A verdict closes no issue: a person
does.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from gateway.cctv.calibration import Logistic, calibration
from gateway.cctv.compare import Measures
from gateway.cctv.parts import Parts


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


def nothing(verdict: Verdict, reason: str) -> Judgement:
    """Return the judgement that nothing can be told, and why."""
    return Judgement(
        verdict=verdict, score=0.5, confidence=0.0, band=Band.CANNOT_TELL, reasons=(reason,)
    )


def changed(score: float, small: float) -> Judgement:
    """Return the judgement on a region, by the probabilities of change and of a small change."""
    judged = banded(score)
    doubtful = small >= calibration().small.threshold
    if judged.verdict is Verdict.UNCHANGED and doubtful:
        # A thing much smaller than its region: unchanged it is not surely, and a person shall look.
        score = max(score, 0.45 * small)
        reason = "a small part of the region differs"
        judged = replace(
            judged, score=score, confidence=1 - score, band=Band.LOOK, reasons=(reason,)
        )
    return judged


def banded(score: float) -> Judgement:
    """Return the judgement for a probability of change."""
    bands = calibration().bands
    verdict = Verdict.CHANGED if score >= calibration().change.threshold else Verdict.UNCHANGED
    confidence = max(score, 1 - score)
    band = Band.LOOK
    if confidence >= bands.sure:
        band = Band.SURE
    elif confidence < bands.cannot_tell:
        band = Band.CANNOT_TELL
    return Judgement(verdict=verdict, score=score, confidence=confidence, band=band, reasons=())


def worded(judged: Judgement) -> Judgement:
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


def odds_of(measures: Measures | Parts, fitted: Logistic) -> float:
    """Return the logit that the calibration gives to what was measured."""
    return float(measures.row() @ np.array(fitted.weights)) + fitted.constant


def logistic(odds: float) -> float:
    """Return the probability of a logit."""
    return 1 / (1 + math.exp(-max(min(odds, 50.0), -50.0)))


def apart(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    """Return the largest first, without what overlapping parts saw again.

    That is a spot whose middle lies in a larger one.
    """
    kept: list[Spot] = []
    for spot in sorted(spots, key=lambda one: -one.width * one.height):
        x, y = spot.x + spot.width / 2, spot.y + spot.height / 2
        inside = (
            one.x <= x <= one.x + one.width and one.y <= y <= one.y + one.height for one in kept
        )
        if not any(inside):
            kept.append(spot)
    return tuple(kept)
