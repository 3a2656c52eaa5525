"""hardware §7, item 7: what is told at the end of a call moves that call, and no other."""

from collections.abc import Callable
from datetime import UTC, timedelta
from typing import Any

from gateway.adapter import Verdict

Listen = Callable[..., Any]
DOOR = "/hooks/hikvision-isapi/door1"


def talk(word: str, room: int | None = 401) -> dict[str, Any]:
    src = {"src": {"roomNumber": room}} if room else {}
    return {"eventType": "voiceTalkEvent", "VoiceTalkEvent": {"cmdType": word, **src}}


def test_a_second_word_for_the_end_does_not_reach_an_older_call(listen: Listen) -> None:
    """A KV6113 tells no end of a press; the next call's "cancel" after "bellTimeout" is not it."""
    door = listen("hikvision-isapi")
    press = {"majorEventType": 3, "subEventType": 1024, "picturesNumber": 1}
    old = door.hears(DOOR, {"eventType": "AccessControllerEvent", "AccessControllerEvent": press})
    door.wait(100)
    new = door.hears(DOOR, talk("request"))
    door.wait(30)
    door.hears(DOOR, talk("bellTimeout"))
    door.wait(1)

    cancelled = door.hears(DOOR, talk("cancel"))

    assert old.call != new.call
    assert cancelled.call != old.call
    assert door.told == ["intercom.ringing", "intercom.ringing", "intercom.missed"]


def test_two_rooms_called_from_one_station_end_each_for_itself(listen: Listen) -> None:
    door = listen("hikvision-isapi")
    first = door.hears(DOOR, talk("request", 101))
    door.wait(20)
    second = door.hears(DOOR, talk("request", 202))
    door.wait(5)
    door.hears(DOOR, talk("hangUp", 202))

    ended = door.hears(DOOR, talk("hangUp", 101))

    assert first.call != second.call
    assert ended.call == first.call


def test_a_hang_up_in_local_time_of_another_zone_ends_the_call_now(listen: Listen) -> None:
    """``PassiveHungup`` has no ``UTC``; the station's clock shows another zone than the site's."""
    vto = listen("dahua-vto")

    def local() -> str:
        return f"{vto.now.astimezone(UTC) - timedelta(hours=6):%Y-%m-%d %H:%M:%S}"

    def said(code: str, **data: Any) -> Any:
        body = {"Action": "Pulse", "Data": {"LocaleTime": local(), **data}}
        return vto.hears(f"VTO/{code}/Event", body)

    rings = said("Invite", CallID="1", UTC=vto.now.timestamp())
    vto.wait(20)
    ends = said("PassiveHungup")
    logged = said("VideoTalkLog", EndState="Received", UTC=vto.now.timestamp())

    assert [ends.call, logged.call] == [rings.call] * 2
    assert ends.event.occurred_at == vto.now
    assert ends.event.time_estimated
    assert not ends.event.late
    assert vto.told == ["intercom.ringing", "intercom.ended"]


def test_opened_and_closed_within_a_second_are_two_events(listen: Listen) -> None:
    """A contact tells no time; its opposite is not an echo of what it told just before."""
    contact = listen("zigbee2mqtt")
    contact.hears("zigbee2mqtt/gate", {"contact": False})
    contact.wait(1)

    closed = contact.hears("zigbee2mqtt/gate", {"contact": True})

    assert closed.verdict is Verdict.EVENT
    assert contact.told == ["door.opened", "door.closed"]
