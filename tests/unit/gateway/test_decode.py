"""``shouwen decode``: one JSON line per message, in order, as one conversation."""

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gateway.access_control.profile import load
from gateway.adapter import Message
from gateway.decode import BadMessages, decode, messages_from_files, messages_from_jsonl

NOW = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")


def test_a_press_comes_out_as_the_contract_says() -> None:
    message = Message(
        topic="VTO/Invite/Event",
        payload=b'{"Action":"Pulse","Data":{"CallID":"1","UTC":1777622399}}',
        received_at=NOW,
    )
    [line] = decode([message, message][:1], profile=load("dahua-vto"), zone=ZONE)
    reading = json.loads(line)

    assert list(reading) == ["verdict", "reason", "event", "call"]
    assert reading["verdict"] == "event"
    assert reading["event"]["specversion"] == "1.0"
    assert reading["event"]["source"] == "/site/access_control/VTO"
    assert reading["event"]["type"] == "intercom.ringing"
    assert reading["event"]["time"] == "2026-05-01T07:59:59Z"
    assert reading["call"] == reading["event"]["call"]


def test_every_message_has_its_line_and_rubbish_has_no_event() -> None:
    lines = [
        json.dumps({"topic": "VTO/x/Event", "payload": "{"}),
        "",
        json.dumps({"topic": "VTO/IgnoreInvite/Event", "payload": {"Data": {}}}),
        json.dumps({"topic": "VTO/x/Event", "payload_hex": "ff 00"}),
    ]
    messages = messages_from_jsonl(lines, now=NOW)
    out = [json.loads(line) for line in decode(messages, profile=load("dahua-vto"), zone=ZONE)]

    assert [one["verdict"] for one in out] == ["unreadable", "event", "unreadable"]
    assert out[0]["event"] is out[0]["call"] is None


def test_the_zone_reads_naive_times() -> None:
    body = {"Data": {"LocaleTime": "2026-05-01 08:00:00"}}
    message = Message(topic="VTO/Invite/Event", payload=json.dumps(body).encode(), received_at=NOW)
    for zone, moment in (
        ("Europe/Berlin", "2026-05-01T06:00:00Z"),
        ("UTC", "2026-05-01T08:00:00Z"),
    ):
        [line] = decode([message], profile=load("dahua-vto"), zone=ZoneInfo(zone))
        assert json.loads(line)["event"]["time"] == moment


def test_a_jsonl_line_is_one_message() -> None:
    line = {
        "topic": "a/b",
        "retained": True,
        "received_at": "2026-05-01T16:00:00+08:00",
        "payload": {"x": "大堂"},
    }
    [message] = messages_from_jsonl([json.dumps(line)], now=NOW)

    assert message == Message(
        topic="a/b", payload=json.dumps({"x": "大堂"}).encode(), received_at=NOW, retained=True
    )


def test_without_a_moment_a_message_came_with_the_one_before() -> None:
    lines = ['{"topic":"a","received_at":1777622400}', '{"topic":"b","payload":"x"}']
    first, second = messages_from_jsonl(lines, now=datetime(2020, 1, 1, tzinfo=UTC))

    assert first.received_at == second.received_at == NOW
    assert (first.payload, second.payload) == (b"", b"x")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 2: "),
        ("[]", "line 2: not an object"),
        ('{"payload":"x"}', "line 2: topic"),
        ('{"topic":"a","payload":"x","payload_hex":"00"}', "line 2: payload and payload_hex"),
        ('{"topic":"a","payload_hex":"zz"}', "line 2: "),
        ('{"topic":"a","payload_hex":7}', "line 2: payload_hex"),
        ('{"topic":"a","received_at":"yesterday"}', "line 2: received_at: 'yesterday'"),
        ('{"topic":"a","received_at":"2026-05-01T08:00:00"}', "line 2: received_at"),
        ('{"topic":"a","received_at":1e30}', "line 2: "),
        ('{"topic":"a","received_at":true}', "line 2: received_at"),
        ('{"topic":"a","retained":"yes"}', "line 2: retained"),
        ('{"topic":"a","qos":1}', "line 2: unknown key 'qos'"),
        ('{"topic":"a","x":' + "[" * 100_000, "line 2: "),
    ],
)
def test_a_bad_line_is_named_by_its_number(line: str, says: str) -> None:
    with pytest.raises(BadMessages, match=says):
        list(messages_from_jsonl(['{"topic":"ok"}', line], now=NOW))


def test_files_are_messages_of_one_topic(tmp_path: Path) -> None:
    path = tmp_path / "ring"
    path.write_bytes(b"pressed")
    [message] = messages_from_files([path], topic="bticino/doorbell", received_at=NOW)

    assert message == Message(topic="bticino/doorbell", payload=b"pressed", received_at=NOW)
    with pytest.raises(BadMessages, match="none"):
        list(messages_from_files([tmp_path / "none"], topic="x", received_at=NOW))
