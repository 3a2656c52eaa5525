"""What stands in the data of a GB/T 26875.3 frame: objects of one type (8.2 and 8.3)."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from gateway.adapter import Unreadable
from gateway.fire_phone.gb_frame import Frame

SYSTEM_STATE, COMPONENT_STATE, ANALOGUE, OPERATION = 1, 2, 3, 4
TRANSMITTER_STATE, TRANSMITTER_OPERATION = 21, 24
#: Length of one object by its type, where it is fixed, with its time.
_LENGTHS = {
    SYSTEM_STATE: 10,
    COMPONENT_STATE: 46,
    ANALOGUE: 16,
    OPERATION: 10,
    TRANSMITTER_STATE: 7,
    TRANSMITTER_OPERATION: 8,
}
_TIME = 6
#: Bits of an operation (tables 11 and 21).
RESET, MANUAL_ALARM = 0x01, 0x04


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One object: what it is about and what it says."""

    type: int
    system: int = 0
    #: Which of several systems of that type.
    number: int = 0
    component: int | None = None
    component_type: int | None = None
    status: int = 0
    text: str = ""
    #: As it stands: second, minute, hour, day, month, year.
    time: bytes = b""


def items(frame: Frame) -> tuple[int, tuple[Item, ...]]:
    """Return the type of a frame's objects and those of them that can tell of an event.

    :raises Unreadable: the data is not what its type says.
    """
    data = frame.data
    if not data:
        return 0, ()
    if len(data) < 2:
        raise Unreadable("data of one byte")
    kind, count = data[0], data[1]
    length = _LENGTHS.get(kind)
    if length is None or kind == ANALOGUE:
        return kind, ()
    body = data[2:]
    timeless = length - _TIME
    if len(body) >= count * length:
        return kind, tuple(_item(kind, body[n * length : (n + 1) * length]) for n in range(count))
    # Some transmitters write one time behind all objects, or none.
    time = body[count * timeless :]
    if len(body) - count * timeless not in {0, _TIME}:
        raise Unreadable(f"{count} objects of type {kind} do not fit into {len(body)} bytes")
    pieces = (body[n * timeless : (n + 1) * timeless] for n in range(count))
    return kind, tuple(_item(kind, piece + (time or bytes(_TIME))) for piece in pieces)


def _item(kind: int, raw: bytes) -> Item:
    time = raw[-6:]
    if kind == SYSTEM_STATE:
        return Item(type=kind, system=raw[0], number=raw[1], status=_number(raw[2:4]), time=time)
    if kind == COMPONENT_STATE:
        return Item(
            type=kind,
            system=raw[0],
            number=raw[1],
            component_type=raw[2],
            component=_number(raw[3:7]),
            status=_number(raw[7:9]),
            text=text(raw[9:40]),
            time=time,
        )
    if kind == OPERATION:
        return Item(type=kind, system=raw[0], number=raw[1], status=raw[2], time=time)
    return Item(type=kind, status=raw[0], time=time)


def text(raw: bytes) -> str:
    """Return a GB 18030 text up to its NUL: what stands after it is from an older message."""
    said = raw.split(b"\x00", 1)[0].decode("gb18030", "replace")
    return "".join(c for c in said if c.isprintable()).strip()


def moment(raw: bytes, zone: tzinfo, *, near: datetime) -> datetime | None:
    """Return the moment of six bytes; None if they are none.

    The standard writes plain numbers; some transmitters write them decimal by half-bytes (BCD).
    Where both can be read, the one nearer to ``near`` is meant.
    """
    found = [_moment(tuple(raw), zone)]
    if all(one >> 4 < 10 and one & 0xF < 10 for one in raw):
        found.append(_moment(tuple((one >> 4) * 10 + (one & 0xF) for one in raw), zone))
    known = [one for one in found if one is not None]
    return min(known, key=lambda one: abs(one - near), default=None)


def _moment(parts: tuple[int, ...], zone: tzinfo) -> datetime | None:
    if len(parts) != 6:
        return None
    second, minute, hour, day, month, year = parts
    try:
        local = datetime(2000 + year, month, day, hour, minute, second, tzinfo=zone)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _number(raw: bytes) -> int:
    return int.from_bytes(raw, "little")
