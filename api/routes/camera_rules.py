"""The rules by which cameras find: how they fare, and letting a muted one find again."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.runtime import Work
from api.schemas.camera_rule import CameraRuleOut, CameraRulesOut, UnmuteIn
from api.views.camera_rules import camera_rule_out
from api.views.views import Views
from core.facts.device import DeviceCode
from core.facts.finding import CameraRule
from core.findings import service as findings

router = APIRouter(prefix="/camera-rules", tags=["cameras"])


@router.get(
    "",
    summary="How cameras' own findings fare",
    operation_id="read_camera_rules",
    response_model=CameraRulesOut,
    responses=READS,
)
def read_camera_rules(work: Annotated[Work, Depends(Permitted(Action.SEE_DEVICES))]) -> Response:
    """Return the rules that operators judged in the last 30 days or that are muted, by camera."""
    return work.read(
        lambda views: CameraRulesOut(
            items=[
                camera_rule_out(rule, views.names)
                for rule in findings.rules(views.store, site=views.site, now=views.now)
            ]
        )
    )


@router.post(
    "/unmute",
    summary="Let a muted rule find again",
    operation_id="unmute_camera_rule",
    response_model=CameraRuleOut,
    responses=WRITES,
)
def unmute_camera_rule(
    body: UnmuteIn, work: Annotated[Work, Depends(Permitted(Action.UNMUTE_RULE))]
) -> Response:
    """Let it find again; what was judged before does not count against it any more."""

    def show(views: Views, rule: CameraRule) -> CameraRuleOut:
        return camera_rule_out(rule, views.names)

    return work.write(
        lambda store: findings.unmute(
            store,
            site=work.site,
            camera=DeviceCode(body.camera),
            what=body.what,
            by=work.by,
            reason=body.reason,
            now=work.now,
        ),
        show=show,
    )
