"""Rules of cameras over the wire: how they fare, and who lets a muted one find again."""

from core.facts.device import EventType
from core.facts.people import Role
from tests.api.running import Centre
from tests.recordings import CAMERA, hang_camera

LEFT = EventType.SCENE_LEFT_OBJECT


def muted(centre: Centre) -> None:
    hang_camera(centre.office)
    with centre.database.begin() as store:
        store.findings.mute(centre.office.site, CAMERA, LEFT, now=centre.clock.now())


def test_a_gateway_is_told_which_rules_are_muted(centre: Centre) -> None:
    muted(centre)

    listed = centre.gateway().get("/api/v1/gateways/wants?wait=0").json()

    assert listed == {"items": [], "muted": [{"camera": CAMERA, "what": LEFT.value}]}


def test_a_supervisor_lets_it_find_again_and_nobody_else_does(centre: Centre) -> None:
    muted(centre)
    body = {"camera": CAMERA, "what": LEFT.value, "reason": "镜头已擦净"}
    path = "/api/v1/camera-rules/unmute"

    assert centre.as_(Role.OPERATOR).post(path, json=body).status_code == 403
    shown = centre.as_(Role.OPERATOR).get("/api/v1/camera-rules").json()["items"]
    assert [(one["camera"]["code"], one["muted_at"] is None) for one in shown] == [(CAMERA, False)]

    supervisor = centre.as_(Role.GENERAL_GROUP_SUPERVISOR)
    answer = supervisor.post(path, json=body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["muted_at"] is None
    assert supervisor.post(path, json=body).status_code == 409
    assert supervisor.get("/api/v1/camera-rules").json()["items"] == []
