"""Cameras in ``site.toml``: what is read, and every mistake that is found."""

from pathlib import Path

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
