"""Verdicts on made places: what light, lens and weather do × places, and the mirrored pair."""

import itertools

import cv2
import numpy as np
import pytest

from gateway.cctv.examination import Evidence, Examination
from gateway.cctv.region import Region
from gateway.cctv.verdict import Band, Judgement, Verdict
from tests.unit.gateway.cctv import scenes

HARMLESS: dict[str, scenes.Fault] = {
    "plain": lambda picture: picture,
    "brighter": scenes.gain(1.5),
    "darker": scenes.gain(0.35),
    "infrared": scenes.infrared,
    "noise": scenes.noisy(10),
    "compressed": scenes.compressed(20),
    "soft": scenes.blurred(1.2),
    "a mount that sagged": scenes.shifted(9, -5),
    "a mount that turned": scenes.shifted(12, 6, degrees=1.5),
    "shade over the rim of it": scenes.shade,
}
MIRRORED = {Verdict.GONE: Verdict.APPEARED, Verdict.APPEARED: Verdict.GONE}
SAID_CHANGED = {Verdict.CHANGED, Verdict.GONE, Verdict.APPEARED}


def _judged(
    name: str, *, before: bool, after: bool, fault: scenes.Fault, clean: bool = False
) -> Judgement:
    first = scenes.evidence(scenes.scene(name, thing=before), "a")
    second = scenes.evidence(fault(scenes.scene(name, look=1, thing=after)), "b")
    reference = scenes.evidence(scenes.scene(name, look=2), "c") if clean else None
    return Examination(first, second, reference=reference).judge(scenes.PLACE)


@pytest.mark.parametrize("scene", scenes.SCENES)
@pytest.mark.parametrize("fault", HARMLESS)
def test_nothing_changed_is_not_called_a_change(fault: str, scene: str) -> None:
    judged = _judged(scene, before=False, after=False, fault=HARMLESS[fault])
    assert judged.verdict is Verdict.UNCHANGED


@pytest.mark.parametrize("scene", scenes.SCENES)
@pytest.mark.parametrize("fault", HARMLESS)
def test_a_thing_that_was_cleared_away_is_seen(fault: str, scene: str) -> None:
    judged = _judged(scene, before=True, after=False, fault=HARMLESS[fault])
    assert judged.verdict is Verdict.CHANGED


@pytest.mark.parametrize("scene", scenes.SCENES)
@pytest.mark.parametrize(("before", "after"), [(True, False), (False, True)])
def test_the_clean_reference_tells_the_direction(scene: str, *, before: bool, after: bool) -> None:
    judged = _judged(scene, before=before, after=after, fault=scenes.gain(0.8), clean=True)
    assert judged.verdict is (Verdict.GONE if before else Verdict.APPEARED)
    assert any("clean reference" in reason for reason in judged.reasons)


@pytest.mark.parametrize("scene", scenes.SCENES)
def test_what_was_only_moved_within_its_place_is_neither_gone_nor_appeared(scene: str) -> None:
    left, top, _, _ = (int(edge) for edge in scenes.PLACE.bounds)
    pictures = [scenes.scene(scene, look=look) for look in (0, 1)]
    scenes.put(pictures[0], x=left + 8, y=top + 20, size=52)
    scenes.put(pictures[1], x=left + 62, y=top + 20, size=52)
    first, second = (scenes.evidence(one, str(n)) for n, one in enumerate(pictures))
    clean = scenes.evidence(scenes.scene(scene, look=2), "clean")
    judged = Examination(first, second, reference=clean).judge(scenes.PLACE)
    assert judged.verdict in SAID_CHANGED
    assert judged.verdict is Verdict.CHANGED or judged.band is not Band.SURE


@pytest.mark.parametrize("scene", scenes.SCENES)
@pytest.mark.parametrize("fault", [*HARMLESS, "dark", "half covered"])
def test_the_pair_reversed_gives_the_mirrored_verdict(fault: str, scene: str) -> None:
    special = {"dark": scenes.dark, "half covered": scenes.board(0.5)}
    befalls = HARMLESS.get(fault) or special[fault]
    first = scenes.evidence(scenes.scene(scene, thing=True), "a")
    second = scenes.evidence(befalls(scenes.scene(scene, look=1)), "b")
    clean = scenes.evidence(scenes.scene(scene, look=2), "c")
    forth = Examination(first, second, reference=clean).judge(scenes.PLACE)
    back = Examination(second, first, reference=clean).judge(scenes.PLACE)
    assert back.verdict is MIRRORED.get(forth.verdict, forth.verdict)
    if forth.shift_px is not None and forth.shift_px < 0.02 * scenes.WIDTH:
        assert (back.score, back.band) == (forth.score, forth.band)


@pytest.mark.parametrize("scene", scenes.SCENES)
@pytest.mark.parametrize("thing", [True, False])
def test_a_very_dark_picture_is_too_dark_to_tell_and_never_gone(scene: str, *, thing: bool) -> None:
    judged = _judged(scene, before=thing, after=False, fault=scenes.dark, clean=True)
    assert (judged.verdict, judged.band) == (Verdict.TOO_DARK, Band.CANNOT_TELL)
    assert judged.confidence == 0


@pytest.mark.parametrize("scene", scenes.SCENES)
def test_a_covered_view_is_obstructed_and_never_unchanged(scene: str) -> None:
    judged = _judged(scene, before=True, after=False, fault=scenes.board(0.6))
    assert judged.verdict is Verdict.OBSTRUCTED


@pytest.mark.parametrize("scene", scenes.SCENES)
def test_a_turned_camera_is_said_to_be_turned(scene: str) -> None:
    judged = _judged(scene, before=False, after=False, fault=scenes.shifted(240))
    assert judged.verdict is Verdict.CAMERA_MOVED


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(scenes.SCENES, 2)))
def test_two_places_are_never_compared(one: str, other: str) -> None:
    pair = (scenes.evidence(scenes.scene(one), "a"), scenes.evidence(scenes.scene(other), "b"))
    judged = Examination(*pair).judge(scenes.PLACE)
    assert judged.verdict in {Verdict.CAMERA_MOVED, Verdict.OBSTRUCTED}
    assert judged.band is Band.CANNOT_TELL


def test_an_over_exposed_picture_cannot_be_compared() -> None:
    judged = _judged("yard", before=True, after=False, fault=scenes.gain(6))
    assert judged.verdict is Verdict.CANNOT_COMPARE


def test_a_region_out_of_view_cannot_be_compared() -> None:
    picture = scenes.evidence(scenes.scene("yard"), "a")
    away = Region.box(x=2000, y=2000, width=50, height=50)
    assert Examination(picture, picture).judge(away).verdict is Verdict.CANNOT_COMPARE


def test_a_tiny_region_on_a_wide_view_is_left_to_a_persons_eye() -> None:
    first, second = (scenes.evidence(scenes.scene("yard", look=n), str(n)) for n in (0, 1))
    tiny = Region.box(x=470, y=340, width=15, height=15)
    assert Examination(first, second).judge(tiny).band is not Band.SURE


def test_a_picture_of_another_size_is_compared_all_the_same() -> None:
    first = scenes.evidence(scenes.scene("yard", thing=True), "a")
    small = np.asarray(cv2.resize(scenes.scene("yard", look=1), (640, 360)), np.uint8)
    judged = Examination(first, scenes.evidence(small, "b")).judge(scenes.PLACE)
    assert judged.verdict is Verdict.CHANGED


def test_the_whole_picture_says_where_it_changed() -> None:
    first = scenes.evidence(scenes.scene("lobby"), "a")
    second = scenes.evidence(scenes.scene("lobby", look=1, thing=True), "b")
    judged = Examination(first, second).judge()
    assert judged.verdict is Verdict.CHANGED
    left, top, right, bottom = scenes.PLACE.bounds
    for spot in judged.spots:
        middle = spot.x + spot.width / 2, spot.y + spot.height / 2
        assert left - 20 <= middle[0] <= right + 20
        assert top - 20 <= middle[1] <= bottom + 20


@pytest.mark.parametrize("scene", scenes.SCENES)
def test_the_whole_picture_unchanged_is_called_so(scene: str) -> None:
    pair: list[Evidence] = [
        scenes.evidence(scenes.scene(scene, look=look), str(look)) for look in (0, 1)
    ]
    assert Examination(pair[0], pair[1]).judge().verdict is Verdict.UNCHANGED


def test_asked_twice_the_answer_is_the_same() -> None:
    # OpenCV 5.0 changes some arguments in place; a plate is used again and again.
    first = scenes.evidence(scenes.scene("stairs", thing=True), "a")
    second = scenes.evidence(scenes.shifted(9, 5)(scenes.scene("stairs", look=1)), "b")
    answers = {Examination(first, second).judge(scenes.PLACE) for _ in range(4)}
    assert len(answers) == 1


#: Side of the bag, and of the region asked about: a tenth of it and more, down to a twentieth.
SMALL = [(40, 120), (40, 150), (60, 190), (80, 250), (110, 340)]


@pytest.mark.parametrize("scene", scenes.SCENES)
@pytest.mark.parametrize(("size", "side"), SMALL)
def test_a_thing_that_fills_a_tenth_of_its_region_is_never_surely_unchanged(
    scene: str, size: int, side: int
) -> None:
    littered = scenes.scene(scene)
    scenes.put(littered, x=460, y=320, size=size)
    first, second = (
        scenes.evidence(littered, "a"),
        scenes.evidence(scenes.scene(scene, look=1), "b"),
    )
    region = Region.box(x=440, y=300 - side // 4, width=side, height=side)
    judged = Examination(first, second).judge(region)
    assert judged.verdict is Verdict.CHANGED or judged.band is not Band.SURE
    assert judged.spots  # the person who looks is shown where


@pytest.mark.parametrize("scene", scenes.SCENES)
@pytest.mark.parametrize("side", [120, 250, 340])
def test_a_large_region_left_alone_is_surely_unchanged(scene: str, side: int) -> None:
    first, second = (scenes.evidence(scenes.scene(scene, look=n), str(n)) for n in (0, 1))
    region = Region.box(x=440, y=300 - side // 4, width=side, height=side)
    judged = Examination(first, second).judge(region)
    assert (judged.verdict, judged.band) == (Verdict.UNCHANGED, Band.SURE)
