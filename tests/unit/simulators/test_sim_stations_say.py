"""Bytes and topics, exactly as documented: reference of the real bridges in each module's head."""

import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from simulators.action import Act, Action
from simulators.door_station.dahua import DahuaVto
from simulators.door_station.hikvision import HikvisionStation
from simulators.door_station.native import NativeStation
from simulators.door_station.zigbee import ZigbeeButton
from simulators.outgoing import Outgoing

AT = datetime(2020, 3, 2, 20, 11, 13, tzinfo=ZoneInfo("Asia/Shanghai"))


def act(which: Act, **values: str | float | bool) -> Action:
    return Action(act=which, values=values)


def body(message: Outgoing) -> Any:
    return json.loads(message.payload)


def dahua() -> DahuaVto:
    return DahuaVto(code="vto-3-2", prefix="DahuaVTO-3-2", zone=ZoneInfo("Asia/Shanghai"))


def test_dahua_press_is_invite_then_ringing_then_light() -> None:
    said = dahua().say(act(Act.RING, to="1502"), now=AT)

    assert [message.topic for message in said] == [
        "DahuaVTO-3-2/Invite/Event",
        "DahuaVTO-3-2/CallNoAnswered/Event",
        "DahuaVTO-3-2/BackKeyLight/Event",
    ]
    assert [(body(one)["Action"], body(one)["Index"]) for one in said] == [
        ("Pulse", 0),
        ("Start", 0),
        ("Pulse", -1),
    ]
    assert body(said[2])["Data"]["State"] == 1
    assert {(message.qos, message.retain) for message in said} == {(0, False)}


def test_dahua_invite_is_indented_json_with_the_documented_fields() -> None:
    invite = dahua().say(act(Act.RING, to="1502"), now=AT)[0]

    assert invite.payload.startswith(b'{\n    "Action": "Pulse",\n    "Code": "Invite",\n')
    assert body(invite)["Data"] == {
        "CallID": "1",
        "IsEncryptedStream": False,
        "LocaleTime": "2020-03-02 20:11:13",
        "LockNum": 2,
        "SupportPaas": False,
        "TCPPort": 37777,
        "UTC": 1583151073.0,
        "UserID": "1502",
    }


def test_dahua_invite_and_ringing_share_call_and_time() -> None:
    invite, ringing, _ = dahua().say(act(Act.RING), now=AT)

    assert body(invite)["Data"] == body(ringing)["Data"]


def test_dahua_answered_at_an_indoor_station() -> None:
    station = dahua()
    station.say(act(Act.RING), now=AT)

    said = station.say(act(Act.ANSWER), now=AT)

    assert [body(one)["Code"] for one in said] == ["IgnoreInvite", "BackKeyLight"]
    assert body(said[1])["Data"]["State"] == 5


def test_dahua_unanswered_is_light_6_and_a_missed_talk() -> None:
    station = dahua()
    station.say(act(Act.RING, to="1502"), now=AT)

    said = station.say(act(Act.MISS), now=AT)

    assert body(said[0])["Data"]["State"] == 6
    assert body(said[1])["Code"] == "VideoTalkLog"
    assert body(said[1])["Data"]["EndState"] == "Missed"
    assert body(said[1])["Data"]["LocalNumber"] == "1502"
    assert body(said[1])["Data"]["TalkTime"] == 0


def test_dahua_counts_its_calls_from_1_again_after_a_reboot() -> None:
    station = dahua()
    ids = [body(station.say(act(Act.RING), now=AT)[0])["Data"]["CallID"] for _ in range(2)]
    station.say(act(Act.BACK), now=AT)
    ids.append(body(station.say(act(Act.RING), now=AT)[0])["Data"]["CallID"])

    assert ids == ["1", "2", "1"]


def test_dahua_card_tells_number_and_whether_it_opened() -> None:
    said = dahua().say(act(Act.CARD, card="3A5F2B01", granted=False), now=AT)

    assert body(said[0])["Code"] == "DoorCard"
    opened = body(said[1])["Data"]
    assert (opened["CardNo"], opened["Method"], opened["Status"]) == ("3A5F2B01", 1, 0)


def test_dahua_tells_not_closed_only_of_a_door_that_was_held() -> None:
    station = dahua()

    def codes(which: Act) -> list[str]:
        told = [body(one) for one in station.say(act(which), now=AT)]
        return [f"{one['Code']} {one['Action']}" for one in told]

    assert codes(Act.DOOR_CLOSE) == ["DoorStatus Pulse"]
    assert codes(Act.DOOR_HELD) == ["DoorNotClosed Start"]
    assert codes(Act.DOOR_CLOSE) == ["DoorNotClosed Stop", "DoorStatus Pulse"]


def test_dahua_heartbeats_alternate() -> None:
    station = dahua()

    codes = [body(station.heartbeat(now=AT)[0])["Code"] for _ in range(3)]

    assert codes == ["NTPAdjustTime", "SIPRegisterResult", "NTPAdjustTime"]


def test_hikvision_states_are_bare_text_and_retained() -> None:
    station = HikvisionStation(code="hik-gate-east", device="East Gate")

    [ringing] = station.say(act(Act.RING), now=AT)
    answered = station.say(act(Act.ANSWER), now=AT)
    settled = station.say(act(Act.SETTLE), now=AT)

    assert ringing == Outgoing(
        topic="hmd/sensor/East-Gate/Call-State/state", payload=b"ringing", retain=True
    )
    assert [one.payload for one in answered] == [b"dismissed", b"idle"]
    assert [one.payload for one in settled] == [b"idle"]


def test_hikvision_unanswered_only_falls_back_to_rest_by_itself() -> None:
    station = HikvisionStation(code="g", device="G")
    station.say(act(Act.RING), now=AT)

    assert station.say(act(Act.MISS), now=AT) == []
    assert station.say(act(Act.SETTLE), now=AT)[0].payload == b"idle"


def test_hikvision_polled_has_the_other_vocabulary_and_repeats_itself() -> None:
    station = HikvisionStation(code="g", device="G", polled=True)

    said = [station.say(act(Act.RING), now=AT), station.heartbeat(now=AT)]
    said += [station.say(act(Act.ANSWER), now=AT), station.say(act(Act.END), now=AT)]

    assert [one.payload for each in said for one in each] == [b"ring", b"ring", b"onCall", b"idle"]


def test_hikvision_opener_is_decimal_ascii_run_together() -> None:
    station = HikvisionStation(code="g", device="G")

    said = station.say(act(Act.CARD, card="10010010001"), now=AT)

    assert body(said[0]) == {"control_source": "494848494848494848484900"}
    assert said[2].topic == "hmd/device_automation/G/Door-unlocked/state"
    assert not said[2].retain


def test_zigbee_button_tells_a_press_twice() -> None:
    station = ZigbeeButton(code="help", friendly_name="yard/help")

    as_json, bare = station.say(act(Act.HELP, kind="double"), now=AT)

    assert as_json.topic == "zigbee2mqtt/yard/help"
    assert body(as_json)["action"] == "double"
    assert (bare.topic, bare.payload) == ("zigbee2mqtt/yard/help/action", b"double")


def test_native_press_is_one_cloudevent() -> None:
    station = NativeStation(code="lift-1-call", site="demo", boot="b7")

    [said] = station.say(act(Act.RING, to="9901"), now=AT)

    assert said.topic == "shouwen/demo/lift-1-call/event"
    assert said.qos == 1
    assert said.payload == (
        b'{"specversion":"1.0","id":"lift-1-call-b7-000001",'
        b'"source":"/demo/access_control/lift-1-call","type":"intercom.ringing",'
        b'"time":"2020-03-02T12:11:13.000Z","subject":"9901","call":"lift-1-call-b7-c1"}'
    )


def test_native_call_keeps_its_key_until_the_next_press() -> None:
    station = NativeStation(code="s", site="demo", boot="b")
    acts = (Act.RING, Act.ANSWER, Act.END, Act.RING, Act.MISS)

    said = [body(station.say(act(one), now=AT)[0]) for one in acts]

    assert [one["call"] for one in said] == ["s-b-c1"] * 3 + ["s-b-c2"] * 2
    assert len({one["id"] for one in said}) == 5
    assert said[4]["type"] == "intercom.missed"


def test_native_clock_is_its_own() -> None:
    station = NativeStation(code="s", site="demo", boot="b")

    [said] = station.say(act(Act.HELP), now=datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC))

    assert body(said)["time"] == "2026-11-20T01:02:03.000Z"
