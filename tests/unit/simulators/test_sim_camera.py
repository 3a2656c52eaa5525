"""The simulated cameras, judged by clients that are not ours."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice

import av
import cv2
import httpx
import numpy as np
import pytest
from numpy.typing import NDArray

from simulators.camera import jpeg
from simulators.camera.__main__ import obey
from simulators.camera.camera import Camera, Fault
from simulators.camera.http import MJPEG, STILLS, CameraServer
from simulators.camera.rtsp import RtspServer
from simulators.camera.scene import Place, View

PLACE = Place(seed=1, width=320, height=180)


@pytest.fixture
def camera() -> Camera:
    return Camera(place=PLACE, username="admin", password="a:b c")


@pytest.fixture
def server(camera: Camera) -> Iterator[CameraServer]:
    server = CameraServer({"gate": camera})
    server.start()
    yield server
    server.stop()


def grey(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    return np.asarray(pixels.astype(np.float64).mean(axis=2), np.float64)


def test_the_same_place_is_the_same_but_for_noise_and_time() -> None:
    one, other = (PLACE.draw(View(), at=at) for at in (1.0, 2.0))
    elsewhere = Place(seed=2, width=320, height=180).draw(View(), at=1.0)
    assert (one == PLACE.draw(View(), at=1.0)).all()
    assert 0 < np.abs(grey(one) - grey(other)).mean() < 5
    assert np.abs(grey(one) - grey(elsewhere)).mean() > 10


@pytest.mark.parametrize(
    ("view", "least"),
    [
        (View(litter=True), 0.005),
        (View(lamp_lit=False), 0.0005),
        (View(walkers=2), 0.005),
        (View(daylight=0.0), 0.5),
        (View(infrared=True), 0.2),
    ],
)
def test_what_happens_at_the_place_is_seen(view: View, least: float) -> None:
    usual = grey(PLACE.draw(View(), at=1.0))
    changed = np.abs(grey(PLACE.draw(view, at=1.0)) - usual) > 25
    assert changed.mean() > least


def test_a_walker_walks() -> None:
    first, second = (PLACE.draw(View(walkers=1), at=at) for at in (5.0, 8.0))
    moved = np.abs(grey(first) - grey(second)) > 25
    assert 0.005 < moved.mean() < 0.2


@pytest.mark.parametrize("path", STILLS)
def test_a_still_comes_under_every_vendors_path_with_digest(
    server: CameraServer, path: str
) -> None:
    with httpx.Client(auth=httpx.DigestAuth("admin", "a:b c"), trust_env=False) as client:
        answer = client.get(server.url + path)
    assert answer.headers["content-type"] == "image/jpeg"
    seen = cv2.imdecode(np.frombuffer(answer.content, np.uint8), cv2.IMREAD_COLOR)
    assert seen is not None
    assert seen.shape == (180, 320, 3)


@pytest.mark.parametrize("auth", [None, httpx.DigestAuth("admin", "x"), ("admin", "a:b c")])
def test_nobody_else_is_let_in(
    server: CameraServer, auth: httpx.Auth | tuple[str, str] | None
) -> None:
    with httpx.Client(auth=auth, trust_env=False) as client:
        assert client.get(server.url + STILLS[0]).status_code == 401


def test_a_film_goes_on(server: CameraServer) -> None:
    auth = httpx.DigestAuth("admin", "a:b c")
    seen = b""
    with (
        httpx.Client(auth=auth, trust_env=False) as client,
        client.stream("GET", server.url + MJPEG) as answer,
    ):
        for piece in answer.iter_raw():
            seen += piece
            if seen.count(b"--frame") > 3:
                break
    assert seen.count(b"\xff\xd8\xff") >= 3


@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_a_stream_plays(camera: Camera, transport: str) -> None:
    server = RtspServer(camera)
    server.start()
    try:
        url = server.url.replace("//", "//admin:a%3Ab%20c@")
        options = {"rtsp_transport": transport, "analyzeduration": "500000"}
        with av.open(url, options=options, timeout=60) as stream:
            frame = next(islice(stream.decode(video=0), 4, None))
            seen = np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
    finally:
        server.stop()
    assert server.transports == [transport]
    assert np.abs(grey(seen) - grey(camera.pixels())).mean() < 8


def test_a_frozen_camera_shows_one_picture_and_a_living_one_many(camera: Camera) -> None:
    times = iter(float(second) for second in range(100))
    camera.clock = lambda: next(times)
    assert camera.picture() != camera.picture()
    camera.breaks(Fault.FROZEN)
    assert camera.picture() == camera.picture()


@pytest.mark.parametrize("fault", [Fault.BLACK, Fault.OVER_EXPOSED, Fault.COVERED, Fault.MOVED])
def test_a_broken_view_is_another_picture(camera: Camera, fault: Fault) -> None:
    well = grey(camera.pixels())
    camera.breaks(fault)
    assert np.abs(grey(camera.pixels()) - well).mean() > 20


def test_a_bomb_is_small_and_asks_for_gigabytes() -> None:
    bomb = jpeg.bomb()
    assert len(bomb) < 200_000
    assert int.from_bytes(bomb[16:20]) * int.from_bytes(bomb[20:24]) * 3 > 10 * 2**30


def test_a_line_says_what_happens(camera: Camera) -> None:
    cameras = {"gate": camera}
    assert obey(cameras, "gate looks litter=true walkers=2 daylight=0.5") == {
        "camera": "gate",
        "looks": "litter=true walkers=2 daylight=0.5",
    }
    assert camera.view == View(litter=True, walkers=2, daylight=0.5)
    assert obey(cameras, "gate breaks black")["breaks"] == "black"
    assert (camera.pixels() < 10).all()
    obey(cameras, "gate breaks nothing")
    assert (camera.pixels() > 10).any()
    for line in ("roof breaks black", "gate breaks glass", "gate looks mood=bad", "gate runs", ""):
        assert "refused" in obey(cameras, line)


def test_as_a_program_it_shows_cameras_until_it_is_told_to_end() -> None:
    command = [sys.executable, "-m", "simulators.camera", "gate", "lobby", "--width", "320"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        lines = [program.stdout.readline() for _ in range(2)]
        url = lines[1].split('"')[-2]
        assert httpx.get(url, trust_env=False).content[:2] == b"\xff\xd8"
        os.kill(program.pid, signal.SIGTERM)
        assert program.wait(60) == 0
