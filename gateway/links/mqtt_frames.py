"""PUBLISH packets in a buffer, without a client: MQTT 3.1.1 and 5, sections 2 and 3.3.

A client library makes some twenty objects of each packet, which is most of what an event costs
here. Only whole packets of QoS 0 and 1 are taken; everything else is left to the library.
"""

from typing import NamedTuple


class Publish(NamedTuple):
    """One PUBLISH packet; ``mid`` is 0 for QoS 0, which wants no acknowledgement."""

    topic: bytes
    payload: bytes
    mid: int
    retained: bool


def publishes(data: bytes, *, properties: bool) -> tuple[list[Publish], int]:
    """Return the whole PUBLISH packets at the front, and how many bytes they take.

    ``properties`` says whether packets carry them (MQTT 5); they are passed over unread. Stops
    before whatever is no such packet, or is not whole, or not well formed.
    """
    found: list[Publish] = []
    at = 0
    try:
        while data[at] & 0xF4 == 0x30:  # PUBLISH, not QoS 2
            start, size = _number(data, at + 1)
            end = start + size
            name = start + 2
            rest = name + (data[start] << 8 | data[start + 1])
            topic = data[name:rest]
            mid = 0
            if data[at] & 0x02:
                mid = data[rest] << 8 | data[rest + 1]
                rest += 2
            if properties:
                rest, length = _number(data, rest)
                rest += length
            if end > len(data) or rest > end or not topic:
                break
            found.append(Publish(topic, data[rest:end], mid, bool(data[at] & 0x01)))
            at = end
    except IndexError:
        pass  # the buffer ends within a packet
    return found, at


def whole(data: bytes) -> int:
    """Return how long the packet at the front is by its own word, at least more than we see."""
    try:
        start, size = _number(data, 1)
    except IndexError:
        return len(data) + 1
    return start + size


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Return where the number at ``at`` ends, and the number (1.5.5, variable byte integer)."""
    byte = data[at]
    if byte < 0x80:
        return at + 1, byte
    value = byte & 0x7F
    for place in range(1, 4):
        byte = data[at + place]
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return at + place + 1, value
    return len(data) + 1, 0  # no such number: nothing after it can be whole
