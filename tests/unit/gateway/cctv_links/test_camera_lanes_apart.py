"""Fifty cameras, some of which hang: nobody waits for anybody."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from typing import NoReturn

import pytest

from core.facts.device import DeviceCode
from gateway.cctv.asked import Asked, Label
from gateway.cctv.lane import MOST_ASKED, Lane, Look
from gateway.cctv.lanes import Lanes
from gateway.cctv.ring import Ring
from gateway.cctv.still import Camera, NoPicture, Still
from tests.unit.gateway.cctv_links.conftest import now


class Quick:
    def look(self, *, within: float) -> Still:
        assert within > 0
        return Still(content=b"picture", taken_at=now())


class Hanging:
    def __init__(self) -> None:
        self.released = threading.Event()

    def look(self, *, within: float) -> Still:
        self.released.wait(within)
        raise NoPicture("it hangs")


class Broken:
    def look(self, *, within: float) -> NoReturn:
        raise ZeroDivisionError(within)


def lane(camera: Camera, looks: list[Look], *, interval: float = 30.0) -> Lane:
    return Lane(camera, ring=Ring(seconds=60), interval=interval, clock=now, tell=looks.append)


def asked(answers: list[Still | NoPicture], label: Label = Label.NOW) -> Asked:
    return Asked(moment=now(), label=label, answer=answers.append)


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    hanging = Hanging()
    yield hanging
    hanging.released.set()


def until(true: Callable[[], object], *, within: float) -> bool:
    ends = time.monotonic() + within
    while not true():
        if time.monotonic() > ends:
            return False
        time.sleep(0.005)
    return True


def test_of_fifty_cameras_three_that_hang_delay_none_of_the_others(hanging: Hanging) -> None:
    looks: list[Look] = []
    ways: list[Camera] = [hanging] * 3 + [Quick() for _ in range(47)]
    lanes = Lanes({DeviceCode(f"c{n}"): lane(way, looks) for n, way in enumerate(ways)})
    lanes.start()
    answers: list[Still | NoPicture] = []
    began = time.monotonic()
    for number in range(50):
        lanes.ask(f"c{number}", asked(answers))
    assert until(lambda: len(answers) == 47, within=5)
    took = time.monotonic() - began
    hanging.released.set()
    assert until(lambda: len(answers) == 50, within=5)
    lanes.stop()

    assert took < 1.0
    assert sum(isinstance(one, NoPicture) for one in answers) == 3


def test_a_lane_that_dies_is_started_again_with_what_it_keeps() -> None:
    looks: list[Look] = []
    lanes = Lanes({DeviceCode("c"): lane(Broken(), looks)})
    failed: list[object] = []
    hook, threading.excepthook = threading.excepthook, failed.append
    try:
        lanes.start()
        assert until(lambda: failed, within=5)
        assert until(lambda: lanes.alive(now()) and len(failed) > 1, within=5)
    finally:
        lanes.stop()
        threading.excepthook = hook


def test_a_burst_follows_what_was_asked_for() -> None:
    looks: list[Look] = []
    one = lane(Quick(), looks, interval=600)
    stopping = threading.Event()
    thread = threading.Thread(target=one.run, args=(stopping,))
    thread.start()
    answers: list[Still | NoPicture] = []
    assert until(lambda: looks, within=2)
    one.ask(asked(answers))
    assert until(lambda: len(looks) >= 4, within=5)
    stopping.set()
    one.wake()
    thread.join(2)
    assert not thread.is_alive()
    apart = [b.at - a.at for a, b in pairwise(looks[1:])]
    assert all(timedelta(seconds=0.9) < one < timedelta(seconds=1.5) for one in apart)


def test_no_lane_takes_more_than_it_can_answer(hanging: Hanging) -> None:
    one = lane(hanging, [])
    answers: list[Still | NoPicture] = []
    for _ in range(MOST_ASKED + 5):
        one.ask(asked(answers))
    assert [str(answer) for answer in answers] == [
        "too many pictures of this camera are asked for at once"
    ] * 5
