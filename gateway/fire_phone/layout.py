"""From the lines of a profile to its blocks: addresses of the wire, many points from one line."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from core.facts.place import PlaceCode
from gateway.fire_phone.condition import meaning
from gateway.fire_phone.form import BlockForm, PointForm, UnitForm
from gateway.fire_phone.points import (
    Bit,
    Block,
    Choice,
    Counter,
    Encoding,
    Flags,
    Identity,
    Log,
    PartCode,
    Point,
    counts,
    numbered,
    span,
)
from gateway.fire_phone.scan import Table

_BASE_OF = {10001: Table.DISCRETE, 30001: Table.INPUT, 40001: Table.HOLDING}
_BASE_OF |= {100001: Table.DISCRETE, 300001: Table.INPUT, 400001: Table.HOLDING}
_LAST = 0xFFFF
_BITS = 16


class BadLayout(ValueError):
    """A profile's addresses cannot be so."""


def blocks(unit: UnitForm, places: Mapping[str, str]) -> tuple[Block, ...]:
    """Return the unit's blocks, each small enough for one request.

    :raises BadLayout: an address that cannot be, two points on one spot, a name given twice.
    """
    names = [block.name for block in unit.block]
    for name in names:
        if names.count(name) > 1:
            raise BadLayout(f"unit {unit.unit}: block {name!r} is given twice")
    made = [one for block in unit.block for one in _parts(unit.unit, block, places)]
    _no_overlaps(unit.unit, made)
    return tuple(made)


def numbers(table: Mapping[str, object]) -> dict[int, object]:
    """Return a table whose keys are numbers, decimal or 0x…."""
    return {int(key, 0) if key[:2].lower() == "0x" else int(key): table[key] for key in table}


def _parts(unit: int, form: BlockForm, places: Mapping[str, str]) -> Iterator[Block]:
    """Yield the block, cut between points where it is longer than one request may ask for."""
    where = f"unit {unit}: block {form.name}"
    if form.base in _BASE_OF and _BASE_OF[form.base] is not form.table:
        raise BadLayout(f"{where}: base {form.base} is not of table {form.table}")
    points = sorted(
        (one for line in form.point for one in _points(form, line, places, where)),
        key=lambda one: one.encoding.offset,
    )
    part: list[Point] = []
    number = 1
    for point in points:
        if span(point.encoding) > form.table.most:
            raise BadLayout(f"{where}: a log longer than one request can read")
        if part and _end(point) - part[0].encoding.offset > form.table.most:
            yield _block(unit, form, part, number)
            part, number = [], number + 1
        part.append(point)
    yield _block(unit, form, part, number)


def _block(unit: int, form: BlockForm, points: list[Point], number: int) -> Block:
    start = points[0].encoding.offset
    moved = tuple(
        replace(one, encoding=replace(one.encoding, offset=one.encoding.offset - start))
        for one in points
    )
    return Block(
        unit=unit,
        name=form.name if number == 1 else f"{form.name}.{number}",
        table=form.table,
        address=start,
        count=max(_end(one) for one in moved),
        points=moved,
    )


def _end(point: Point) -> int:
    return point.encoding.offset + span(point.encoding)


def _points(
    block: BlockForm, line: PointForm, places: Mapping[str, str], where: str
) -> Iterator[Point]:
    """Yield the points of one line; offsets are addresses of the wire as yet."""
    written = line.address if line.address is not None else block.address
    if written is None:
        raise BadLayout(f"{where}: neither block nor point has an address")
    _judge(block, line, where)
    for n in range(line.count):
        encoding = _encoding(block, line, written - block.base, n)
        if not 0 <= encoding.offset <= encoding.offset + span(encoding) - 1 <= _LAST:
            raise BadLayout(f"{where}: address {written} with base {block.base} cannot be")
        # The entries of a log say themselves which extension they are about.
        is_log = line.kind == "fifo"
        code = line.extension if is_log else numbered(line.extension, line.first + n)
        place = numbered(line.place, line.first + n) if line.place else None
        place = places.get(code, place)
        yield Point(
            encoding=encoding,
            part=line.part,
            code=PartCode(code),
            place=PlaceCode(place) if place else None,
            debounce=line.debounce,
        )


def _judge(block: BlockForm, line: PointForm, where: str) -> None:
    """See that a line says what its kind needs, and nothing that it cannot mean."""
    bits = block.table.holds_bits
    plain = line.kind == "bit" and line.bit is None
    needs = {one: bool(line.states) for one in ("bits2", "enum")}
    needs |= {"word_flags": bool(line.flags), "fifo": bool(line.codes)}
    needs |= {"identity": line.expect is not None}
    wrong = {
        f"table {block.table} holds plain bits, of kind bit without bit": bits and not plain,
        "a bit of a register needs bit": plain and not bits,
        f"{line.kind} needs states, flags, codes or expect": not needs.get(line.kind, True),
        "flags are bits 0 to 15": any(one >= _BITS for one in numbers(line.flags)),
        "bits2 needs two bits, bit is the lower": line.kind == "bits2" and line.bit == _BITS - 1,
        f"an entry of the log has only {line.words} words": line.kind == "fifo"
        and max(line.code_word, line.number_word) >= line.words,
        "a counter counts something that can be the case": line.kind == "counter"
        and not meaning(line.means),
        "many points need {n} in extension": line.count > 1 and not counts(line.extension),
    }
    for reason, is_so in wrong.items():
        if is_so:
            raise BadLayout(f"{where}: {reason}")


def _encoding(block: BlockForm, line: PointForm, at: int, n: int) -> Encoding:
    """Return the encoding of the n-th point of a line (from 0), at its address of the wire."""
    straight = at + n * line.step
    if line.kind in {"bit_table", "bits2"}:
        word, bit = _packed(line, n, width=2 if line.kind == "bits2" else 1)
        if line.kind == "bits2":
            return _choice(line, at + word, mask=0b11 << bit)
        return Bit(offset=at + word, bit=bit, invert=line.invert, word=line.means)
    if line.kind == "enum":
        return _choice(line, straight, mask=line.mask)
    if line.kind == "word_flags":
        return _flags(line, straight)
    if line.kind == "fifo":
        return _log(line, straight)
    return _plain(block, line, straight)


def _plain(block: BlockForm, line: PointForm, offset: int) -> Encoding:
    if line.kind == "counter":
        return Counter(offset=offset, word=line.means)
    if line.kind == "identity":
        return Identity(offset=offset, expect=line.expect or 0)
    bit = None if block.table.holds_bits else line.bit
    return Bit(offset=offset, bit=bit, invert=line.invert, word=line.means)


def _packed(line: PointForm, n: int, *, width: int) -> tuple[int, int]:
    """Return in which register, and at which bit of it, the n-th of many stands."""
    highest = _BITS - width
    if line.order == "lsb":
        word, rest = divmod((line.bit or 0) + n * width, _BITS)
        return word, rest
    start = highest if line.bit is None else line.bit
    word, rest = divmod(highest - start + n * width, _BITS)
    return word, highest - rest


def _choice(line: PointForm, offset: int, *, mask: int) -> Choice:
    return Choice(
        offset=offset,
        shift=(mask & -mask).bit_length() - 1 if mask else 0,
        mask=mask,
        words=numbers(line.states),  # type: ignore[arg-type]  # the form knows only words
        otherwise=line.otherwise,
        reserved=line.reserved,
        absent=frozenset(line.absent),
    )


def _flags(line: PointForm, offset: int) -> Flags:
    normal = 0
    for bit in line.normal_bits:
        normal |= 1 << bit
    return Flags(
        offset=offset,
        flags=numbers(line.flags),  # type: ignore[arg-type]  # as above
        codes=numbers(line.codes),  # type: ignore[arg-type]  # as above
        code_bit=line.code_bit,
        code_mask=line.code_mask,
        normal=normal,
        reserved=line.reserved,
        absent=frozenset(line.absent) or frozenset({_LAST}),
    )


def _log(line: PointForm, offset: int) -> Log:
    return Log(
        offset=offset,
        words=line.words,
        capacity=line.capacity,
        skip=line.skip,
        newest=line.newest,
        code_word=line.code_word,
        code_mask=line.code_mask,
        number_word=line.number_word,
        number_mask=line.number_mask,
        host_number=line.host_number,
        begins=numbers(line.codes),  # type: ignore[arg-type]  # as above
        ends=numbers(line.ends),  # type: ignore[arg-type]  # as above
    )


def _no_overlaps(unit: int, blocks: list[Block]) -> None:
    """See that no two points read the same bits."""
    taken: dict[tuple[Table, int], list[tuple[int, str]]] = {}
    for block in blocks:
        for point in block.points:
            for offset, bits in _occupied(point.encoding):
                spot = (block.table, block.address + offset)
                for others, name in taken.setdefault(spot, []):
                    if others & bits:
                        raise BadLayout(
                            f"unit {unit}: {block.name}: {point.part} {point.code} overlaps {name}"
                            f" at {block.table} {spot[1]} (counted from 0)"
                        )
                taken[spot].append((bits, f"{point.part} {point.code}"))


def _occupied(encoding: Encoding) -> list[tuple[int, int]]:
    """Return the bits that belong to it alone; a choice shares its register with others."""
    if isinstance(encoding, Choice):
        return [(encoding.offset, encoding.mask)]
    if isinstance(encoding, Bit):
        return [(encoding.offset, 1 << (encoding.bit or 0))]
    return [(encoding.offset + one, _LAST) for one in range(span(encoding))]
