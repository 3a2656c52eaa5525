"""hardware §7, item 10: who it may have been, and never a card's number."""

from collections.abc import Callable
from typing import Any

import pytest

from core.facts import cloudevent
from gateway.access_control import identity
from gateway.adapter import Verdict

Listen = Callable[..., Any]
CARD = "7A087D0F"


def acs(sub: int, **fields: Any) -> Any:
    event = {"majorEventType": 5, "subEventType": sub, **fields}
    return {"eventType": "AccessControllerEvent", "AccessControllerEvent": event}


@pytest.mark.parametrize(
    ("profile", "topic", "body"),
    [
        ("dahua-vto", "VTO/DoorCard/Event", {"Data": {"Number": CARD, "Type": 0}}),
        ("dahua-vto", "VTO/AccessControl/Event", {"Data": {"CardNo": CARD, "Method": 1}}),
        (
            "dahua-vto",
            "VTO/AccessControl/Event",
            {"Action": "Pulse", "Data": {"CardNo": CARD, "Status": 0, "UTC": 1777622400}},
        ),
        ("amcrest2mqtt", "a/b/event", {"Code": "DoorCard", "data": {"Number": CARD}}),
        ("hikvision-isapi", "/hooks/hikvision-isapi/x", acs(1, cardNo=CARD)),
        ("hikvision-isapi", "/hooks/hikvision-isapi/x", acs(9, cardNo=CARD)),
        ("uhppoted", "u/g/events", {"card-number": CARD, "device-id": 1, "event-id": 9}),
        ("onvif-ej", "x/onvif-ej/AccessControl/Denied/Card", {"Data": {"Card": CARD}}),
        (
            "hikvision-addons",
            "hmd/device_automation/x/illegal_card_swiping_event",
            {"control_source": "".join(str(ord(letter)) for letter in CARD) + "00"},
        ),
    ],
)
def test_a_cards_number_leaves_only_as_a_keyed_hash(
    listen: Listen, profile: str, topic: str, body: Any
) -> None:
    reading = listen(profile).hears(topic, body)
    document = cloudevent.encode(reading.event).decode()

    assert reading.event.data["card_hash"] == identity.card_hash(CARD, b"a key of this test")
    assert CARD.casefold() not in document.casefold()
    assert "".join(str(ord(letter)) for letter in CARD) not in document
    assert CARD not in reading.reason


def test_a_native_devices_careless_card_number_is_hashed_too(listen: Listen) -> None:
    body = {
        "specversion": "1.0",
        "id": "1",
        "source": "/hq/access_control/gate",
        "type": "credential.presented",
        "time": "2026-05-01T08:00:00Z",
        "data": {"Card_Number": CARD, "granted": True},
    }
    reading = listen("native").hears("shouwen/hq/gate/event", body)

    assert reading.verdict is Verdict.HINT
    assert set(reading.event.data) == {"card_hash", "granted"}


def test_the_same_card_has_the_same_hash_on_every_reader_but_not_with_another_key() -> None:
    one = identity.card_hash("0003421987", b"k")

    assert one == identity.card_hash(3421987, b"k")
    assert one != identity.card_hash("3421988", b"k")
    assert one != identity.card_hash("3421987", b"another")


def test_a_stations_number_is_no_card(listen: Listen) -> None:
    """Hikvision-Addons #172: decimal numbers of ASCII digits, run together."""
    reading = listen("hikvision-addons").hears(
        "hmd/switch/DoorbellAZ/Door-1-relay/attributes",
        {"control_source": "494848494848494848484900"},
    )

    assert reading.event.data["control_source"] == "10010010001"


@pytest.mark.parametrize(
    ("sub", "verdict", "kind"),
    [
        (1, "hint", "credential.presented"),
        (38, "hint", "credential.presented"),
        (75, "hint", "credential.presented"),
        (8, "hint", "credential.presented"),
        (9, "event", "door.refused"),
        (76, "event", "door.refused"),
        (21, "event", "door.opened"),
        (22, "event", "door.closed"),
        (27, "event", "door.forced"),
        (28, "event", "door.held_open"),
        (37, "event", "intercom.ringing"),
    ],
)
def test_access_controller_minors(listen: Listen, sub: int, verdict: str, kind: str) -> None:
    reading = listen("hikvision-isapi").hears("/hooks/hikvision-isapi/x", acs(sub))

    assert (reading.verdict.value, reading.event.type.value) == (verdict, kind)


def test_a_hint_tells_who_and_opens_nothing(listen: Listen) -> None:
    reading = listen("hikvision-isapi").hears(
        "/hooks/hikvision-isapi/gate", acs(75, name="Fulano", employeeNoString="25", doorNo=1)
    )

    assert reading.verdict is Verdict.HINT
    assert reading.call is None
    assert reading.event.data["employee"] == "25"
    assert reading.event.data["granted"] is True
    assert reading.event.subject == "1"


@pytest.mark.parametrize("address", ["../../etc", "大堂 1", "a/b", "x" * 5000, "\x00", "#", ""])
def test_a_devices_code_is_safe_whatever_its_address(address: str) -> None:
    code = identity.device_code(address)

    assert 0 < len(code) <= 80
    assert "/" not in code
    assert code.isprintable()


def test_two_addresses_never_share_a_code() -> None:
    addresses = ["a/b", "a b", "a-b", "a#b"]
    assert len({identity.device_code(address) for address in addresses}) == len(addresses)


def test_a_known_device_is_known_by_prefix_serial_or_code(listen: Listen) -> None:
    by_prefix = listen("dahua-vto", {"site/VTO": "lobby"})
    by_serial = listen("dahua-vto", {"4J05D1APAJ1234": "gate"})
    by_code = listen("hikvision-isapi", {"192.168.1.64": "garage"})

    assert by_prefix.hears("site/VTO/Invite/Event", {"Data": {}}).device == "lobby"
    body = {"Data": {}, "serialNumber": "4J05D1APAJ1234"}
    assert by_serial.hears("DahuaVTO/Invite/Event", body).device == "gate"
    heart = {"eventType": "heartBeat", "ipAddress": "192.168.1.64"}
    assert by_code.hears("/hooks/hikvision-isapi/garage", heart).device == "garage"
    assert by_code.hears("/hooks/hikvision-isapi/other", heart).device == "garage"
