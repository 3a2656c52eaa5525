"""A whole gateway in this process: what dies is started again, and said once."""

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from core.errors import NotReadable
from core.facts import cloudevent
from core.facts.device import DeviceEvent
from gateway.adapter import Adapter, Message, Reading, Verdict
from gateway.settings import Settings
from gateway.spool import Spool, SpoolInUse
from gateway.supervisor import Gateway
from tests.wire.rig import Centre, Station, an_event, eventually, topic


class Brittle:
    """An adapter that fails in every way a mistake could make it fail."""

    topics = ("shouwen/site/+/event",)

    def __init__(self, lives: list["Brittle"]) -> None:
        self.remembered: list[DeviceEvent] = []
        self.first = not lives
        lives.append(self)

    def read(self, message: Message) -> Reading:
        if message.payload == b"raise":
            raise ZeroDivisionError
        if message.payload.startswith(b"die") and self.first:
            self.first = False
            raise SystemExit  # ends the thread, as no guard could prevent
        try:
            event = cloudevent.decode(message.payload.removeprefix(b"die"))
        except NotReadable as problem:
            return Reading(verdict=Verdict.UNREADABLE, reason=str(problem))
        return Reading(
            verdict=Verdict.EVENT, reason="told", event=event, device=event.source.device
        )

    def elapsed(self, now: datetime) -> tuple[DeviceEvent, ...]:
        raise ValueError(now)

    def resume(self, events: Iterable[DeviceEvent]) -> None:
        self.remembered += events


class Rig:
    def __init__(self, folder: Path, centre: Centre) -> None:
        self.lives: list[Brittle] = []
        self.settings = Settings(
            name="site-1",
            data=folder / "data",
            centre_url=centre.url,
            adapters=self._adapters,
            http=("127.0.0.1", 0),
        )
        self.gateway = Gateway(self.settings, clock=lambda: datetime.now(UTC))  # noqa: TID251 - shell

    def _adapters(self) -> Mapping[str, Adapter]:
        return {"native": Brittle(self.lives)}

    def station(self) -> Station:
        assert eventually(lambda: self.gateway.broker is not None)
        assert self.gateway.broker is not None
        return Station(self.gateway.broker.devices)


@pytest.fixture
def logs() -> Iterator[list[EventDict]]:
    with capture_logs() as logs:
        yield logs


@pytest.fixture
def rig(tmp_path: Path, centre: Centre) -> Iterator[Rig]:
    rig = Rig(tmp_path, centre)
    rig.gateway.start()
    yield rig
    rig.gateway.stop()


def arrives(station: Station, centre: Centre, number: int) -> None:
    """See that an event arrives, told again and again as a device that has a receipt to get."""

    def arrived() -> bool:
        station.tell(topic(), an_event(number))
        return f"e{number:06d}" in centre.ids()

    assert eventually(arrived)


def said(logs: list[EventDict], event: str, part: str) -> Callable[[], int]:
    return lambda: sum(1 for one in logs if one["event"] == event and one.get("part") == part)


def test_it_starts_a_broker_and_carries_events_to_the_centre(rig: Rig, centre: Centre) -> None:
    station = rig.station()

    arrives(station, centre, 1)
    assert rig.gateway.http_port
    station.close()


def test_a_message_on_which_the_adapter_fails_costs_that_message_only(
    rig: Rig, centre: Centre, logs: list[EventDict]
) -> None:
    station = rig.station()
    arrives(station, centre, 1)

    station.tell(topic(), b"raise")
    station.tell(topic(), an_event(2))

    assert eventually(lambda: centre.ids() == ["e000001", "e000002"])
    assert said(logs, "part gone", "intake")() == 0
    station.close()
    rig.gateway.stop()
    spool = Spool(rig.settings.data)
    assert spool.in_quarantine()[0].reason == "the adapter failed: ZeroDivisionError"
    spool.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_writer_that_dies_is_started_again_with_fresh_adapters_and_loses_nothing(
    rig: Rig, centre: Centre, logs: list[EventDict]
) -> None:
    station = rig.station()
    arrives(station, centre, 1)
    lives = len(rig.lives)
    rig.lives[-1].first = True

    station.tell(topic(), b"die" + an_event(2))
    assert eventually(lambda: not rig.lives[-1].first)
    station.tell(topic(), an_event(3))  # waits in the inbox of the dead, and overtakes nothing

    assert eventually(lambda: centre.ids() == ["e000001", "e000002", "e000003"])
    assert len(rig.lives) == lives + 1
    assert [event.event_id for event in rig.lives[-1].remembered] == ["e000001"]
    assert eventually(said(logs, "part back", "intake"))
    assert said(logs, "part gone", "intake")() == 1
    station.close()


def test_a_broker_that_is_killed_is_started_again_at_its_old_address(
    rig: Rig, centre: Centre, logs: list[EventDict]
) -> None:
    station = rig.station()
    arrives(station, centre, 1)
    before = rig.gateway.broker
    child = [
        int(one.name)
        for one in Path("/proc").iterdir()
        if one.name.isdigit() and _parent(one) == os.getpid() and _is_broker(one, rig)
    ]
    assert len(child) == 1

    os.kill(child[0], signal.SIGKILL)

    assert eventually(said(logs, "part back", "broker"))
    assert rig.gateway.broker == before
    arrives(station, centre, 2)
    station.close()


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0


def _is_broker(process: Path, rig: Rig) -> bool:
    return str(rig.settings.data / "broker").encode() in (process / "cmdline").read_bytes()


def test_a_second_gateway_in_the_same_folder_is_refused(rig: Rig) -> None:
    with pytest.raises(SpoolInUse):
        Gateway(rig.settings, clock=lambda: datetime.now(UTC)).start()  # noqa: TID251 - shell


def test_it_ends_with_everything_it_started(tmp_path: Path, centre: Centre) -> None:
    before = {thread.name for thread in threading.enumerate()}
    rig = Rig(tmp_path, centre)
    rig.gateway.start()
    rig.station().close()

    rig.gateway.stop()

    ours = {"supervisor", "intake", "uplink", "heartbeat", "mqtt", "http"}
    assert not {thread.name for thread in threading.enumerate()} & ours - before
    Spool(rig.settings.data).close()
