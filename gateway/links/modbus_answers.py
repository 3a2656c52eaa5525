"""Answers of Modbus hosts, taken apart in one go: pymodbus looks at each value by itself.

What is not as long as it says holds no values at all, so that whoever counts them finds it out.
"""

import struct

from pymodbus.client import AsyncModbusSerialClient, AsyncModbusTcpClient
from pymodbus.pdu import ModbusPDU

#: The bits of each byte, the first one the lowest (Modbus 1.1b3, 6.1).
_BITS = [tuple(bool(byte >> bit & 1) for bit in range(8)) for byte in range(256)]


class _Words(ModbusPDU):
    """Registers, as functions 3 and 4 answer them."""

    rtu_byte_count_pos = 2

    def decode(self, data: bytes) -> None:
        """Take all registers at once."""
        whole = len(data) % 2 == 1 and data[0] == len(data) - 1
        self.registers = struct.unpack_from(f">{data[0] // 2}H", data, 1) if whole else ()

    def __str__(self) -> str:
        """Return no more than a name: the driver asks for it with each answer."""
        return "registers"


class _Flags(ModbusPDU):
    """Bits, as functions 1 and 2 answer them."""

    rtu_byte_count_pos = 2

    def decode(self, data: bytes) -> None:
        """Take all bits at once, with those that fill up the last byte."""
        whole = len(data) > 0 and data[0] == len(data) - 1
        self.bits = [bit for byte in data[1:] for bit in _BITS[byte]] if whole else []

    def __str__(self) -> str:
        """Return no more than a name, as above."""
        return "bits"


class _Coils(_Flags):
    function_code = 1


class _Discretes(_Flags):
    function_code = 2


class _Holdings(_Words):
    function_code = 3


class _Inputs(_Words):
    function_code = 4


def teach(driver: AsyncModbusTcpClient | AsyncModbusSerialClient) -> None:
    """Let a driver read answers in this way."""
    for answer in (_Coils, _Discretes, _Holdings, _Inputs):
        driver.register(answer)
