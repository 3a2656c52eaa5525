"""From looks to what is told: two before a report, once each, and what the picture shows."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.facts.device import DeviceCode, EventType, SiteCode
from gateway.camera_watch import CameraWatch, Outlook
from gateway.cctv import telling
from gateway.cctv.health import State
from gateway.cctv.lane import Look
from gateway.cctv.picture import Decoder
from gateway.cctv.rule import Rule
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


#: Where the litter lies, where the lamp hangs: in shares of the drawn place.
PAVING = ((0.6, 0.69), (0.71, 0.69), (0.71, 0.85), (0.6, 0.85))
LAMP = ((0.8, 0.04), (0.92, 0.04), (0.92, 0.2), (0.8, 0.2))
RULES = (
    Rule(what=EventType.SCENE_LEFT_OBJECT, place="yard", zone=(), hold=60),
    Rule(what=EventType.SCENE_BLOCKED_PASSAGE, place="lane", zone=PAVING, hold=30),
    Rule(
        what=EventType.SCENE_LAMP_OUT,
        place="lamp",
        zone=LAMP,
        hold=30,
        begins=time(18),
        ends=time(6),
    ),
)
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
def shown() -> list[str]:
    return []


@pytest.fixture
def watching(tmp_path: Path, shown: list[str]) -> Iterator[CameraWatch]:
    spool = Spool(tmp_path)
    with Decoder(seconds=60) as decoder:
        yield CameraWatch(
            site=SiteCode("site"),
            zone=ZoneInfo("Asia/Shanghai"),
            cameras={DeviceCode("gate"): Outlook(view="here", finds=RULES)},
            show=lambda event, _: shown.append(event.event_id),
            folder=tmp_path / "references",
            decoder=decoder,
            events=spool,
        )
    spool.close()


def looks(
    watching: CameraWatch, camera: Camera, first: int, last: int, *, start: datetime = NOW
) -> list[str]:
    """Judge a look every eleven seconds; the camera's time runs with them."""
    said = []
    for number in range(first, last):
        at = start + timedelta(seconds=11 * number)
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


def found(watching: CameraWatch) -> list[tuple[str, str | None]]:
    """Return the findings that wait to be told, and forget them."""
    told, watching._untold = watching._untold, []
    return [(event.type.value, event.subject) for event in told]


def test_what_is_left_in_the_way_is_proposed_once_per_place_with_its_picture(
    watching: CameraWatch, shown: list[str]
) -> None:
    camera = Camera(place=Place(seed=6))
    looks(watching, camera, 0, 6)
    camera.looks(walkers=1)
    looks(watching, camera, 6, 9)
    assert found(watching) == []
    camera.looks(walkers=0, litter=True)
    assert looks(watching, camera, 9, 22) == []
    assert sorted(found(watching)) == [
        ("scene.blocked_passage", "lane"),
        ("scene.left_object", "yard"),
    ]
    assert len(shown) == 2


def test_a_lamp_is_missed_only_when_it_should_be_lit(watching: CameraWatch) -> None:
    camera = Camera(place=Place(seed=6))
    camera.looks(lamp_lit=False)
    looks(watching, camera, 0, 6)
    assert found(watching) == []  # four in the afternoon
    evening = NOW + timedelta(hours=4)
    camera.looks(lamp_lit=True, daylight=0.25)
    looks(watching, camera, 0, 4, start=evening)
    assert found(watching) == []
    camera.looks(lamp_lit=False)
    looks(watching, camera, 4, 10, start=evening)
    assert found(watching) == [("scene.lamp_out", "lamp")]


@pytest.mark.parametrize(
    ("x", "y", "there"), [(0.65, 0.75, "in"), (0.5, 0.75, "out"), (0.65, 0.9, "out")]
)
def test_a_point_lies_in_a_zone_or_not(x: float, y: float, there: str) -> None:
    assert RULES[1].holds(x, y) is (there == "in")
    assert RULES[0].holds(x, y)
