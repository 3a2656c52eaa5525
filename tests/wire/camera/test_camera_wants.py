"""What the centre wants of cameras, over real sockets from want to answer."""

import hashlib
from datetime import timedelta
from pathlib import Path

import cv2
import numpy as np
import pytest

from core.facts import moment
from gateway.cctv.bank import folder_of
from gateway.cctv.lane import MOST_OFF
from simulators.camera.camera import Camera, Fault
from simulators.camera.http import CameraServer
from tests.wire.camera.camera_gateway import a_camera, a_gateway, now
from tests.wire.camera.picture_centre import Event, PictureCentre
from tests.wire.rig import eventually

#: What a camera does, and what stands on the report then.
FAULTS = {
    Fault.MUTE: "did not answer in time",
    Fault.SLOW_HEADERS: "did not answer in time",
    Fault.SLOW_LORIS: "did not answer in time",
    Fault.ENDLESS: "has no end",
    Fault.UNAUTHORIZED: "answered 401",
    Fault.HTML: "a web page",
    Fault.ERROR: "answered 500",
    Fault.REDIRECT: "not followed",
    Fault.TRUNCATED: "cut off",
    Fault.BOMB: "too much",
    Fault.EMPTY: "empty",
}


def picture_of(centre: PictureCentre, camera: str, *, label: str = "now", ago: float = 0) -> str:
    at = moment.text(now() - timedelta(seconds=ago))
    return centre.wants(kind="picture", camera=camera, moment=at, label=label)


def answered(centre: PictureCentre, want: str, *, within: float = 60.0) -> Event:
    assert eventually(lambda: centre.answer(want), within=within), centre.events
    found = centre.answer(want)
    assert found is not None
    return found


def pixels(data: bytes) -> np.typing.NDArray[np.uint8]:
    decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert decoded is not None
    return np.asarray(decoded, np.uint8)


def test_a_picture_of_now_comes_with_its_hash_before_its_event(
    tmp_path: Path, picture_centre: PictureCentre, cameras: CameraServer
) -> None:
    with a_gateway(
        tmp_path, picture_centre.url, a_camera("gate", f"{cameras.url}/gate/snapshot.jpg")
    ):
        event = answered(picture_centre, picture_of(picture_centre, "gate"))

    data = event["data"]
    content = picture_centre.pictures[data["sha256"]]
    assert hashlib.sha256(content).hexdigest() == data["sha256"]
    assert (event["type"], event["source"], event["subject"]) == (
        "snapshot.taken",
        "/site/cctv/gate",
        "now",
    )
    assert (data["width"], data["height"], data["media_type"]) == (320, 180, "image/jpeg")
    assert data["bytes"] == len(content)
    assert data["masked"] is False
    assert abs(data["offset_seconds"]) <= MOST_OFF
    assert event["time"] == data["taken_at"]
    assert picture_centre.early == []


def test_a_picture_from_before_is_from_before_although_the_camera_is_dead_now(
    tmp_path: Path, picture_centre: PictureCentre, cameras: CameraServer
) -> None:
    camera = cameras.cameras["gate"]
    with a_gateway(
        tmp_path, picture_centre.url, a_camera("gate", f"{cameras.url}/gate/snapshot.jpg")
    ):
        assert eventually(lambda: len(camera.asked) >= 6)
        happened = now()
        camera.breaks(Fault.MUTE)
        want = picture_centre.wants(
            kind="picture", camera="gate", moment=moment.text(happened), label="before"
        )
        event = answered(picture_centre, want)

    assert moment.parse(event["data"]["taken_at"]) <= happened
    assert happened - moment.parse(event["data"]["taken_at"]) <= timedelta(seconds=MOST_OFF)


def test_a_picture_from_after_waits_for_its_moment(
    tmp_path: Path, picture_centre: PictureCentre, cameras: CameraServer
) -> None:
    with a_gateway(
        tmp_path, picture_centre.url, a_camera("gate", f"{cameras.url}/gate/snapshot.jpg")
    ):
        due = now() + timedelta(seconds=2)
        want = picture_centre.wants(
            kind="picture", camera="gate", moment=moment.text(due), label="after"
        )
        event = answered(picture_centre, want)

    assert moment.parse(event["data"]["taken_at"]) > due - timedelta(seconds=1.2)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_camera_that_fails_costs_a_reason_and_delays_no_other(
    tmp_path: Path, picture_centre: PictureCentre, cameras: CameraServer, fault: Fault
) -> None:
    cameras.cameras["gate"].breaks(fault)
    rows = [a_camera(code, f"{cameras.url}/{code}/snapshot.jpg") for code in cameras.cameras]
    with a_gateway(tmp_path, picture_centre.url, *rows):
        assert eventually(lambda: len(cameras.cameras["lobby"].asked) > 1)
        failing = picture_of(picture_centre, "gate")
        well = answered(picture_centre, picture_of(picture_centre, "lobby"))
        failed = answered(picture_centre, failing)

    assert "sha256" in well["data"]
    assert FAULTS[fault] in failed["data"]["reason"]
    assert set(failed["data"]) == {"want", "reason"}
    assert len(picture_centre.pictures) == 1


def test_a_camera_nobody_knows_and_a_moment_long_gone_are_said(
    tmp_path: Path, picture_centre: PictureCentre, cameras: CameraServer
) -> None:
    with a_gateway(
        tmp_path, picture_centre.url, a_camera("gate", f"{cameras.url}/gate/snapshot.jpg")
    ):
        unknown = answered(picture_centre, picture_of(picture_centre, "roof"))
        gone = picture_of(picture_centre, "gate", label="at", ago=3600)
        old = answered(picture_centre, gone)

    assert "knows no camera 'roof'" in unknown["data"]["reason"]
    assert "is kept" in old["data"]["reason"]


def test_a_wrong_clock_is_told_with_the_picture(
    tmp_path: Path, picture_centre: PictureCentre, cameras: CameraServer
) -> None:
    cameras.cameras["gate"].breaks(Fault.WRONG_CLOCK)
    with a_gateway(
        tmp_path, picture_centre.url, a_camera("gate", f"{cameras.url}/gate/snapshot.jpg")
    ):
        event = answered(picture_centre, picture_of(picture_centre, "gate"))

    assert -3602 <= event["data"]["offset_seconds"] <= -3598
    assert abs(moment.parse(event["data"]["taken_at"]) - now()) < timedelta(seconds=20)


def test_masks_are_burnt_in_before_anything_leaves_the_camera_lane(
    tmp_path: Path, picture_centre: PictureCentre, cameras: CameraServer
) -> None:
    more = "masks = [[[0.0, 0.0], [0.5, 0.0], [0.5, 1.0], [0.0, 1.0]]]"
    row = a_camera("gate", f"{cameras.url}/gate/snapshot.jpg", more=more)
    with a_gateway(tmp_path, picture_centre.url, row):
        event = answered(picture_centre, picture_of(picture_centre, "gate"))

    assert event["data"]["masked"] is True
    seen = pixels(picture_centre.pictures[event["data"]["sha256"]])
    assert seen[:, :160].max() < 24
    assert seen[:, 170:].mean() > 40
    stored = [p.read_bytes() for p in (tmp_path / "data" / "pictures").glob("??/*")]
    assert all(pixels(one)[:, :160].max() < 24 for one in stored)


def test_a_picture_the_centre_refuses_is_answered_with_its_reason(
    tmp_path: Path, picture_centre: PictureCentre, cameras: CameraServer
) -> None:
    picture_centre.mood.append("refuse")
    with a_gateway(
        tmp_path, picture_centre.url, a_camera("gate", f"{cameras.url}/gate/snapshot.jpg")
    ):
        event = answered(picture_centre, picture_of(picture_centre, "gate"))

    assert event["data"]["reason"] == (
        "the centre refuses the picture: not_readable: no picture of ours"
    )
    assert "sha256" not in event["data"]


def test_before_and_after_are_compared_and_the_sheet_comes_with_the_opinion(
    tmp_path: Path, picture_centre: PictureCentre, cameras: CameraServer
) -> None:
    camera = cameras.cameras["gate"]
    region = [[0.6, 0.69], [0.71, 0.69], [0.71, 0.85], [0.6, 0.85]]
    with a_gateway(
        tmp_path, picture_centre.url, a_camera("gate", f"{cameras.url}/gate/snapshot.jpg")
    ):
        clean = answered(picture_centre, picture_of(picture_centre, "gate"))["data"]
        looks(camera, litter=True)
        before = answered(picture_centre, picture_of(picture_centre, "gate"))["data"]
        looks(camera, litter=False)
        after = answered(picture_centre, picture_of(picture_centre, "gate"))["data"]
        handled = compared(picture_centre, before, after, clean["sha256"], region)
        untouched = compared(picture_centre, clean, after, None, region)

    assert handled["verdict"] == "gone"
    assert untouched["verdict"] == "unchanged"
    sheet = pixels(picture_centre.pictures[handled["evidence"]])
    assert sheet.shape[1] > 3 * 600
    assert handled["machine"]
    assert 0 <= handled["confidence"] <= 1
    assert picture_centre.early == []


@pytest.mark.parametrize(
    "region",
    [
        pytest.param([[0.6, 0.69], [0.71, 0.69], [0.71, 0.85], [0.6, 0.85]], id="around the bag"),
        pytest.param([[0.45, 0.55], [0.95, 0.55], [0.95, 0.98], [0.45, 0.98]], id="the pavement"),
    ],
)
def test_which_way_it_changed_is_told_by_what_the_gateway_learnt_before(
    tmp_path: Path,
    picture_centre: PictureCentre,
    cameras: CameraServer,
    region: list[list[float]],
) -> None:
    """The centre names no picture of the place in order: the nearest of the bank is taken.

    A region as wide as a place is searched part by part, or a bag in it would hardly count.
    """
    url = f"{cameras.url}/gate/snapshot.jpg"
    row = a_camera("gate", url)
    camera = cameras.cameras["gate"]
    learnt = folder_of(tmp_path / "data" / "references" / "gate", f"{url} ()")
    learnt.mkdir(parents=True)
    yesterday = int((now() - timedelta(days=1)).timestamp())
    (learnt / f"3-{yesterday}.jpg").write_bytes(camera.picture())
    with a_gateway(tmp_path, picture_centre.url, row):
        clean = answered(picture_centre, picture_of(picture_centre, "gate"))["data"]
        looks(camera, litter=True)
        littered = answered(picture_centre, picture_of(picture_centre, "gate"))["data"]
        came = compared(picture_centre, clean, littered, None, region)
        went = compared(picture_centre, littered, clean, None, region)

    assert (came["verdict"], went["verdict"]) == ("appeared", "gone")
    assert moment.parse(came["reference_at"]).timestamp() == yesterday


def test_a_comparison_of_pictures_that_are_gone_says_so(
    tmp_path: Path, picture_centre: PictureCentre, cameras: CameraServer
) -> None:
    with a_gateway(
        tmp_path, picture_centre.url, a_camera("gate", f"{cameras.url}/gate/snapshot.jpg")
    ):
        said = compared(picture_centre, {"sha256": "a" * 64}, {"sha256": "b" * 64}, None, None)

    assert said["verdict"] == "cannot_compare"
    assert "not kept any more" in said["reasons"]
    assert said["evidence"] is None


def looks(camera: Camera, *, litter: bool) -> None:
    """Change what the camera sees, and wait until the gateway has seen it."""
    camera.looks(litter=litter)
    seen = len(camera.asked)
    assert eventually(lambda: len(camera.asked) >= seen + 2)


def compared(
    centre: PictureCentre,
    before: Event,
    after: Event,
    reference: str | None,
    region: list[list[float]] | None,
) -> Event:
    want = centre.wants(
        kind="comparison",
        camera="gate",
        moment=moment.text(now()),
        label=None,
        before=before["sha256"],
        after=after["sha256"],
        before_at=before.get("taken_at"),
        after_at=after.get("taken_at"),
        reference=reference,
        region=region,
    )
    event = answered(centre, want)
    assert event["type"] == "scene.compared"
    data: Event = event["data"]
    return data
