"""PUBLISH packets in a buffer, compared with what paho writes and reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.links.mqtt_frames import Publish, publishes, whole


def number(value: int) -> bytes:
    out = b""
    while True:
        value, digit = divmod(value, 128)
        out += bytes([digit | (0x80 if value else 0)])
        if not value:
            return out


def packet(
    topic: bytes, payload: bytes, mid: int, *, retained: bool, properties: bytes | None
) -> bytes:
    body = len(topic).to_bytes(2) + topic + (mid.to_bytes(2) if mid else b"")
    if properties is not None:
        body += number(len(properties)) + properties
    body += payload
    return bytes([0x30 | (2 if mid else 0) | retained]) + number(len(body)) + body


VERSIONS = st.sampled_from([4, 5])
MESSAGES = st.tuples(
    st.binary(min_size=1, max_size=200),
    st.binary(max_size=300),
    st.integers(0, 65535),
    st.booleans(),
    st.binary(max_size=200),
)


@given(st.lists(MESSAGES, max_size=5), VERSIONS, st.integers(0, 2000))
def test_whole_packets_are_taken_and_the_rest_is_left(
    messages: list[tuple[bytes, bytes, int, bool, bytes]], version: int, cut: int
) -> None:
    packets = [
        packet(topic, payload, mid, retained=retained, properties=extra if version == 5 else None)
        for topic, payload, mid, retained, extra in messages
    ]
    data = b"".join(packets)[:cut]

    found, size = publishes(data, properties=version == 5)

    sizes = [sum(map(len, packets[:count])) for count in range(len(packets) + 1)]
    fitting = max(one for one in sizes if one <= len(data))
    assert size == fitting
    assert found == [Publish(*one[:4]) for one in messages][: sizes.index(fitting)]


@given(st.binary(max_size=60), VERSIONS)
def test_rubbish_is_never_more_than_not_taken(data: bytes, version: int) -> None:
    found, size = publishes(data, properties=version == 5)

    assert 0 <= size <= len(data)
    assert bool(found) == bool(size)
    assert whole(data) >= 0


@pytest.mark.parametrize(
    ("data", "length"),
    [
        (b"\xd0\x00", 2),
        (b"\xd0\x00\x30", 2),
        (b"\x30\x80\x01", 131),
        (b"\x30\xff\xff\xff\x7f", 268435460),
    ],
)
def test_a_packet_says_its_own_length(data: bytes, length: int) -> None:
    assert whole(data) == length


@pytest.mark.parametrize("data", [b"", b"\x30", b"\x30\x80", b"\x30\xff\xff\xff\xff\x01"])
def test_where_the_length_is_not_known_it_is_more_than_we_see(data: bytes) -> None:
    assert whole(data) > len(data)


@pytest.mark.parametrize(
    "data",
    [
        b"\xd0\x00" + packet(b"t", b"x", 1, retained=False, properties=None),
        packet(b"t", b"x", 1, retained=False, properties=None).replace(b"\x32", b"\x34", 1),
        b"\x32\x04\x00\x09ab",  # a topic longer than the packet
        packet(b"", b"x", 1, retained=False, properties=None),  # no topic
    ],
)
def test_what_is_no_plain_publish_is_left_alone(data: bytes) -> None:
    assert publishes(data, properties=False) == ([], 0)
