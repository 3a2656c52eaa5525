"""A unit that does not answer is asked again soon, seldom, and at little cost to the others."""

from hypothesis import given
from hypothesis import strategies as st
from pymodbus.framer import FramerRTU
from pymodbus.pdu import DecodePDU

from gateway.fire_phone.scan import Table
from gateway.links.modbus_rtu import AnswerFramer
from gateway.links.modbus_unit import Unit

PATIENCE = 0.8


def test_whoever_was_silent_for_long_is_asked_again_within_three_seconds() -> None:
    """From a request that is just lost: its patience, the pause, a fresh line and a scan."""
    unit = Unit(1, [])
    for _ in range(200):
        unit.rest(100.0, 0.0)
        pause = unit.rests_until - 100.0
        assert pause > 0.3
        assert unit.patience(PATIENCE) + pause + 0.5 + 0.25 < 3.0


def test_a_try_costs_no_more_than_the_unit_usually_takes_but_a_slow_one_gets_its_time() -> None:
    unit = Unit(1, [])
    unit.took(0.02)
    waits = []
    for _ in range(8):
        unit.rest(0.0, 0.0)
        waits.append(unit.patience(PATIENCE))

    assert min(waits) < 0.5
    assert waits.count(PATIENCE) == 2


def test_it_is_silent_until_it_answers() -> None:
    unit = Unit(1, [])
    unit.rest(0.0, 5.0)
    assert unit.is_silent
    assert unit.rests_until >= 5.0
    unit.answered()
    assert not unit.is_silent


def an_answer(unit: int, function: int, values: bytes) -> bytes:
    bare = bytes([unit, function, len(values)]) + values
    return bare + FramerRTU.compute_CRC(bare).to_bytes(2, "big")


def a_framer() -> AnswerFramer:
    framer = AnswerFramer(FramerRTU(DecodePDU(False)))
    framer.expect(7, Table.HOLDING.function, 4)
    return framer


@given(
    noise=st.binary(max_size=4),
    values=st.binary(min_size=4, max_size=4),
    behind=st.binary(max_size=4),
)
def test_an_answer_is_found_in_noise(noise: bytes, values: bytes, behind: bytes) -> None:
    used, unit, _, pdu = a_framer().decode(noise + an_answer(7, 3, values) + behind)

    assert (used, unit, pdu) == (len(noise) + 9 + len(behind), 7, bytes([3, 4]) + values)


@given(data=st.binary(max_size=40))
def test_rubbish_is_no_answer(data: bytes) -> None:
    framer = a_framer()
    used, _, _, pdu = framer.decode(data)

    assert (used, pdu) == (0, b"")
    assert not framer.suspect


def test_what_comes_unasked_makes_the_line_suspect() -> None:
    framer = a_framer()
    framer.decode(an_answer(7, 3, b"abcd"))
    assert not framer.suspect
    framer.decode(b"\x00")
    assert not framer.suspect
    framer.decode(an_answer(7, 3, b"abcd"))
    assert framer.suspect
