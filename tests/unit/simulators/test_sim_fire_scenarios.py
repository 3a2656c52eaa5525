"""A fire-phone host in a building: what scenarios let happen to it, and how it is started."""

import json
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from pymodbus.client import ModbusTcpClient

from simulators import building, scenario
from simulators.__main__ import main
from simulators.action import Act
from simulators.building import Building, Refused
from simulators.deeds import Do
from simulators.fire_phone_host.host import CAN
from simulators.fire_phone_host.maps import BitTables
from simulators.schedule import Planned, schedule
from tests.unit.simulators.real_broker import Mosquitto, until

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"


@pytest.fixture(scope="module")
def demo() -> Building:
    return building.load("demo")


def plan(tmp_path: Path, demo: Building, step: str, *, speed: float = 1.0) -> list[Planned]:
    file = tmp_path / "mine.toml"
    file.write_text(f'[[step]]\nat = "00:00:00"\nstation = "fire-phone"\n{step}')
    return schedule(scenario.load(str(file), demo), demo, speed=speed, seed=1)


@pytest.mark.parametrize(
    ("step", "acts"),
    [
        (
            'do = "lift"\nextension = 7\ntake_after = 10\ntalk = 30',
            [(0.0, Act.LIFT), (10.0, Act.TAKE), (40.0, Act.HANG_UP)],
        ),
        ('do = "lift"\nextension = 7\nring_for = 9', [(0.0, Act.LIFT), (9.0, Act.HANG_UP)]),
        ('do = "lift"\nextension = 7', [(0.0, Act.LIFT)]),
        ('do = "take"\nextension = 7\ntalk = 5', [(0.0, Act.TAKE), (5.0, Act.HANG_UP)]),
        ('do = "cut_line"\nextension = 7\nfor = 5', [(0.0, Act.CUT_LINE), (5.0, Act.MEND_LINE)]),
        ('do = "short_line"\nextension = 7', [(0.0, Act.SHORT_LINE)]),
        ('do = "lose_mains"\nfor = 5', [(0.0, Act.LOSE_MAINS), (5.0, Act.MAINS_BACK)]),
        ('do = "battery_fault"\nfor = 5', [(0.0, Act.BATTERY_FAULT), (5.0, Act.BATTERY_BACK)]),
        ('do = "silence"\nfor = 5', [(0.0, Act.SILENCE), (5.0, Act.BACK)]),
        ('do = "slow"\nseconds = 1\nfor = 5', [(0.0, Act.SLOW), (5.0, Act.SOUND)]),
        ('do = "garbled"\nshare = 0.5\nfor = 5', [(0.0, Act.GARBLED), (5.0, Act.SOUND)]),
        ('do = "duplicate_unit"\nfor = 5', [(0.0, Act.DUPLICATE_UNIT), (5.0, Act.SOUND)]),
        ('do = "shifted_map"\nby = 2\nfor = 5', [(0.0, Act.SHIFTED_MAP), (5.0, Act.SOUND)]),
        ('do = "reboot"\nfor = 5', [(0.0, Act.REBOOT)]),
    ],
)
def test_deeds_become_acts(
    tmp_path: Path, demo: Building, step: str, acts: list[tuple[float, Act]]
) -> None:
    assert [(one.at_s, one.action.act) for one in plan(tmp_path, demo, step)] == acts


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        ('do = "lift"', "extension is a number from 1 to 64"),
        ('do = "lift"\nextension = 65', "extension is a number from 1 to 64"),
        ('do = "press"', "fire-phone is a fire-phone host and cannot press"),
        ('do = "garbage"', "cannot garbage"),
        ('do = "flap"', "cannot flap"),
        ('do = "lose_mains"\nextension = 1', "lose_mains takes no 'extension'"),
    ],
)
def test_mistakes_are_refused(tmp_path: Path, demo: Building, step: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        plan(tmp_path, demo, step)


def test_a_door_station_has_no_handset(tmp_path: Path, demo: Building) -> None:
    step = 'do = "lift"\nextension = 1'
    file = tmp_path / "mine.toml"
    file.write_text(f'[[step]]\nat = "00:00:00"\nstation = "vto-1-1"\n{step}')
    with pytest.raises(Refused, match="a station that speaks dahua-vto and cannot lift"):
        scenario.load(str(file), demo)


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ('code = "a"\nmap = "siemens-bit-table"\nextensions = 64', "stands there twice"),
        ('code = "f"\nmap = "odd"\nextensions = 64', "no map 'odd'; known are dry-contacts"),
        ('code = "f"\nmap = "gst-two-bit"\nextensions = 0', "are numbers"),
        ('code = "f"\nmap = "gst-two-bit"', "'extensions' is missing"),
    ],
)
def test_mistake_in_a_host_is_refused(tmp_path: Path, host: str, reason: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        '[building]\nsite="d"\nzone="Asia/Shanghai"\nheartbeat=20\n'
        '[[station]]\ncode="a"\ndialect="native"\naddress="a"\n'
        f"[[fire_phone_host]]\n{host}\n"
    )
    with pytest.raises(Refused, match=reason):
        building.load(str(file))


def test_the_demo_day_calls_twice_and_cuts_a_line(demo: Building) -> None:
    day = schedule(scenario.load("demo-day", demo), demo, speed=60, seed=1)

    acts = [one.action.act for one in day if one.station == "fire-phone"]
    assert [acts.count(act) for act in (Act.LIFT, Act.TAKE, Act.HANG_UP)] == [2, 1, 2]
    assert [acts.count(act) for act in (Act.CUT_LINE, Act.MEND_LINE)] == [1, 1]


def test_every_act_of_a_host_can_be_told_in_a_scenario() -> None:
    assert {act.value for act in CAN} <= {deed.value for deed in Do}


# ---- the demo's host, its profile and its site ---------------------------------------------------


def test_the_demos_profile_reads_what_the_demos_host_writes(demo: Building) -> None:
    (host,) = demo.hosts.values()
    made = host.set_up()
    assert isinstance(made.map, BitTables)
    profile = tomllib.loads((DEPLOY / "fire-phone-host.example.toml").read_text("utf-8"))
    (unit,) = profile["unit"]
    read = {
        block["name"]: block.get("address", block["point"][0].get("address"))
        for block in unit["block"]
    }

    assert unit["unit"] == host.unit
    assert {block["table"] for block in unit["block"]} == {"input"}
    assert read == {
        "control": made.map.talking,
        "alarm": made.map.calling,
        "fault": made.map.fault,
        "power": made.map.power,
    }
    assert sorted(map(int, profile["places"])) == list(range(1, host.extensions + 1))


def test_the_demos_host_hangs_in_the_demos_site(demo: Building) -> None:
    site = tomllib.loads((DEPLOY / "site.example.toml").read_text("utf-8"))
    profile = tomllib.loads((DEPLOY / "fire-phone-host.example.toml").read_text("utf-8"))
    wired = [one for one in site["device"] if one["kind"] == "fire_phone"]

    assert [one["code"] for one in wired] == list(demo.hosts)
    assert wired[0]["profile"] == "fire-phone-host.example.toml"
    places = list(profile["places"].values())
    assert set(places) <= {one["code"] for one in site["place"]}
    assert len(set(places)) == 64


# ---- as programs ---------------------------------------------------------------------------------


def test_run_lets_the_buildings_host_answer(mosquitto: Mosquitto, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("secret")
    (tmp_path / "lift.toml").write_text(
        '[scenario]\nlasts = "00:10:00"\n'
        '[[step]]\nat = "00:00:00"\nstation = "fire-phone"\ndo = "lift"\nextension = 33\n'
    )
    command = [sys.executable, "-m", "simulators", "run", "--broker", mosquitto.url]
    command += ["--username", "sim", "--password-file", str(tmp_path / "password")]
    command += ["--scenario", str(tmp_path / "lift.toml"), "--drain", "0"]
    command += ["--fire-phone-port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr is not None
        said = running.stderr.readline()
        port = int(said.rpartition(":")[2].partition("?")[0])
        until(lambda: _calling(port) == [0, 0, 1, 0])
        running.send_signal(signal.SIGTERM)
        out, _ = running.communicate(timeout=60)

    assert "fire-phone answers at tcp://127.0.0.1:" in said
    acts = [json.loads(line) for line in out.splitlines() if '"act"' in line]
    assert acts == [{"at_s": 0.0, "station": "fire-phone", "act": "lift", "extension": 33}]


def test_a_host_by_hand_obeys_lines() -> None:
    command = [sys.executable, "-m", "simulators", "fire-phone", "--extensions", "20"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        address = json.loads(running.stdout.readline())["address"]
        answers = []
        for order in (
            '{"act": "lift", "extension": 2}',
            '{"act": "lift", "extension": 21}',
            '{"act": "dance"}',
            "[]",
        ):
            print(order, file=running.stdin, flush=True)
            answers.append(json.loads(running.stdout.readline()))
        calling = _calling(int(address.rpartition(":")[2].partition("?")[0]), count=2)
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=60)

    assert (running.returncode, calling) == (0, [2, 0])
    assert answers[0] == {"done": "lift"}
    assert "no extension 21" in answers[1]["refused"]
    assert [list(one) for one in answers[2:]] == [["refused"], ["refused"]]


def test_a_port_that_is_taken_ends_with_2(
    mosquitto: Mosquitto, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "password").write_text("secret")
    told = ["run", "--broker", mosquitto.url, "--username", "sim", "--scenario", "press"]
    told += ["--password-file", str(tmp_path / "password")]

    assert main([*told, "--fire-phone-port", str(mosquitto.port)]) == 2
    assert "in use" in capsys.readouterr().err


def _calling(port: int, *, count: int = 4) -> list[int]:
    with ModbusTcpClient("127.0.0.1", port=port, timeout=60, retries=0) as client:
        return list(client.read_input_registers(19000, count=count).registers)
