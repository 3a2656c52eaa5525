"""What is told of a host's registers: each edge once, nothing that was not, nothing lost."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.facts.device import EventType, SiteCode
from gateway.adapter import Message, Verdict
from gateway.fire_phone.adapter import FirePhone
from gateway.fire_phone.profile import load
from gateway.fire_phone.scan import Failed, Failure, Table, pack, pack_failed

from .conftest import AT, HOST, Reader, a_host

Read = Callable[[str], Reader]

STATES = """
[[unit]]
[[unit.block]]
name = "phones"
table = "holding"
[[unit.block.point]]
kind = "enum"
address = 0
count = 3
states = { 0 = "idle", 1 = "calling", 2 = "talking", 3 = "open", 4 = "short", 9 = "unknown" }
"""


def test_what_stands_at_the_first_poll_is_told_once_as_such(read: Read) -> None:
    host = read(STATES)

    assert host.scans([0, 1, 3]) == ["fire_phone.calling 2", "line.fault 3"]
    assert all(one.data["baseline"] for one in host.events)
    assert host.scans([0, 1, 3]) == []


def test_calling_talking_and_ended_are_one_conversation(read: Read) -> None:
    host = read(STATES)
    for values in ([0, 0, 0], [1, 0, 0], [2, 0, 0], [0, 0, 0], [1, 0, 0]):
        host.scans(values)

    kinds = [one.type.value.removeprefix("fire_phone.") for one in host.events]
    keys = [one.call for one in host.events]
    assert kinds == ["calling", "talking", "ended", "calling"]
    assert len(set(keys[:3])) == 1
    assert keys[3] != keys[0]
    assert len({one.event_id for one in host.events}) == 4


def test_a_call_answered_before_it_was_seen_is_a_call_all_the_same(read: Read) -> None:
    host = read(STATES)
    host.scans([0, 0, 0])

    assert host.scans([2, 0, 0]) == ["fire_phone.calling 1", "fire_phone.talking 1"]
    assert host.scans([1, 0, 0]) == ["fire_phone.ended 1", "fire_phone.calling 1"]


def test_a_line_that_is_cut_and_then_shorted_is_two_faults(read: Read) -> None:
    host = read(STATES)
    host.scans([0, 0, 0])
    host.scans([3, 0, 0])
    host.scans([4, 0, 0])
    host.scans([0, 0, 0])

    told = [(one.type, one.data["fault"]) for one in host.events]
    assert told == [
        (EventType.LINE_FAULT, "open"),
        (EventType.LINE_RESTORED, "open"),
        (EventType.LINE_FAULT, "short"),
        (EventType.LINE_RESTORED, "short"),
    ]


@pytest.mark.parametrize("values", [[9, 0, 0], [77, 0, 0], [0xFFFF, 0, 0]])
def test_unknown_never_reads_as_normal(read: Read, values: list[int]) -> None:
    host = read(STATES)
    host.scans([1, 0, 0])

    assert host.scans(values) == []
    assert host.scans([1, 0, 0]) == []
    host.scans(values)
    assert host.scans([0, 0, 0]) == ["fire_phone.ended 1"]


def test_a_failed_block_holds_what_was_known(read: Read) -> None:
    host = read(STATES)
    host.scans([1, 0, 0])

    assert host.fails(Failure.TIMEOUT) == []
    assert host.scans([1, 0, 0]) == []
    host.fails(Failure.TIMEOUT)
    assert host.scans([0, 2, 0]) == [
        "fire_phone.ended 1",
        "fire_phone.calling 2",
        "fire_phone.talking 2",
    ]


def test_a_restart_goes_on_with_the_same_call_and_tells_what_it_missed(read: Read) -> None:
    host = read(STATES)
    host.scans([0, 0, 0])
    host.scans([1, 0, 3])
    before = list(host.events)
    fresh = read(STATES)
    fresh.adapter.resume(before)
    fresh.now = host.now

    assert fresh.scans([1, 0, 3]) == []
    assert fresh.scans([2, 0, 0]) == ["fire_phone.talking 1", "line.restored 3"]
    assert fresh.events[0].call == before[0].call
    again = read(STATES)
    again.adapter.resume(before)
    assert again.scans([0, 0, 0]) == ["fire_phone.ended 1", "line.restored 3"]


def test_a_change_may_have_to_last(read: Read) -> None:
    host = read(STATES + "debounce = 0.6\n")
    host.scans([0, 0, 0])

    assert host.scans([1, 0, 0]) == []
    assert host.scans([0, 0, 0]) == []
    for _ in range(3):
        assert host.scans([1, 0, 0]) == []
    assert host.scans([1, 0, 0]) == ["fire_phone.calling 1"]


def test_flapping_is_one_fault_with_a_count_and_then_what_is_the_case(read: Read) -> None:
    host = read(STATES)
    host.scans([0, 0, 0])
    for _ in range(40):
        host.scans([1, 0, 0])
        host.scans([0, 0, 0])
    host.scans([1, 0, 0])
    flapping = [one for one in host.events if one.type is EventType.DEVICE_FAULT]
    calls = [one for one in host.events if one.type is EventType.FIRE_PHONE_CALLING]

    assert len(calls) == 10
    assert len(flapping) == 1
    assert flapping[0].data["fault"] == "flapping"
    assert host.wait(15)[-1] == "fire_phone.calling 1"
    over = [one for one in host.events if one.data.get("over")]
    assert [one.data["count"] for one in over] == [41]
    assert over[0].call == flapping[0].call


def test_a_call_being_answered_between_two_blocks_has_not_ended(read: Read) -> None:
    host = read("siemens-bit-table")
    for block in ("control", "alarm", "fault"):
        host.scans([0] * 4, block=block)

    assert host.scans([1, 0, 0, 0], block="alarm") == ["fire_phone.calling 1"]
    assert host.scans([0, 0, 0, 0], block="alarm") == []  # answered just before this was read
    assert host.scans([1, 0, 0, 0], block="control") == ["fire_phone.talking 1"]
    assert host.scans([0, 0, 0, 0], block="control") == []
    assert host.wait(3) == ["fire_phone.ended 1"]
    assert len({one.call for one in host.events}) == 1


COUNTED = """
[[unit]]
[[unit.block]]
name = "inputs"
table = "holding"
[[unit.block.point]]
kind = "bit"
address = 0
bit = 0
extension = "7"
[[unit.block.point]]
kind = "counter"
address = 1
extension = "7"
"""


def test_a_counter_tells_of_calls_that_nobody_saw(read: Read) -> None:
    host = read(COUNTED)
    host.scans([0, 65_530])
    host.scans([1, 65_531])
    host.scans([0, 65_531])
    host.wait(3)
    assert host.said() == ["fire_phone.calling 7", "fire_phone.ended 7"]

    host.scans([0, 2])
    assert host.wait(3) == ["fire_phone.calling 7", "fire_phone.ended 7"]
    assert [one.data.get("missed") for one in host.events[-2:]] == [7, 7]


def test_a_counter_that_begins_anew_is_a_host_that_did(read: Read) -> None:
    host = read(COUNTED)
    host.scans([0, 500])
    host.scans([0, 0])

    assert host.wait(3) == []


@pytest.mark.parametrize("counter_first", [True, False])
def test_a_seen_call_is_not_missed_whichever_is_read_first(
    read: Read, *, counter_first: bool
) -> None:
    host = read(COUNTED)
    host.scans([0, 5])
    host.scans([0, 6] if counter_first else [1, 5])
    host.scans([1, 6])
    host.wait(3)

    assert host.said() == ["fire_phone.calling 7"]


def test_another_host_than_the_one_that_is_meant_tells_nothing(read: Read) -> None:
    host = read(
        STATES + '[[unit.block.point]]\nkind = "identity"\naddress = 3\nexpect = 0x6811\n'
        'extension = "id"\n'
    )
    host.scans([0, 0, 0, 0x6811])

    assert host.scans([1, 1, 1, 0x0001]) == ["host.fault identity-1"]
    assert host.scans([2, 2, 2, 0x0001]) == []
    assert host.scans([0, 0, 0, 0x6811]) == ["host.restored identity-1"]


def test_a_scan_of_another_length_is_unreadable(read: Read) -> None:
    host = read(STATES)

    host.scans([0, 0])
    host.adapter.read(Message(topic="modbus/x/1/phones", payload=b"R", received_at=AT))

    assert host.readings[-1].verdict is Verdict.UNREADABLE


# ---- for every sequence of polls ---------------------------------------------------------------

_values = st.one_of(st.none(), st.lists(st.booleans(), min_size=8, max_size=8))


@settings(max_examples=150)
@given(st.lists(_values, max_size=40))
def test_no_sequence_of_polls_invents_or_loses_an_edge(polls: list[list[bool] | None]) -> None:
    """What is told is exactly what an observer sees who writes down each poll's changes."""
    profile, host = load("dry-contacts"), a_host()
    calm = profile.__class__(
        form=profile.form.model_copy(update={"flaps": 1000}),
        blocks=profile.blocks,
        components=profile.components,
    )
    adapter = FirePhone(profile=calm, site=SiteCode("hq"), devices={host.address: host})
    told: list[tuple[str, str | None]] = []
    expected: list[tuple[str, str | None]] = []
    known = [False] * 8
    for number, poll in enumerate(polls):
        payload = (
            pack_failed(Failed(why=Failure.GARBAGE))
            if poll is None
            else pack(Table.DISCRETE, [int(one) for one in poll])
        )
        at = AT.replace(second=number % 60, minute=number // 60)
        message = Message(topic=f"modbus/{HOST}/1/inputs", payload=payload, received_at=at)
        reading = adapter.read(message)
        events = [] if reading.event is None else [reading.event, *reading.also]
        told += [
            (one.type.value, one.subject) for one in events if one.type.value.startswith("fire_")
        ]
        for place, (was, now) in enumerate(zip(known, poll or known, strict=True)):
            if was != now:
                kind = "fire_phone.calling" if now else "fire_phone.ended"
                expected.append((kind, str(place + 1)))
        known = poll or known

    assert told == expected
