"""The fixed fault table: what befalls a camera × the places it looks at. No row may fall."""

import pytest

from gateway.cctv import health
from gateway.cctv.align import Plate
from gateway.cctv.health import State
from tests.unit.gateway.cctv import scenes

ILL: dict[str, tuple[scenes.Fault, set[State]]] = {
    "black": (scenes.gain(0.02), {State.BLACK}),
    "burnt out": (scenes.gain(6), {State.OVER_EXPOSED}),
    "board over 45 %": (scenes.board(0.45), {State.OBSTRUCTED}),
    "board over 60 %": (scenes.board(0.6), {State.OBSTRUCTED, State.COVERED}),
    "board over all": (scenes.board(1.0), {State.COVERED}),
    "turned by 30 %": (scenes.shifted(288), {State.MOVED}),
    "turned by 10 %": (scenes.shifted(96), {State.MOVED}),
    "out of focus": (scenes.blurred(5), {State.BLURRED}),
    "a little board": (scenes.board(0.16), {State.PARTLY_OBSTRUCTED}),
}
WELL: dict[str, scenes.Fault] = {
    "plain": lambda picture: picture,
    "noise": scenes.noisy(8),
    "darker": scenes.gain(0.6),
    "brighter": scenes.gain(1.35),
    "infrared": scenes.infrared,
    "compressed": scenes.compressed(30),
    "a mount that sagged": scenes.shifted(7, 4),
    "shade": scenes.shade,
}


def _seen(name: str, fault: scenes.Fault) -> health.Condition:
    reference = Plate(scenes.scene(name))
    return health.check(Plate(fault(scenes.scene(name, look=1))), [reference])


@pytest.mark.parametrize("scene", scenes.SCENES)
@pytest.mark.parametrize("ill", ILL)
def test_a_camera_that_is_ill_is_called_so(ill: str, scene: str) -> None:
    fault, wanted = ILL[ill]
    assert _seen(scene, fault).state in wanted


@pytest.mark.parametrize("scene", scenes.SCENES)
@pytest.mark.parametrize("well", WELL)
def test_a_camera_that_is_well_is_left_alone(well: str, scene: str) -> None:
    assert _seen(scene, WELL[well]).state is State.OK


@pytest.mark.parametrize("scene", scenes.SCENES)
def test_a_thing_in_the_scene_is_no_fault_of_the_camera(scene: str) -> None:
    now = Plate(scenes.scene(scene, look=1, thing=True))
    assert health.check(now, [Plate(scenes.scene(scene))]).state is State.OK


def test_another_place_is_a_moved_camera() -> None:
    seen = health.check(Plate(scenes.scene("lobby")), [Plate(scenes.scene("yard"))])
    assert seen.state is State.MOVED


def test_the_reference_that_fits_is_taken_whatever_their_order() -> None:
    wrong, right = Plate(scenes.scene("lobby")), Plate(scenes.scene("yard"))
    now = Plate(scenes.scene("yard", look=3))
    assert health.check(now, [wrong, right]).state is State.OK
    assert health.check(now, [right, wrong]).state is State.OK


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (scenes.gain(0.02), State.BLACK),
        (scenes.gain(6), State.OVER_EXPOSED),
        (scenes.board(1.0), State.COVERED),
        (scenes.blurred(9), State.BLURRED),
        (scenes.gain(1.0), State.OK),
    ],
)
def test_without_a_reference_the_plainest_faults_are_still_seen(
    fault: scenes.Fault, state: State
) -> None:
    assert health.check(Plate(fault(scenes.scene("yard")))).state is state


def test_what_is_covered_is_told_as_a_share() -> None:
    seen = _seen("stairs", scenes.board(0.5))
    assert seen.covered == pytest.approx(0.5, abs=0.12)
