"""A host's register map as it stands at one moment, and how it answers a Modbus request.

Written from the Modbus application protocol V1.1b3 (6.1 to 6.4, 7) and on no Modbus library: what
a library reads wrong, and the gateway with it, must not read right here. Addresses are those of
the wire, from 0.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Table(StrEnum):
    """The four tables of Modbus."""

    COIL = "coil"
    DISCRETE = "discrete"
    HOLDING = "holding"
    INPUT = "input"


#: Function code → the table it reads.
READS: Mapping[int, Table] = {
    1: Table.COIL,
    2: Table.DISCRETE,
    3: Table.HOLDING,
    4: Table.INPUT,
}
#: How many values one request may ask for.
MOST_BITS, MOST_WORDS = 2000, 125

ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, ILLEGAL_VALUE, NO_ANSWER_BEHIND = 1, 2, 3, 11


@dataclass(frozen=True, slots=True)
class Image:
    """Every address that there is, with its value."""

    tables: Mapping[Table, Mapping[int, int]] = field(default_factory=dict)

    def shifted(self, by: int) -> "Image":
        """Return the map of another firmware: the same values some addresses further on."""
        return Image(
            {
                table: {(address + by) & 0xFFFF: value for address, value in values.items()}
                for table, values in self.tables.items()
            }
        )

    def answer(self, request: bytes) -> bytes:
        """Return the answer to a request, both without unit and checksum.

        A host can only be read: whatever else is asked is refused.
        """
        function = request[0]
        table = READS.get(function)
        if table is None or len(request) != 5:
            return refusal(function, ILLEGAL_FUNCTION if table is None else ILLEGAL_VALUE)
        address, count = struct.unpack(">HH", request[1:])
        bits = table in {Table.COIL, Table.DISCRETE}
        if not 1 <= count <= (MOST_BITS if bits else MOST_WORDS):
            return refusal(function, ILLEGAL_VALUE)
        here = self.tables.get(table, {})
        wanted = range(address, address + count)
        if any(one not in here for one in wanted):
            return refusal(function, ILLEGAL_ADDRESS)
        values = [here[one] for one in wanted]
        data = packed(values) if bits else struct.pack(f">{count}H", *values)
        return bytes([function, len(data)]) + data


def refusal(function: int, code: int) -> bytes:
    """Return an exception reply."""
    return bytes([function & 0x7F | 0x80, code])


def packed(bits: list[int]) -> bytes:
    """Return bits as they travel: the first one is the lowest of the first byte."""
    data = bytearray((len(bits) + 7) // 8)
    for number, bit in enumerate(bits):
        data[number // 8] |= bool(bit) << (number % 8)
    return bytes(data)
