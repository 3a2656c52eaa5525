"""Buttons have many words for a press; none of them may be lost (zigbee2mqtt, ha-event)."""

from collections.abc import Callable
from typing import Any

import pytest

Listen = Callable[..., Any]
#: Actions that devices known to Zigbee2MQTT publish when somebody touches them.
PRESSES = [
    "single", "double", "triple", "quadruple", "quintuple", "many", "hold", "long", "press",
    "pressed", "push", "on", "off", "toggle", "emergency", "panic", "sos", "1_single",
    "both_double", "button_1_hold", "right", "1", "arrow_left_click", "recall_1", "scene_2",
    "double_click", "on_1", "1_on", "brightness_move_up", "brightness_step_down",
    "color_temperature_move", "rotate_left", "slide", "open", "close", "stop", "play_pause",
    "track_next", "volume_up", "up_press", "dots_1_initial_press",
]  # fmt: skip
LET_GO = [
    "release", "released", "hold_release", "1_short_release", "brightness_stop",
    "stop_rotating",
]  # fmt: skip


@pytest.mark.parametrize("action", PRESSES)
def test_whatever_is_done_to_a_help_button_is_a_cry_for_help(listen: Listen, action: str) -> None:
    button = listen("zigbee2mqtt")

    button.hears("zigbee2mqtt/bed 3", {"action": action, "battery": 90})

    assert button.told == ["help.pressed"]


@pytest.mark.parametrize("action", [*LET_GO, "", None, "disarm", "arm_all_zones"])
def test_letting_go_and_arming_are_no_cry_for_help(listen: Listen, action: str | None) -> None:
    button = listen("zigbee2mqtt")

    button.hears("zigbee2mqtt/bed 3", {"action": action, "battery": 90})

    assert button.told == []


@pytest.mark.parametrize(
    ("action", "means"),
    [
        ("keypad_unlock", "door.opened"),
        ("unlock", "door.opened"),
        ("auto_lock", "door.closed"),
        ("unlock_failure_invalid_pin_or_id", "door.refused"),
    ],
)
def test_a_lock_tells_of_its_door(listen: Listen, action: str, means: str) -> None:
    lock = listen("zigbee2mqtt")

    lock.hears("zigbee2mqtt/lock", {"action": action, "state": "LOCK"})

    assert lock.told == [means]


@pytest.mark.parametrize("word", ["ON", "1", "true", "ringing", "S", "press", "SINGLE"])
def test_a_bell_has_many_words_for_ringing(listen: Listen, word: str) -> None:
    bell = listen("ha-event")

    bell.hears("home/doorbell/state", word)

    assert bell.told == ["intercom.ringing"]


@pytest.mark.parametrize("word", ["OFF", "0", "false", "standby", "idle", "release"])
def test_a_bell_at_rest_does_not_ring(listen: Listen, word: str) -> None:
    bell = listen("ha-event")

    bell.hears("home/doorbell/state", word)

    assert bell.told == []


def test_a_doorbells_movement_sensor_is_no_alarm_of_the_house(listen: Listen) -> None:
    """An AD110 sets AlarmLocal when somebody walks by, an AD410 with each press."""
    bell = listen("amcrest2mqtt")

    bell.hears("amcrest2mqtt/A/event", {"Code": "AlarmLocal", "action": "Start", "index": "0"})
    bell.hears(
        "amcrest2mqtt/A/event",
        {"Code": "CallNoAnswered", "action": "Start", "index": "0", "data": {"CallID": "7"}},
    )

    assert bell.told == ["intercom.ringing"]


def test_the_bridges_only_lock_has_no_number(listen: Listen) -> None:
    bridge = listen("bticino-bridge")

    bridge.hears("bticino/lock/state", "UNLOCKED")

    assert bridge.told == ["door.opened"]
