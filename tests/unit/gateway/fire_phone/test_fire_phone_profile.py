"""Profiles as files: what is found wrong in them, and how little an integrator has to write."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.fire_phone.address import Address, BadAddress
from gateway.fire_phone.check import mistakes
from gateway.fire_phone.profile import Profile, load, names
from gateway.links.modbus_plan import lines, plan
from gateway.links.modbus_scan import groups
from gateway.profiles import BadProfile, UnknownProfile

ProfileOf = Callable[[str], Profile]
POINT = '[[unit]]\n[[unit.block]]\nname = "b"\ntable = "{}"\nbase = {}\n[[unit.block.point]]\n{}'


def test_every_shipped_profile_loads() -> None:
    assert set(names()) == {
        "dry-contacts",
        "faast-event-log",
        "gb26875",
        "gst-two-bit",
        "notifier-word",
        "siemens-bit-table",
    }
    assert all(load(name).name == name for name in names())


def test_sixty_four_extensions_take_few_lines(profile_of: ProfileOf) -> None:
    found = profile_of(
        'extends = "gst-two-bit"\n[places]\n'
        + "".join(f'{n} = "floor-{n}"\n' for n in range(1, 65))
    )
    (block,) = found.blocks

    assert len(block.points) == 64
    assert block.points[63].place == "floor-64"
    assert found.unplaced() == ()


def test_templates_count_in_extension_and_place(profile_of: ProfileOf) -> None:
    found = profile_of(
        POINT.format(
            "input",
            30001,
            'kind = "bit_table"\naddress = 30011\ncount = 3\nfirst = 8\n'
            'extension = "B-{n:03}"\nplace = "room-{n}"\n',
        )
    )

    spots = [(one.code, one.place) for one in found.blocks[0].points]
    assert spots == [("B-008", "room-8"), ("B-009", "room-9"), ("B-010", "room-10")]
    assert found.blocks[0].address == 10


@pytest.mark.parametrize(
    ("table", "base", "point", "reason"),
    [
        ("holding", 40001, 'kind = "bit"\naddress = 40000\nbit = 0\n', "cannot be"),
        ("holding", 0, 'kind = "bit"\naddress = 65536\nbit = 0\n', "cannot be"),
        ("input", 40001, 'kind = "bit"\naddress = 40001\nbit = 0\n', "is not of table input"),
        ("coil", 0, 'kind = "bit"\naddress = 1\nbit = 3\n', "plain bits"),
        ("coil", 0, 'kind = "enum"\naddress = 1\nstates = { 0 = "idle" }\n', "plain bits"),
        ("holding", 0, 'kind = "bit"\naddress = 1\n', "needs bit"),
        ("holding", 0, 'kind = "enum"\naddress = 1\n', "needs states"),
        ("holding", 0, 'kind = "bit"\nbit = 0\n', "neither block nor point"),
        ("holding", 0, 'kind = "bit"\naddress = 1\nbit = 16\n', "unit.0.block.0.point.0.bit"),
        ("holding", 0, 'kind = "bit_table"\naddress = 1\ncount = 2\nextension = "x"\n', "{n}"),
        ("holding", 0, 'kind = "enum"\naddress = 1\nstates = { 0 = "ringing" }\n', "states"),
        ("holding", 0, 'kind = "bit_table"\naddress = 1\nwibble = 2\n', "wibble"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(
    profile_of: ProfileOf, table: str, base: int, point: str, reason: str
) -> None:
    with pytest.raises(BadProfile, match=r"own\.toml") as problem:
        profile_of(POINT.format(table, base, point))

    assert reason in str(problem.value)


def test_overlaps_are_found(profile_of: ProfileOf) -> None:
    two = (
        'kind = "bit_table"\naddress = 5\ncount = 16\n'
        '[[unit.block.point]]\nkind = "enum"\naddress = 5\nmask = 0x0100\n'
        'extension = "x"\nstates = { 1 = "open" }\n'
    )

    with pytest.raises(BadProfile, match="overlaps"):
        profile_of(POINT.format("holding", 0, two))


def test_an_unknown_profile_says_what_was_probably_meant() -> None:
    with pytest.raises(UnknownProfile, match="did you mean 'gst-two-bit'"):
        load("gst-two-bits")


def test_check_finds_unmapped_places_and_extensions_without_one(
    profile_of: ProfileOf, tmp_path: Path
) -> None:
    profile_of('extends = "dry-contacts"\n[places]\n1 = "pump-room"\n2 = "nowhere"\n')
    own = str(tmp_path / "own.toml")

    found = list(mistakes(own, "tcp://10.0.0.9", places={"pump-room"}, listening=False))

    assert found == [
        ("profile", "names places that the site does not have: nowhere"),
        ("profile", "extensions without a place: 3, 4, 5, 6, 7 and 1 more"),
    ]


@pytest.mark.parametrize(
    ("profile", "address", "reason"),
    [
        ("dry-contacts", "10.0.0.9:502", "write tcp://host:502"),
        ("dry-contacts", "tcp://10.0.0.9:99999", "Port out of range"),
        ("dry-contacts", "rtu:///dev/ttyUSB0?baud=9600", "unknown 'baud'"),
        ("dry-contacts", "rtu:///dev/ttyUSB0?parity=X", "N, E or O"),
        ("dry-contacts", "tcp://10.0.0.9?unit=256", "0 to 255"),
        ("dry-contacts", "rtuovertcp://10.0.0.9:4001?unit=0", "only 1 to 247"),
        ("gb26875", "tcp://10.0.0.9", "hexadecimal"),
        ("gb26875", "010000000000", "needs a listener"),
    ],
)
def test_check_finds_addresses_that_cannot_be(profile: str, address: str, reason: str) -> None:
    found = list(
        mistakes(
            profile,
            address,
            places=set(),
            listening=profile != "gb26875" or (address.startswith("tcp")),
        )
    )

    assert any(reason in why for _, why in found), found


def test_a_good_host_has_no_mistakes() -> None:
    assert not list(mistakes("dry-contacts", "rtu:///dev/ttyUSB0", places=set(), listening=False))
    assert not list(mistakes("gb26875", "01 00 00 00 00 0A", places=set(), listening=True))


def test_addresses_say_which_cable() -> None:
    serial = Address.parse("rtu:///dev/ttyUSB0?baudrate=19200&parity=e&stopbits=2&unit=7")

    assert (serial.path, serial.baudrate, serial.parity) == ("/dev/ttyUSB0", 19200, "E")
    assert (serial.stopbits, serial.unit) == (2, 7)
    assert Address.parse("tcp://[::1]").line == ("tcp", "::1", 502)
    with pytest.raises(BadAddress):
        Address.parse("mqtt://broker")


def test_a_long_block_is_read_in_as_few_requests_as_the_protocol_allows(
    profile_of: ProfileOf,
) -> None:
    long = 'kind = "enum"\naddress = 0\ncount = 300\nstates = { 1 = "calling" }\n'
    found = profile_of(POINT.format("holding", 0, long))

    together = groups(found.asks("x"), max_gap=0)

    assert [one.count for one in together] == [125, 125, 50]
    assert len({one.block for one in found.asks("x")}) == 3


def test_blocks_near_each_other_are_read_together(profile_of: ProfileOf) -> None:
    point = (
        '[[unit.block.point]]\nkind = "bit_table"\ncount = 16\naddress = {}\n'
        'extension = "{}-{{n}}"\n'
    )
    head = '[[unit.block]]\nname = "{}"\ntable = "input"\n'
    text = "[[unit]]\n" + "".join(
        head.format(f"b{at}") + point.format(at, at) for at in (0, 10, 40, 124)
    )
    asks = profile_of(text).asks("x")

    assert [(one.address, one.count) for one in groups(asks, max_gap=9)] == [
        (0, 11),
        (40, 1),
        (124, 1),
    ]
    assert [one.count for one in groups(asks, max_gap=200)] == [125]


def test_hosts_behind_one_gateway_share_its_line() -> None:
    profile = load("dry-contacts")
    hosts = [
        ("a", "tcp://10.0.0.9?unit=1"),
        ("b", "tcp://10.0.0.9?unit=2"),
        ("c", "tcp://10.0.0.8"),
    ]
    plans = [
        plan(profile, Address.parse(at), profile.asks(code, unit=Address.parse(at).unit))
        for code, at in hosts
    ]

    found = lines(plans)

    assert [[ask.device for ask in one.asks] for one in found] == [["a", "b"], ["c"]]


def test_the_example_of_the_wire_document_is_a_good_profile(profile_of: ProfileOf) -> None:
    page = Path(__file__).parents[4] / "docs" / "wire" / "fire-phones.md"
    example = page.read_text(encoding="utf-8").split("```toml\n")[2].split("```")[0]

    found = profile_of(example)

    assert {one.code for one in found.blocks[0].points} >= {"B1-01", "B1-64", "mains"}
    assert found.places() == {"pump-room"}
