"""Units that fall silent, blocks that are refused, and logs of events."""

from collections.abc import Callable
from datetime import timedelta

from core.facts.device import EventType
from gateway.fire_phone.scan import Failure

from .conftest import AT, Reader

Read = Callable[[str], Reader]

TWO_UNITS = """
[[unit]]
unit = 1
[[unit.block]]
name = "a"
table = "discrete"
[[unit.block.point]]
kind = "bit"
address = 0
extension = "1"
[[unit.block]]
name = "far"
table = "discrete"
[[unit.block.point]]
kind = "bit"
address = 500
extension = "2"
[[unit]]
unit = 2
[[unit.block]]
name = "a"
table = "discrete"
[[unit.block.point]]
kind = "bit"
address = 0
extension = "3"
"""


def a_good_round(host: Reader) -> None:
    for unit, block in ((1, "a"), (1, "far"), (2, "a")):
        host.scans([0], unit=unit, block=block)


def test_a_lost_unit_is_one_silence_and_one_return(read: Read) -> None:
    host = read(TWO_UNITS)
    a_good_round(host)
    told = []
    for _ in range(20):
        told += host.fails(Failure.TIMEOUT, unit=2, block="a")
        host.wait(0.5)

    assert host.said() == ["device.silent unit 2"]
    assert host.events[0].data["reason"] == "timeout"
    assert host.events[0].occurred_at - AT < timedelta(seconds=10)
    assert host.scans([0], unit=2, block="a") == ["device.back unit 2"]
    assert host.events[0].call == host.events[1].call


def test_a_lost_host_is_one_silence_however_many_units_it_has(read: Read) -> None:
    host = read(TWO_UNITS)
    a_good_round(host)
    for _ in range(8):
        for unit, block in ((1, "a"), (1, "far"), (2, "a")):
            host.fails(Failure.UNREACHABLE, unit=unit, block=block)

    assert host.said() == ["device.silent None"]
    assert host.scans([0], unit=1, block="a") == ["device.back None"]
    assert host.wait(5) == ["device.silent unit 2"]


def test_one_missed_answer_is_nothing(read: Read) -> None:
    host = read(TWO_UNITS)
    a_good_round(host)
    host.fails(Failure.TIMEOUT, unit=2, block="a")
    a_good_round(host)

    assert host.wait(60) == []


def test_a_refused_block_is_a_fault_of_the_block_and_not_of_the_host(read: Read) -> None:
    host = read(TWO_UNITS)
    a_good_round(host)
    for _ in range(20):
        host.fails(Failure.EXCEPTION, code=2, unit=1, block="far")
        host.scans([0], unit=1, block="a")

    assert host.said() == ["host.fault 1-far"]
    assert host.events[0].data["fault"] == "unreadable"
    assert host.events[0].data["reason"] == "exception 2"
    assert host.scans([1], unit=1, block="a") == ["fire_phone.calling 1"]
    assert host.scans([0], unit=1, block="far") == ["host.restored 1-far"]


def test_a_gateway_that_gets_no_answer_tells_of_a_lost_unit(read: Read) -> None:
    host = read(TWO_UNITS)
    a_good_round(host)
    for _ in range(20):
        host.fails(Failure.EXCEPTION, code=11, unit=2, block="a")

    assert host.said() == ["device.silent unit 2"]


def test_a_silence_from_before_a_restart_is_not_told_again(read: Read) -> None:
    host = read(TWO_UNITS)
    a_good_round(host)
    for _ in range(20):
        host.fails(Failure.TIMEOUT, unit=2, block="a")
    fresh = read(TWO_UNITS)
    fresh.adapter.resume(host.events)
    fresh.now = host.now

    assert fresh.wait(3) == []
    for _ in range(20):
        assert fresh.fails(Failure.TIMEOUT, unit=2, block="a") == []
    assert fresh.scans([0], unit=2, block="a") == ["device.back unit 2"]


def entries(count: int, *newest_first: tuple[int, int]) -> list[int]:
    """Write FAAST's log: count, two registers, then time and event of up to 40 entries."""
    words = [count, 0, 0]
    for place, (extension, code) in enumerate(newest_first):
        words += [0x6A00, count - place, extension << 8 | code]
    return words + [0] * (123 - len(words))


CALL, TALK, END, CUT, MENDED = 128, 129, 130, 131, 133


def test_an_event_log_is_read_from_where_it_was_left(read: Read) -> None:
    host = read("faast-event-log")

    assert host.scans(entries(2, (7, CALL), (5, CUT))) == [
        "line.fault 5",
        "fire_phone.calling 7",
    ]
    assert [one.data["baseline"] for one in host.events] == [True, True]
    grown = entries(6, (9, END), (9, CALL), (5, MENDED), (7, TALK), (7, CALL), (5, CUT))
    assert host.scans(grown) == [
        "fire_phone.talking 7",
        "line.restored 5",
        "fire_phone.calling 9",
        "fire_phone.ended 9",
    ]
    assert host.scans(grown) == []


def test_a_log_that_was_overrun_says_how_much_is_missed(read: Read) -> None:
    host = read("faast-event-log")
    host.scans(entries(0))
    host.scans(entries(45, *[(n % 5 + 1, CALL if n % 2 else END) for n in range(40)]))

    overrun = [one for one in host.events if one.data.get("fault") == "log_overrun"]
    assert {one.type for one in overrun} == {EventType.DEVICE_FAULT}
    assert [one.data["missed"] for one in overrun] == [5]


def test_a_full_log_that_counts_no_further_is_read_by_its_entries(read: Read) -> None:
    host = read("faast-event-log")
    full = [(1, END)] * 39
    host.scans(entries(40, *full, (2, CALL)))

    changed = entries(41, (3, CALL), *full)
    changed[0] = 40

    assert "fire_phone.calling 3" in host.scans(changed)


def test_a_fire_that_the_log_tells_of_ends_with_the_reset(read: Read) -> None:
    host = read("faast-event-log")
    host.scans(entries(0))

    assert host.scans(entries(1, (0, 15))) == ["fire.alarm host"]
    assert host.scans(entries(2, (0, 5), (0, 15))) == ["alarm.cleared host"]


RING = """
[[unit]]
[[unit.block]]
name = "log"
table = "holding"
address = 100
[[unit.block.point]]
kind = "fifo"
address = 100
words = 2
capacity = 4
newest = "ring"
code_word = 1
code_mask = 0x00FF
number_word = 1
number_mask = 0xFF00
extension = "{n}"
[unit.block.point.codes]
128 = "calling"
[unit.block.point.ends]
130 = "calling"
"""


def ring(at: int, *places: tuple[int, int, int]) -> list[int]:
    """Write a ring: the place that comes next, then four places of time, extension and code."""
    words = [word for time, extension, code in places for word in (time, extension << 8 | code)]
    return [at, *words] + [0] * (8 - len(words))


def test_a_ring_is_read_across_its_end(read: Read) -> None:
    host = read(RING)
    assert host.scans(ring(2, (1, 7, CALL), (2, 7, END))) == []

    assert host.scans(ring(3, (1, 7, CALL), (2, 7, END), (3, 5, CALL))) == ["fire_phone.calling 5"]
    full = ring(1, (5, 9, CALL), (2, 7, END), (3, 5, CALL), (4, 5, END))
    assert host.scans(full) == ["fire_phone.ended 5", "fire_phone.calling 9"]
    assert host.scans(full) == []
    again = ring(1, (9, 3, CALL), (6, 9, END), (7, 2, CALL), (8, 2, END))
    assert host.scans(again) == [
        "fire_phone.ended 9",
        "fire_phone.calling 2",
        "fire_phone.ended 2",
        "fire_phone.calling 3",
        "device.fault log",
    ]


def test_a_ring_that_was_cleared_begins_anew(read: Read) -> None:
    host = read(RING)
    host.scans(ring(0, (1, 7, CALL), (2, 7, END), (3, 5, CALL), (4, 5, END)))

    assert host.scans(ring(0)) == []
    assert host.scans(ring(1, (9, 6, CALL))) == ["fire_phone.calling 6"]
