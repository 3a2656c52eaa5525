"""Points ready to be read: what a profile's lines stand for, at offsets into their block."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NewType

from core.facts.place import PlaceCode
from gateway.fire_phone.condition import Condition, Part, Word
from gateway.fire_phone.scan import Table

PartCode = NewType("PartCode", str)

_COUNTED = re.compile(r"\{n(?::0([1-9]))?\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bit:
    """One bit: of a bit table (``bit`` is None) or of a register."""

    offset: int
    bit: int | None
    invert: bool
    word: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A number somewhere in a register that says one of several things."""

    offset: int
    shift: int
    mask: int
    words: Mapping[int, Word]
    otherwise: Word
    reserved: int
    absent: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flags:
    """A register of flags, several of which may be set, with an event code in some of its bits."""

    offset: int
    flags: Mapping[int, Word]
    codes: Mapping[int, Word]
    code_bit: int | None
    code_mask: int
    normal: int
    reserved: int
    absent: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """A register that counts how often something began, also between two scans."""

    offset: int
    word: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """A log of events: how many there were, and the newest of them."""

    offset: int
    words: int
    capacity: int
    skip: int
    #: In a ring the first register names the place that is written next.
    newest: Literal["first", "last", "ring"]
    code_word: int
    code_mask: int
    number_word: int
    number_mask: int
    host_number: int | None
    begins: Mapping[int, Word]
    ends: Mapping[int, Word]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A register that must hold a known value, or this is another host than we mean."""

    offset: int
    expect: int


Encoding = Bit | Choice | Flags | Counter | Log | Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One place in a block, and which part of the host it tells of."""

    encoding: Encoding
    part: Part
    #: The extension's number, as people know it; for the host what the point is about.
    code: PartCode
    place: PlaceCode | None
    debounce: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Values of one table, one after the other, and the points among them."""

    unit: int
    name: str
    table: Table
    #: On the wire, from 0.
    address: int
    count: int
    points: tuple[Point, ...] = field(repr=False)

    @property
    def mask(self) -> tuple[int, ...] | None:
        """Which bits of each register matter to some point; None where values are bits."""
        if self.table.holds_bits:
            return None
        mask = [0] * self.count
        for point in self.points:
            for offset, bits in matters(point.encoding):
                mask[offset] |= bits
        return None if all(one == 0xFFFF for one in mask) else tuple(mask)


def span(encoding: Encoding) -> int:
    """Return how many values it takes."""
    if isinstance(encoding, Log):
        return 1 + encoding.skip + encoding.capacity * encoding.words
    return 1


def matters(encoding: Encoding) -> list[tuple[int, int]]:
    """Return each offset that it reads, and which bits there."""
    match encoding:
        case Bit(offset=offset, bit=bit):
            return [(offset, 0xFFFF if bit is None else 1 << bit)]
        case Choice(offset=offset, mask=mask, reserved=reserved, absent=absent):
            return [(offset, 0xFFFF if absent else mask | reserved)]
        case Log(offset=offset):
            entries = range(1 + encoding.skip, span(encoding))
            return [(offset, 0xFFFF), *((offset + one, 0xFFFF) for one in entries)]
        case Flags() | Counter() | Identity():
            return [(encoding.offset, 0xFFFF)]


@cache
def _conditions(words: frozenset[Word]) -> frozenset[Condition]:
    """Return the conditions among words; the same object for all who have the same."""
    known = {one.value for one in Condition}
    return frozenset(Condition(word) for word in words if word in known)


def can_show(encoding: Encoding) -> frozenset[Condition]:
    """Return which conditions it can tell of; a point says nothing about any other."""
    match encoding:
        case Bit(word=word):
            return _conditions(frozenset({word}))
        case Choice(words=named, otherwise=otherwise):
            return _conditions(frozenset({*named.values(), otherwise}))
        case Flags(flags=flags, codes=codes):
            return _conditions(frozenset({*flags.values(), *codes.values()}))
        case Counter() | Log() | Identity():
            return frozenset()


def counts(text: str) -> bool:
    """Whether a text has ``{n}`` or ``{n:03}`` in it, so that each of many gets its own."""
    return _COUNTED.search(text) is not None


def numbered(text: str, n: int) -> str:
    """Return the text with ``n`` in place of ``{n}``; ``{n:03}`` fills it up with zeros."""
    return _COUNTED.sub(lambda found: str(n).zfill(int(found.group(1) or 1)), text)
