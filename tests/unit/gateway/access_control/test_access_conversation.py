"""hardware §7, items 4, 5 and 7: one press is one call, and moves only its own call."""

from collections.abc import Callable
from typing import Any

import pytest

from core.facts.device import EventType
from gateway.adapter import Verdict

Listen = Callable[..., Any]


def invite(call_id: str | None, at: float | None, action: str = "Pulse", **data: Any) -> Any:
    given = {"CallID": call_id} if call_id else {}
    utc = {"UTC": at} if at is not None else {}
    return {"Action": action, "Data": {**given, **utc, **data}}


def test_one_press_told_by_three_codes_is_one_call(listen: Listen) -> None:
    vto = listen("dahua-vto")
    now = vto.now.timestamp()

    vto.hears("VTO/Invite/Event", invite("1", now))
    vto.hears("VTO/CallNoAnswered/Event", invite("1", now, "Start"))
    vto.hears("VTO/BackKeyLight/Event", invite(None, now, State=1))

    assert vto.told == ["intercom.ringing"]
    assert len({reading.call for reading in vto.readings}) == 1
    assert [reading.verdict for reading in vto.readings[1:]] == [Verdict.IGNORED] * 2


@pytest.mark.parametrize(
    "code", ["Invite", "CallNoAnswered", "PhoneCallDetect", "BackKeyLight", "_DoTalkAction_"]
)
def test_each_of_the_starting_codes_rings_alone(listen: Listen, code: str) -> None:
    vto = listen("dahua-vto")
    data = {"State": 2, "Action": "Invite"}
    action = "Start" if code in {"CallNoAnswered", "PhoneCallDetect"} else "Pulse"

    vto.hears(f"VTO/{code}/Event", {"Action": action, "Code": code, "Data": data})

    assert vto.told == ["intercom.ringing"]


def test_the_ids_of_one_press_may_differ(listen: Listen) -> None:
    """An AD110 calls one press by a long id and by a counter (amcrest2mqtt #68)."""
    bell = listen("amcrest2mqtt")
    talk = {"Action": "Invite", "CallID": "20201002@838181@192.168.2.25"}

    bell.hears("amcrest2mqtt/A/doorbell", "on")
    bell.hears("amcrest2mqtt/A/event", {"Code": "_DoTalkAction_", "action": "Pulse", "data": talk})
    bell.hears(
        "amcrest2mqtt/A/event",
        {"Code": "CallNoAnswered", "action": "Start", "index": "0", "data": {"CallID": "9"}},
    )

    assert (bell.told, bell.presses) == (["intercom.ringing"], 1)


def test_two_ids_of_one_kind_within_the_window_are_two_presses(listen: Listen) -> None:
    vto = listen("dahua-vto")
    for call_id in ("1", "2"):
        vto.hears("VTO/Invite/Event", invite(call_id, vto.now.timestamp()))
        vto.wait(3)

    assert vto.presses == 2


def test_a_counter_that_comes_again_days_later_is_a_new_call(listen: Listen) -> None:
    vto = listen("dahua-vto")
    vto.hears("VTO/Invite/Event", invite("1", vto.now.timestamp()))
    vto.wait(2 * 86_400)
    vto.hears("VTO/Invite/Event", invite("1", vto.now.timestamp()))

    assert vto.presses == 2


def test_without_ids_and_times_a_press_after_the_window_is_new(listen: Listen) -> None:
    bell = listen("ha-event")
    for pause in (0, 4, 9):  # 0, 4 and 13 seconds after the first
        bell.wait(pause)
        bell.hears("home/bell/state", {"event_type": "press"})

    assert bell.told == ["intercom.ringing", "intercom.ringing"]


def test_the_window_is_one_stations_own(listen: Listen) -> None:
    bells = listen("ha-event")
    bells.hears("home/front/state", "press")
    bells.hears("home/back/state", "press")

    assert bells.presses == 2


def test_a_press_right_after_the_end_of_a_call_is_new(listen: Listen) -> None:
    vto = listen("dahua-vto")
    vto.hears("VTO/Invite/Event", invite("1", None))
    vto.wait(2)
    vto.hears("VTO/PassiveHungup/Event", {"Action": "?", "Data": {"Index": 1}})
    vto.wait(2)
    vto.hears("VTO/Invite/Event", invite("2", None))

    assert vto.told == ["intercom.ringing", "intercom.ended", "intercom.ringing"]
    assert vto.presses == 2


@pytest.mark.parametrize(
    ("code", "data", "moved"),
    [
        ("IgnoreInvite", {}, "intercom.answered"),
        ("BackKeyLight", {"State": 5}, "intercom.answered"),
        ("BackKeyLight", {"State": "6"}, "intercom.missed"),
        ("VideoTalkLog", {"EndState": "Missed", "TalkTime": 0}, "intercom.missed"),
        ("VideoTalkLog", {"EndState": "Received", "TalkTime": 31}, "intercom.ended"),
        ("PassiveHungup", {"Index": 1}, "intercom.ended"),
    ],
)
def test_what_follows_moves_the_same_call(listen: Listen, code: str, data: Any, moved: str) -> None:
    vto = listen("dahua-vto")
    vto.hears("VTO/Invite/Event", invite("1", vto.now.timestamp()))
    vto.wait(35)
    vto.hears(f"VTO/{code}/Event", {"Action": "Pulse", "Code": code, "Data": data})

    assert vto.told == ["intercom.ringing", moved]
    assert vto.presses == 1


def test_an_answered_call_cannot_be_missed_any_more(listen: Listen) -> None:
    vto = listen("dahua-vto")
    vto.hears("VTO/Invite/Event", invite("1", vto.now.timestamp()))
    vto.hears("VTO/IgnoreInvite/Event", {"Data": {}})
    log = vto.hears("VTO/VideoTalkLog/Event", {"Data": {"EndState": "Missed"}})

    assert vto.told == ["intercom.ringing", "intercom.answered"]
    assert log.event.type is EventType.INTERCOM_ANSWERED  # it restates what is known


def test_a_dropped_call_may_turn_out_to_be_missed(listen: Listen) -> None:
    vto = listen("dahua-vto")
    vto.hears("VTO/Invite/Event", invite("1", None))
    vto.hears("VTO/PassiveHungup/Event", {"Data": {}})
    vto.hears("VTO/VideoTalkLog/Event", {"Data": {"EndState": "Missed"}})

    assert vto.told == ["intercom.ringing", "intercom.ended", "intercom.missed"]
    assert vto.presses == 1


def test_a_missed_call_whose_ringing_was_lost_is_reported(listen: Listen) -> None:
    vto = listen("dahua-vto")
    vto.hears("VTO/BackKeyLight/Event", invite(None, vto.now.timestamp(), State=6))

    assert (vto.told, vto.presses) == (["intercom.missed"], 1)


def test_told_twice_is_told_once_and_stays_the_same_event(listen: Listen) -> None:
    vto = listen("dahua-vto")
    first = vto.hears("VTO/Invite/Event", invite("1", vto.now.timestamp()))
    vto.wait(300)
    again = vto.hears("VTO/Invite/Event", invite("1", first.event.occurred_at.timestamp()))

    assert again.verdict is Verdict.STALE
    assert again.event == first.event  # so that the spool's key absorbs it, or mends a loss


def test_first_told_late_is_missed_and_marked(listen: Listen) -> None:
    vto = listen("dahua-vto")
    pressed = vto.now.timestamp()
    vto.wait(121)
    late = vto.hears("VTO/Invite/Event", invite("1", pressed))
    again = vto.hears("VTO/CallNoAnswered/Event", invite("1", pressed, "Start"))

    assert (late.event.type, late.event.late) == (EventType.INTERCOM_MISSED, True)
    assert late.event.occurred_at.timestamp() == pressed
    assert (again.verdict, again.call) == (Verdict.IGNORED, late.call)


def test_a_backlog_keeps_its_presses_apart(listen: Listen) -> None:
    vto = listen("dahua-vto")
    pressed = [vto.now.timestamp() + 60 * minute for minute in range(3)]
    vto.wait(1800)
    for number, at in enumerate(pressed):
        vto.hears("VTO/Invite/Event", invite(str(number), at))
        vto.hears("VTO/BackKeyLight/Event", invite(None, at, State=1))

    assert (vto.told, vto.presses) == (["intercom.missed"] * 3, 3)


@pytest.mark.parametrize(("age", "verdict"), [(86_399, "event"), (86_401, "stale")])
def test_past_the_limit_it_opens_nothing(listen: Listen, age: int, verdict: str) -> None:
    vto = listen("dahua-vto")
    reading = vto.hears("VTO/Invite/Event", invite("1", vto.now.timestamp() - age))

    assert reading.verdict.value == verdict
    assert reading.event.stale is (verdict == "stale")


def test_retained_is_old_news_and_does_not_hide_the_next_press(listen: Listen) -> None:
    bell = listen("ha-event")
    kept = bell.hears("home/bell/state", {"event_type": "press"}, retained=True)
    live = bell.hears("home/bell/state", {"event_type": "press"})

    assert (kept.verdict, kept.event.stale) == (Verdict.STALE, True)
    assert live.verdict is Verdict.EVENT
    assert kept.event.event_id != live.event.event_id


def test_retained_again_on_every_subscription_is_the_same_event(listen: Listen) -> None:
    bell = listen("ha-event")
    first = bell.hears("home/bell/state", {"event_type": "press"}, retained=True)
    bell.wait(3600)
    again = bell.hears("home/bell/state", {"event_type": "press"}, retained=True)

    assert first.event.event_id == again.event.event_id


def test_history_is_old_news_and_a_seen_serial_too(listen: Listen) -> None:
    door = listen("hikvision-isapi")

    def card(serial: int | str, *, current: bool = True) -> Any:
        return {
            "eventType": "AccessControllerEvent",
            "dateTime": door.now.isoformat(),
            "AccessControllerEvent": {
                "majorEventType": 5,
                "subEventType": 21,
                "serialNo": serial,
                "currentEvent": current,
            },
        }

    topic = "/hooks/hikvision-isapi/gate"
    assert door.hears(topic, card(1, current=False)).verdict is Verdict.STALE
    first = door.hears(topic, card(2))
    door.wait(5)
    assert first.verdict is Verdict.EVENT
    assert door.hears(topic, card("2")).verdict is Verdict.STALE
    door.wait(30 * 86_400)  # the counter began anew after a factory reset
    anew = door.hears(topic, card(2))
    assert anew.verdict is Verdict.EVENT
    assert anew.event.event_id != first.event.event_id


def test_a_state_machine_works_on_edges(listen: Listen) -> None:
    bell = listen("hikvision-addons")
    state = "hmd/sensor/Front-Door/Call-State/state"

    assert bell.hears(state, "idle", retained=True).verdict is Verdict.IGNORED
    for word in ("ring", "ring", "ring", "onCall", "onCall", "idle", "idle"):
        bell.wait(1)
        bell.hears(state, word)

    assert bell.told == ["intercom.ringing", "intercom.answered", "intercom.ended"]
    assert bell.presses == 1


def test_idle_straight_after_ringing_means_nobody_answered(listen: Listen) -> None:
    bell = listen("hikvision-addons")
    state = "hmd/sensor/frontdoor/Call-State/state"
    bell.hears(state, "ringing")
    bell.wait(60)
    bell.hears(state, "idle")

    assert bell.told == ["intercom.ringing", "intercom.missed"]


def test_dismissed_is_an_end_and_the_idle_after_it_nothing(listen: Listen) -> None:
    bell = listen("hikvision-addons")
    state = "hmd/sensor/frontdoor/Call-State/state"
    for word in ("ringing", "dismissed", "idle"):
        bell.wait(5)
        bell.hears(state, word)

    assert bell.told == ["intercom.ringing", "intercom.ended"]
    assert bell.readings[-1].verdict is Verdict.HEALTH


def test_ringing_that_never_went_idle_does_not_swallow_the_next_call(listen: Listen) -> None:
    bell = listen("hikvision-addons")
    state = "hmd/sensor/frontdoor/Call-State/state"
    bell.hears(state, "ringing")
    bell.wait(3 * 3600)
    bell.hears(state, "ringing")

    assert bell.presses == 2


def test_a_restarted_gateway_takes_up_the_call(listen: Listen) -> None:
    before, after = listen("dahua-vto"), listen("dahua-vto")
    pressed = before.now.timestamp()
    first = before.hears("VTO/Invite/Event", invite("1", pressed))
    after.adapter.resume(before.events)
    after.wait(3)

    assert after.hears("VTO/Invite/Event", invite("1", pressed)).event == first.event
    again = after.hears("VTO/CallNoAnswered/Event", invite("1", pressed, "Start"))
    after.hears("VTO/IgnoreInvite/Event", {"Data": {}})

    assert again.call == first.call
    assert (after.told, after.presses) == (["intercom.answered"], 1)


def test_a_restarted_gateway_takes_up_a_call_without_id_and_time(listen: Listen) -> None:
    before, after = listen("ha-event"), listen("ha-event")
    first = before.hears("home/bell/state", "press")
    after.adapter.resume(before.events)
    after.wait(3)
    again = after.hears("home/bell/state", "press")

    assert (again.call, again.event.event_id) == (first.call, first.event.event_id)
    assert after.told == []


def test_two_answers_of_one_ring_group_end_on_their_own_ids(listen: Listen) -> None:
    sip = listen("ha-sip")
    hook = "/hooks/ha-sip/desk"
    for event, call in (
        ("incoming_call", "a"),
        ("incoming_call", "b"),
        ("call_established", "b"),
        ("ring_timeout", "a"),
        ("call_disconnected", "b"),
    ):
        sip.hears(hook, {"event": event, "parsed_caller": "80" + call, "internal_id": call})

    calls = [reading.call for reading in sip.readings]
    assert calls[0] == calls[3]
    assert calls[1] == calls[2] == calls[4]
    assert sip.presses == 2


def test_a_stations_memory_is_bounded(listen: Listen) -> None:
    vto = listen("dahua-vto")
    for number in range(2000):
        vto.wait(30)
        vto.hears("VTO/Invite/Event", invite(str(number), vto.now.timestamp()))

    assert vto.presses == 2000
    station = vto.adapter._stations["VTO"]
    assert len(station._told) <= 512
    assert len(station._calls) <= 16


def test_unknown_devices_memory_is_bounded(listen: Listen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.access_control.adapter._MOST_STATIONS", 50)
    bells = listen("ha-event")
    for number in range(200):
        bells.hears(f"home/{number}/state", "press")

    assert bells.presses == 200
    assert len(bells.adapter._stations) <= 50
