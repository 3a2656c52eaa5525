"""What the values of a block say of each point: no memory, no clock, no I/O."""

from collections.abc import Sequence
from typing import NamedTuple

from gateway.fire_phone.condition import Condition, Word, meaning
from gateway.fire_phone.points import Bit, Choice, Flags, Identity, Log

#: What is the case at a point; None: nothing is known.
Shown = frozenset[Condition] | None

_NOTHING: frozenset[Condition] = frozenset()


class Entry(NamedTuple):
    """One entry of an event log."""

    #: The extension's number as the log writes it.
    number: int
    #: What the log says has begun, or has ended; both None: a code without a meaning.
    begins: Word | None
    ends: Word | None
    words: tuple[int, ...]


def shown(encoding: Bit | Choice | Flags, values: Sequence[int]) -> Shown:
    """Return what a point shows."""
    value = values[encoding.offset]
    match encoding:
        case Bit(bit=bit, invert=invert, word=word):
            is_set = bool(value if bit is None else value >> bit & 1)
            return meaning(word) if is_set is not invert else _NOTHING
        case Choice():
            if value in encoding.absent or value & encoding.reserved:
                return None
            choice = (value & encoding.mask) >> encoding.shift
            return meaning(encoding.words.get(choice, encoding.otherwise))
        case Flags():
            return _flags(encoding, value)


def _flags(encoding: Flags, value: int) -> Shown:
    """Return what a register of flags says; a condition among doubts is still a condition."""
    if value in encoding.absent or value & encoding.reserved:
        return None
    said = [word for bit, word in encoding.flags.items() if value >> bit & 1]
    coded = encoding.codes and (encoding.code_bit is None or value >> encoding.code_bit & 1)
    if coded:
        said.append(encoding.codes.get(value & encoding.code_mask, "unknown"))
    known = [meaning(word) for word in said]
    conditions = _NOTHING.union(*(one for one in known if one is not None))
    if conditions:
        return conditions
    normal = not encoding.normal or value & encoding.normal or coded
    # Nothing active is not the same as normal.
    return _NOTHING if normal and None not in known else None


def raw(encoding: Bit | Choice | Flags, values: Sequence[int]) -> int:
    """Return the value as the host gave it, of the bits that are the point's."""
    value = values[encoding.offset]
    match encoding:
        case Bit(bit=bit):
            return value if bit is None else value >> bit & 1
        case Choice(mask=mask, shift=shift):
            return (value & mask) >> shift
        case Flags():
            return value


def is_meant(encoding: Identity, values: Sequence[int]) -> bool:
    """Whether the values come from the host that is meant."""
    return values[encoding.offset] == encoding.expect


def logged(encoding: Log, values: Sequence[int]) -> tuple[int, tuple[Entry, ...]]:
    """Return how many entries the log ever had, and those it still holds, oldest first.

    The first register counts, or names the place of a ring that is written next; after it stand
    ``capacity`` entries. A place of a ring that holds only zeros was never written.
    """
    count = values[encoding.offset]
    start = encoding.offset + 1 + encoding.skip
    every = [
        _entry(encoding, values[start + n * encoding.words : start + (n + 1) * encoding.words])
        for n in range(encoding.capacity)
    ]
    if encoding.newest == "ring":
        oldest = count % encoding.capacity
        return count, tuple(one for one in every[oldest:] + every[:oldest] if any(one.words))
    entries = every[: min(count, encoding.capacity)]
    return count, tuple(reversed(entries) if encoding.newest == "first" else entries)


def _entry(encoding: Log, words: Sequence[int]) -> Entry:
    code = _low(words[encoding.code_word], encoding.code_mask)
    number = _low(words[encoding.number_word], encoding.number_mask)
    return Entry(number, encoding.begins.get(code), encoding.ends.get(code), tuple(words))


def _low(value: int, mask: int) -> int:
    return (value & mask) >> ((mask & -mask).bit_length() - 1) if mask else 0
