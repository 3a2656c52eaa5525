"""An opinion on two pictures that the centre asks about, in the form in which it travels."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.facts import moment
from core.facts.device import Plain
from gateway.adapter import Unreadable
from gateway.cctv import evidence, searching
from gateway.cctv.align import Plate
from gateway.cctv.calibration import calibration
from gateway.cctv.examination import Evidence, Examination
from gateway.cctv.picture import Decoder
from gateway.cctv.region import Region
from gateway.cctv.verdict import Band, Judgement, Verdict

_LONGEST = 500
#: Corners in shares of width and height.
Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """What is compared: bytes, and when they were taken where that is known (civil time)."""

    camera: str
    before: bytes
    after: bytes
    reference: bytes | None = None
    #: When the place was in order as the reference shows it.
    reference_at: datetime | None = None
    before_at: datetime | None = None
    after_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What is said of the pair, and the sheet that explains it."""

    said: Mapping[str, Plain]
    sheet: bytes | None


def opinion(sides: Sides, *, region: Corners | None, decoder: Decoder) -> Opinion:
    """Compare; a picture that cannot be decoded is a reason, not an error."""
    try:
        before, after = _seen(sides.before, decoder), _seen(sides.after, decoder)
        reference = _seen(sides.reference, decoder) if sides.reference is not None else None
    except Unreadable as problem:
        return impossible(f"a picture cannot be used: {problem}")
    drawn = _region(region, before.plate)
    examination = Examination(before, after, reference=reference)
    judged = searching.judge(examination, drawn, seen=before.plate)
    sheet = evidence.sheet(
        evidence.Shown(name=sides.camera, picture=before, taken_at=sides.before_at),
        evidence.Shown(name=sides.camera, picture=after, taken_at=sides.after_at),
        judged=judged,
        alignment=examination.alignment,
        region=drawn,
    )
    said = _words(judged)
    if reference is not None and sides.reference_at is not None:
        said["reference_at"] = moment.text(sides.reference_at)
    return Opinion(said=said, sheet=sheet)


def plate(content: bytes, decoder: Decoder) -> Plate:
    """Return a picture ready to be compared.

    :raises Unreadable: it cannot be decoded
    """
    return Plate(decoder.decode(content).pixels)


def impossible(reason: str) -> Opinion:
    """Return the opinion that nothing can be told."""
    judged = Judgement(
        verdict=Verdict.CANNOT_COMPARE,
        score=0.5,
        confidence=0.0,
        band=Band.CANNOT_TELL,
        reasons=(reason,),
    )
    return Opinion(said=_words(judged), sheet=None)


def _seen(content: bytes, decoder: Decoder) -> Evidence:
    pixels = decoder.decode(content).pixels
    return Evidence(sha256=hashlib.sha256(content).hexdigest(), plate=Plate(pixels))


def _region(region: Corners | None, plate: Plate) -> Region | None:
    if region is None:
        return None
    return Region(corners=region).scaled(across=plate.width, down=plate.height)


def _words(judged: Judgement) -> dict[str, Plain]:
    fixed = calibration()
    return {
        "verdict": judged.verdict.value,
        "score": judged.score,
        "confidence": judged.confidence,
        "band": judged.band.value,
        "reasons": "; ".join(judged.reasons)[:_LONGEST],
        "machine": f"{fixed.fixed_on.isoformat()} {fixed.fixed_with}"[:200],
    }
