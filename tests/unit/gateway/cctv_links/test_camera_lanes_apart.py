"""Fifty cameras, some of which hang: nobody waits for anybody."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import NoReturn

import pytest

from core.facts.device import DeviceCode
from gateway.cctv import lane as lane_module
from gateway.cctv.asked import Asked, Label
from gateway.cctv.lane import BURST, MOST_ASKED, Lane, Look
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
        assert within > 0
        self.released.wait()  # for ever, were nobody to end the test
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


def until(true: Callable[[], object]) -> bool:
    ends = time.monotonic() + 60
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
    for number in range(50):
        lanes.ask(f"c{number}", asked(answers))
    assert until(lambda: len(answers) == 47)
    assert not any(isinstance(one, NoPicture) for one in answers)  # three are waited for still
    hanging.released.set()
    assert until(lambda: len(answers) == 50)
    lanes.stop()

    assert sum(isinstance(one, NoPicture) for one in answers) == 3


def test_a_lane_that_dies_is_started_again_with_what_it_keeps() -> None:
    looks: list[Look] = []
    lanes = Lanes({DeviceCode("c"): lane(Broken(), looks)})
    failed: list[object] = []
    hook, threading.excepthook = threading.excepthook, failed.append
    try:
        lanes.start()
        assert until(lambda: failed)
        assert until(lambda: lanes.alive(now()) and len(failed) > 1)
    finally:
        lanes.stop()
        threading.excepthook = hook


@contextmanager
def running(one: Lane) -> Iterator[None]:
    stopping = threading.Event()
    thread = threading.Thread(target=one.run, args=(stopping,))
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        one.wake()
        thread.join(60)
    assert not thread.is_alive()


def test_a_burst_follows_what_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lane_module, "BURST_EVERY", 0.01)
    looks: list[Look] = []
    answers: list[Still | NoPicture] = []
    one = lane(Quick(), looks, interval=600)
    with running(one):
        assert until(lambda: looks)
        for times in (1, 2):
            one.ask(asked(answers))
            assert until(lambda due=1 + times * (1 + BURST): len(looks) == due)  # type: ignore[misc]
    assert len(looks) == 1 + 2 * (1 + BURST)


def test_the_pictures_of_a_burst_are_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """They would be hours apart: whatever is seen was asked for."""
    monkeypatch.setattr(lane_module, "BURST_EVERY", 3600.0)
    looks: list[Look] = []
    answers: list[Still | NoPicture] = []
    one = lane(Quick(), looks, interval=7200)
    with running(one):
        assert until(lambda: looks)
        for times in (1, 2, 3):
            one.ask(asked(answers))
            assert until(lambda due=times: len(answers) == due)  # type: ignore[misc]
        # One that is asked for ahead is a chance for all that come before it.
        ahead = now() + timedelta(seconds=0.5)
        one.ask(Asked(moment=ahead, label=Label.NOW, answer=answers.append))
        assert until(lambda: len(answers) == 4)
    assert len(looks) == 5


def test_no_lane_takes_more_than_it_can_answer(hanging: Hanging) -> None:
    one = lane(hanging, [])
    answers: list[Still | NoPicture] = []
    for _ in range(MOST_ASKED + 5):
        one.ask(asked(answers))
    assert [str(answer) for answer in answers] == [
        "too many pictures of this camera are asked for at once"
    ] * 5
