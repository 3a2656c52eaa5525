import json
import random
from datetime import UTC, datetime, timedelta

import pytest

from simulators import building, scenario
from simulators.action import Act, Action
from simulators.building import Building
from simulators.faults import RUBBISH, Faults, rubbish
from simulators.outgoing import Outgoing
from simulators.schedule import Planned, schedule
from simulators.stage import Said, Stage, log_lines

AT = datetime(2026, 11, 20, tzinfo=UTC)
QOS_0 = Outgoing(topic="a", payload=b"x")
QOS_1 = Outgoing(topic="a", payload=b"x", qos=1)


@pytest.fixture(scope="module")
def demo() -> Building:
    return building.load("demo")


def a_stage(demo: Building, *, seed: int = 1, faults: Faults | None = None) -> Stage:
    return Stage(demo, faults=faults or Faults(), seed=seed, boot="b")


def perform(stage: Stage, station: str, act: Act, **values: str) -> list[Said]:
    planned = Planned(at_s=0.0, station=station, action=Action(act=act, values=values))
    return stage.perform(planned, now=AT)


def the_day(demo: Building, *, seed: int, faults: Faults) -> list[tuple[str, bytes]]:
    stage = a_stage(demo, seed=seed, faults=faults)
    play = scenario.load("demo-day", demo)
    lines = []
    for planned in schedule(play, demo, speed=60, seed=seed):
        said = stage.perform(planned, now=AT + timedelta(seconds=planned.at_s))
        payloads = b"".join(each.message.payload for each in said)
        lines += [(line, payloads) for line in log_lines(planned, said)]
    return lines


def test_same_seed_says_the_same_bytes_and_fares_alike(demo: Building) -> None:
    faults = Faults(loss=0.2, duplicates=0.3, delay=2, skew=5, poison=0.1)

    assert the_day(demo, seed=4, faults=faults) == the_day(demo, seed=4, faults=faults)
    assert the_day(demo, seed=4, faults=faults) != the_day(demo, seed=5, faults=faults)


def test_one_fault_more_does_not_shift_what_follows(demo: Building) -> None:
    without = [
        json.loads(line)["sent_after"] for line, _ in the_day(demo, seed=4, faults=Faults(delay=2))
    ]
    twice = [
        json.loads(line)["sent_after"]
        for line, _ in the_day(demo, seed=4, faults=Faults(delay=2, duplicates=1))
    ]
    assert [one[:1] for one in twice] == without
    assert any(len(one) == 2 for one in twice)


def test_loss_takes_qos_0_only() -> None:
    faults, chance = Faults(loss=1.0), random.Random(1)

    assert faults.delays(QOS_0, chance) == ()
    assert faults.delays(QOS_1, chance) == (0.0,)


def test_skew_is_the_stations_own_and_stays() -> None:
    demo = building.load("demo")
    stage = a_stage(demo, faults=Faults(skew=300))

    first = json.loads(perform(stage, "lift-1-call", Act.HELP)[0].message.payload)["time"]
    again = json.loads(perform(stage, "lift-1-call", Act.HELP)[0].message.payload)["time"]
    other = json.loads(perform(stage, "lift-2-call", Act.HELP)[0].message.payload)["time"]

    assert first == again
    assert len({first, other, "2026-11-20T00:00:00.000Z"}) == 3


def test_silent_station_says_nothing_and_does_not_beat(demo: Building) -> None:
    stage = a_stage(demo)
    perform(stage, "vto-1-1", Act.SILENCE)

    assert [each.delays for each in perform(stage, "vto-1-1", Act.RING)] == [(), (), ()]
    assert stage.heartbeat("vto-1-1", now=AT) == []
    perform(stage, "vto-1-1", Act.BACK)
    assert [each.delays for each in perform(stage, "vto-1-1", Act.RING)] == [(0.0,)] * 3
    assert stage.heartbeat("vto-1-1", now=AT)


def test_broker_tells_that_a_bridge_went_offline(demo: Building) -> None:
    [last_word] = perform(a_stage(demo), "hik-gate-east", Act.SILENCE)

    assert last_word.message.payload == b"offline"
    assert last_word.message.retain
    assert last_word.delays == (0.0,)


def test_replay_is_byte_for_byte_what_was_said_lately(demo: Building) -> None:
    stage = a_stage(demo)
    said = perform(stage, "lift-1-call", Act.RING) + perform(stage, "lift-1-call", Act.MISS)

    again = perform(stage, "lift-1-call", Act.REPLAY)

    assert [each.message for each in again] == [each.message for each in said]


def test_garbage_is_retained_and_poison_is_not(demo: Building) -> None:
    stage = a_stage(demo)

    [garbage] = perform(stage, "vto-1-1", Act.GARBAGE, kind="array")
    [poison] = perform(stage, "vto-1-1", Act.POISON, kind="not_utf8")

    assert (garbage.message.retain, garbage.message.payload) == (True, b"[1,2,3]")
    assert (poison.message.retain, poison.message.topic) == (False, "DahuaVTO-1-1/Invite/Event")
    with pytest.raises(UnicodeDecodeError):
        poison.message.payload.decode()


@pytest.mark.parametrize("kind", sorted(RUBBISH))
def test_no_rubbish_is_an_event(kind: str) -> None:
    payload = rubbish(kind, random.Random(1))

    try:
        read = json.loads(payload)
    except (ValueError, RecursionError):
        return
    assert (
        not isinstance(read, dict) or not isinstance(read.get("type"), str) or kind == "surrogate"
    )


def test_every_station_of_the_demo_comes_up_and_says_something(demo: Building) -> None:
    said = a_stage(demo).start(now=AT)

    assert {each.station for each in said} == set(demo.stations)
