"""Cameras in ``site.toml``: what is read, and every mistake that is found."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.facts.device import DeviceCode
from gateway import settings, site

GOOD = """\
[site]
code = "site"
name = "滨河花园"
zone = "Asia/Shanghai"
[centre]
url = "http://127.0.0.1:8080"
[[place]]
code = "gate"
name = "北门"
[[device]]
code = "cam"
kind = "cctv"
profile = "hikvision"
address = "10.0.0.6"
place = "gate"
covers = ["gate"]
keep_days = 30
username = "viewer"
password_file = "cam.password"
interval_seconds = 2.5
masks = [[[0, 0], [0.25, 0], [0.25, 1]]]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "cam.password").write_text("secret\n")
    return tmp_path / "site.toml"


def test_a_camera_is_read(file: Path, tmp_path: Path) -> None:
    file.write_text(GOOD, encoding="utf-8")
    wiring = site.read(file)
    made = settings.of(wiring, data=tmp_path / "data", environment={})

    assert wiring.site.devices[DeviceCode("cam")].covers == ("gate",)
    assert wiring.site.devices[DeviceCode("cam")].keep_days == 30
    assert made.cameras is not None
    (plan,) = made.cameras.cameras
    assert plan.where.url == "http://10.0.0.6/ISAPI/Streaming/channels/101/picture"
    assert plan.credentials is not None
    assert plan.credentials.password == "secret"
    assert "secret" not in repr(plan)
    assert (plan.interval, plan.masks) == (2.5, (((0, 0), (0.25, 0), (0.25, 1)),))
    assert set(made.adapters()) == {"hikvision"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("10.0.0.6", "169.254.169.254", "line 14: device cam: address: 169.254.169.254 is a link"),
        ("10.0.0.6", "http://a:b@10.0.0.6", "address: write host"),
        ('"hikvision"', '"hikvison"', "line 13: device cam: profile: no camera profile"),
        ('covers = ["gate"]', 'covers = ["gat"]', "line 16: device cam: covers: no place 'gat'"),
        ('username = "viewer"\n', "", "password_file: needs a username"),
        ('password_file = "cam.password"\n', "", "username: needs a password_file"),
        ("[0.25, 1]", "[0.25, 1.5]", "line 21: device cam: masks"),
        ("[[[0, 0], [0.25, 0], [0.25, 1]]]", "[[[0, 0]]]", "masks"),
        ("interval_seconds = 2.5", "interval_seconds = 0", "interval_seconds"),
        ('"cctv"', '"access_control"', "covers: is for cameras only"),
    ],
)
def test_a_mistake_is_told(file: Path, old: str, new: str, said: str) -> None:
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    found = "\n".join(str(one) for one in site.mistakes(file))
    assert said in found


REGION = '[[device.region]]\nplace = "gate"\ncorners = [[0.1, 0.5], [0.9, 0.5], [0.5, 1.0]]\n'
LAMP = """\
[[device.find]]
what = "lamp_out"
zone = [[0.8, 0.0], [0.9, 0.0], [0.9, 0.2]]
lit = "by_night"
"""
SPOT = 'zone = "Asia/Shanghai"\nlatitude = 31.2\nlongitude = 121.5\n'


def test_a_region_says_where_a_covered_place_lies(file: Path) -> None:
    file.write_text(GOOD + REGION, encoding="utf-8")
    camera = site.read(file).site.devices[DeviceCode("cam")]
    assert camera.regions == {"gate": ((0.1, 0.5), (0.9, 0.5), (0.5, 1.0))}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (REGION.replace('"gate"', '"pond"'), "line 22: device cam: region: 'pond' is not among"),
        ("clock_region = [[0.1, 0.1], [0.2, 0.1], [0.3, 0.1]]\n", "clock_region: has no area"),
        (REGION + REGION, "'gate' has two regions"),
        (REGION.replace("[0.5, 1.0]", "[0.5, 0.5]"), "the region of 'gate' has no area"),
        (REGION.replace("[0.5, 1.0]", "[0.5, 1.2]"), "region"),
        (LAMP, "by_night needs latitude and longitude in [site]"),
        (LAMP + 'lit_from = "19:00"\nlit_until = "05:00"\n', "not both"),
        (LAMP.replace("lamp_out", "left_object"), "lit and lit_from are for lamps"),
    ],
)
def test_a_mistake_about_where_to_look_is_told(file: Path, more: str, said: str) -> None:
    file.write_text(GOOD + more, encoding="utf-8")
    assert said in "\n".join(str(one) for one in site.mistakes(file))


def test_a_lamp_that_burns_by_night_is_due_when_the_sun_is_down(file: Path) -> None:
    located = GOOD.replace('zone = "Asia/Shanghai"\n', SPOT)
    file.write_text(located + LAMP, encoding="utf-8")
    (rule,) = site.read(file).cameras[DeviceCode("cam")].finds
    zone = ZoneInfo("Asia/Shanghai")
    assert rule.due(datetime(2026, 12, 21, 18, 0, tzinfo=zone), zone=zone)
    assert not rule.due(datetime(2026, 6, 21, 18, 0, tzinfo=zone), zone=zone)
