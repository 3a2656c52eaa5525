"""Each fault by each way to a picture: what is told, and that the lane beside it does not wait."""

import queue
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.facts.device import DeviceCode, EventType, SiteCode
from gateway.camera_watch import CameraWatch, Outlook
from gateway.cctv.asked import Asked, Label
from gateway.cctv.bank import folder_of
from gateway.cctv.lane import Lane, Look
from gateway.cctv.lanes import Lanes
from gateway.cctv.picture import Decoder
from gateway.cctv.profile import load, where
from gateway.cctv.ring import Ring
from gateway.cctv.still import NoPicture, Still
from gateway.links.camera import camera as way_of
from gateway.links.camera_log_in import Credentials
from gateway.spool import Spool
from simulators.camera.camera import Camera, Fault
from simulators.camera.http import CameraServer
from simulators.camera.rtsp import RtspServer
from simulators.camera.scene import Place
from tests.unit.gateway.cctv_links.conftest import now

STREAMS = ("tcp", "udp")
WAYS = ("digest", "mjpeg", *STREAMS)
WELL = "well"
HANGS = frozenset({Fault.MUTE, Fault.SLOW_LORIS})
#: What stands on the report; RTSP is read by FFmpeg, which tells less.
NO_PICTURE = {
    Fault.MUTE: dict.fromkeys(WAYS, "in time") | dict.fromkeys(STREAMS, "cannot be opened"),
    Fault.SLOW_LORIS: dict.fromkeys(WAYS, "in time") | dict.fromkeys(STREAMS, "cannot be opened"),
    Fault.HTML: {"digest": "a web page", "mjpeg": "no film"}
    | dict.fromkeys(STREAMS, "cannot be opened"),
    Fault.BOMB: dict.fromkeys(WAYS, "too much") | dict.fromkeys(STREAMS, "shows nothing"),
    Fault.TRUNCATED: dict.fromkeys(WAYS, "cut off") | dict.fromkeys(STREAMS, "shows nothing"),
}
#: What is said when the child itself was too slow, on a machine with much else to do.
LATE_CHILD = "did not show a picture in time"
#: What the watch tells of what the picture shows; None: it is well enough.
PICTURE = {
    Fault.BLACK: EventType.CAMERA_BLACK,
    Fault.COVERED: EventType.CAMERA_COVERED,
    Fault.MOVED: EventType.CAMERA_MOVED,
    Fault.FROZEN: EventType.CAMERA_FROZEN,
    Fault.SHAKEN: None,
    Fault.LATE: None,
}
BEGAN = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
#: A stream is opened by a child, which on a machine with much else to do takes its time.
PATIENCE, ROUNDS = 90.0, 3


@dataclass(frozen=True)
class Answer:
    camera: str
    seen: Still | NoPicture


@contextmanager
def lanes_of(folder: Path, cameras: dict[str, Camera]) -> Iterator[Lanes]:
    """Open a lane to each camera, named after its way, on real sockets."""
    with ExitStack() as stack:
        lanes = {}
        for name, camera in cameras.items():
            camera.username, camera.password = "viewer", "word"
            server = RtspServer(camera) if name in STREAMS else CameraServer({"c": camera})
            server.start()
            stack.callback(server.stop)
            lanes[DeviceCode(name)] = lane(folder, name, server.url)
        made = Lanes(lanes)
        stack.callback(made.stop)
        yield made


def lane(folder: Path, name: str, url: str) -> Lane:
    form = load("mjpeg" if name == "mjpeg" else "http-snapshot")
    if name in STREAMS:
        own = folder / f"{name}.toml"
        own.write_text(
            f'name = "own"\ntitle = "t"\nway = "rtsp"\nurl = "{{address}}"\ntransport = "{name}"\n'
        )
        form = load(str(own))
    path = {"mjpeg": "/video.mjpg", "tcp": "", "udp": ""}.get(name, "/snapshot.jpg")
    who = Credentials(username="viewer", password="word")
    return Lane(
        way_of(form, where(form, url + path), credentials=who, clock=now),
        ring=Ring(seconds=60),
        interval=3600,
        clock=now,
        tell=lambda _look: None,
    )


def asked(lanes: Lanes, names: list[str]) -> list[Answer]:
    """Ask all at once, before any lane begins: each looks once. Return the answers as they came."""
    answers: queue.Queue[Answer] = queue.Queue()
    for name in names:

        def answer(seen: Still | NoPicture, name: str = name) -> None:
            answers.put(Answer(name, seen))

        lanes.ask(name, Asked(moment=now(), label=Label.NOW, answer=answer))
    lanes.start()
    return [answers.get(timeout=PATIENCE) for _ in names]


def a_camera(fault: Fault | None) -> Camera:
    camera = Camera(place=Place(seed=3, width=320, height=180), late=1.0)
    camera.breaks(fault)
    return camera


@pytest.mark.parametrize("fault", NO_PICTURE, ids=str)
def test_a_camera_that_fails_costs_a_reason_by_every_way_and_another_one_answers_before(
    tmp_path: Path, fault: Fault
) -> None:
    cameras = {way: a_camera(fault) for way in WAYS} | {WELL: a_camera(None)}
    with lanes_of(tmp_path, cameras) as lanes:
        answers = asked(lanes, list(cameras))

    seen = {one.camera: one.seen for one in answers}
    assert isinstance(seen[WELL], Still)
    for way in WAYS:
        assert isinstance(seen[way], NoPicture), way
        assert NO_PICTURE[fault][way] in str(seen[way]) or LATE_CHILD in str(seen[way]), way
    if fault in HANGS:  # they were asked first, and have eight seconds each
        assert answers[0].camera == WELL


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder(seconds=60) as one:
        yield one


@pytest.mark.parametrize("fault", PICTURE, ids=str)
def test_what_the_picture_shows_is_told_by_every_way(
    tmp_path: Path, decoder: Decoder, fault: Fault
) -> None:
    looks = 2 if fault is Fault.FROZEN else 1
    seen: dict[str, list[Still]] = {way: [] for way in WAYS}
    cameras = {way: a_camera(fault) for way in WAYS}
    rounds = 0
    while rounds < looks + ROUNDS and any(
        len(one) < looks for one in seen.values()
    ):  # a busy machine may open a stream too late
        rounds += 1
        names = [way for way in WAYS if len(seen[way]) < looks]
        for way in names:
            cameras[way].released.clear()
        with lanes_of(tmp_path, {way: cameras[way] for way in names}) as lanes:
            for one in asked(lanes, names):
                if isinstance(one.seen, Still):
                    seen[one.camera].append(one.seen)

    with closing(Spool(tmp_path)) as events:
        watch = a_watch(tmp_path, decoder, events)
        told = {way: list(judged(watch, way, seen[way])) for way in WAYS}
    wanted = PICTURE[fault]
    assert told == dict.fromkeys(WAYS, [wanted] if wanted else [])


def a_watch(folder: Path, decoder: Decoder, events: Spool) -> CameraWatch:
    """Watch cameras that know how their place looks in order."""
    for way in WAYS:
        learnt = folder_of(folder / "references" / way, way)
        learnt.mkdir(parents=True)
        (learnt / f"3-{int(BEGAN.timestamp()) - 86_400}.jpg").write_bytes(a_camera(None).picture())
    return CameraWatch(
        site=SiteCode("site"),
        zone=ZoneInfo("Asia/Shanghai"),
        cameras={DeviceCode(way): Outlook(view=way) for way in WAYS},
        show=lambda _event, _still: None,
        folder=folder / "references",
        decoder=decoder,
        events=events,
    )


def judged(watch: CameraWatch, way: str, stills: list[Still]) -> Iterator[EventType]:
    """Yield what is told of what came over the wire, seen again and again, half a minute apart.

    Each look opens a stream anew, which takes seconds; so the wire is asked once, and of a frozen
    camera twice: what it hands out must be one and the same.
    """
    times = 5 if len(stills) > 1 else 2
    for number, still in enumerate(islice(cycle(stills), times)):
        at = BEGAN + timedelta(seconds=31 * number)
        event = watch.judge(DeviceCode(way), Look(at, replace(still, taken_at=at, camera_at=None)))
        if event is not None:
            yield event.type
