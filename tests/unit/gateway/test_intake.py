"""Read, keep, acknowledge: in this order, whatever happens."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.facts import cloudevent
from core.facts.device import DeviceCode, DeviceEvent, EventId, EventType, SiteCode, Source, System
from gateway import intake as module
from gateway.adapter import Delivery, LinkDown, Message, Reading, Receipt, Verdict
from gateway.inbox import Inbox
from gateway.intake import Intake
from gateway.routing import Routes
from gateway.spool import Spool

NOW = datetime(2026, 11, 20, 20, 12, tzinfo=UTC)


def an_event(number: int, kind: EventType = EventType.DOOR_OPENED, **data: str) -> DeviceEvent:
    return DeviceEvent(
        event_id=EventId(f"e{number}"),
        source=Source(SiteCode("s"), System.ACCESS_CONTROL, DeviceCode("gate-1")),
        type=kind,
        occurred_at=NOW,
        data=data,
    )


class Numbers:
    """An adapter of a dialect in which a device says numbers."""

    topics = ("n/+",)

    def __init__(self) -> None:
        self.due: list[DeviceEvent] = []

    def read(self, message: Message) -> Reading:
        text = message.payload.decode()
        if text == "half":
            event = an_event(0, caller="\ud800")
            return Reading(verdict=Verdict.EVENT, reason="half a character", event=event)
        if not text.isdigit():
            return Reading(verdict=Verdict.UNREADABLE, reason="no number")
        event = an_event(int(text))
        return Reading(
            verdict=Verdict.EVENT,
            reason="told",
            device=event.source.device,
            event=event,
            receipt=Receipt(topic=f"{message.topic}/receipt", event_id=event.event_id),
        )

    def elapsed(self, now: datetime) -> tuple[DeviceEvent, ...]:
        del now
        due, self.due = tuple(self.due), []
        return due

    def resume(self, events: Iterable[DeviceEvent]) -> None:
        raise NotImplementedError


class Log:
    """A cable that writes down what happens to it."""

    def __init__(self) -> None:
        self.happened: list[object] = []
        self.sent: list[tuple[str, Mapping[str, list[str]]]] = []
        self.down = False

    def delivery(self, payload: bytes, *, topic: str = "n/1") -> Delivery:
        message = Message(topic=topic, payload=payload, received_at=NOW)
        return Delivery(message, lambda: self.happened.append(payload))

    def start(self, deliver: Callable[[Delivery], None]) -> None:
        raise NotImplementedError

    def send(self, topic: str, payload: bytes) -> None:
        if self.down:
            raise LinkDown("down")
        self.sent.append((topic, json.loads(payload)))

    def drop(self) -> None:
        self.happened.append("dropped")

    def stop(self) -> None:
        raise NotImplementedError

    def alive(self, now: datetime) -> bool:
        raise NotImplementedError


class Rig:
    def __init__(self, folder: Path) -> None:
        self.spool = Spool(folder)
        self.inbox = Inbox()
        self.adapter = Numbers()
        self.cable = Log()
        self.now = NOW
        self.stopping = threading.Event()
        self.intake = Intake(
            inbox=self.inbox,
            routes=Routes({"numbers": self.adapter}),
            spool=self.spool,
            cables=lambda: (self.cable,),
            clock=lambda: self.now,
        )

    def tell(self, *payloads: bytes, topic: str = "n/1") -> None:
        for payload in payloads:
            self.inbox.put(self.cable.delivery(payload, topic=topic))

    def step(self) -> None:
        self.intake.step(self.stopping, timeout=0)

    def waiting(self) -> list[str]:
        return [cloudevent.decode(one.body).event_id for one in self.spool.pending(1000)]


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    yield rig
    rig.spool.close()


def test_what_is_kept_is_acknowledged_in_the_order_of_arrival(rig: Rig) -> None:
    rig.tell(b"3", b"1", b"rubbish", b"2")

    rig.step()

    assert rig.cable.happened == [b"3", b"1", b"rubbish", b"2"]
    assert rig.waiting() == ["e3", "e1", "e2"]
    assert [one.payload for one in rig.spool.in_quarantine()] == [b"rubbish"]
    assert rig.intake.heard() == {"gate-1": NOW}
    assert rig.spool.state().counts == {("event", "told"): 3, ("unreadable", "no number"): 1}


def test_receipts_follow_grouped_by_topic_also_for_what_was_told_before(rig: Rig) -> None:
    rig.tell(b"1", b"2", b"1")
    rig.tell(b"7", topic="n/2")
    rig.step()
    rig.tell(b"1")
    rig.step()

    assert rig.cable.sent == [
        ("n/1/receipt", {"ids": ["e1", "e2"]}),
        ("n/2/receipt", {"ids": ["e7"]}),
        ("n/1/receipt", {"ids": ["e1"]}),
    ]
    assert rig.waiting() == ["e1", "e2", "e7"]


def test_a_receipt_that_cannot_be_sent_disturbs_nothing(rig: Rig) -> None:
    rig.cable.down = True
    rig.tell(b"1")

    rig.step()

    assert rig.cable.happened == [b"1"]


def test_a_topic_nobody_owns_is_quarantined(rig: Rig) -> None:
    rig.tell(b"1", topic="other/1")

    rig.step()

    (kept,) = rig.spool.in_quarantine()
    assert (kept.topic, kept.reason) == ("other/1", "no adapter owns this topic")
    assert rig.cable.happened == [b"1"]


def test_an_event_that_cannot_be_kept_is_quarantined_and_acknowledged(rig: Rig) -> None:
    rig.tell(b"half", b"1")

    rig.step()

    assert rig.waiting() == ["e1"]
    assert rig.spool.in_quarantine()[0].reason.startswith("cannot be kept")
    assert rig.cable.happened == [b"half", b"1"]


def test_what_time_brings_about_is_kept_too_once_a_second(rig: Rig) -> None:
    rig.adapter.due = [an_event(1, EventType.DEVICE_SILENT)]
    rig.step()
    rig.adapter.due = [an_event(2, EventType.DEVICE_BACK)]
    rig.step()
    assert rig.waiting() == ["e1"]
    assert rig.intake.silent() == {"gate-1": NOW}

    rig.now += timedelta(seconds=1)
    rig.step()

    assert rig.waiting() == ["e1", "e2"]
    assert rig.intake.silent() == {}


def test_a_clock_set_back_does_not_stop_time(rig: Rig) -> None:
    rig.step()
    rig.now -= timedelta(hours=1)
    rig.adapter.due = [an_event(1)]

    rig.step()

    assert rig.waiting() == ["e1"]


def test_while_the_disk_is_full_nothing_is_acknowledged_and_nothing_is_lost(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RETRY", 0.02)
    pages = rig.spool._writer.execute("PRAGMA page_count").fetchone()[0]
    reopen = rig.spool._reopen

    def stay_full() -> None:
        reopen()
        if full.is_set():
            rig.spool._writer.execute(f"PRAGMA max_page_count={pages}")

    full = threading.Event()
    full.set()
    monkeypatch.setattr(rig.spool, "_reopen", stay_full)
    rig.spool._writer.execute(f"PRAGMA max_page_count={pages}")
    rig.tell(*(b"%d" % number for number in range(400)))
    worker = threading.Thread(target=rig.step)
    worker.start()
    while "dropped" not in rig.cable.happened:
        worker.join(0.01)
    assert not rig.inbox.has_room()
    assert rig.cable.happened == ["dropped"]

    full.clear()
    worker.join()

    assert rig.cable.happened == ["dropped", *(b"%d" % number for number in range(400))]
    assert len(rig.waiting()) == 400
    assert rig.inbox.has_room()


def test_stopped_while_the_disk_is_full_it_acknowledges_nothing(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RETRY", 0.02)
    rig.spool.close()
    rig.tell(b"1")
    rig.stopping.set()

    rig.step()

    assert rig.cable.happened == ["dropped"]


def test_ever_new_reasons_do_not_fill_the_spool(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REASONS_KEPT", 2)
    for kind in ("a", "b", "c", "d", "a"):
        rig.inbox.note("link", kind)
        rig.step()

    assert rig.spool.state().counts == {
        ("link", "a"): 2,
        ("link", "b"): 1,
        ("link", "other reasons"): 2,
    }


def test_the_inbox_has_room_for_so_many_and_so_large(rig: Rig) -> None:
    few = Inbox(deliveries=2, size=100)
    few.put(rig.cable.delivery(b"x"))
    assert few.has_room()
    few.put(rig.cable.delivery(b"x"))
    assert not few.has_room()
    assert len(few.take(10, timeout=0)) == 2
    assert few.has_room()
    few.put(rig.cable.delivery(b"y" * 100))
    assert not few.has_room()
    assert few.take(1, timeout=0)[0].message.payload == b"y" * 100
    assert few.has_room()


def test_a_closed_inbox_takes_nothing_and_wakes_who_waits(rig: Rig) -> None:
    inbox = Inbox()
    taken: list[object] = []
    waiter = threading.Thread(target=lambda: taken.append(inbox.take(1, timeout=600)))
    waiter.start()

    inbox.close()
    waiter.join(60)

    assert taken == [[]]
    with pytest.raises(LinkDown):
        inbox.put(rig.cable.delivery(b"x"))
