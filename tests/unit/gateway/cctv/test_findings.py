"""Lamps, and what was left or taken, on made pictures."""

from datetime import UTC, datetime, timedelta

import cv2
import numpy as np
import pytest

from gateway.cctv import lamp
from gateway.cctv.lamp import Lamp
from gateway.cctv.left_object import Found, LeftObjects
from gateway.cctv.picture import Pixels
from gateway.cctv.region import Region
from tests.unit.gateway.cctv import scenes

BOX = Region.box(x=600, y=100, width=70, height=70)
START = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
HOLD = timedelta(seconds=20)


def _lit(picture: Pixels, *, core: int = 9) -> Pixels:
    glow = np.zeros(picture.shape, np.float32)
    cv2.circle(glow, (635, 135), core, (230, 245, 255), -1)
    shine = cv2.GaussianBlur(glow, (0, 0), 3) + 0.8 * cv2.GaussianBlur(glow, (0, 0), 14) + glow
    return np.asarray(np.clip(picture + shine, 0, 255), np.uint8)


@pytest.mark.parametrize("light", [0.15, 0.5, 1.0])
def test_a_lit_lamp_is_seen_by_day_and_by_night(light: float) -> None:
    picture = _lit(scenes.gain(light)(scenes.scene("yard")))
    assert lamp.look(picture, BOX).lamp is Lamp.LIT


@pytest.mark.parametrize("light", [0.15, 0.5, 1.0])
def test_a_lamp_that_is_out_is_seen(light: float) -> None:
    assert lamp.look(scenes.gain(light)(scenes.scene("yard")), BOX).lamp is Lamp.UNLIT


def test_a_lamp_out_of_view_tells_nothing() -> None:
    away = Region.box(x=5000, y=100, width=70, height=70)
    assert lamp.look(scenes.scene("yard"), away).lamp is Lamp.CANNOT_TELL


def _watch(pictures: "list[tuple[int, Pixels]]") -> list[Found]:
    """Show each picture for so many looks, one a second."""
    watcher, second = LeftObjects(hold=HOLD), 0
    found: list[Found] = []
    for looks, picture in pictures:
        for _ in range(looks):
            chance = np.random.default_rng(second)
            grain = chance.normal(0, 2, picture.shape)
            shown = np.clip(picture + grain, 0, 255).astype(np.uint8)
            found += watcher.look(shown, taken_at=START + timedelta(seconds=second))
            second += 1
    return found


def _clean() -> Pixels:
    return scenes.scene("lobby", noise=0)


def _left() -> Pixels:
    return scenes.scene("lobby", noise=0, thing=True)


def test_a_left_thing_is_found_once_after_the_hold_time() -> None:
    found = _watch([(15, _clean()), (70, _left())])
    assert len(found) == 1
    left, top, right, bottom = scenes.PLACE.bounds
    assert left <= found[0].x + found[0].width / 2 <= right
    assert top <= found[0].y + found[0].height / 2 <= bottom
    assert found[0].found_at - START == pytest.approx(
        timedelta(seconds=36), abs=timedelta(seconds=5)
    )
    assert found[0].since - START == pytest.approx(timedelta(seconds=15), abs=timedelta(seconds=3))


def test_a_thing_left_for_less_than_the_hold_time_is_nothing() -> None:
    assert _watch([(15, _clean()), (15, _left()), (40, _clean())]) == []


def test_a_taken_thing_is_found_too() -> None:
    assert len(_watch([(15, _left()), (40, _clean())])) == 1


def test_what_stood_there_in_the_first_picture_only_tells_nothing() -> None:
    assert _watch([(1, _left()), (80, _clean())]) == []


def test_a_light_that_is_switched_is_no_thing() -> None:
    darker = scenes.gain(0.55)(_clean())
    assert _watch([(15, _clean()), (60, darker)]) == []


def test_somebody_who_stands_but_stirs_is_no_thing() -> None:
    standing = []
    for step in range(60):
        picture = _clean()
        scenes.put(picture, x=440 + 6 * (step % 2), y=310 + 4 * (step % 3), size=60)
        standing.append((1, picture))
    assert _watch([(15, _clean()), *standing]) == []


def test_walkers_are_nothing() -> None:
    walking = []
    for step in range(60):
        picture = _clean()
        scenes.put(picture, x=20 + 14 * step, y=300, size=60)
        walking.append((1, picture))
    assert _watch([(15, _clean()), *walking]) == []
