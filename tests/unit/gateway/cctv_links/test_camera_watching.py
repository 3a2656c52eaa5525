"""From looks to what is told: two before a report, once each, and what the picture shows."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.facts.device import DeviceCode, EventType, SiteCode
from gateway.camera_watch import CameraWatch
from gateway.cctv import telling
from gateway.cctv.health import State
from gateway.cctv.lane import Look
from gateway.cctv.picture import Decoder
from gateway.cctv.still import NoPicture, Still
from gateway.cctv.watch import Watch
from gateway.spool import Spool
from simulators.camera.camera import Camera, Fault
from simulators.camera.scene import Place

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
WHO = telling.source(SiteCode("site"), "gate")


def told(states: list[tuple[float, State]], watch: Watch | None = None) -> list[str]:
    watch = watch or Watch(WHO)
    events = [
        watch.seen(state, at=NOW + timedelta(seconds=at), reasons=("r",)) for at, state in states
    ]
    return [event.type.value for event in events if event is not None]


OK, OFF, BLACK, COVERED = State.OK, State.OFFLINE, State.BLACK, State.COVERED


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([(0, OFF)], []),
        ([(0, OFF), (10, OFF), (20, OFF)], ["camera.offline"]),
        ([(0, OFF), (10, OK), (20, OFF)], []),
        ([(0, OFF), (1, OFF), (2, OFF)], []),  # a burst is one look
        ([(0, OFF), (10, OFF), (20, OK), (30, OK)], ["camera.offline", "camera.restored"]),
        ([(0, OFF), (10, OFF), (20, OK), (30, OFF), (40, OK)], ["camera.offline"]),
        ([(0, BLACK), (10, COVERED), (20, BLACK)], ["camera.black"]),
        ([(0, OFF), (10, OFF), (20, BLACK), (30, BLACK)], ["camera.offline", "camera.black"]),
        ([(0, State.PARTLY_OBSTRUCTED), (10, State.PARTLY_OBSTRUCTED)], []),
    ],
)
def test_two_looks_before_a_report(states: list[tuple[float, State]], said: list[str]) -> None:
    assert told(states) == said


def test_a_restart_tells_nothing_again() -> None:
    first = Watch(WHO)
    events = [first.seen(OFF, at=NOW + timedelta(seconds=at), reasons=("r",)) for at in (0, 10)]
    second = Watch(WHO)
    second.resume([event for event in events if event is not None])
    assert told([(20, OFF), (30, OFF)], second) == []
    assert told([(40, OK), (50, OK)], second) == ["camera.restored"]


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[CameraWatch]:
    spool = Spool(tmp_path)
    with Decoder() as decoder:
        yield CameraWatch(
            site=SiteCode("site"),
            zone=ZoneInfo("Asia/Shanghai"),
            views={DeviceCode("gate"): "here"},
            masks={DeviceCode("gate"): ()},
            folder=tmp_path / "references",
            decoder=decoder,
            events=spool,
        )
    spool.close()


def looks(watching: CameraWatch, camera: Camera, first: int, last: int) -> list[str]:
    """Judge a look every eleven seconds; the camera's time runs with them."""
    said = []
    for number in range(first, last):
        at = NOW + timedelta(seconds=11 * number)
        camera.clock = at.timestamp
        event = watching.judge(
            DeviceCode("gate"), Look(at, Still(content=camera.picture(), taken_at=at))
        )
        said += [event.type.value] if event is not None else []
    return said


@pytest.mark.parametrize(
    "fault", [Fault.BLACK, Fault.OVER_EXPOSED, Fault.COVERED, Fault.MOVED, Fault.FROZEN]
)
def test_what_is_wrong_with_the_picture_is_told_and_that_it_is_over(
    watching: CameraWatch, fault: Fault
) -> None:
    camera = Camera(place=Place(seed=6))
    assert looks(watching, camera, 0, 5) == []
    camera.breaks(fault)
    assert looks(watching, camera, 5, 11) == [f"camera.{fault.value}"]
    camera.breaks(None)
    assert looks(watching, camera, 11, 15) == ["camera.restored"]


def test_night_walkers_and_rain_are_no_fault(watching: CameraWatch) -> None:
    camera = Camera(place=Place(seed=6))
    assert looks(watching, camera, 0, 5) == []
    camera.looks(walkers=3, rain=True)
    assert looks(watching, camera, 5, 9) == []
    camera.looks(walkers=1, rain=False, daylight=0.3)
    assert looks(watching, camera, 9, 13) == []


def test_a_picture_that_cannot_be_had_is_told_with_its_reason(watching: CameraWatch) -> None:
    gone = NoPicture("the camera answered 401")
    events = [
        watching.judge(DeviceCode("gate"), Look(NOW + timedelta(seconds=at), gone)) for at in (0, 5)
    ]
    assert events[0] is None
    assert events[1] is not None
    assert (events[1].type, events[1].data["reason"]) == (
        EventType.CAMERA_OFFLINE,
        "the camera answered 401",
    )
