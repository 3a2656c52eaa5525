"""hardware §7, item 3: whatever comes, there is one reading, and what is readable is valid."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.facts import cloudevent
from core.facts.device import SiteCode
from gateway.access_control.adapter import AccessControl
from gateway.access_control.profile import load, names
from gateway.adapter import Message, Reading, Verdict

Listen = Callable[..., Any]
NOW = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
TOPICS = {
    "dahua-vto": "VTO/Invite/Event",
    "amcrest2mqtt": "amcrest2mqtt/A/event",
    "hikvision-addons": "hmd/sensor/x/Call-State/state",
    "hikvision-isapi": "/hooks/hikvision-isapi/x",
    "ha-event": "home/bell/state",
    "zigbee2mqtt": "zigbee2mqtt/button",
    "bticino": "bticino/doorbell",
    "bticino-bridge": "bticino/doorbell/state",
    "baresip": "/baresip/event",
    "ha-sip": "/hooks/ha-sip/x",
    "uhppoted": "uhppoted/gateway/events",
    "onvif-ej": "x/onvif-ej/Door/State/DoorAlarm",
    "native": "shouwen/hq/x/event",
}
#: Words that make a mutilated message get far.
KEYS = [
    "Action", "Code", "Data", "UTC", "LocaleTime", "CallID", "State", "Status", "Index", "CardNo",
    "eventType", "dateTime", "AccessControllerEvent", "majorEventType", "subEventType", "serialNo",
    "currentEvent", "VoiceTalkEvent", "cmdType", "event_type", "action", "type", "id", "event",
    "internal_id", "parsed_caller", "card-number", "event-id", "device-id", "timestamp", "message",
    "UtcTime", "Source", "params", "eventList", "EventNotificationAlert", "CallStatus", "status",
    "specversion", "source", "time", "call", "subject", "data", "control_source", "contact",
]  # fmt: skip
WORDS = [
    "Invite", "Pulse", "Start", "Stop", "ringing", "idle", "onCall", "press", "single", "ON",
    "pressed", "AccessControllerEvent", "voiceTalkEvent", "request", "CALL_INCOMING",
    "2026-05-01T08:00:00Z", "1.0", "/hq/access_control/x", "intercom.ringing", "BackKeyLight",
    "\ud800", "\x00", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "../..", "#",
    "ring", "incoming_call",
]  # fmt: skip
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(WORDS)
    | st.sampled_from([1, 5, 75, 1024, 1777622400, 10**30, -1])
)
BODIES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), inner, max_size=8)
    ),
    max_leaves=25,
)
DEEP = b'{"Data":' * 50_000 + b"1" + b"}" * 50_000
RUBBISH = [
    b"", b"   ", b"{", b"[]", b"null", b'"', b"\xff\xfe\x00binary", b"\x00\x01\x02", DEEP,
    b"[" * 100_000, b'{"Data":{"UTC":NaN}}', b'{"Data":{"UTC":Infinity}}',
    b'{"Data":{"UTC":1e999}}',
    b'{"Code":' + b"9" * 1_000_000 + b"}", b'{"Data":{"UTC":' + b"9" * 4000 + b"}}",
    b'{"Code":"\\ud800","Data":{"CallID":"\\udfff"}}', b'{"Code":["Invite"],"Data":[1,2]}',
    b'{"Code":{"a":1},"Data":"x"}', b'{"Data":{"CallID":{"x":[]}}}', b"x" * (1024 * 1024 + 1),
    b"<a><b>", b"<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>", b"--b\r\n\r\n",
    b"--b\r\nA: b\r\n\r\n{\r\n--b--",
    b'{"eventType":"AccessControllerEvent","AccessControllerEvent":[]}', b"\xef\xbb\xbf{}",
]  # fmt: skip
HOSTILE_TOPICS = [
    "", "#", "+", "/", "//", "\x00", "a\x00b", "../../etc/passwd", "x" * 100_000, "a/" * 50_000,
    "\ud800/Invite/Event", "VTO/#/Event", "shouwen/hq/x/event/more", "$SYS/broker",
    " ", "a/b\nc/Event",
]  # fmt: skip


def adapter(profile: str) -> AccessControl:
    return AccessControl(
        profile=load(profile),
        site=SiteCode("hq"),
        zone=ZoneInfo("Asia/Shanghai"),
        devices={},
        card_key=b"k",
    )


def checked(reading: Reading) -> Reading:
    reading.reason.encode()
    if reading.event is not None:
        assert cloudevent.decode(cloudevent.encode(reading.event)) == reading.event
    return reading


@pytest.mark.parametrize("profile", names())
@pytest.mark.parametrize("payload", RUBBISH, ids=range(len(RUBBISH)))
def test_rubbish_is_read_and_harms_nothing(profile: str, payload: bytes) -> None:
    listening = adapter(profile)
    reading = checked(
        listening.read(Message(topic=TOPICS[profile], payload=payload, received_at=NOW))
    )
    assert reading.event is None or reading.event.type.value == "intercom.ringing"


@pytest.mark.parametrize("profile", names())
@pytest.mark.parametrize("topic", HOSTILE_TOPICS, ids=range(len(HOSTILE_TOPICS)))
def test_hostile_topics_are_read_and_harm_nothing(profile: str, topic: str) -> None:
    payload = json.dumps({"event_type": "press", "Code": "Invite"}).encode()
    reading = adapter(profile).read(Message(topic=topic, payload=payload, received_at=NOW))
    checked(reading)
    if "\x00" in topic or "#" in topic or len(topic) > 10_000:
        assert reading.verdict is Verdict.UNREADABLE


@settings(max_examples=60, deadline=None)
@given(
    profile=st.sampled_from(names()),
    messages=st.lists(
        st.tuples(st.binary(max_size=200) | BODIES, st.booleans(), st.integers(0, 10**6)),
        max_size=6,
    ),
    other_topic=st.text(max_size=40) | st.sampled_from(sorted(TOPICS.values())),
)
def test_no_sequence_of_messages_raises(
    profile: str, messages: list[tuple[Any, bool, int]], other_topic: str
) -> None:
    listening = adapter(profile)
    for number, (body, retained, second) in enumerate(messages):
        topic = other_topic if number % 3 == 2 else TOPICS[profile]
        payload = body if isinstance(body, bytes) else json.dumps(body).encode()
        at = datetime.fromtimestamp(NOW.timestamp() + second, UTC)
        checked(
            listening.read(Message(topic=topic, payload=payload, received_at=at, retained=retained))
        )
    for event in listening.elapsed(NOW):
        assert cloudevent.decode(cloudevent.encode(event)) == event


def test_the_next_message_after_rubbish_is_read_as_ever() -> None:
    listening = adapter("dahua-vto")
    for payload in RUBBISH:
        listening.read(Message(topic="VTO/x/Event", payload=payload, received_at=NOW))
    reading = listening.read(
        Message(topic="VTO/IgnoreInvite/Event", payload=b'{"Data":{}}', received_at=NOW)
    )
    assert reading.verdict is Verdict.EVENT


@pytest.mark.parametrize(
    "body",
    [
        {"Action": "Pulse", "Data": [1, 2]},
        {"Action": "Pulse", "Data": "text"},
        {"Action": "Pulse", "Code": {"a": 1}, "Data": {"CallID": "1"}},
        {"Action": "Pulse", "Code": ["Invite"], "Data": {"CallID": "1"}},
    ],
)
def test_a_body_of_another_shape_rings_nowhere(listen: Listen, body: object) -> None:
    """The topic says Invite, but what came with it is not what this dialect sends."""
    vto = listen("dahua-vto")

    reading = vto.hears("VTO/Invite/Event", body)

    assert reading.verdict is Verdict.UNREADABLE


@pytest.mark.parametrize("data", [None, {}, [], ""])
def test_an_empty_part_is_no_rubbish(listen: Listen, data: object) -> None:
    vto = listen("dahua-vto")

    vto.hears("VTO/Invite/Event", {"Action": "Pulse", "Code": "Invite", "Data": data})

    assert vto.told == ["intercom.ringing"]
