"""On a real broker: what arrives is what was said, and native events come until receipted."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulators import building, storm
from simulators.__main__ import main
from simulators.journal import Journal
from simulators.mqtt import Publisher
from simulators.outgoing import Outgoing
from tests.unit.simulators.real_broker import Ear, Mosquitto, until

AT = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def publisher(mosquitto: Mosquitto) -> Iterator[Publisher]:
    connected = Publisher(
        mosquitto.broker, client_id="sim-test", listen_to=("shouwen/demo/+/receipt",)
    )
    assert connected.start(timeout=60)
    yield connected
    connected.stop()


def event(number: int) -> Outgoing:
    event_id = f"storm-01-b-{number:06d}"
    document = {"specversion": "1.0", "id": event_id, "type": "help.pressed"}
    return Outgoing(
        topic="shouwen/demo/storm-01/event",
        payload=json.dumps(document, separators=(",", ":")).encode(),
        qos=1,
        event_id=event_id,
    )


def run_storm(
    publisher: Publisher, journal: Journal, *, dialect: str = "native", seconds: float = 0.5
) -> storm.Outcome:
    raging = storm.Storm(
        storm.stations(dialect, 4, site="demo"),
        publisher,
        journal,
        boot="b",
        clock=lambda: AT,
    )
    return raging.rage(rate=100, seconds=seconds, drain=15, stop=threading.Event())


def receipt_all(ear: Ear, *, from_telling: int = 1) -> None:
    """Answer each event on its station's topic, the n-th time it is told."""
    seen: dict[str, int] = {}

    def answer(_client: object, _data: object, message: object) -> None:
        ear.heard.append(message)  # type: ignore[arg-type]  # paho hands over its own type
        topic, payload = message.topic, message.payload  # type: ignore[attr-defined]
        if topic.endswith("/event"):
            event_id = json.loads(payload)["id"]
            seen[event_id] = seen.get(event_id, 0) + 1
            if seen[event_id] >= from_telling:
                receipt = json.dumps({"ids": [event_id]})
                ear.client.publish(topic.replace("/event", "/receipt"), receipt)

    ear.client.on_message = answer


def test_publish_arrives_byte_for_byte(publisher: Publisher, ear: Ear) -> None:
    assert publisher.publish(event(1))
    assert publisher.flush(timeout=60)

    until(lambda: len(ear.heard) == 1)
    assert (ear.heard[0].topic, ear.heard[0].payload) == (event(1).topic, event(1).payload)
    assert (ear.heard[0].qos, ear.heard[0].retain) == (1, False)


def test_wrong_password_does_not_connect(mosquitto: Mosquitto) -> None:
    wrong = replace(mosquitto.broker, password="wrong")
    stranger = Publisher(wrong, client_id="stranger")

    assert not stranger.start(timeout=0.5)
    assert not stranger.publish(event(1))
    stranger.stop()


def test_storm_ends_when_all_is_receipted(publisher: Publisher, ear: Ear) -> None:
    receipt_all(ear)

    outcome = run_storm(publisher, Journal())

    assert (outcome.sent, outcome.receipted, outcome.unreceipted) == (50, 50, 0)


def test_what_is_not_receipted_comes_again_with_the_same_bytes(
    publisher: Publisher, ear: Ear
) -> None:
    receipt_all(ear, from_telling=2)

    outcome = run_storm(publisher, Journal(resend_after=0.3), seconds=0.1)

    assert (outcome.receipted, outcome.resent) == (10, 10)
    told = [message.payload for message in ear.heard if message.topic.endswith("/event")]
    assert {payload: told.count(payload) for payload in told} == dict.fromkeys(told, 2)


def test_storm_survives_the_brokers_death(
    mosquitto: Mosquitto, publisher: Publisher, ear: Ear, tmp_path: Path
) -> None:
    receipt_all(ear)
    outcomes: list[storm.Outcome] = []

    def rage() -> None:
        with closing(Journal.open(tmp_path / "journal.jsonl")) as journal:
            outcomes.append(run_storm(publisher, journal, seconds=2))

    raging = threading.Thread(target=rage)
    raging.start()
    until(lambda: len(ear.heard) > 20)
    mosquitto.kill()
    until(lambda: not publisher.connected)
    mosquitto.start()
    raging.join(timeout=60)

    assert [(one.sent, one.receipted, one.unreceipted) for one in outcomes] == [(200, 200, 0)]
    assert publisher.connections == 2
    told = {json.loads(one.payload)["id"] for one in ear.heard if one.topic.endswith("/event")}
    assert len(told) == 200


def test_dialects_without_receipts_say_so(publisher: Publisher, ear: Ear) -> None:
    outcome = run_storm(publisher, Journal(), dialect="dahua-vto", seconds=0.1)

    assert (outcome.sent, outcome.receipted, outcome.unreceipted) == (10, None, None)
    until(lambda: len(ear.heard) == 30)
    assert ear.heard[0].topic == "DahuaVTO-storm-01/Invite/Event"


def test_retained_state_waits_for_whoever_comes_later(
    publisher: Publisher, mosquitto: Mosquitto
) -> None:
    said = building.load("demo").set_up("b")["hik-gate-east"].start(now=AT)
    for message in said:
        publisher.publish(message)
    publisher.publish(event(1))
    assert publisher.flush(timeout=60)

    late = Ear(mosquitto.broker, topic="hmd/#")
    until(lambda: len(late.heard) == 4)
    late.close()

    assert all(message.retain for message in late.heard)
    kept = {message.topic: message.payload for message in late.heard}
    assert kept["hmd/sensor/East-Gate/Call-State/state"] == b"idle"


def test_same_seed_same_log_of_the_whole_day(
    mosquitto: Mosquitto, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    password = tmp_path / "password"
    password.write_text("secret\n")

    def day(seed: int, log: str) -> str:
        told = ["run", "--broker", mosquitto.url, "--username", "sim"]
        told += ["--password-file", str(password), "--speed", "100000", "--seed", str(seed)]
        told += ["--loss", "0.2", "--drain", "0", "--log", str(tmp_path / log)]
        assert main(told) == 0
        return (tmp_path / log).read_text()

    first, second, other = day(7, "a"), day(7, "b"), day(8, "c")

    assert first.count("\n") > 200
    assert first == second
    assert first != other
    outcome = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert outcome["unreceipted"] == outcome["told"] > 0


def test_what_happened_in_silence_is_told_when_the_station_is_back(
    mosquitto: Mosquitto, ear: Ear, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt_all(ear)
    (tmp_path / "password").write_text("secret")
    station = 'station = "pump-room-call"\n'
    (tmp_path / "dark.toml").write_text(
        '[scenario]\nlasts = "00:00:02"\n'
        f'[[step]]\nat = "00:00:00"\n{station}do = "silence"\nfor = 1.5\n'
        f'[[step]]\nafter = 0.5\n{station}do = "press"\nto = "9901"\n'
        '[[step]]\nafter = 0.5\nstation = "lift-1-call"\ndo = "press"\n'
    )
    told = ["run", "--broker", mosquitto.url, "--username", "sim", "--drain", "10"]
    told += ["--password-file", str(tmp_path / "password"), "--journal", str(tmp_path / "journal")]
    told += ["--scenario", str(tmp_path / "dark.toml")]

    assert main(told) == 0

    events = [one.topic for one in ear.heard if one.topic.endswith("/event")]
    assert events == ["shouwen/demo/lift-1-call/event", "shouwen/demo/pump-room-call/event"]
    outcome = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (outcome["told"], outcome["receipted"], outcome["unreceipted"]) == (2, 2, 0)
    kept = [json.loads(line) for line in (tmp_path / "journal").read_text().splitlines()]
    assert [sorted(line) for line in kept].count(["receipt"]) == 2


def test_sigterm_ends_a_run_clean(mosquitto: Mosquitto, ear: Ear, tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text("secret")
    command = [sys.executable, "-m", "simulators", "run", "--broker", mosquitto.url]
    command += ["--username", "sim", "--password-file", str(password), "--scenario", "press"]
    command += ["--repeat", "--speed", "60", "--drain", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        until(lambda: "DahuaVTO-3-2/Invite/Event" in ear.topics())
        running.send_signal(signal.SIGTERM)
        out, _ = running.communicate(timeout=60)

    assert running.returncode == 0
    assert set(json.loads(out.splitlines()[-1])) >= {"told", "receipted", "unreceipted", "gone"}


def test_mistakes_in_what_was_asked_end_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--broker", "http://127.0.0.1", "--scenario", "press"]) == 2
    assert main(["run", "--broker", "mqtt://127.0.0.1", "--scenario", "nothing"]) == 2

    assert "is not mqtt://host:port" in capsys.readouterr().err
