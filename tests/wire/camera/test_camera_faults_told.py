"""What cameras say of themselves, and what the watch sees: told once, and once that it is over."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.facts.device import EventType
from gateway.links.broker import BrokerChild
from simulators.camera.camera import Camera, Fault
from simulators.camera.http import CameraServer, alert
from simulators.camera.scene import Place
from tests.wire.camera.camera_gateway import CameraGatewayProcess, a_camera, a_gateway, now
from tests.wire.camera.picture_centre import PictureCentre
from tests.wire.rig import Station, eventually, program


@pytest.fixture
def one_camera() -> Iterator[CameraServer]:
    server = CameraServer(
        {
            "gate": Camera(
                place=Place(seed=4, width=320, height=180), username="viewer", password="秘密 word"
            )
        }
    )
    server.start()
    yield server
    server.stop()


def test_a_dead_camera_is_told_once_and_its_return_once_also_over_a_restart(
    tmp_path: Path, picture_centre: PictureCentre, cameras: CameraServer
) -> None:
    rows = tuple(a_camera(code, f"{cameras.url}/{code}/snapshot.jpg") for code in cameras.cameras)
    gateway = CameraGatewayProcess(tmp_path, picture_centre.url, rows)
    camera = cameras.cameras["gate"]
    camera.breaks(Fault.UNAUTHORIZED)
    gateway.start()
    try:
        assert eventually(lambda: picture_centre.of("camera.offline"))
        gateway.kill()
        gateway.start()
        asked = len(camera.asked)
        assert eventually(lambda: len(camera.asked) > asked + 6)
        camera.breaks(None)
        assert eventually(lambda: picture_centre.of("camera.restored"))
    finally:
        gateway.end()

    (gone,) = picture_centre.of("camera.offline")
    (back,) = picture_centre.of("camera.restored")
    assert gone["data"]["state"] == "offline"
    assert "401" in gone["data"]["reason"]
    assert gone["call"] == back["call"]
    assert {one["source"] for one in (gone, back)} == {"/site/cctv/gate"}


def test_a_hikvision_camera_tells_what_it_finds_on_its_alert_stream(
    tmp_path: Path, picture_centre: PictureCentre, one_camera: CameraServer
) -> None:
    row = a_camera("gate", one_camera.address, profile="hikvision")
    with a_gateway(tmp_path, picture_centre.url, row):
        assert one_camera.listening.acquire(timeout=60)
        one_camera.alerts["gate"] += [
            alert("videoloss", state="inactive", count=0),  # the heartbeat
            alert("shelteralarm"),
            alert("shelteralarm", count=2),
            b'<!DOCTYPE a [<!ENTITY b "boom">]><EventNotificationAlert/>',
            alert("fielddetection"),
            alert("shelteralarm", state="inactive"),
        ]
        assert eventually(lambda: picture_centre.of("camera.restored"))

    (covered,) = picture_centre.of("camera.covered")
    (alarm,) = picture_centre.of("alarm.raised")
    (over,) = picture_centre.of("camera.restored")
    assert covered["source"] == "/site/cctv/gate"
    assert covered["call"] == over["call"]
    assert alarm["subject"] == "fielddetection"


def test_an_alert_stream_that_breaks_is_opened_again(
    tmp_path: Path, picture_centre: PictureCentre, one_camera: CameraServer
) -> None:
    row = a_camera("gate", one_camera.address, profile="hikvision")
    with a_gateway(tmp_path, picture_centre.url, row):
        assert one_camera.listening.acquire(timeout=60)
        one_camera.stop()
        one_camera.cameras["gate"].released.clear()
        one_camera.alerts["gate"].append(alert("linedetection"))
        one_camera.start()
        assert eventually(lambda: picture_centre.of("alarm.raised"))


def test_a_frigate_review_is_told_once_when_it_becomes_an_alert(
    tmp_path: Path, picture_centre: PictureCentre, cameras: CameraServer
) -> None:
    child = BrokerChild(tmp_path / "broker", program=program("mosquitto"))
    broker = child.start()
    station = Station(broker.devices)
    row = a_camera("front", f"{cameras.address}/gate", profile="frigate-reviews")
    secret = tmp_path / "broker.secret"
    secret.write_text(broker.gateway.password or "")
    more = (
        f'[broker]\nurl = "{broker.gateway.url}"\nusername = "gateway"\n'
        'password_file = "broker.secret"\n'
    )
    try:
        with a_gateway(tmp_path, picture_centre.url, row, more):
            began = now().timestamp()
            for kind, severity in (
                ("new", "detection"),
                ("update", "alert"),
                ("update", "alert"),
                ("end", "alert"),
            ):
                station.tell("frigate/reviews", review(kind, severity, began))
            assert eventually(lambda: picture_centre.of("alarm.raised"))
            station.tell("frigate/reviews", review("new", "alert", began, name="other"))
            assert eventually(lambda: len(picture_centre.of("alarm.raised")) == 2)
    finally:
        station.close()
        child.stop()

    told = [one["source"] for one in picture_centre.of(EventType.ALARM_RAISED.value)]
    assert told == ["/site/cctv/front"] * 2


def review(kind: str, severity: str, began: float, *, name: str = "1700.5-abc") -> bytes:
    data = f'{{"objects": ["person"], "zones": ["lane"], "detections": ["{began}"]}}'
    after = f'{{"id": "{name}", "camera": "gate", "start_time": {began},'
    after += f' "severity": "{severity}", "data": {data}}}'
    return f'{{"type": "{kind}", "before": {{}}, "after": {after}}}'.encode()
