"""What must hold before two pictures may be compared at all."""

from collections.abc import Sequence

from gateway.cctv.align import Alignment, Plate, inverse
from gateway.cctv.calibration import calibration
from gateway.cctv.compare import Place
from gateway.cctv.cover import cover
from gateway.cctv.sight import Sight, sight
from gateway.cctv.verdict import Judgement, Verdict, nothing

_BURNT = 250


def refusal(before: Plate, after: Plate, alignment: Alignment) -> Judgement | None:
    """Return why the pair cannot be compared; None when it can."""
    sights = {"before": sight(before), "after": sight(after)}
    return _light(sights) or _hidden(before, after, alignment, sights) or _turned(alignment)


def unfit(places: Sequence[Place]) -> Judgement | None:
    """Return why a region cannot be compared though the pictures can."""
    light = [side for place in places for side in place.light]
    if min(light) < calibration().gate.dark_place:
        return nothing(Verdict.TOO_DARK, "the region is too dark to tell")
    if min(light) >= _BURNT:
        return nothing(Verdict.CANNOT_COMPARE, "the region is over-exposed")
    return None


def _light(sights: dict[str, Sight]) -> Judgement | None:
    limits = calibration().gate
    for name, seen in sights.items():
        if seen.bright < limits.dark_picture:
            return nothing(Verdict.TOO_DARK, f"the picture {name} is too dark to tell")
    for name, seen in sights.items():
        if seen.burnt > limits.burnt:
            return nothing(Verdict.CANNOT_COMPARE, f"the picture {name} is over-exposed")
    return None


def _hidden(
    before: Plate, after: Plate, alignment: Alignment, sights: dict[str, Sight]
) -> Judgement | None:
    covers = {
        "before": cover(before, after, inverse(alignment)),
        "after": cover(after, before, alignment),
    }
    name, worst = max(covers.items(), key=lambda one: one[1].share)
    if worst.share < calibration().gate.obstructed or worst.dull <= 0:
        return None
    # Where the pictures do not fit at all, only a flat one is covered; else it is another view.
    if not alignment.found and sights[name].flat < calibration().health.elsewhere_flat:
        return None
    reason = f"something hides {worst.share:.0%} of the picture {name}"
    return nothing(Verdict.OBSTRUCTED, reason)


def _turned(alignment: Alignment) -> Judgement | None:
    if not alignment.found:
        return nothing(Verdict.CAMERA_MOVED, "the two pictures do not show the same view")
    if alignment.shift > calibration().gate.shift_camera:
        by = f"the picture shifted by {alignment.shift:.0%} of its width"
        return nothing(Verdict.CAMERA_MOVED, f"the camera turned: {by}")
    return None
