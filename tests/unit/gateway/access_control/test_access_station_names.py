"""All messages of one call find the same station, whichever of its names they bear."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from gateway.access_control import profile
from gateway.adapter import Message
from gateway.decode import decode

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def read(name: str, *messages: tuple[str, str]) -> list[dict[str, object]]:
    told = [Message(topic=topic, payload=body.encode(), received_at=AT) for topic, body in messages]
    lines = decode(told, profile=profile.load(name), zone=ZoneInfo("Asia/Shanghai"))
    return [json.loads(line) for line in lines]


def test_a_sip_call_is_one_call_though_only_its_first_message_names_the_account() -> None:
    first = {"type": "CALL_INCOMING", "accountaor": "sip:gw@pbx", "peeruri": "sip:301@pbx"}
    later = {"type": "CALL_RINGING", "peeruri": "sip:301@pbx"}
    said = [json.dumps({**body, "direction": "incoming", "id": "c1"}) for body in (first, later)]
    incoming, ringing = read("baresip", *(("/baresip/event", body) for body in said))
    assert (incoming["verdict"], ringing["verdict"]) == ("event", "ignored")
    assert incoming["call"] == ringing["call"]


def test_home_assistants_own_example_of_an_availability_topic_is_understood() -> None:
    (gone,) = read("ha-event", ("home/doorbell/available", "offline"))
    assert gone["verdict"] == "event"
    assert "device.silent" in json.dumps(gone["event"])
