"""Each way to a picture, on real sockets, with what cameras do wrong."""

from pathlib import Path

import pytest

from gateway.cctv import header
from gateway.cctv.profile import load, where
from gateway.cctv.still import Camera as Way
from gateway.cctv.still import NoPicture
from gateway.links.camera import camera as way_of
from gateway.links.camera_log_in import Credentials
from simulators.camera.camera import Camera, Fault
from simulators.camera.http import CameraServer
from simulators.camera.rtsp import RtspServer
from tests.unit.gateway.cctv_links.conftest import now


def way(profile: str, address: str, who: Credentials | None) -> Way:
    form = load(profile)
    return way_of(form, where(form, address), credentials=who, clock=now)


def addresses(server: CameraServer) -> dict[str, str]:
    return {
        "http-snapshot": f"{server.url}/snapshot.jpg",
        "mjpeg": f"{server.url}/video.mjpg",
        "hikvision": server.address,
        "dahua": f"{server.address}/1",
        "onvif": server.address,
        "frigate": f"{server.address}/gate",
        "go2rtc": f"{server.address}/gate",
    }


@pytest.mark.parametrize("scheme", ["digest", "basic"])
@pytest.mark.parametrize(
    "profile", ["http-snapshot", "mjpeg", "hikvision", "dahua", "onvif", "frigate", "go2rtc"]
)
def test_a_still_by_every_profile(
    camera: Camera, who: Credentials, profile: str, scheme: str
) -> None:
    camera.scheme = scheme
    server = CameraServer({"gate": camera})
    server.start()
    try:
        look = way(profile, addresses(server)[profile], who)
        still = look.look(within=60)
        again = look.look(within=60)
    finally:
        server.stop()

    assert header.read(still.content).width == 320
    assert again.taken_at > still.taken_at
    known = profile in {"http-snapshot", "hikvision", "dahua", "onvif"}
    assert (still.camera_at is not None) is known


def test_the_password_is_told_to_nobody_who_does_not_ask(camera: Camera, who: Credentials) -> None:
    camera.username = None
    server = CameraServer({"gate": camera})
    server.start()
    try:
        way("http-snapshot", f"{server.url}/snapshot.jpg", who).look(within=60)
    finally:
        server.stop()
    assert list(camera.asked) == [("/snapshot.jpg", True)]


def test_with_a_wrong_password_it_is_asked_no_more_often_than_it_must(
    camera: Camera, server: CameraServer
) -> None:
    wrong = Credentials(username="viewer", password="wrong")
    with pytest.raises(NoPicture, match="401"):
        way("http-snapshot", f"{server.url}/snapshot.jpg", wrong).look(within=60)
    assert len(camera.asked) == 2  # many cameras lock a user out after five


def test_a_failure_that_may_pass_is_tried_twice(
    camera: Camera, server: CameraServer, who: Credentials
) -> None:
    camera.breaks(Fault.ERROR)
    with pytest.raises(NoPicture, match="500"):
        way("http-snapshot", f"{server.url}/snapshot.jpg", who).look(within=60)
    assert [let_in for _, let_in in camera.asked] == [False, True, True]


@pytest.mark.parametrize("fault", [Fault.MUTE, Fault.SLOW_HEADERS, Fault.SLOW_LORIS])
def test_the_whole_has_a_deadline_however_the_bytes_drip(
    camera: Camera, server: CameraServer, who: Credentials, fault: Fault
) -> None:
    camera.breaks(fault)
    with pytest.raises(NoPicture, match="in time"):
        way("http-snapshot", f"{server.url}/snapshot.jpg", who).look(within=0.5)


def test_nobody_listening_is_a_reason(who: Credentials, server: CameraServer) -> None:
    server.stop()
    with pytest.raises(NoPicture, match="broke off"):
        way("http-snapshot", f"{server.url}/snapshot.jpg", who).look(within=60)


def test_the_address_an_onvif_camera_names_is_not_believed_beyond_its_path(
    camera: Camera, server: CameraServer, who: Credentials
) -> None:
    camera.says_still_at = "http://169.254.169.254/onvif/snapshot"
    still = way("onvif", server.address, who).look(within=60)
    assert header.read(still.content).width == 320
    assert camera.asked[-1][0] == "/onvif/snapshot"


@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_a_picture_out_of_a_stream(
    tmp_path: Path, camera: Camera, who: Credentials, transport: str
) -> None:
    profile = tmp_path / "own.toml"
    profile.write_text(
        f'name = "own"\ntitle = "t"\nway = "rtsp"\nurl = "{{address}}"\ntransport = "{transport}"\n'
    )
    stream = RtspServer(camera)
    stream.start()
    try:
        still = way(str(profile), stream.url, who).look(within=60)
    finally:
        stream.stop()

    assert header.read(still.content).height == 180
    assert stream.transports == [transport]


@pytest.mark.parametrize(
    ("fault", "within", "reason"),
    [
        (Fault.MUTE, 2, "stream"),
        (Fault.UNAUTHORIZED, 60, "opened"),
        (Fault.ENDLESS, 6, "in time"),
    ],
)
def test_a_stream_that_fails_ends_in_time(
    camera: Camera, who: Credentials, fault: Fault, within: float, reason: str
) -> None:
    camera.breaks(fault)
    stream = RtspServer(camera)
    stream.start()
    try:
        with pytest.raises(NoPicture, match=reason):
            way("rtsp", stream.url, who).look(within=within)
    finally:
        stream.stop()


def test_a_file_in_a_cameras_place(tmp_path: Path, camera: Camera) -> None:
    file = tmp_path / "now.jpg"
    look = way("rtsp", file.as_uri(), None)
    with pytest.raises(NoPicture, match="cannot be read"):
        look.look(within=60)
    file.write_bytes(camera.picture())
    assert look.look(within=60).content == file.read_bytes()
    file.write_bytes(b"<html>no</html>")
    with pytest.raises(NoPicture, match="a web page"):
        look.look(within=60)
