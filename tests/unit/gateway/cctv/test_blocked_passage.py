"""A zone that must stay as its reference, as wide as a lane is drawn."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.facts.device import EventType, SiteCode
from gateway.cctv import telling
from gateway.cctv.align import Plate
from gateway.cctv.findings import Findings
from gateway.cctv.picture import Decoder
from gateway.cctv.rule import Rule
from simulators.camera import jpeg
from simulators.camera.scene import Place, View

LANE = ((0.5, 0.6), (0.9, 0.6), (0.9, 0.95), (0.5, 0.95))
WHO = telling.source(SiteCode("site"), "lane")
START = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
PLACE = Place(seed=16)


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder(seconds=60) as made:
        yield made


def told(decoder: Decoder, view: View, *, looks: int = 5) -> list[EventType]:
    """What is told of a lane that looks so for some looks, ten seconds apart."""
    rule = Rule(what=EventType.SCENE_BLOCKED_PASSAGE, place="lane", zone=LANE, hold=30)
    findings = Findings(WHO, [rule], zone=ZoneInfo("Asia/Shanghai"))
    clean = [Plate(decoder.decode(jpeg.jpeg(PLACE.draw(View(), at=0.0))).pixels)]
    said: list[EventType] = []
    for number in range(looks):
        at = START + timedelta(seconds=10 * number)
        pixels = decoder.decode(jpeg.jpeg(PLACE.draw(view, at=at.timestamp()))).pixels
        found = findings.look(pixels, Plate(pixels), clean=clean, at=at)
        said += [event.type for event in found]
    return said


def test_a_bag_on_a_wide_lane_is_told_once_after_the_hold_time(decoder: Decoder) -> None:
    assert told(decoder, View(litter=True), looks=3) == []
    assert told(decoder, View(litter=True), looks=6) == [EventType.SCENE_BLOCKED_PASSAGE]


@pytest.mark.parametrize(
    "view", [View(), View(walkers=2), View(rain=True), View(daylight=0.4), View(daylight=0.15)]
)
def test_people_rain_and_dusk_block_nothing(decoder: Decoder, view: View) -> None:
    assert told(decoder, view) == []
