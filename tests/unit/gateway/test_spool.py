"""The spool keeps, orders, forgets and survives."""

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.facts import cloudevent
from core.facts.device import (
    DeviceCode,
    DeviceEvent,
    EventId,
    EventType,
    SiteCode,
    Source,
    System,
)
from gateway import quarantine
from gateway.adapter import Unreadable
from gateway.spool import KEPT, Quarantined, Refused, Spool, SpoolFailed, SpoolInUse, Told, told

NOW = datetime(2026, 11, 20, 20, 12, tzinfo=UTC)


def an_event(
    number: int, *, type_: EventType = EventType.DOOR_OPENED, device: str = "gate-1"
) -> DeviceEvent:
    return DeviceEvent(
        event_id=EventId(f"e{number}"),
        source=Source(SiteCode("s"), System.ACCESS_CONTROL, DeviceCode(device)),
        type=type_,
        occurred_at=NOW,
    )


def events(*numbers: int, at: datetime = NOW) -> list[Told]:
    return [told(an_event(number), at=at) for number in numbers]


def waiting(spool: Spool) -> list[str]:
    return [cloudevent.decode(one.body).event_id for one in spool.pending(1000)]


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    spool = Spool(tmp_path)
    yield spool
    spool.close()


def test_what_was_put_is_there_after_a_restart(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.put(events(1, 2))
    spool.close()

    again = Spool(tmp_path)

    assert waiting(again) == ["e1", "e2"]
    again.close()


def test_told_twice_is_kept_once_also_after_the_receipt(spool: Spool) -> None:
    spool.put(events(1, 1))
    spool.put(events(1))
    spool.receipted(spool.pending(10), now=NOW)
    spool.put(events(1))

    assert waiting(spool) == []


def test_the_same_id_of_two_devices_is_two_events(spool: Spool) -> None:
    spool.put([told(an_event(1), at=NOW), told(an_event(1, device="gate-2"), at=NOW)])

    assert waiting(spool) == ["e1", "e1"]


def test_life_safety_goes_first_then_calls_then_the_rest_each_in_order(spool: Spool) -> None:
    types = [
        EventType.DOOR_OPENED,
        EventType.INTERCOM_RINGING,
        EventType.FIRE_PHONE_CALLING,
        EventType.DEVICE_SILENT,
        EventType.HELP_PRESSED,
        EventType.INTERCOM_MISSED,
        EventType.FIRE_ALARM,
    ]
    spool.put([told(an_event(n, type_=one), at=NOW) for n, one in enumerate(types)])

    assert waiting(spool) == ["e2", "e4", "e6", "e1", "e5", "e0", "e3"]
    assert len(spool.pending(3)) == 3


def test_a_receipt_takes_exactly_its_events(spool: Spool) -> None:
    spool.put(events(1, 2, 3))
    first, _, third = spool.pending(10)

    spool.receipted([first, third], now=NOW)

    assert waiting(spool) == ["e2"]


def test_a_refused_event_is_receipted_and_quarantined_with_its_reason(spool: Spool) -> None:
    spool.put(events(1, 2))
    both = spool.pending(10)

    spool.receipted(both, now=NOW, refused=[Refused(both[1], "names another site")])

    assert waiting(spool) == []
    (kept,) = spool.in_quarantine()
    assert (kept.topic, kept.reason) == ("/s/access_control/gate-1", "names another site")
    assert cloudevent.decode(kept.payload).event_id == "e2"


def test_recent_events_come_back_receipted_or_not(spool: Spool) -> None:
    spool.put(events(1, at=NOW - timedelta(hours=2)))
    spool.put(events(2, 3))
    spool.receipted(spool.pending(2), now=NOW)

    found = spool.recent(NOW - timedelta(hours=1))

    assert [event.event_id for event in found] == ["e2", "e3"]


def test_only_what_was_receipted_long_ago_is_pruned_and_in_steps(spool: Spool) -> None:
    spool.put(events(*range(5)))
    spool.receipted(spool.pending(3), now=NOW - KEPT - timedelta(seconds=1))
    spool.receipted(spool.pending(1), now=NOW)

    assert spool.prune(now=NOW, step=2) == 2
    assert spool.prune(now=NOW, step=2) == 1
    assert spool.prune(now=NOW, step=2) == 0
    assert waiting(spool) == ["e4"]
    assert len(spool.recent(NOW - KEPT)) == 2


def test_the_state_says_how_much_waits_since_when(spool: Spool) -> None:
    spool.put(events(1, at=NOW - timedelta(minutes=5)), counts={("event", "told"): 2})
    spool.put(events(2), counts={("event", "told"): 1})

    state = spool.state()

    assert (state.spooled, state.oldest_at) == (2, NOW - timedelta(minutes=5))
    assert state.counts == {("event", "told"): 3}


def poison(payload: bytes, *, topic: str = "t", reason: str = "not JSON") -> Quarantined:
    return Quarantined(topic=topic, payload=payload, reason=reason, at=NOW)


def test_the_same_rubbish_is_kept_once_and_counted(spool: Spool) -> None:
    spool.put([], [poison(b"\xff"), poison(b"\xff")])
    spool.put([], [poison(b"\xff"), poison(b"\xfe")])

    assert {(one.payload, one.times) for one in spool.in_quarantine()} == {
        (b"\xff", 3),
        (b"\xfe", 1),
    }


def test_of_large_rubbish_the_beginning_is_kept_and_its_size(spool: Spool) -> None:
    spool.put([], [poison(b"x" * 100_000)])

    (kept,) = spool.in_quarantine()
    assert (len(kept.payload), kept.size) == (quarantine.PAYLOAD_KEPT, 100_000)


def test_quarantine_makes_room_and_counts_the_loss(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "ROWS_KEPT", 3)

    spool.put([], [poison(bytes([n])) for n in range(5)])

    assert {one.payload for one in spool.in_quarantine()} == {b"\x02", b"\x03", b"\x04"}
    assert spool.state().counts["quarantine", "dropped for want of room"] == 2


def test_half_a_character_in_topic_or_reason_does_no_harm(spool: Spool) -> None:
    spool.put([], [poison(b"x", topic="a\ud800", reason="b\udfff")])

    assert spool.in_quarantine()[0].topic == "a\\ud800"


@pytest.mark.parametrize(
    "event",
    [
        replace(an_event(1), data={"caller": "\ud800"}),
        replace(an_event(1), event_id=EventId("\udfff")),
        replace(an_event(1), occurred_at=NOW.replace(tzinfo=None)),
        replace(an_event(1), data={"x": b"bytes"}),  # type: ignore[dict-item] # a mistake of ours
    ],
)
def test_an_event_that_no_document_can_hold_is_unreadable(event: DeviceEvent) -> None:
    with pytest.raises(Unreadable, match="cannot be kept"):
        told(event, at=NOW)


def test_a_put_is_all_or_nothing(spool: Spool) -> None:
    bad = Told("s", "e9", 2, b"", NOW.timestamp())._replace(source=None)  # type: ignore[arg-type]

    with pytest.raises(SpoolFailed):
        spool.put([*events(1), bad])

    assert waiting(spool) == []
    spool.put(events(2))
    assert waiting(spool) == ["e2"]


def test_a_second_gateway_is_kept_out(spool: Spool, tmp_path: Path) -> None:
    spool.put(events(1))

    with pytest.raises(SpoolInUse):
        Spool(tmp_path)

    code = (
        f"from pathlib import Path; from gateway.spool import Spool; Spool(Path({str(tmp_path)!r}))"
    )
    other = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert "SpoolInUse" in other.stderr


def test_the_lock_goes_with_the_process_that_held_it(tmp_path: Path) -> None:
    code = (
        "import os; from pathlib import Path; from gateway.spool import Spool;"
        f"Spool(Path({str(tmp_path)!r})); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)

    Spool(tmp_path).close()


@pytest.mark.parametrize("where", [0, 100, 4096 * 2])
def test_a_damaged_spool_is_set_aside_and_a_new_one_begun(tmp_path: Path, where: int) -> None:
    spool = Spool(tmp_path)
    spool.put(events(*range(200)))
    spool.close()
    file = tmp_path / "spool.sqlite"
    damaged = bytearray(file.read_bytes())
    damaged[where : where + 64] = b"\xa5" * 64
    file.write_bytes(damaged)

    again = Spool(tmp_path)
    again.put(events(1))

    assert waiting(again) == ["e1"]
    again.close()
    assert (tmp_path / "spool.sqlite.damaged-1").read_bytes() == bytes(damaged)


def test_nobody_else_may_read_the_spool(spool: Spool, tmp_path: Path) -> None:
    spool.put(events(1))

    modes = {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}

    assert modes == {0o600}


def test_a_full_disk_fails_the_put_and_a_later_one_succeeds(spool: Spool) -> None:
    spool.put(events(1))
    with spool._transaction() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    spool._writer.execute(f"PRAGMA max_page_count={pages}")

    with pytest.raises(SpoolFailed, match="full"):
        spool.put([told(an_event(n), at=NOW)._replace(body=b"x" * 5000) for n in range(50)])

    spool.put(events(2))
    assert waiting(spool) == ["e1", "e2"]


def test_a_closed_spool_says_so(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.close()

    with pytest.raises(SpoolFailed, match="closed"):
        spool.put(events(1))
    with pytest.raises(SpoolFailed, match="closed"):
        spool.pending(1)


def test_readers_and_the_writer_do_not_hinder_each_other(spool: Spool) -> None:
    ended = threading.Event()
    problems: list[Exception] = []

    def read() -> None:
        try:
            while not ended.is_set():
                spool.pending(100)
                spool.state()
        except SpoolFailed as problem:
            problems.append(problem)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(200):
        spool.put(events(number))
    ended.set()
    reader.join()

    assert problems == []
    assert spool.state().spooled == 200


def test_it_syncs_fully_and_writes_ahead(spool: Spool) -> None:
    def asked(pragma: str) -> object:
        return spool._writer.execute(f"PRAGMA {pragma}").fetchone()[0]

    assert (asked("journal_mode"), asked("synchronous")) == ("wal", 2)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(SpoolFailed):
        Spool(tmp_path / "file")


def test_nothing_put_wakes_nobody(spool: Spool) -> None:
    woken = threading.Event()

    def wait() -> None:
        with spool.news:
            ready.set()
            if spool.news.wait(5.0):
                woken.set()

    ready = threading.Event()
    waiter = threading.Thread(target=wait)
    waiter.start()
    ready.wait()
    spool.put([], counts={("ignored", "x"): 1})
    assert not woken.wait(0.05)
    spool.put(events(1))
    waiter.join()
    assert woken.is_set()


def test_sqlite_is_built_for_threads() -> None:
    assert sqlite3.threadsafety == 3
    assert os.name == "posix"
