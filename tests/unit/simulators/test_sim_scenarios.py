import tomllib
from pathlib import Path

import pytest

from simulators import building, scenario
from simulators.action import Act
from simulators.building import Building, Refused
from simulators.schedule import Planned, daylight, schedule

ROOT = Path(__file__).parents[3]
HEAD = '[scenario]\nlasts = "01:00:00"\n'


@pytest.fixture(scope="module")
def demo() -> Building:
    return building.load("demo")


def written(tmp_path: Path, text: str) -> str:
    file = tmp_path / "mine.toml"
    file.write_text(text)
    return str(file)


def plan(tmp_path: Path, demo: Building, steps: str, *, speed: float = 1.0) -> list[Planned]:
    play = scenario.load(written(tmp_path, HEAD + steps), demo)
    return schedule(play, demo, speed=speed, seed=1)


def when(planned: list[Planned]) -> list[tuple[float, Act]]:
    return [(each.at_s, each.action.act) for each in planned]


def test_press_is_answered_and_ends(tmp_path: Path, demo: Building) -> None:
    step = '[[step]]\nat="00:01:00"\nstation="lift-1-call"\ndo="press"\nanswer_after=9\ntalk=20\n'

    assert when(plan(tmp_path, demo, step)) == [
        (60.0, Act.RING),
        (69.0, Act.ANSWER),
        (89.0, Act.END),
    ]


def test_speed_shrinks_civil_gaps(tmp_path: Path, demo: Building) -> None:
    step = '[[step]]\nat="00:10:00"\nstation="lift-1-call"\ndo="press_unanswered"\nring_for=30\n'

    assert when(plan(tmp_path, demo, step, speed=60)) == [(10.0, Act.RING), (10.5, Act.MISS)]


def test_only_the_bare_text_dialect_settles(tmp_path: Path, demo: Building) -> None:
    step = '[[step]]\nat="00:00:00"\nstation="hik-gate-east"\ndo="press"\n'

    assert when(plan(tmp_path, demo, step)) == [(0.0, Act.RING), (60.0, Act.SETTLE)]


def test_after_counts_from_the_step_before(tmp_path: Path, demo: Building) -> None:
    steps = (
        '[[step]]\nat="00:00:10"\nstation="vto-1-1"\ndo="tamper"\n'
        '[[step]]\nafter=5\nstation="vto-1-2"\ndo="tamper"\n'
    )

    assert [each.at_s for each in plan(tmp_path, demo, steps)] == [10.0, 15.0]


def test_what_stands_before_the_start_happens_the_next_morning(
    tmp_path: Path, demo: Building
) -> None:
    text = (
        '[scenario]\nstarts_at="07:00:00"\n'
        '[[step]]\nat="02:00:00"\nstation="vto-1-1"\ndo="tamper"\n'
    )

    play = scenario.load(written(tmp_path, text), demo)

    assert play.steps[0].at == 19 * 3600


def test_storm_presses_at_its_rate_whatever_the_speed(tmp_path: Path, demo: Building) -> None:
    step = '[[step]]\nat="00:00:00"\ndo="storm"\npresses=50\nrate=10\n'

    planned = plan(tmp_path, demo, step, speed=1000)

    assert [each.at_s for each in planned] == [round(number / 10, 3) for number in range(50)]
    assert len({each.station for each in planned}) > 5


def test_same_seed_same_plan_and_another_another(demo: Building) -> None:
    play = scenario.load("demo-day", demo)

    first, second, other = (schedule(play, demo, speed=60, seed=seed) for seed in (1, 1, 2))

    assert first == second
    assert first != other


@pytest.mark.parametrize(
    "file", sorted(scenario.SCENARIOS.glob("*.toml")), ids=lambda file: file.stem
)
def test_every_scenario_that_comes_along_plays_in_the_demo(file: Path, demo: Building) -> None:
    play = scenario.load(file.stem, demo)

    assert play.title
    assert schedule(play, demo, speed=60, seed=1)


def test_the_demo_day_has_what_a_day_has(demo: Building) -> None:
    play = scenario.load("demo-day", demo)

    acts = {each.action.act for each in schedule(play, demo, speed=1, seed=1)}

    assert acts >= {Act.RING, Act.ANSWER, Act.MISS, Act.CARD, Act.HELP, Act.DOOR_HELD}
    assert acts >= {Act.SILENCE, Act.BACK, Act.REPLAY, Act.POISON}
    assert play.lasts == 24 * 3600


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no [[step]]"),
        ("[[step]]\nat=\n", "Invalid value"),
        ("[wrong]\n", "unknown 'wrong'"),
        ("[scenario]\nspeed=3\n[[step]]\n", "unknown 'speed' in [scenario]"),
        ('[faults]\nluck=1\n[[step]]\nat="00:00:00"\nstation="vto-1-1"\ndo="back"\n', "'luck'"),
        ('[faults]\nloss=2\n[[step]]\nat="00:00:00"\nstation="vto-1-1"\ndo="back"\n', "share"),
        ('[[step]]\nat="00:00:00"\nstation="vto-1-1"\ndo="dance"\n', "step 1: no deed 'dance'"),
        ('[[step]]\nat="00:00:00"\nstation="vto-9"\ndo="press"\n', "no station 'vto-9'"),
        ('[[step]]\nat="8:15"\nstation="vto-1-1"\ndo="press"\n', "not HH:MM:SS"),
        ('[[step]]\nat="00:61:00"\nstation="vto-1-1"\ndo="press"\n', "not HH:MM:SS"),
        ('[[step]]\nstation="vto-1-1"\ndo="press"\n', "either at or after"),
        ('[[step]]\nafter=-1\nstation="vto-1-1"\ndo="press"\n', "0 or more"),
        ('[[step]]\nafter=1\nstation="vto-1-1"\ndo="press"\nloud=1\n', "press takes no 'loud'"),
        ('[[step]]\nafter=1\nstation="vto-1-1"\ndo="press"\ntalk="a"\n', "not a number"),
        ('[[step]]\nafter=1\nstation="vto-1-1"\ndo="press"\nto=9901\n', "to of press is a str"),
        ('[[step]]\nafter=1\nstation="vto-1-1"\ndo="poison"\nkind="odd"\n', "no rubbish 'odd'"),
        ('[[step]]\nafter=1\nstation="help-playground"\ndo="press"\n', "cannot press"),
        ('[[step]]\nafter=1\nstation="vto-1-1"\ndo="storm"\n', "names none"),
    ],
)
def test_mistake_in_a_scenario_is_refused_with_file_and_reason(
    tmp_path: Path, demo: Building, text: str, reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        scenario.load(written(tmp_path, text), demo)

    assert "mine.toml: " in str(refused.value)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[building]\nsite="d"\nzone="Asia/Shanghai"\nheartbeat=20\n', "no [[station]]"),
        ('[[station]]\ncode="a"\ndialect="native"\naddress="a"\n', "is missing"),
        ('[building]\nsite="d"\nzone="Nowhere"\nheartbeat=20\n{S}', "[building]"),
        ('[building]\nsite="d"\nzone="Asia/Shanghai"\nheartbeat=20\n{S}{S}', "stands there twice"),
        ('[building]\nsite="d"\nzone="Asia/Shanghai"\nheartbeat=20\n{S}colour=1\n', "'colour'"),
        ('[building]\nsite="d"\nzone="Asia/Shanghai"\nheartbeat=20\n{S}polled=true\n', "polled"),
    ],
)
def test_mistake_in_a_building_is_refused_with_file_and_reason(
    tmp_path: Path, text: str, reason: str
) -> None:
    station = '[[station]]\ncode="a"\ndialect="native"\naddress="a"\n'

    with pytest.raises(Refused) as refused:
        building.load(written(tmp_path, text.replace("{S}", station)))

    assert "mine.toml: " in str(refused.value)
    assert reason in str(refused.value)


def test_demo_building_and_demo_site_name_the_same_stations(demo: Building) -> None:
    with (ROOT / "deploy" / "site.example.toml").open("rb") as file:
        site = tomllib.load(file)
    wired = {
        each["code"]: (each["profile"], each["address"])
        for each in site["device"]
        if each["kind"] == "access_control"
    }

    assert {code: (spec.dialect, spec.address) for code, spec in demo.stations.items()} == wired
    assert (demo.site, str(demo.zone)) == (site["site"]["code"], site["site"]["zone"])


def test_demo_building_and_demo_site_name_the_same_cameras(demo: Building) -> None:
    with (ROOT / "deploy" / "site.example.toml").open("rb") as file:
        site = tomllib.load(file)
    wired = {each["code"]: each for each in site["device"] if each["kind"] == "cctv"}

    assert set(demo.cameras) == set(wired)
    assert len(wired) >= 6
    for code, spec in demo.cameras.items():
        assert wired[code].get("username") == spec.username
        assert wired[code]["address"].startswith(f"{spec.way}://127.0.0.1:")
        assert {one["place"] for one in wired[code]["region"]} == set(wired[code]["covers"])


def test_the_sky_darkens_outdoors_and_not_in_the_garage(demo: Building) -> None:
    day = scenario.load("demo-day", demo)
    plan = schedule(day, demo, speed=60.0, seed=1)
    skies = [one for one in plan if "daylight" in one.action.values]

    assert {one.station for one in skies} == {
        code for code, spec in demo.cameras.items() if spec.outdoors
    }
    assert (daylight(12.5), daylight(1.0), daylight(23.0)) == (1.0, 0.1, 0.1)
    assert 0.1 < daylight(6.3) < daylight(8.0)


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        ('do = "break"\nfault = "rust"', "no fault 'rust'"),
        ('do = "look"\nlitter = 1', "litter of look is a bool"),
        ('do = "take_through"', "cannot take_through"),
    ],
)
def test_what_a_camera_cannot_do_is_refused(
    tmp_path: Path, demo: Building, step: str, reason: str
) -> None:
    text = f'[[step]]\nat = "00:00:01"\nstation = "cam-garage-b1"\n{step}\n'
    with pytest.raises(Refused) as refused:
        scenario.load(written(tmp_path, text), demo)
    assert reason in str(refused.value)


def test_demo_site_hangs_together() -> None:
    with (ROOT / "deploy" / "site.example.toml").open("rb") as file:
        site = tomllib.load(file)
    places = {each["code"] for each in site["place"]}
    units = {each["code"] for each in site["unit"]}

    assert {each["parent"] for each in site["place"] if "parent" in each} <= places
    assert {each["place"] for each in site["device"]} <= places
    assert {each["unit"] for each in site["person"]} == units
    for table in ("place", "device", "unit", "person"):
        codes = [each["code"] for each in site[table]]
        assert len(set(codes)) == len(codes)
