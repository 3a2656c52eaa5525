"""Five ways to write the state of a host into registers, each against its sheet."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from simulators.action import Act
from simulators.fire_phone_host.image import Image, Table, packed
from simulators.fire_phone_host.maps import (
    MAPS,
    BitTables,
    DryContacts,
    EventLog,
    Map,
    StatusWords,
    TwoBits,
)
from simulators.fire_phone_host.state import Call, HostState, Noticed

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def after(*acts: tuple[Act, int], extensions: int = 64) -> HostState:
    state = HostState.of(extensions)
    for second, (act, extension) in enumerate(acts):
        state.perform(act, extension, now=AT + timedelta(seconds=second))
    return state


def standing(table: Table, drawn: Image) -> dict[int, int]:
    """Return the registers that are not 0."""
    return {address: value for address, value in drawn.tables[table].items() if value}


def log_of(state: HostState) -> list[tuple[Noticed, int]]:
    return [(entry.what, entry.extension) for entry in state.log]


# ---- the state -----------------------------------------------------------------------------------


def test_a_call_is_calling_until_taken_and_over_when_hung_up() -> None:
    state = after((Act.LIFT, 7), (Act.TAKE, 7), (Act.HANG_UP, 7))

    assert log_of(state) == [(Noticed.CALLING, 7), (Noticed.TALKING, 7), (Noticed.ENDED, 7)]
    assert state.extensions[7].call is Call.RESTING


def test_behind_a_cut_line_a_lifted_handset_is_heard_of_when_the_line_is_mended() -> None:
    state = after((Act.CUT_LINE, 7), (Act.LIFT, 7), (Act.TAKE, 7), (Act.MEND_LINE, 7))

    assert log_of(state) == [
        (Noticed.OPEN, 7),
        (Noticed.OPEN_MENDED, 7),
        (Noticed.CALLING, 7),
    ]


def test_a_line_cut_in_a_talk_ends_it() -> None:
    state = after((Act.LIFT, 7), (Act.TAKE, 7), (Act.SHORT_LINE, 7))

    assert log_of(state)[-2:] == [(Noticed.SHORT, 7), (Noticed.ENDED, 7)]


def test_power_is_good_only_when_both_are() -> None:
    state = after(
        (Act.LOSE_MAINS, 0), (Act.BATTERY_FAULT, 0), (Act.MAINS_BACK, 0), (Act.BATTERY_BACK, 0)
    )

    assert [what for what, _ in log_of(state)] == [
        Noticed.MAINS_LOST,
        Noticed.MAINS_LOST,
        Noticed.BATTERY_FAULT,
        Noticed.POWER_GOOD,
    ]


def test_what_changes_nothing_is_not_noticed() -> None:
    state = after((Act.HANG_UP, 1), (Act.TAKE, 1), (Act.MEND_LINE, 1), (Act.MAINS_BACK, 0))

    assert (state.log, state.version) == ([], 0)


def test_after_a_reboot_who_still_holds_a_handset_calls_again() -> None:
    state = after((Act.LIFT, 7), (Act.TAKE, 7))
    state.switch_on()

    assert (state.extensions[7].call, state.log) == (Call.CALLING, [])


def test_an_extension_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no extension 65"):
        after((Act.LIFT, 65))


# ---- the maps ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rest", "called"), [(0, 1), (1, 0)], ids=["NO", "NC"])
def test_contacts_open_or_closed_at_rest(rest: int, called: int) -> None:
    contacts = DryContacts(normally_closed=bool(rest), fault=8, inputs=16)

    drawn = contacts.draw(after((Act.LIFT, 3), (Act.CUT_LINE, 4), extensions=8))

    inputs = [drawn.tables[Table.DISCRETE][address] for address in range(16)]
    assert inputs[:8] == [rest, rest, called, *[rest] * 5]
    assert inputs[8:] == [called, *[0] * 7]


@pytest.mark.parametrize(
    ("extension", "register", "shift"),
    [(1, 40031, 10), (6, 40031, 0), (7, 40032, 14), (14, 40032, 0), (15, 40033, 14)],
)
def test_two_bits_stand_where_the_sheet_has_them(extension: int, register: int, shift: int) -> None:
    def drawn(act: Act) -> dict[int, int]:
        return standing(Table.HOLDING, TwoBits().draw(after((act, extension))))

    assert drawn(Act.LIFT) == {register - 40001: 0b01 << shift}
    assert drawn(Act.CUT_LINE) == {register - 40001: 0b10 << shift}


def test_words_say_inactive_at_rest_and_absent_where_nothing_is() -> None:
    state = after((Act.LIFT, 1), (Act.CUT_LINE, 2), extensions=3)

    words = StatusWords(registers=5, panel=9499).draw(state).tables[Table.HOLDING]

    assert [words[address] for address in range(5)] == [0x0C13, 0x3400, 0x1400, 0xFFFF, 0xFFFF]
    assert words[9499] == 0x1400


def test_one_packed_table_for_each_thing() -> None:
    state = after(
        (Act.LIFT, 1), (Act.LIFT, 17), (Act.TAKE, 17), (Act.SHORT_LINE, 64), (Act.LOSE_MAINS, 0)
    )

    tables = standing(Table.INPUT, BitTables().draw(state))

    assert tables == {19000: 0x0001, 18001: 0x0001, 20003: 0x8000, 32000: 0x0001}


def test_log_counts_and_holds_the_newest_first() -> None:
    state = after((Act.LIFT, 9), (Act.TAKE, 9), (Act.HANG_UP, 9), (Act.LOSE_MAINS, 0))

    words = EventLog(capacity=3).draw(state).tables[Table.HOLDING]

    assert words[1600] == 4
    assert [words[1603 + 3 * place + 2] for place in range(3)] == [17, 9 << 8 | 130, 9 << 8 | 129]
    assert words[1603] << 16 | words[1604] == int(AT.timestamp()) + 3


@pytest.mark.parametrize("made", MAPS.values(), ids=MAPS)
def test_every_map_shows_each_call_on_its_own(made: type[Map]) -> None:
    drawn = [made().draw(after((Act.LIFT, number))) for number in range(1, 65)]

    assert len({repr(one) for one in drawn}) == 64
    assert repr(made().draw(after())) not in {repr(one) for one in drawn}


# ---- how requests are answered -------------------------------------------------------------------

IMAGE = Image(
    {Table.DISCRETE: dict(enumerate([1, 0, 1, 1, 0, 0, 1, 1, 1, 0])), Table.INPUT: {5: 7}}
)


@pytest.mark.parametrize(
    ("request_hex", "answer_hex"),
    [
        # The bits of 1.1b3, 6.2: first asked, lowest bit; the rest of the last byte is 0.
        ("02 0000 000a", "02 02 cd 01"),
        ("02 0001 0003", "02 01 06"),
        ("04 0005 0001", "04 02 0007"),
        ("04 0005 0002", "84 02"),
        ("03 0000 0001", "83 02"),
        ("04 0005 0000", "84 03"),
        ("04 0005 007e", "84 03"),
        ("02 0000 07d1", "82 03"),
        ("06 0005 0001", "86 01"),
        ("10 0005 0001 02 0001", "90 01"),
        ("2b 0e 01 00", "ab 01"),
        ("04 0005", "84 03"),
    ],
)
def test_requests_are_answered_as_the_standard_says(request_hex: str, answer_hex: str) -> None:
    assert IMAGE.answer(bytes.fromhex(request_hex)) == bytes.fromhex(answer_hex)


def test_a_shifted_map_has_the_same_values_further_on() -> None:
    shifted = IMAGE.shifted(3)

    assert shifted.answer(bytes.fromhex("04 0008 0001")) == bytes.fromhex("04 02 0007")
    assert shifted.answer(bytes.fromhex("04 0005 0001")) == bytes.fromhex("84 02")


@pytest.mark.parametrize(
    ("bits", "data"), [([1], b"\x01"), ([0] * 8 + [1], b"\0\x01"), ([1] * 8, b"\xff")]
)
def test_bits_are_packed_from_the_lowest(bits: Iterable[int], data: bytes) -> None:
    assert packed(list(bits)) == data
