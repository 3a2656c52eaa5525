"""Device → broker → gateway process → centre, on every broker we know; with faults in between."""

import json
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from gateway.links.broker import Broker, BrokerChild
from gateway.spool import Spool
from tests.wire.rig import Centre, GatewayProcess, Station, an_event, eventually, topic

POISON = [
    b"",
    b"\x00",
    b"\xff\xfe\xfd",
    b"{",
    b"[" * 100_000,
    b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
    b'{"id": NaN}',
    b'{"id": "\\ud800"}',
    an_event(1).replace(b"e000001", b"\\udc00"),
    b'{"id": ' + b"9" * 100_000 + b"}",
    b'{"specversion":"1.0","id":1,"source":[],"type":{},"time":null}',
    b"null",
    b'"\xe4\xbd"',
    b'{"x":"' + b"y" * 900_000 + b'"}',
    random.Random(1).randbytes(4096),
]


@pytest.fixture
def connected(gateway: GatewayProcess, broker: Broker, centre: Centre) -> GatewayProcess:
    """Return a gateway that has subscribed."""
    gateway.broker = broker.gateway
    gateway.start()
    listening(gateway, broker)
    assert eventually(lambda: centre.ids(2)), gateway.log
    centre.events.clear()
    return gateway


def listening(gateway: GatewayProcess, broker: Broker) -> None:
    """Wait until a native device that tells something gets its receipt."""
    probe = Station(broker.devices, name="probe")
    probe.listen("shouwen/site/d2/receipt")

    def receipted() -> bool:
        probe.tell(topic(2), an_event(999_999, device=2))
        return bool(probe.told)

    try:
        assert eventually(receipted), gateway.log
    finally:
        probe.close()


def in_spool(gateway: GatewayProcess) -> list[tuple[str, str]]:
    """Return source and id of all that a gateway, which has ended, had spooled."""
    spool = Spool(gateway.data)
    events = spool.recent(datetime(2020, 1, 1, tzinfo=UTC))
    spool.close()
    return [(str(event.source), event.event_id) for event in events]


def test_an_event_reaches_the_centre_and_the_device_its_receipt(
    connected: GatewayProcess, centre: Centre, station: Station
) -> None:
    station.listen("shouwen/site/d0/receipt")

    station.tell(topic(), an_event(1))

    assert eventually(lambda: centre.ids() == ["e000001"]), connected.log
    assert eventually(lambda: station.told)
    where, payload = station.told[0]
    assert (where, json.loads(payload)) == ("shouwen/site/d0/receipt", {"ids": ["e000001"]})
    assert "Bearer token-of-the-test" in centre.tokens


def test_told_twice_is_stored_once_and_receipted_twice(
    connected: GatewayProcess, centre: Centre, station: Station
) -> None:
    station.listen("shouwen/site/d0/receipt")

    station.tell(topic(), an_event(1))
    assert eventually(lambda: len(station.told) == 1)
    station.tell(topic(), an_event(1))

    assert eventually(lambda: len(station.told) == 2), connected.log
    assert centre.ids() == ["e000001"]
    assert centre.absorbed == 0


def test_poison_is_quarantined_and_what_follows_is_not_disturbed(
    connected: GatewayProcess, centre: Centre, station: Station
) -> None:
    for number, payload in enumerate(POISON):
        station.tell(topic(), payload)
        station.tell(topic(), an_event(number))

    assert eventually(lambda: len(centre.ids()) == len(POISON)), connected.log
    assert "broker gone" not in connected.log  # the connection lived through it all
    connected.end()
    spool = Spool(connected.data)
    kept = spool.in_quarantine()
    spool.close()
    assert {one.payload for one in kept} == {payload[: 64 * 1024] for payload in POISON}
    assert all(one.reason for one in kept)


def test_properties_that_a_client_library_cannot_read_do_no_harm(
    connected: GatewayProcess, broker: Broker, centre: Centre
) -> None:
    station = Station(broker.devices_v5, version=5, name="odd")
    odd = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
    odd.UserProperty = [("a", "b" * 300)] * 3
    odd.ContentType = "text/plain"
    odd.MessageExpiryInterval = 1000

    station.tell(topic(), an_event(1), properties=odd)
    station.tell(topic(), an_event(2))

    assert eventually(lambda: centre.ids() == ["e000001", "e000002"]), connected.log
    assert "broker gone" not in connected.log
    station.close()


def test_a_retained_event_is_old_news(
    gateway: GatewayProcess, broker: Broker, centre: Centre, station: Station
) -> None:
    station.tell(topic(), an_event(1), retain=True)
    station.settle(1)
    gateway.broker = broker.gateway
    gateway.start()

    assert eventually(lambda: centre.ids() == ["e000001"]), gateway.log
    assert centre.events[0]["stale"] is True


def test_what_comes_without_acknowledgement_is_taken_as_well(
    connected: GatewayProcess, centre: Centre, station: Station
) -> None:
    station.tell(topic(), an_event(1), qos=0)
    station.tell(topic(1), an_event(2, device=1), qos=2)

    assert eventually(lambda: len(centre.events) == 2), connected.log


def test_what_is_told_while_the_gateway_is_away_waits_for_it(
    connected: GatewayProcess, centre: Centre, station: Station
) -> None:
    connected.end()
    for number in range(300):
        station.tell(topic(), an_event(number))
    station.settle(300)

    connected.start()

    assert eventually(lambda: len(centre.ids()) == 300), connected.log
    assert centre.ids() == [f"e{number:06d}" for number in range(300)]


def test_a_gateway_killed_in_a_storm_loses_and_doubles_nothing(
    connected: GatewayProcess, centre: Centre, station: Station
) -> None:
    told = 0
    for round_ in range(4):
        for _ in range(400):
            station.tell(topic(told % 2), an_event(told, device=told % 2))
            told += 1
        if round_ == 1:
            centre.always = "503"  # so that the spool is not empty when it is killed
        seen = len(centre.events)
        eventually(lambda seen=seen: len(centre.events) > seen, within=0.3)  # type: ignore[misc]
        connected.kill()
        centre.always = None
        connected.start()
    station.settle(told)

    assert eventually(lambda: len(centre.events) == told), connected.log
    assert {event["id"] for event in centre.events} == {f"e{n:06d}" for n in range(told)}
    assert all(centre.ids(device) == sorted(centre.ids(device), key=str) for device in (0, 1))


def test_nothing_is_acknowledged_before_it_is_in_the_spool(
    gateway: GatewayProcess, broker: Broker, centre: Centre, station: Station
) -> None:
    gateway.broker = broker.gateway
    gateway.start()
    listening(gateway, broker)
    station.listen("shouwen/site/+/receipt")
    for number in range(1500):
        station.tell(topic(), an_event(number))
    assert eventually(lambda: station.told), gateway.log

    gateway.kill()

    receipted = {one for _, payload in station.told for one in json.loads(payload)["ids"]}
    spooled = {event_id for _, event_id in in_spool(gateway)}
    assert receipted
    assert receipted <= spooled
    gateway.start()
    assert eventually(lambda: len(centre.ids()) == 1500), gateway.log


def test_a_broker_that_dies_and_returns_is_found_again(
    connected: GatewayProcess, broker_child: BrokerChild, centre: Centre, tmp_path: Path
) -> None:
    broker_child.stop()
    assert connected.says('"broker gone"'), connected.log

    again = broker_child.start()
    assert connected.says('"broker back"'), connected.log

    station = Station(again.devices, name="after")
    station.tell(topic(), an_event(1))
    assert eventually(lambda: centre.ids() == ["e000001"]), connected.log
    assert connected.log.count('"broker gone"') == 1
    if broker_child.name == "iotcore":  # which keeps no session over its own restart
        assert "forgot our session" in connected.log
    station.close()
    assert tmp_path.exists()


def test_a_gateway_ends_cleanly_and_soon_when_told_to(
    connected: GatewayProcess, station: Station, centre: Centre
) -> None:
    centre.always = "hang"
    for number in range(500):
        station.tell(topic(), an_event(number))
    station.settle(500)

    connected.end()

    assert '"gateway ended"' in connected.log


def test_two_gateways_with_one_name_do_not_fight(
    connected: GatewayProcess, broker: Broker, centre: Centre, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = GatewayProcess(tmp_path / "other", centre.url, broker.gateway)
    other.start()
    try:
        listening(other, broker)

        assert eventually(
            lambda: "another gateway use our client id" in connected.log + other.log
        ), connected.log
    finally:
        other.close()


def test_a_site_with_no_broker_gets_one_of_its_own_that_keeps_its_address(
    gateway: GatewayProcess, centre: Centre
) -> None:
    gateway.start()
    kept = gateway.data / "broker" / "broker.json"
    assert eventually(kept.exists), gateway.log
    first = kept.read_bytes()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert gateway.says('"broker started"'), gateway.log
    gateway.kill()  # its broker dies with it, and its successor waits for that
    gateway.start()
    assert eventually(lambda: gateway.log.count('"broker started"') == 2), gateway.log
    assert kept.read_bytes() == first
    assert eventually(lambda: centre.beats)
