"""Each encoding, in both directions: a state written by hand into registers is read back."""

import tomllib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.fire_phone import codec
from gateway.fire_phone.points import Bit, Choice, Flags, Point
from gateway.fire_phone.profile import Profile, load, made
from gateway.fire_phone.scan import Table

BITS = '[[unit]]\n[[unit.block]]\nname = "b"\ntable = "{table}"\nbase = {base}\n{point}'


def shown(profile: Profile, values: list[int]) -> dict[str, str]:
    """Return what each extension shows."""
    (block,) = profile.blocks
    return {one.code: _words(one, values) for one in block.points}


def _words(point: Point, values: list[int]) -> str:
    assert isinstance(point.encoding, Bit | Choice | Flags)
    found = codec.shown(point.encoding, values)
    return "unknown" if found is None else " ".join(sorted(found)) or "idle"


def write_two_bits(states: dict[int, int], registers: int) -> list[int]:
    """Write GST's map: device 1 at bits 11-10 of the first register, most significant first."""
    bits = 0
    length = registers * 16
    for device, state in states.items():
        place = 4 + (device - 1) * 2
        bits |= state << (length - place - 2)
    return [bits >> (length - 16 * (n + 1)) & 0xFFFF for n in range(registers)]


@given(st.dictionaries(st.integers(1, 64), st.integers(0, 3)))
def test_two_bits_per_device_as_gst_packs_them(states: dict[int, int]) -> None:
    profile = load("gst-two-bit")
    words = {0: "idle", 1: "calling", 2: "line", 3: "disabled"}

    found = shown(profile, write_two_bits(states, 9))

    assert found == {str(n): words[states.get(n, 0)] for n in range(1, 65)}


def test_the_sheet_has_device_1_at_bit_11_and_device_7_in_the_next_register() -> None:
    profile = load("gst-two-bit")

    assert shown(profile, [0x0400, *[0] * 8])["1"] == "calling"
    assert shown(profile, [0, 0x4000, *[0] * 7])["7"] == "calling"
    assert profile.blocks[0].address == 30


@given(st.sets(st.integers(1, 64)))
def test_packed_bit_tables_begin_with_the_lowest_bit(lifted: set[int]) -> None:
    alarm = load("siemens-bit-table").blocks[1]
    values = [0] * 4
    for number in lifted:
        values[(number - 1) // 16] |= 1 << (number - 1) % 16

    found = {one.code for one in alarm.points if _words(one, values) == "calling"}

    assert found == {str(number) for number in lifted}
    assert (alarm.table, alarm.address, alarm.count) == (Table.INPUT, 19000, 4)


@pytest.mark.parametrize(
    ("word", "is_so"),
    [
        (0x1400, "idle"),  # inactive and enabled
        (0x0C71, "calling"),  # active: non-fire activation
        (0x0C10, "fire"),
        (0x2C71, "calling line"),  # active and in trouble at once
        (0x3400, "line"),
        (0x1200, "disabled"),
        (0x0000, "unknown"),  # "no active status" is not normal
        (0x0400, "unknown"),
        (0x00FF, "unknown"),  # not present
        (0xFFFF, "unknown"),
        (0x0C99, "unknown"),  # an event that the sheet does not have
        (0x0C30, "idle"),  # a guard's tour
    ],
)
def test_notifier_words(word: int, is_so: str) -> None:
    assert shown(load("notifier-word"), [word, *[0x1400] * 63])["1"] == is_so


@given(st.lists(st.booleans(), min_size=8, max_size=8))
def test_dry_contacts_are_inputs_in_order(closed: list[bool]) -> None:
    found = shown(load("dry-contacts"), [int(one) for one in closed])

    assert list(found.values()) == ["calling" if one else "idle" for one in closed]


@given(st.lists(st.booleans(), min_size=4, max_size=4))
def test_normally_closed_contacts_call_when_they_open(closed: list[bool]) -> None:
    inverted = INVERTED.blocks[0]

    found = [_words(one, [int(c) for c in closed]) for one in inverted.points]

    assert found == ["idle" if one else "calling" for one in closed]


@given(value=st.integers(0, 0xFFFF))
def test_an_enumerated_word_knows_its_values_and_no_others(value: int) -> None:
    words = {0: "idle", 1: "calling", 2: "talking", 3: "open", 4: "short"}

    (point,) = ENUM.blocks[0].points
    masked, reserved = value & 0x0F, value & 0x80

    expected = "unknown" if reserved or masked not in words else words[masked]
    assert _words(point, [value]) == expected


def test_a_bit_of_a_register_is_a_field_of_its_own(profile_of: Callable[[str], Profile]) -> None:
    point = '[[unit.block.point]]\nkind = "bit"\naddress = 40011\nbit = 10\nextension = "10"\n'
    profile = profile_of(BITS.format(table="holding", base=40001, point=point))

    assert profile.blocks[0].address == 10
    assert shown(profile, [1 << 10]) == {"10": "calling"}
    assert shown(profile, [1 << 1]) == {"10": "idle"}
    assert profile.blocks[0].mask == (1 << 10,)


def test_bits_from_the_other_end(profile_of: Callable[[str], Profile]) -> None:
    point = '[[unit.block.point]]\nkind = "bit_table"\naddress = 0\norder = "msb"\ncount = 20\n'
    profile = profile_of(BITS.format(table="holding", base=0, point=point))

    assert shown(profile, [0x8000, 0])["1"] == "calling"
    assert shown(profile, [0x0001, 0])["16"] == "calling"
    assert shown(profile, [0, 0x8000])["17"] == "calling"


def _profile(text: str) -> Profile:
    return made(tomllib.loads(text))


INVERTED = _profile(
    'name = "nc"\n'
    + BITS.format(
        table="discrete",
        base=10001,
        point='[[unit.block.point]]\nkind = "bit"\naddress = 10001\ninvert = true\ncount = 4\n',
    )
)
ENUM = _profile(
    'name = "enum"\n'
    + BITS.format(
        table="input",
        base=0,
        point='[[unit.block.point]]\nkind = "enum"\naddress = 5\nmask = 0x0F\nreserved = 0x80\n'
        'states = { 0 = "idle", 1 = "calling", 2 = "talking", 3 = "open", 4 = "short" }\n',
    )
)
