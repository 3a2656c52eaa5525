"""What ``site.toml`` may say, and how each mistake is told."""

from pathlib import Path
from textwrap import dedent

import pytest

from core.facts.device import DeviceCode, System
from core.facts.people import PersonCode, Role, UnitCode, UnitKind
from core.facts.place import PlaceCode
from gateway.site import BadSite, absent_files, mistakes, read

GOOD = """\
[site]
code = "riverside"
name = "滨河花园"
zone = "Asia/Shanghai"

[centre]
url = "https://centre.example:8443"
token_file = "token"

[broker]
url = "mqtts://broker.example"
username = "gateway"
password_file = "broker.password"

[http]
port = 8088

[[place]]
code = "tower-1"
name = "1号楼"

[[place]]
code = "lobby-1"
name = "1号楼大堂"
parent = "tower-1"

[[device]]
code = "gate-1"
name = "北门"
kind = "access_control"
profile = "native"
address = "gate-1"
place = "lobby-1"
silent_after = 600

[[unit]]
code = "office"
name = "管理处"
kind = "office"

[[person]]
code = "zhang"
name = "张三"
unit = "office"
roles = ["operator", "director"]
phone = "13800000000"
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    path = tmp_path / "site.toml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def told(path: Path, text: str) -> list[str]:
    path.write_text(dedent(text), encoding="utf-8")
    return [str(one) for one in mistakes(path)]


def test_a_good_file_becomes_wiring(site: Path) -> None:
    wiring = read(site)

    assert wiring.site.name == "滨河花园"
    assert wiring.site.places[PlaceCode("lobby-1")].parent == "tower-1"
    gate = wiring.site.devices[DeviceCode("gate-1")]
    assert (gate.system, gate.silent_after) == (System.ACCESS_CONTROL, 600.0)
    assert wiring.units[UnitCode("office")].kind is UnitKind.OFFICE
    assert wiring.people[PersonCode("zhang")].roles == {Role.OPERATOR, Role.DIRECTOR}
    assert wiring.broker is not None
    assert wiring.broker.password_file == site.parent / "broker.password"
    assert wiring.http is not None
    assert (wiring.http.host, wiring.http.port) == ("127.0.0.1", 8088)
    assert mistakes(site) == ()


def test_a_byte_order_mark_does_no_harm(site: Path) -> None:
    site.write_text("\ufeff" + GOOD, encoding="utf-8")

    assert mistakes(site) == ()


@pytest.mark.parametrize(
    ("change", "to", "line", "reason"),
    [
        ('zone = "Asia/Shanghai"', 'zone = "Asia/Shangai"', 4, "did you mean 'Asia/Shanghai'?"),
        ('code = "riverside"', 'code = "river side"', 2, "must be 1 to 64 of"),
        ('name = "滨河花园"\n', "", 1, "is missing"),
        ('username = "gateway"', 'user = "gateway"', 12, "did you mean 'username'?"),
        ('url = "mqtts://broker.example"', 'url = "tcp://x"', 11, "mqtt://host:port"),
        ("port = 8088", 'port = "8088"', 16, "valid integer"),
        ("port = 8088", "port = 70000", 16, "less than or equal to 65535"),
        ('parent = "tower-1"', 'parent = "tower-2"', 25, "did you mean 'tower-1'?"),
        ('parent = "tower-1"', 'parent = "lobby-1"', 25, "cannot lie in itself"),
        ('kind = "access_control"', 'kind = "acces_control"', 30, "did you mean 'access_control'?"),
        ('kind = "access_control"', 'kind = "cctv"', 31, "no camera profile"),
        ('profile = "native"', 'profile = "nativ"', 31, "did you mean 'native'?"),
        ('profile = "native"', 'profile = "own.toml"', 31, "own.toml"),
        ('address = "gate-1"', 'address = "gate-+"', 32, "+ and # are wildcards"),
        ('address = "gate-1"', 'address = "gates/#"', 32, "+ and # are wildcards"),
        ('place = "lobby-1"', 'place = "loby-1"', 33, "did you mean 'lobby-1'?"),
        ("silent_after = 600", "silent_after = -1", 34, "greater than 0"),
        ('kind = "office"', 'kind = "firm"', 39, "there are office, subcontractor"),
        ('unit = "office"', 'unit = "ofice"', 44, "did you mean 'office'?"),
        ('"operator", "director"', '"operator", "boss"', 45, "no role 'boss'"),
        ('name = "张三"', "name = 3", 43, "valid string"),
        ("[[unit]]", "[unit]", 36, "write [[unit]]"),
        ("[http]", "[htp]", 15, "did you mean 'http'?"),
    ],
)
def test_a_mistake_is_told_with_line_and_reason(
    site: Path, change: str, to: str, line: int, reason: str
) -> None:
    site.write_text(GOOD.replace(change, to, 1), encoding="utf-8")

    found = mistakes(site)

    assert any(one.line == line and reason in one.reason for one in found), found


MESSENGER = """
[[messenger]]
code = "captains"
kind = "wecom"
url = "https://qyapi.example/send?key=1"
roles = ["captain"]
"""


def test_a_messenger_is_wired_with_its_secret_beside_the_file(site: Path) -> None:
    (site.parent / "sign").write_text("SEC-1\n")
    text = MESSENGER.replace("roles", 'secret_file = "sign"\nroles')
    site.write_text(GOOD + text, encoding="utf-8")

    (wired,) = read(site).messengers
    messenger = wired.read()

    assert (messenger.url, messenger.secret) == ("https://qyapi.example/send?key=1", "SEC-1")
    assert messenger.roles == {"captain"}
    assert "SEC-1" not in repr(messenger)


@pytest.mark.parametrize(
    ("change", "to", "reason"),
    [
        ('kind = "wecom"', 'kind = "wecon"', "did you mean 'wecom'?"),
        ('"https://qyapi.example/send?key=1"', '"http://qyapi.example/send"', "only https"),
        ('"https://qyapi.example/send?key=1"', '"qyapi"', "not an address"),
        ('url = "https://qyapi.example/send?key=1"\n', "", "either url or url_file"),
        ('roles = ["captain"]', 'roles = ["captan"]', "did you mean 'captain'?"),
        ('code = "captains"', 'code = "push"', "the way to browsers"),
        ('roles = ["captain"]', "per_minute = 0", "greater than or equal to 1"),
        ('roles = ["captain"]', 'secret = "x"', "unknown key"),
    ],
    ids=["kind", "plain", "none", "nowhere", "role", "push", "never", "secret"],
)
def test_a_mistake_in_a_messenger_is_told(site: Path, change: str, to: str, reason: str) -> None:
    site.write_text(GOOD + MESSENGER.replace(change, to, 1), encoding="utf-8")

    assert any(reason in one.reason for one in mistakes(site)), mistakes(site)


def test_every_mistake_is_told_in_the_order_of_lines(site: Path) -> None:
    found = told(
        site,
        """\
        [site]
        code = "x"
        nmae = "X"
        zone = "Mars/Olympus"
        [[place]]
        code = "a"
        name = "A"
        [[device]]
        code = "d"
        kind = "access_control"
        profile = "native"
        address = "d"
        place = "b"
        colour = "red"
        """,
    )

    assert [one.split(":")[0] for one in found] == [
        "line 1",
        "line 3",
        "line 4",
        "line 13",
        "line 14",
    ]
    assert found[-1] == "line 14: device d: colour: unknown key; did you mean 'covers'?"


def test_the_same_code_or_address_twice_is_a_mistake(site: Path) -> None:
    twin = GOOD[GOOD.index("[[device]]") : GOOD.index("[[unit]]")]
    site.write_text(GOOD + "\n" + twin.replace('code = "gate-1"', 'code = "gate-2"', 1) + twin)

    reasons = [one.reason for one in mistakes(site)]

    assert reasons == [
        "'gate-1' is the address of 'gate-1' already",
        "'gate-1' is given above already",
    ]


def test_a_circle_of_places_is_told_for_each_of_them(site: Path) -> None:
    found = told(
        site,
        """\
        [site]
        code = "x"
        name = "X"
        zone = "UTC"
        [[place]]
        code = "a"
        name = "A"
        parent = "b"
        [[place]]
        code = "b"
        name = "B"
        parent = "a"
        """,
    )

    assert found == [
        "line 8: place a: parent: a place cannot lie in itself: a in b in a",
        "line 12: place b: parent: a place cannot lie in itself: b in a in b",
    ]


def test_two_names_for_the_broker_contradict_each_other(site: Path) -> None:
    site.write_text(GOOD.replace('username = "gateway"', "port = 1883"), encoding="utf-8")

    assert [one.line for one in mistakes(site)] == [12]


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b'[site]\ncode = "x"\nname = \n', 3, "not TOML"),
        (b'[site]\ncode = "x"\ncode = "y"\n', 3, "not TOML"),
        (b'[site]\ncode = "\xff"\n', 2, "not UTF-8"),
        (b"", 1, "is missing"),
        (b"site = 3\n", 1, "must be a table"),
        (b"device = 3\n", 1, "write [[device]]"),
        (b"x = " + b"[" * 5000 + b"]" * 5000, 1, "not TOML"),
    ],
)
def test_a_file_that_is_no_site_file_is_refused(
    tmp_path: Path, content: bytes, line: int, reason: str
) -> None:
    path = tmp_path / "site.toml"
    path.write_bytes(content)

    assert any(one.line == line and reason in one.reason for one in mistakes(path))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSite, match="cannot be read: No such file"):
        read(tmp_path / "site.toml")


def test_a_device_that_posts_needs_a_listener(site: Path) -> None:
    posting = GOOD.replace('profile = "native"', 'profile = "hikvision-isapi"')
    site.write_text(posting, encoding="utf-8")
    assert mistakes(site) == ()

    site.write_text(posting.replace("[http]\nport = 8088\n", "", 1), encoding="utf-8")
    (found,) = mistakes(site)
    assert found.where == "device gate-1: profile"
    assert "[http]" in found.reason


def test_secrets_that_are_not_there_are_told_with_their_line(site: Path) -> None:
    (site.parent / "token").write_text("\n", encoding="utf-8")

    found = absent_files(site)

    assert [(one.line, one.where) for one in found] == [
        (8, "centre: token_file"),
        (13, "broker: password_file"),
    ]
    assert "is empty" in found[0].reason
    assert "cannot be read" in found[1].reason

    for name in ("token", "broker.password"):
        (site.parent / name).write_text("secret", encoding="utf-8")
    assert absent_files(site) == ()
