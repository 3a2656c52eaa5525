"""The command line: what a person or a script types, and what comes back."""

import json
import socket
import sqlite3
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import astuple
from pathlib import Path

import pytest

from core.rules import rules
from core.store.database import Database
from front import demo
from front.data_folder import DataFolder
from front.provision import log_ins, provision
from gateway.site import read
from tests.office import Office

ROOT = Path(__file__).parent.parent.parent
SITE = ROOT / "deploy" / "site.example.toml"
INVITE = '{"Action":"Pulse","Code":"Invite","Data":{"CallID":"7","UTC":1795140000}}'


def shouwen(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "shouwen.py"), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
    )


def test_explain_says_who_when_and_by_which_rule() -> None:
    done = shouwen("explain", "--urgency", "urgent", "--reported-at", "2026-11-20T10:00")
    steps = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["to"], one["due_at_utc"], one["rule"]) for one in steps] == [
        (["general_group_supervisor"], "2026-11-20T16:00:00Z", "五.1(3)②"),
        (["director"], "2026-11-21T16:00:00Z", "五.1(3)②"),
    ]


def test_explain_by_an_offices_own_policy_and_calendar(tmp_path: Path) -> None:
    policy, calendar = tmp_path / "policy.toml", tmp_path / "calendar.toml"
    policy.write_text('version = 2\n[clock]\ndays = "working"\n')
    calendar.write_text('[days]\n"2026-11-23" = "holiday"\n')
    done = shouwen(
        *("explain", "--urgency", "urgent", "--reported-at", "2026-11-20T10:00"),
        *("--policy", str(policy), "--calendar", str(calendar)),
    )
    # Friday is day 1; Monday is a holiday, so Tuesday is day 2.
    assert json.loads(done.stdout.splitlines()[1])["due_at_utc"] == "2026-11-24T16:00:00Z"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("explain", "--urgency", "urgent", "--reported-at", "tomorrow"), "tomorrow"),
        (
            ("explain", "--urgency", "urgent", "--reported-at", "2026-01-01T10:00", "--zone", "X"),
            "X",
        ),
        (("explain", "--urgency", "soon", "--reported-at", "2026-01-01T10:00"), "soon"),
        (("decode", "--profile", "dahu", "--topic", "a", "b"), "did you mean 'dahua-vto'"),
        (("decode", "--profile", "dahua-vto"), "--messages"),
        (("decode", "--profile", "dahua-vto", "--messages", "/nowhere"), "/nowhere"),
        (("poll", "--profile", "gst-two-bits", "--host", "127.0.0.1"), "gst-two-bit"),
        (("poll", "--profile", "gst-two-bit", "--host", "ftp://host"), "ftp://host"),
        (("verify", "--data", "/nowhere"), "holds no store"),
        (("up", "--speed", "9"), "only with --demo"),
    ],
)
def test_a_wrong_command_line_says_what_is_wrong(arguments: tuple[str, ...], said: str) -> None:
    done = shouwen(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_check_names_line_and_reason_and_fails(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_text('[site]\ncode = "a"\nname = "A"\nzone = "Asia/Shanghai"\ncolour = "red"\n')
    done = shouwen("check", str(file))
    assert done.returncode == 1
    assert f"{file}:5:" in done.stdout
    assert "colour" in done.stdout
    assert shouwen("check", str(SITE)).returncode == 0


def test_decode_reads_files_and_json_lines(tmp_path: Path) -> None:
    payload, lines = tmp_path / "invite.json", tmp_path / "messages.jsonl"
    payload.write_text(INVITE)
    message = {
        "topic": "DahuaVTO/Invite/Event",
        "retained": True,
        "received_at": "2026-11-20T02:00:01Z",
        "payload": INVITE,
    }
    lines.write_text(json.dumps(message) + "\n")
    topic = ("--topic", "DahuaVTO/Invite/Event", "--received-at", "2026-11-20T02:00:01Z")
    one = shouwen("decode", "--profile", "dahua-vto", *topic, str(payload))
    other = shouwen("decode", "--profile", "dahua-vto", "--messages", str(lines))
    assert json.loads(one.stdout)["verdict"] == "event"
    assert json.loads(one.stdout)["event"]["type"] == "intercom.ringing"
    assert json.loads(other.stdout)["verdict"] == "stale"


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A machine on which the demo site has been set up."""
    made = DataFolder(tmp_path / "var" / "demo")
    provision(
        read(SITE), folder=made, database_url=made.database_url, rules=rules(), everybody=True
    )
    return made


def test_setting_up_twice_keeps_log_ins_and_keys(folder: DataFolder) -> None:
    before = (folder.log_ins.read_text(), folder.token().read_text(), folder.read_seal_key())
    provision(
        read(SITE), folder=folder, database_url=folder.database_url, rules=rules(), everybody=True
    )
    assert (
        folder.log_ins.read_text(),
        folder.token().read_text(),
        folder.read_seal_key(),
    ) == before
    assert len(log_ins(folder)) == len(read(SITE).people)


def test_two_demonstrations_on_one_machine_share_neither_fire_phone_nor_cameras(
    tmp_path: Path,
) -> None:
    file, ports = demo.prepare(DataFolder(tmp_path / "one"))
    with ExitStack() as held:
        for port in astuple(ports):
            held.enter_context(socket.create_server(("127.0.0.1", port)))
        other, others = demo.prepare(DataFolder(tmp_path / "other"))
    assert not set(astuple(ports)) & set(astuple(others))
    for copy, bound in ((file, ports), (other, others)):
        for port in astuple(bound):
            assert f":{port}" in copy.read_text("utf-8")
        assert len(read(copy).site.devices) == len(read(SITE).site.devices)


def test_secrets_are_for_their_owner_alone(folder: DataFolder) -> None:
    for file in (folder.log_ins, folder.token(), folder.seal_key()):
        assert file.stat().st_mode & 0o077 == 0


def test_verify_finds_what_was_changed_behind_the_products_back(folder: DataFolder) -> None:
    database = Database.open(folder.database_url, rules=rules())
    Office(database).accepted()
    database.close()
    sound = shouwen("verify", cwd=folder.path.parent.parent)
    assert (sound.returncode, json.loads(sound.stdout.splitlines()[-1])["flaws"]) == (0, 0)

    with sqlite3.connect(folder.store) as connection:
        connection.execute("UPDATE journal SET body = replace(body, '路灯', '电梯')")
    connection.close()
    changed = shouwen("verify", "--data", str(folder.path))
    assert changed.returncode == 1
    assert "not as it was written" in changed.stdout


def test_a_log_in_is_renewed_for_one_person(folder: DataFolder) -> None:
    done = shouwen("log-in", "J01", "--data", str(folder.path))
    login, password = done.stdout.strip().split("\t")
    assert (done.returncode, login, len(password)) == (0, "J01", 10)
    assert shouwen("log-in", "nobody", "--data", str(folder.path)).returncode == 2


def test_month_prints_its_report_and_writes_it(folder: DataFolder, tmp_path: Path) -> None:
    database = Database.open(folder.database_url, rules=rules())
    office = Office(database)
    office.accepted()
    office.tick()
    database.close()
    data = ("--data", str(folder.path), "--site", office.site)

    printed = shouwen("month", "2026-11", *data)
    assert printed.returncode == 0, printed.stderr
    report = json.loads(printed.stdout)
    assert dict(zip(report["measures"], report["whole"]["counts"], strict=True))["problems"] == 1

    files = [tmp_path / f"november.{form}" for form in ("xlsx", "csv", "pdf")]
    written = shouwen(
        "month",
        "2026-11",
        *data,
        *(part for file in files for part in (f"--{file.suffix[1:]}", str(file))),
    )
    assert written.stdout.split() == [str(file) for file in files]
    assert [file.read_bytes()[:3] for file in files] == [b"PK\x03", b"\xef\xbb\xbf", b"%PD"]

    counted = shouwen("month", "2026-11", "--recount", *data)
    assert json.loads(counted.stdout)["equal"] is True
    assert shouwen("month", "2026-11", *data).stdout == printed.stdout
    wrong = shouwen("month", "2026-13", *data)
    assert wrong.returncode == 2
    assert "not a month" in wrong.stderr
