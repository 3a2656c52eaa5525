"""Real brokers and real processes for the wire tests; what is missing is said loudly."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.links.broker import Broker, BrokerChild
from tests.wire.rig import Centre, GatewayProcess, Station, program


@pytest.fixture
def centre() -> Iterator[Centre]:
    centre = Centre()
    centre.start()
    yield centre
    centre.stop()


@pytest.fixture(params=["mosquitto", "iotcore"])
def broker_child(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[BrokerChild]:
    child = BrokerChild(tmp_path / "broker", program=program(request.param))
    yield child
    child.stop()


@pytest.fixture
def mosquitto_child(tmp_path: Path) -> Iterator[BrokerChild]:
    child = BrokerChild(tmp_path / "broker", program=program("mosquitto"))
    yield child
    child.stop()


@pytest.fixture
def broker(broker_child: BrokerChild) -> Broker:
    return broker_child.start()


@pytest.fixture
def station(broker: Broker) -> Iterator[Station]:
    station = Station(broker.devices)
    yield station
    station.close()


@pytest.fixture
def gateway(tmp_path: Path, centre: Centre) -> Iterator[GatewayProcess]:
    process = GatewayProcess(tmp_path, centre.url)
    yield process
    process.close()
