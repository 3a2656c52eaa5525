import json
from contextlib import closing
from pathlib import Path

import pytest

from simulators.journal import Journal
from simulators.outgoing import Outgoing


def event(number: int, *, device: str = "lift-1") -> Outgoing:
    event_id = f"{device}-b-{number}"
    payload = b'{"id":"%s","text":"\xe6\xb0\xb4"}' % event_id.encode()
    return Outgoing(topic=f"shouwen/demo/{device}/event", payload=payload, qos=1, event_id=event_id)


def ids(events: list[Outgoing]) -> list[str | None]:
    return [each.event_id for each in events]


def receipt(journal: Journal, *numbers: int, device: str = "lift-1") -> None:
    body = json.dumps({"ids": [f"{device}-b-{number}" for number in numbers]})
    journal.receipt(f"shouwen/demo/{device}/receipt", body.encode())


def test_resends_every_two_seconds_until_receipted() -> None:
    journal = Journal()
    journal.tell([event(1), event(2)])

    assert ids(journal.due(0.0, limit=10)) == ["lift-1-b-1", "lift-1-b-2"]
    assert journal.due(1.9, limit=10) == []
    assert ids(journal.due(2.0, limit=10)) == ["lift-1-b-1", "lift-1-b-2"]
    receipt(journal, 1)
    assert ids(journal.due(4.0, limit=10)) == ["lift-1-b-2"]
    receipt(journal, 2)
    assert journal.due(99.0, limit=10) == []
    assert (journal.told, journal.receipted, journal.resent) == (2, 2, 3)


def test_window_lets_the_rest_wait_its_turn() -> None:
    journal = Journal(window=2)
    journal.tell([event(number) for number in range(5)])

    assert ids(journal.due(0.0, limit=10)) == ["lift-1-b-0", "lift-1-b-1"]
    assert journal.due(0.1, limit=10) == []
    receipt(journal, 0)
    assert ids(journal.due(0.2, limit=10)) == ["lift-1-b-2"]


def test_one_stations_window_does_not_stop_another() -> None:
    journal = Journal(window=1)
    journal.tell([event(1), event(2), event(1, device="lift-2")])

    assert ids(journal.due(0.0, limit=10)) == ["lift-1-b-1", "lift-2-b-1"]


def test_no_station_is_always_last() -> None:
    journal = Journal()
    devices = ("lift-1", "lift-2", "lift-3")
    journal.tell([event(n, device=device) for n in range(3) for device in devices])

    found = [ids(journal.due(0.0, limit=1)) for _ in range(3)]

    assert found == [["lift-1-b-0"], ["lift-2-b-0"], ["lift-3-b-0"]]


def test_reconnected_makes_everything_under_way_due_at_once() -> None:
    journal = Journal()
    journal.tell([event(1)])
    journal.due(0.0, limit=10)

    journal.reconnected()

    assert ids(journal.due(0.1, limit=10)) == ["lift-1-b-1"]


def test_held_station_keeps_and_tells_when_released() -> None:
    journal = Journal()
    journal.hold("shouwen/demo/lift-1/event")
    journal.tell([event(1)])

    assert journal.due(5.0, limit=10) == []
    journal.release("shouwen/demo/lift-1/event")
    assert ids(journal.due(5.0, limit=10)) == ["lift-1-b-1"]


def test_another_stations_receipt_lets_nothing_go() -> None:
    journal = Journal()
    journal.tell([event(1)])

    journal.receipt("shouwen/demo/lift-2/receipt", b'{"ids":["lift-1-b-1"]}')

    assert (journal.unreceipted, journal.needless_receipts) == (1, 1)


@pytest.mark.parametrize("payload", [b"", b"[]", b"{}", b"\xff", b'{"ids":"lift-1-b-1"}'])
def test_receipt_that_is_none_lets_nothing_go(payload: bytes) -> None:
    journal = Journal()
    journal.tell([event(1)])

    journal.receipt("shouwen/demo/lift-1/receipt", payload)

    assert (journal.unreceipted, journal.unreadable_receipts) == (1, 1)


def test_reopened_journal_resends_what_was_not_receipted(tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    with closing(Journal.open(file)) as before:
        before.tell([event(1), event(2), event(3)])
        receipt(before, 2)

    with closing(Journal.open(file)) as after:
        assert after.due(0.0, limit=10) == [event(1), event(3)]


def test_torn_last_line_is_cut_off(tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    with closing(Journal.open(file)) as before:
        before.tell([event(1)])
    whole = file.read_bytes()
    file.write_bytes(whole + b'{"topic":"shouwen/demo/lift-1/event","told":{"id":"li')

    with closing(Journal.open(file)) as after:
        assert ids(after.due(0.0, limit=10)) == ["lift-1-b-1"]
    assert file.read_bytes() == whole


def test_event_without_id_is_refused() -> None:
    with pytest.raises(ValueError, match="without an id"):
        Journal().tell([Outgoing(topic="a/b", payload=b"")])
