"""A gateway killed while it uploads pictures: nothing lost, nothing doubled, nothing told early."""

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest

from core.facts import moment
from simulators.camera.camera import Camera, Fault
from simulators.camera.http import CameraServer
from simulators.camera.rtsp import RtspServer
from simulators.camera.scene import Place
from tests.wire.camera.camera_gateway import CameraGatewayProcess, a_camera, now
from tests.wire.camera.picture_centre import PictureCentre
from tests.wire.rig import eventually


@pytest.fixture
def gateway(
    tmp_path: Path, picture_centre: PictureCentre, cameras: CameraServer
) -> Iterator[CameraGatewayProcess]:
    rows = tuple(a_camera(code, f"{cameras.url}/{code}/snapshot.jpg") for code in cameras.cameras)
    process = CameraGatewayProcess(tmp_path, picture_centre.url, rows)
    yield process
    process.end()


def more_than(centre: PictureCentre, uploads: int) -> bool:
    return centre.uploads > uploads


def wanted(centre: PictureCentre, camera: str) -> str:
    return centre.wants(kind="picture", camera=camera, moment=moment.text(now()), label="now")


def test_killed_during_uploads_every_want_has_one_answer_and_its_picture(
    picture_centre: PictureCentre, gateway: CameraGatewayProcess
) -> None:
    moods = ("hang", "answer lost", "reset", "hang", "503", "answer lost")
    wants: list[str] = []
    for mood in moods:
        picture_centre.mood.append(mood)
        before = picture_centre.uploads
        wants += [wanted(picture_centre, camera) for camera in ("gate", "lobby")]
        gateway.start()
        assert eventually(partial(more_than, picture_centre, before))
        gateway.kill()
        picture_centre.mood.clear()
    gateway.start()

    assert eventually(lambda: not picture_centre.unanswered())
    for want in wants:
        event = picture_centre.answer(want)  # asserts that there is one at most
        assert event is not None
        content = picture_centre.pictures[event["data"]["sha256"]]
        assert hashlib.sha256(content).hexdigest() == event["data"]["sha256"]
    told = {event["data"]["sha256"] for event in picture_centre.of("snapshot.taken")}
    assert set(picture_centre.pictures) == told  # no picture of which nobody speaks
    assert picture_centre.early == []


def test_killed_before_the_upload_the_picture_taken_then_arrives_later(
    picture_centre: PictureCentre, gateway: CameraGatewayProcess, cameras: CameraServer
) -> None:
    picture_centre.mood.extend(["503"] * 1000)
    gateway.start()
    want = wanted(picture_centre, "gate")
    assert eventually(lambda: picture_centre.uploads > 2)
    gateway.kill()
    taken_by = now()
    cameras.cameras["gate"].breaks(Fault.MUTE)
    picture_centre.mood.clear()
    gateway.start()

    assert eventually(lambda: picture_centre.answer(want))
    event = picture_centre.answer(want)
    assert event is not None
    assert moment.parse(event["data"]["taken_at"]) <= taken_by


def test_no_event_waits_for_a_picture_that_is_not_its_own(
    picture_centre: PictureCentre, gateway: CameraGatewayProcess, cameras: CameraServer
) -> None:
    picture_centre.mood.extend(["hang"] * 100)
    gateway.start()
    wanted(picture_centre, "gate")
    assert eventually(lambda: picture_centre.uploads > 0)
    cameras.cameras["lobby"].breaks(Fault.ERROR)

    assert eventually(lambda: picture_centre.of("camera.offline"))
    (gone,) = picture_centre.of("camera.offline")
    assert gone["source"] == "/site/cctv/lobby"
    assert "answered 500" in gone["data"]["reason"]


def test_a_stream_that_hangs_costs_a_child_that_is_killed_and_little_memory(
    tmp_path: Path, picture_centre: PictureCentre
) -> None:
    camera = Camera(place=Place(seed=5, width=320, height=180))
    camera.breaks(Fault.ENDLESS)  # plays, and never sends a picture
    stream = RtspServer(camera)
    stream.start()
    row = a_camera("gate", stream.url, profile="rtsp", more="interval_seconds = 30")
    gateway = CameraGatewayProcess(tmp_path, picture_centre.url, (row,))
    gateway.start()
    try:
        want = wanted(picture_centre, "gate")
        assert eventually(lambda: picture_centre.answer(want))
        answer = picture_centre.answer(want)
        assert answer is not None
        assert "in time" in answer["data"]["reason"]
        me = psutil.Process(gateway.pid)
        assert [c for c in me.children() if "camera_stream_child" in " ".join(c.cmdline())] == []
        assert me.memory_info().rss < 512 * 1024 * 1024
    finally:
        gateway.end()
        stream.stop()


def test_told_to_stop_it_ends_at_once_although_everything_hangs(
    picture_centre: PictureCentre, gateway: CameraGatewayProcess, cameras: CameraServer
) -> None:
    gateway.start()
    assert eventually(lambda: len(cameras.cameras["gate"].asked) > 1)
    picture_centre.mood.extend(["hang"] * 10)
    wanted(picture_centre, "lobby")
    assert eventually(lambda: picture_centre.uploads > 0)
    cameras.cameras["gate"].breaks(Fault.MUTE)
    gateway.end()

    assert '"gateway ended"' in gateway.log
