"""hardware §7, item 6: housekeeping is health; silence is told once, and its end once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.facts.device import DeviceCode, DeviceEvent, EventType, SiteCode, System
from core.facts.place import Device, PlaceCode
from gateway.access_control.adapter import AccessControl
from gateway.access_control.profile import load
from gateway.adapter import Message, Verdict

Listen = Callable[..., Any]
TOPIC = "VTO/NTPAdjustTime/Event"
BEAT = b'{"Action":"Pulse","Data":{}}'


def watched(at: Any, *, silent_after: float | None = 60) -> AccessControl:
    lobby = Device(
        code=DeviceCode("lobby"),
        system=System.ACCESS_CONTROL,
        name="Lobby",
        profile="dahua-vto",
        address="VTO",
        place=PlaceCode("lobby"),
        silent_after=silent_after,
    )
    adapter = AccessControl(
        profile=load("dahua-vto"),
        site=SiteCode("hq"),
        zone=ZoneInfo("Asia/Shanghai"),
        devices={"VTO": lobby},
        card_key=b"k",
    )
    assert adapter.elapsed(at) == ()
    return adapter


def beat(adapter: AccessControl, at: Any, *, retained: bool = False) -> Verdict:
    message = Message(topic=TOPIC, payload=BEAT, received_at=at, retained=retained)
    return adapter.read(message).verdict


def kinds(events: tuple[DeviceEvent, ...]) -> list[EventType]:
    return [event.type for event in events]


def test_silence_is_told_once_and_its_end_once(listen: Listen) -> None:
    start = listen("dahua-vto").now
    adapter = watched(start)
    assert beat(adapter, start) is Verdict.HEALTH
    assert adapter.elapsed(start + timedelta(seconds=60)) == ()

    silent = adapter.elapsed(start + timedelta(seconds=61))
    assert kinds(silent) == [EventType.DEVICE_SILENT]
    assert adapter.elapsed(start + timedelta(seconds=600)) == ()

    beat(adapter, start + timedelta(seconds=700))
    back = adapter.elapsed(start + timedelta(seconds=701))
    assert kinds(back) == [EventType.DEVICE_BACK]
    assert back[0].occurred_at == start + timedelta(seconds=700)
    assert back[0].call == silent[0].call
    assert adapter.elapsed(start + timedelta(seconds=702)) == ()


def test_a_second_silence_is_a_new_episode(listen: Listen) -> None:
    start = listen("dahua-vto").now
    adapter = watched(start)
    first = adapter.elapsed(start + timedelta(seconds=61))
    beat(adapter, start + timedelta(seconds=70))
    both = adapter.elapsed(start + timedelta(seconds=200))

    assert kinds(both) == [EventType.DEVICE_BACK, EventType.DEVICE_SILENT]
    assert both[0].call == first[0].call != both[1].call


def test_a_device_that_never_spoke_is_silent_too(listen: Listen) -> None:
    start = listen("dahua-vto").now
    adapter = watched(start)
    assert kinds(adapter.elapsed(start + timedelta(seconds=61))) == [EventType.DEVICE_SILENT]


def test_what_the_broker_kept_does_not_prove_life(listen: Listen) -> None:
    start = listen("dahua-vto").now
    adapter = watched(start)
    assert beat(adapter, start + timedelta(seconds=59), retained=True) is Verdict.IGNORED
    assert kinds(adapter.elapsed(start + timedelta(seconds=61))) == [EventType.DEVICE_SILENT]


def test_without_a_limit_nobody_is_silent(listen: Listen) -> None:
    start = listen("dahua-vto").now
    adapter = watched(start, silent_after=None)
    assert adapter.elapsed(start + timedelta(days=300)) == ()


def test_an_episode_outlives_a_restart(listen: Listen) -> None:
    start = listen("dahua-vto").now
    silent = watched(start).elapsed(start + timedelta(seconds=61))
    restarted = watched(start + timedelta(seconds=70))
    restarted.resume(silent)

    assert restarted.elapsed(start + timedelta(seconds=600)) == ()
    beat(restarted, start + timedelta(seconds=700))
    assert restarted.elapsed(start + timedelta(seconds=701))[0].call == silent[0].call


@pytest.mark.parametrize(
    ("profile", "topic", "gone", "there"),
    [
        ("amcrest2mqtt", "amcrest2mqtt/A/status", "offline", "online"),
        ("bticino-bridge", "bticino/bridge/state", "offline", "online"),
        ("hikvision-addons", "hmd/sensor/x/Call-State/availability", "offline", "online"),
        ("ha-event", "home/bell/availability", "offline", "online"),
        ("zigbee2mqtt", "zigbee2mqtt/bridge/state", {"state": "offline"}, {"state": "online"}),
        ("zigbee2mqtt", "zigbee2mqtt/a/b/availability", "offline", "online"),
    ],
)
def test_a_last_will_is_silence_and_the_next_birth_its_end(
    listen: Listen, profile: str, topic: str, gone: Any, there: Any
) -> None:
    bridge = listen(profile)
    assert bridge.hears(topic, there).verdict is Verdict.HEALTH
    first = bridge.hears(topic, gone)
    assert bridge.hears(topic, gone).verdict is Verdict.HEALTH
    last = bridge.hears(topic, there)

    assert bridge.told == ["device.silent", "device.back"]
    assert first.call == last.call


def test_a_last_will_found_on_the_broker_is_told_with_time(listen: Listen) -> None:
    bridge = listen("bticino-bridge")
    found = bridge.hears("bticino/bridge/state", "offline", retained=True)

    assert (found.verdict, found.event) == (Verdict.HEALTH, None)
    assert kinds(bridge.adapter.elapsed(bridge.now)) == [EventType.DEVICE_SILENT]
    assert bridge.adapter.elapsed(bridge.now) == ()


@pytest.mark.parametrize(
    ("profile", "topic", "body"),
    [
        ("dahua-vto", "VTO/SIPRegisterResult/Event", {"Data": {"Success": True}}),
        ("dahua-vto", "VTO/APConnect/Event", {"Action": "Stop", "Data": {"Result": False}}),
        ("dahua-vto", "VTO/BackKeyLight/Event", {"Data": {"State": 0}}),
        ("baresip", "/baresip/event", {"type": "REGISTER_OK", "class": "register"}),
        ("hikvision-isapi", "/hooks/hikvision-isapi/x", {"eventType": "heartBeat"}),
        ("zigbee2mqtt", "zigbee2mqtt/a", {"battery": 90, "linkquality": 3}),
        ("bticino", "bticino/status", {"version": "1", "muted": "0"}),
        ("uhppoted", "uhppoted/gateway/system", {"message": {"alive": True}}),
    ],
)
def test_housekeeping_is_health_only(listen: Listen, profile: str, topic: str, body: Any) -> None:
    reading = listen(profile).hears(topic, body)
    assert (reading.verdict, reading.event) == (Verdict.HEALTH, None)
