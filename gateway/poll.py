"""``shouwen poll``: the live state of a fire-phone host, decoded, for who commissions it.

Reads the host with the profile's own link and adapter and shows each point as it is.
"""

import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime

from core.facts.device import DeviceCode
from gateway.adapter import Delivery
from gateway.fire_phone import codec
from gateway.fire_phone.address import Address
from gateway.fire_phone.points import Bit, Block, Choice, Counter, Flags, Identity, Log, Point
from gateway.fire_phone.profile import Profile
from gateway.fire_phone.scan import Failed, Failure, unpack
from gateway.links.modbus import ModbusLink
from gateway.links.modbus_plan import plan

_DEVICE = DeviceCode("host")


class NotPolled(Exception):
    """The host cannot be polled so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One point as it is now."""

    unit: int
    block: str
    #: On the wire, from 0; with the bit where there is one.
    address: str
    part: str
    code: str
    place: str
    raw: str
    #: What is the case, ``idle``, ``unknown``, or why it could not be read.
    state: str


def poll(
    *,
    profile: Profile,
    host: str,
    clock: Callable[[], datetime],
    unit: int | None = None,
    within: float = 5.0,
) -> list[Row]:
    """Return every point of a host as it is, read for at most ``within`` seconds.

    ``host`` is an address as in the site file, or ``host[:port]`` for Modbus TCP; ``unit`` goes
    before the profile's own.

    :raises NotPolled: the profile is of no Modbus host, or of several units.
    :raises BadAddress: the host's address cannot be read.
    """
    if profile.form.protocol != "modbus":
        raise NotPolled(f"{profile.name}: senders speak by themselves, nothing can be polled")
    address = Address.parse(host if "://" in host else f"tcp://{host}")
    number = unit if unit is not None else address.unit
    if number is not None and len(profile.form.unit) > 1:
        raise NotPolled(f"{profile.name} has several units; none can be put in their place")
    watch = _Watch(profile, number)
    link = ModbusLink(
        lines=[plan(profile, address, profile.asks(_DEVICE, unit=number))],
        clock=clock,
        has_room=lambda: True,
        note=lambda _kind, _reason: None,
    )
    link.start(watch.deliver)
    watch.whole.wait(within)
    link.stop()
    return list(watch.rows())


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a table for a terminal; wide characters count twice."""
    heads = [field.name for field in fields(Row)]
    cells = [heads, *([str(cell) for cell in astuple(row)] for row in rows)]
    widths = [max(_width(line[n]) for line in cells) for n in range(len(heads))]
    lines = (
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)
        )
        for line in cells
    )
    return "\n".join(line.rstrip() for line in lines)


class _Watch:
    """Keeps the last scan of each block; whole when every block was read or refused."""

    def __init__(self, profile: Profile, unit: int | None) -> None:
        self._blocks = {
            (block.unit if unit is None else unit, block.name): block for block in profile.blocks
        }
        self._scans: dict[tuple[int, str], tuple[int, ...] | Failed] = {}
        self._waiting = set(self._blocks)
        self.whole = threading.Event()

    def deliver(self, delivery: Delivery) -> None:
        _, _, unit, name = delivery.message.topic.split("/")
        key = int(unit), name
        scan = unpack(delivery.message.payload)
        self._scans[key] = scan
        if not isinstance(scan, Failed) or not scan.silent:
            self._waiting.discard(key)
        if not self._waiting:
            self.whole.set()

    def rows(self) -> Iterator[Row]:
        for (unit, name), block in self._blocks.items():
            scan = self._scans.get((unit, name), Failed(why=Failure.TIMEOUT))
            meant = isinstance(scan, Failed) or _is_meant(block, scan)
            for point in block.points:
                yield _row(unit, block, point, scan, meant=meant)


def _is_meant(block: Block, values: tuple[int, ...]) -> bool:
    return all(
        codec.is_meant(one.encoding, values)
        for one in block.points
        if isinstance(one.encoding, Identity)
    )


def _row(
    unit: int, block: Block, point: Point, scan: tuple[int, ...] | Failed, *, meant: bool
) -> Row:
    if isinstance(scan, Failed):
        raw, state = "", f"unknown: {scan}"
    else:
        raw, state = _now(point, scan)
        if not meant and not isinstance(point.encoding, Identity):
            state = "unknown: another host answers"
    bit = point.encoding.bit if isinstance(point.encoding, Bit) else None
    at = str(block.address + point.encoding.offset)
    return Row(
        unit=unit,
        block=block.name,
        address=at if bit is None else f"{at}.{bit}",
        part=point.part.value,
        code=point.code,
        place=point.place or "",
        raw=raw,
        state=state,
    )


def _now(point: Point, values: tuple[int, ...]) -> tuple[str, str]:
    """Return a point's value as the host gives it, and what it says."""
    match point.encoding:
        case Bit() | Choice() | Flags() as encoding:
            shown = codec.shown(encoding, values)
            state = "unknown" if shown is None else ", ".join(sorted(shown)) or "idle"
            raw = codec.raw(encoding, values)
            return (f"0x{raw:04X}" if isinstance(encoding, Flags) else str(raw)), state
        case Counter(offset=offset, word=word):
            return str(values[offset]), f"{word} counted"
        case Identity(offset=offset, expect=expect):
            good = values[offset] == expect
            return f"0x{values[offset]:04X}", "as expected" if good else f"not 0x{expect:04X}"
        case Log() as log:
            count, entries = codec.logged(log, values)
            last = entries[-1] if entries else None
            said = last.begins or (f"end of {last.ends}" if last.ends else "?") if last else "empty"
            return str(count), f"last: {last.number} {said}" if last else said


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
