"""A profile is a file; a wrong one is refused with file, key and reason."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gateway.access_control.profile import load, names
from gateway.profiles import BadProfile, UnknownProfile

Listen = Callable[..., Any]
OWN = """
name = "our-bells"
title = "The bells of our own workshop"
filters = ["bells/{address}/press"]

[[topic]]
pattern = "bells/{address}/press"

[fields]
code = ["kind"]

[[rule]]
code = ["ding"]
means = "ringing"
"""


def test_every_dialect_of_the_design_is_shipped() -> None:
    assert set(names()) == {
        "amcrest2mqtt", "baresip", "bticino", "bticino-bridge", "dahua-vto", "ha-event", "ha-sip",
        "hikvision-addons", "hikvision-isapi", "native", "onvif-ej", "uhppoted", "zigbee2mqtt",
    }  # fmt: skip


def test_a_files_name_is_its_profiles_name() -> None:
    assert [load(name).name for name in names()] == list(names())


def test_an_unknown_name_tells_the_closest_and_all() -> None:
    with pytest.raises(UnknownProfile, match=r"did you mean 'dahua-vto'.*zigbee2mqtt"):
        load("dahua_vto")


def test_a_file_that_is_not_there_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(UnknownProfile):
        load(str(tmp_path / "none.toml"))


def test_an_integrators_own_file_works(tmp_path: Path) -> None:
    path = tmp_path / "bells.toml"
    path.write_text(OWN)
    assert load(str(path)).name == "our-bells"


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ("code = [", "kode = [", "rule.0.kode"),
        ('means = "ringing"', 'means = "rings"', "rule.0.*'rings' is none of.*ringing"),
        ('means = "ringing"', 'means = "camera.black"', "rule.0.*is none of"),
        ('title = "The', 'late_limit = -1\ntitle = "The', "late_limit"),
        ('title = "The', 'colour = "red"\ntitle = "The', "colour"),
        ("bells/{address}/press", "bells/#", "'#' is neither a word"),
        ("bells/{address}/press", "bells/{Address}", "neither a word"),
        ('code = ["kind"]', 'code = ["kind|rot13"]', "rot13"),
        ('code = ["kind"]', "code = 7", "fields.code"),
        ("[fields]", "[fields", "line 9"),
        ('name = "our-bells"', 'name = "Our Bells"', "name"),
    ],
)
def test_a_wrong_file_is_refused_with_file_key_and_reason(
    tmp_path: Path, wrong: str, right: str, says: str
) -> None:
    path = tmp_path / "bells.toml"
    head, _, tail = OWN.rpartition(wrong)
    path.write_text(head + right + tail)

    with pytest.raises(BadProfile, match=rf"(?s)bells\.toml.*{says}"):
        load(str(path))


@pytest.mark.parametrize(
    ("profile", "addresses", "topics"),
    [
        ("dahua-vto", ["site/VTO"], {"site/VTO/+/Event", "site/VTO/MagneticLock/Status"}),
        ("native", ["lobby"], {"shouwen/hq/lobby/event", "shouwen/hq/lobby/heartbeat"}),
        ("native", [], {"shouwen/hq/+/event", "shouwen/hq/+/heartbeat"}),
        ("baresip", ["8001"], {"/baresip/event"}),
        ("hikvision-isapi", ["lobby"], set()),
        ("ha-sip", ["desk"], set()),
        (
            "zigbee2mqtt",
            ["hall/button"],
            {
                "zigbee2mqtt/hall/button", "zigbee2mqtt/hall/button/action",
                "zigbee2mqtt/hall/button/availability", "zigbee2mqtt/bridge/state",
            },
        ),
        ("dahua-vto", ["bad/#"], {"+/+/Event", "+/MagneticLock/Status"}),
    ],
)  # fmt: skip
def test_filters_name_the_sites_own_devices(
    listen: Listen, profile: str, addresses: list[str], topics: set[str]
) -> None:
    devices = {address: f"d{number}" for number, address in enumerate(addresses)}
    assert set(listen(profile, devices).adapter.topics) == topics
