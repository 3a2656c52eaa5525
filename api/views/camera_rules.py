"""Rules of cameras as the API answers them."""

from api.schemas.camera_rule import CameraRuleOut
from api.views.directory import Directory
from core.facts.device import EventType
from core.facts.finding import CameraRule


def camera_rule_out(rule: CameraRule, names: Directory) -> CameraRuleOut:
    """Return a rule and how it fares."""
    return CameraRuleOut(
        camera=names.device(rule.camera),
        what=rule.what,
        confirmed=rule.confirmed,
        rejected=rule.rejected,
        precision=rule.precision,
        muted_at=rule.muted_at,
        experimental=rule.what is EventType.SCENE_COVERED_FLOOR,
    )
