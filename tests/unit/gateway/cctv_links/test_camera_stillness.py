"""Frozen or only quiet: clock, transport and picture speak together, by every way to a picture."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gateway.cctv.masking import Polygon
from gateway.cctv.picture import Decoder
from gateway.cctv.profile import load, where
from gateway.cctv.still import Still
from gateway.cctv.stillness import Stillness
from gateway.links.camera import camera as way_of
from gateway.links.camera_log_in import Credentials
from simulators.camera.camera import Camera, Fault
from simulators.camera.http import CameraServer
from simulators.camera.rtsp import RtspServer
from simulators.camera.scene import CLOCK, Place, View

NOW = datetime(2026, 11, 23, 20, 0, 5, tzinfo=UTC)
EVERY = 31
WAYS = ["http", "digest", "mjpeg", "tcp", "udp"]


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder(seconds=60) as one:
        yield one


class Hours:
    """A clock that runs on by half a minute with each look."""

    def __init__(self) -> None:
        self._ticks = itertools.count()
        self.now = NOW

    def __call__(self) -> datetime:
        self.now = NOW + timedelta(seconds=EVERY * next(self._ticks))
        return self.now


@contextmanager
def looking(
    way: str, camera: Camera, folder: Path, clock: Callable[[], datetime]
) -> Iterator[Callable[[], Still]]:
    """Look through a camera by one of the ways, on real sockets."""
    who = None
    if way != "http":
        camera.username, camera.password = "viewer", "word"
        who = Credentials(username="viewer", password="word")
    server: CameraServer | RtspServer
    if way in {"tcp", "udp"}:
        own = folder / "own.toml"
        own.write_text(
            f'name = "own"\ntitle = "t"\nway = "rtsp"\nurl = "{{address}}"\ntransport = "{way}"\n'
        )
        server, form = RtspServer(camera), load(str(own))
    else:
        server = CameraServer({"gate": camera})
        form = load("mjpeg" if way == "mjpeg" else "http-snapshot")
    server.start()
    path = {"mjpeg": "/video.mjpg", "tcp": "", "udp": ""}.get(way, "/snapshot.jpg")
    look = way_of(form, where(form, server.url + path), credentials=who, clock=clock)
    try:
        yield lambda: look.look(within=60)
    finally:
        server.stop()


@pytest.mark.parametrize("way", WAYS)
def test_a_frozen_camera_is_known_by_every_way_and_a_living_one_is_not_taken_for_one(
    tmp_path: Path, decoder: Decoder, way: str
) -> None:
    camera = Camera(place=Place(seed=3, width=320, height=180), view=View(clock=True))
    with looking(way, camera, tmp_path, Hours()) as look:
        living = frozen(decoder, [look() for _ in range(4)], clock_region=CLOCK)
        camera.breaks(Fault.FROZEN)
        dead = frozen(decoder, [look() for _ in range(4)], clock_region=CLOCK)
    assert living == [None] * 4
    assert dead[-1] is not None


def frozen(
    decoder: Decoder, stills: list[Still], *, clock_region: Polygon | None = None
) -> list[str | None]:
    stillness = Stillness(clock_region)
    said = []
    for still in stills:
        same = stillness.bytes_frozen(still)
        said.append(stillness.frozen(still, decoder.decode(still.content).pixels) or same)
    return said


def stills(camera: Camera, count: int = 8, *, made: bool = False) -> list[Still]:
    """Take pictures while the camera's own time runs on, as its transport would bring them."""
    taken = []
    for number in range(count):
        at = NOW + timedelta(seconds=EVERY * number)
        camera.clock = at.timestamp
        made_at = datetime.fromtimestamp(camera.made_at, UTC) if made else None
        taken.append(Still(content=camera.picture(), taken_at=at, made_at=made_at))
    return taken


@pytest.mark.parametrize(
    ("view", "region"),
    [
        (View(daylight=0.1), None),  # a lit, empty corridor: its noise differs
        (View(daylight=0.1), CLOCK),  # what is said to be a clock is a wall: its noise differs
        (View(drawn=True, clock=True), CLOCK),
        (View(drawn=True, clock=True), None),
    ],
)
def test_a_still_scene_is_not_frozen(decoder: Decoder, view: View, region: Polygon | None) -> None:
    camera = Camera(place=Place(seed=3), view=view)
    assert frozen(decoder, stills(camera), clock_region=region) == [None] * 8


def written_anew(camera: Camera, *, made: bool = False) -> list[Still]:
    """Return a frozen camera's pictures as a recorder writes them anew: no two alike in bytes."""
    camera.clock = NOW.timestamp
    camera.breaks(Fault.FROZEN)
    return [
        Still(
            content=still.content[:-2] + bytes([0, number]) + still.content[-2:],
            taken_at=still.taken_at,
            made_at=still.made_at,
        )
        for number, still in enumerate(stills(camera, made=made))
    ]


def test_written_anew_a_picture_is_frozen_only_when_a_clock_stands_still_too(
    decoder: Decoder,
) -> None:
    camera = Camera(place=Place(seed=3), view=View(clock=True))
    by_clock = frozen(decoder, written_anew(camera), clock_region=CLOCK)
    by_transport = frozen(decoder, written_anew(camera, made=True))
    by_picture_alone = frozen(decoder, written_anew(camera))
    assert by_clock[2:4] == [
        None,
        "it answers, and the clock in its picture and all else in it stand still",
    ]
    assert by_transport[3] == "it answers with a picture that by its own word was taken long ago"
    assert by_picture_alone == [None] * 8


def test_a_clock_that_stands_still_over_a_living_picture_is_not_frozen(decoder: Decoder) -> None:
    camera = Camera(place=Place(seed=3), view=View(walkers=2))
    assert frozen(decoder, stills(camera), clock_region=CLOCK) == [None] * 8


@pytest.mark.parametrize("path", ["snapshot.jpg", "video.mjpg"])
def test_the_moment_that_a_camera_tells_of_its_picture_is_read(tmp_path: Path, path: str) -> None:
    camera = Camera(place=Place(seed=3, width=320, height=180), says_when=True)
    camera.clock = NOW.timestamp
    way = "mjpeg" if path.endswith("mjpg") else "http"
    with looking(way, camera, tmp_path, Hours()) as look:
        assert look().made_at == NOW


@pytest.mark.parametrize("way", ["http", "digest"])
def test_a_late_answer_is_a_picture_and_not_frozen(
    tmp_path: Path, decoder: Decoder, way: str
) -> None:
    camera = Camera(place=Place(seed=3, width=320, height=180), fault=Fault.LATE)
    with looking(way, camera, tmp_path, Hours()) as look:
        assert frozen(decoder, [look()]) == [None]
